// Reads a page of changes by its schema a piece at a time: a thousand rows at once hold the counter up for as long as a person
// notices, the first page of a process most of all. Nothing of a page counts before all of it has been read.

import { z } from 'zod'
import { change, type Change, PULL_CHANGES_MAX, pullAnswer, type PullAnswer } from '../../contract/sync/sync-protocol.ts'

const CHANGES_A_PIECE = 100

const [page, cursorUnknown] = pullAnswer.options

/** An answer to a pull whose changes have not been looked at. */
export const unreadPullAnswer = z.discriminatedUnion('result', [page.extend({ changes: z.array(z.unknown()).max(PULL_CHANGES_MAX) }), cursorUnknown])
export type UnreadPullAnswer = z.infer<typeof unreadPullAnswer>

const piece = z.array(change)

/** A schema is made ready at its first use, which takes tens of milliseconds: better before the first person than in front of him. */
export function warmUpReading(): void {
  for (const kind of change.options) kind.safeParse({ kind: kind.shape.kind.value, scope: 'district', number: 1, key: '', row: {} })
  piece.safeParse([])
}

/** null where it is not of this protocol. `pause` lets everything else that waits have its turn. */
export async function readPullAnswer(unread: UnreadPullAnswer, pause: () => Promise<void>): Promise<PullAnswer | null> {
  if (unread.result !== 'page') return unread
  const changes: Change[] = []
  for (let at = 0; at < unread.changes.length; at += CHANGES_A_PIECE) {
    const read = piece.safeParse(unread.changes.slice(at, at + CHANGES_A_PIECE))
    if (!read.success) return null
    changes.push(...read.data)
    // After the last piece too: whoever applies the page has a turn of his own.
    if (unread.changes.length > CHANGES_A_PIECE) await pause()
  }
  return { ...unread, changes }
}
