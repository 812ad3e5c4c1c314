// The first word (docs/decisions/0005): what this file says of itself, and what central's answer makes of it.

import type { HelloAnswer, HelloRequest } from '../../contract/sync/hello.ts'
import type { Counter } from '../acts/act.ts'
import type { Reader, StationDatabase } from '../store/database.ts'
import { chainSeed, hashOfEvent, lastEvent, lastSeq } from '../store/outbox.ts'
import { doubtHeldBoxes } from '../store/sealed-words.ts'
import { currentCursor, hearCentral, syncState } from '../store/sync-state.ts'

export interface HelloSettings {
  /** contract/sync/enrolment's certificate; null: enrolled by hand. */
  certificate: string | null
  program: string
}

/** The file at work, or one that is kept aside and only read. */
export interface SpeakingFile extends Pick<Counter, 'identity' | 'clock'> {
  readonly database: Pick<StationDatabase, 'read'>
}

export function helloOf(counter: SpeakingFile, settings: HelloSettings): Omit<HelloRequest, 'nonce'> {
  const reader = counter.database.read
  const { identity } = counter
  const last = lastEvent(reader)
  const state = syncState(reader)
  const cursor = currentCursor(reader)
  // The history in which central acknowledged, also where its restored copy has just refused the cursor: it is to hear what it lost.
  const heardIn = state.acknowledgedHistory
  return {
    incarnation: identity.incarnation,
    previous: previousFile(reader),
    lastSeq: last?.seq ?? 0,
    lastHash: hex(last?.hash ?? chainSeed(identity)),
    acknowledgedSeq: heardIn === null ? 0 : state.highestAcknowledgedSeq,
    cursor: heardIn === null ? cursor : { history: heardIn, number: cursor?.history === heardIn ? cursor.number : 0 },
    certificate: settings.certificate,
    wallMs: Math.max(0, counter.clock.wallMs()),
    program: settings.program,
  }
}

/** Returns whether central speaks of another history than before. */
export function applyHello(counter: Counter, answer: HelloAnswer): boolean {
  return counter.database.write((writer) => {
    const before = syncState(writer)
    const isNewHistory = before.acknowledgedHistory !== answer.history
    if (isNewHistory) writer.run('UPDATE sync_state SET acknowledged_history = ?, highest_acknowledged_seq = 0, told_seq = 0', answer.history)
    if (isNewHistory) doubtHeldBoxes(writer)
    const hashAgrees = agrees({ ...counter, database: { read: writer } }, answer)
    // A copy that went on apart may have been quicker at a central that was set back: what the old history acknowledged of this file
    // is then not there, and all of it is told anew, to be kept.
    const isInDoubt = hashAgrees === false || answer.lastSeq > lastSeq(writer)
    if (isNewHistory && isInDoubt) writer.run('UPDATE sync_state SET acknowledged_seq = 0')
    hearCentral(writer, { ...answer, hashAgrees, agreedSeq: hashAgrees === true ? answer.lastSeq : 0 })
    const wallMs = counter.clock.wallMs()
    writer.run('UPDATE sync_state SET hello_boot = ?, hello_at_ms = ?, clock_offset_ms = ?', counter.identity.boot, wallMs, wallMs - answer.centralWallMs)
    return isNewHistory
  })
}

/** null: not here to compare (central has more than this file, or the event is long sent and gone). */
export function agrees({ identity, database }: SpeakingFile, { lastSeq, lastHash }: HelloAnswer): boolean | null {
  const own = lastSeq === 0 ? chainSeed(identity) : hashOfEvent(database.read, lastSeq)
  return own === null ? null : hex(own) === lastHash
}

function previousFile(reader: Reader): HelloRequest['previous'] {
  const row = reader.get<{ incarnation: string; lastSeq: number; lastHash: Uint8Array }>(
    'SELECT incarnation, last_seq AS lastSeq, last_hash AS lastHash FROM previous_file',
  )
  return row === undefined ? null : { ...row, lastHash: hex(row.lastHash) }
}

function hex(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex')
}
