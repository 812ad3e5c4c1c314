// Boxes with what people typed here (contract/sync/sealed-words): written in the transaction of the event that names them, kept
// until central holds them and a backup of it does too. Nothing here can open one: the private key is central's.

import type { SealedBox, SealingKeyRow, WordsAnswer } from '../../contract/sync/sealed-words.ts'
import type { Reader, Writer } from './database.ts'
import { lastSeq } from './outbox.ts'
import { sentSeq, syncState } from './sync-state.ts'

/** Beyond it nothing more is typed here until central has been reached. */
export const BOXES_WAITING_MAX = 2_000
/** As events: so long, and at the longest so long where central has no backup. */
const BOXES_KEPT_MS = 45 * 86_400_000
const BOXES_KEPT_MS_MAX = 400 * 86_400_000

/** null: central has not told its key yet, and nothing can be sealed. */
export function sealingKey(reader: Reader): SealingKeyRow | null {
  return reader.get<SealingKeyRow>('SELECT key_id AS keyId, public_key AS publicKey FROM sealing_key') ?? null
}

export interface StoredBox {
  ref: string
  rider: string
  keyId: string
  box: Uint8Array
  madeAtMs: number
}

export function insertBox(writer: Writer, seq: number, { ref, rider, keyId, box, madeAtMs }: StoredBox): void {
  writer.run('INSERT OR IGNORE INTO sealed_words (ref, seq, rider, key_id, box, made_at_ms) VALUES (?, ?, ?, ?, ?, ?)', ref, seq, rider, keyId, box, madeAtMs)
}

export function countBoxesWaiting(reader: Reader): number {
  return reader.get<{ count: number }>('SELECT count(*) AS count FROM sealed_words WHERE held_after_seq IS NULL')?.count ?? 0
}

/** Asked again in a while these may be taken; the others never are. */
const MAY_BE_TAKEN_LATER = "('event_unknown', 'key_unknown')"

const TO_SEND = `SELECT ref, key_id AS keyId, box FROM sealed_words
     WHERE held_after_seq IS NULL AND seq <= ? AND (refused IS NULL OR (? AND refused IN ${MAY_BE_TAKEN_LATER}))
     ORDER BY seq, ref LIMIT ?`

/** Oldest first, only those whose event central has been told; those that it refused are asked again where that may help. */
export function boxesToSend(reader: Reader, limits: { countMax: number; bytesMax: number; againToo: boolean }): SealedBox[] {
  // Asked in every round, and mostly there is none: the whole question costs five times as much.
  if (reader.get('SELECT 1 FROM sealed_words WHERE held_after_seq IS NULL LIMIT 1') === undefined) return []
  const rows = reader.all<{ ref: string; keyId: string; box: Uint8Array }>(TO_SEND, sentSeq(reader), Number(limits.againToo), limits.countMax)
  return asSent(rows, limits.bytesMax)
}

/** Of a file that is kept aside, which may be older than boxes: by reference, whatever became of them under whichever history. */
export function boxesAside(reader: Reader, limits: { after: string; sentSeq: number; countMax: number; bytesMax: number }): SealedBox[] {
  if (reader.get("SELECT 1 FROM sqlite_schema WHERE name = 'sealed_words'") === undefined) return []
  const rows = reader.all<{ ref: string; keyId: string; box: Uint8Array }>(
    'SELECT ref, key_id AS keyId, box FROM sealed_words WHERE ref > ? AND seq <= ? ORDER BY ref LIMIT ?', limits.after, limits.sentSeq, limits.countMax,
  )
  return asSent(rows, limits.bytesMax)
}

/** At least one, where there is one. */
function asSent(rows: readonly { ref: string; keyId: string; box: Uint8Array }[], bytesMax: number): SealedBox[] {
  let bytes = 0
  const end = rows.findIndex(({ box }, index) => {
    bytes += Math.ceil((box.length * 4) / 3) + 100
    return index > 0 && bytes > bytesMax
  })
  return (end === -1 ? rows : rows.slice(0, end)).map(({ ref, keyId, box }) => ({ ref, keyId, box: Buffer.from(box).toString('base64url') }))
}

export function noteBoxAnswers(writer: Writer, answers: WordsAnswer['boxes']): void {
  const { mustReachSeq, acknowledgedSeq } = syncState(writer)
  const heldAfterSeq = Math.max(lastSeq(writer), mustReachSeq ?? 0, acknowledgedSeq)
  for (const answer of answers) {
    if (answer.result === 'held') writer.run('UPDATE sealed_words SET held_after_seq = ?, refused = NULL WHERE ref = ?', heldAfterSeq, answer.ref)
    // Nobody is to read it any more.
    else if (answer.code === 'erased') writer.run('DELETE FROM sealed_words WHERE ref = ?', answer.ref)
    else writer.run('UPDATE sealed_words SET refused = ? WHERE ref = ? AND held_after_seq IS NULL', answer.code, answer.ref)
  }
}

/** Central is another one than it was: what it held it may have forgotten. */
export function doubtHeldBoxes(writer: Writer): void {
  writer.run('UPDATE sealed_words SET held_after_seq = NULL, refused = NULL')
}

/** A backup that holds a later event of this file was begun after central held the box, so it holds the box. Kept as long as
 *  events are all the same: central may be set back to an older backup. */
export function pruneBoxes(writer: Writer, nowMs: number): number {
  const { backedUpSeq } = syncState(writer)
  const backedUp = writer.run('DELETE FROM sealed_words WHERE held_after_seq < ? AND made_at_ms < ?', backedUpSeq, nowMs - BOXES_KEPT_MS)
  return backedUp + writer.run('DELETE FROM sealed_words WHERE made_at_ms < ? AND (held_after_seq IS NOT NULL OR refused IS NOT NULL)', nowMs - BOXES_KEPT_MS_MAX)
}

export interface BoxesState {
  waiting: number
  oldestAtMs: number | null
  /** That central will not take, whoever asks again. */
  refused: number
}

export function boxesState(reader: Reader): BoxesState {
  const row = reader.get<BoxesState>(
    `SELECT count(*) FILTER (WHERE refused IS NULL OR refused IN ${MAY_BE_TAKEN_LATER}) AS waiting,
            min(made_at_ms) FILTER (WHERE refused IS NULL OR refused IN ${MAY_BE_TAKEN_LATER}) AS oldestAtMs,
            count(*) FILTER (WHERE refused NOT IN ${MAY_BE_TAKEN_LATER}) AS refused
     FROM sealed_words WHERE held_after_seq IS NULL`,
  )
  return row ?? { waiting: 0, oldestAtMs: null, refused: 0 }
}
