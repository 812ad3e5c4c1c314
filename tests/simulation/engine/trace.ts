// What happened, as one hash: the same seed gives the same, to the last byte. The last lines are kept to be read when a run
// has found something.

import { createHash } from 'node:crypto'

export interface Trace {
  note(line: string): void
  hash(): string
  lastLines(): string[]
}

export function createTrace(linesKept: number): Trace {
  const hash = createHash('sha256')
  const lines: string[] = []
  let count = 0
  return {
    note(line) {
      hash.update(`${line}\n`)
      if (linesKept > 0) lines[count % linesKept] = line
      count += 1
    },
    hash: () => hash.copy().digest('hex'),
    lastLines: () => (count <= linesKept ? [...lines] : [...lines.slice(count % linesKept), ...lines.slice(0, count % linesKept)]),
  }
}
