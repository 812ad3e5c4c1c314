// What happened, as one hash: the same seed gives the same, to the last byte. The last lines are kept to be read when a run
// has found something.

import { createHash } from 'node:crypto'

export interface Trace {
  note(line: string): void
  hash(): string
  lastLines(): string[]
}

/** Characters: many small pieces cost more than what is in them. */
const HASHED_AT_ONCE = 50_000

export function createTrace(linesKept: number): Trace {
  const hash = createHash('sha256')
  const lines: string[] = []
  let count = 0
  let unhashed = ''
  const hashAll = (): void => {
    hash.update(unhashed)
    unhashed = ''
  }
  return {
    note(line) {
      unhashed += `${line}\n`
      if (unhashed.length > HASHED_AT_ONCE) hashAll()
      if (linesKept > 0) lines[count % linesKept] = line
      count += 1
    },
    hash() {
      hashAll()
      return hash.copy().digest('hex')
    },
    lastLines: () => (count <= linesKept ? [...lines] : [...lines.slice(count % linesKept), ...lines.slice(0, count % linesKept)]),
  }
}
