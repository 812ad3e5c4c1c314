// What central has promised: for each life of a file the highest sequence that it ever said it holds, read off the wire between
// them. Whatever is killed afterwards, central must still have it.

import { gunzipSync } from 'node:zlib'
import type { Answered, Asked } from './rough-line.ts'

const PUSH_PATH = '/v1/push'

export interface Acknowledgements {
  note(asked: Asked, answered: Answered): void
  /** Central was restored: promises of before are void. */
  forget(): void
  highest(): { incarnation: string; seq: number }[]
}

export function readAcknowledgements(): Acknowledgements {
  const seqs = new Map<string, number>()
  return {
    note(asked, answered) {
      if (asked.path !== PUSH_PATH || answered.status !== 200) return
      const head = JSON.parse(unpacked(asked).toString('utf8').split('\n', 1)[0] ?? '') as { incarnation: string }
      const said = JSON.parse(unpacked(answered).toString('utf8')) as { result: string; lastSeq: number }
      if (said.result === 'applied') seqs.set(head.incarnation, Math.max(seqs.get(head.incarnation) ?? 0, said.lastSeq))
    },
    forget: () => seqs.clear(),
    highest: () => [...seqs].map(([incarnation, seq]) => ({ incarnation, seq })),
  }
}

function unpacked({ headers, body }: { headers: Record<string, string>; body: Buffer }): Buffer {
  return headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}
