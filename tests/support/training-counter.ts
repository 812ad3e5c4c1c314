// Trainings at a station for tests of the counter: rows as central would tell them, blocks as it would lend them.

import { randomUUID } from 'node:crypto'
import type { Change, MirrorRow } from '../../contract/sync/sync-protocol.ts'
import { applyChanges } from '../../station/sync/apply-answers.ts'
import { AFTERNOON_MS, STATION, type TestCounter, ZHANG } from './counter.ts'

export const TRAINING = '0190b5a2-0000-7000-8000-0000000000e1'
export const OTHER_TRAINING = '0190b5a2-0000-7000-8000-0000000000e2'
export const HOUR_MS = 3_600_000
/** In three days. */
export const STARTS_MS = AFTERNOON_MS + 72 * HOUR_MS

let number = 10

export function training(more: Partial<MirrorRow<'training'>> = {}): Change {
  number += 1
  const startsAtMs = more.startsAtMs ?? STARTS_MS
  const row: MirrorRow<'training'> = {
    id: TRAINING, topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '二楼', en: 'Second floor' }, startsAtMs, endsAtMs: startsAtMs + 2 * HOUR_MS,
    closesAtMs: startsAtMs - HOUR_MS, blocksBackAtMs: startsAtMs - 3 * HOUR_MS, capacity: 4, freeAtCentral: 2, waitingNumbers: [], points: 10, certificateMonths: 24, lateMinutes: 15, walkIns: true,
    host: STATION, isForSome: false, state: 'open', cancelReason: null, revision: 1, toldRevision: 1, ...more,
  }
  return { kind: 'training', scope: 'district', number, key: row.id, row }
}

export function seatBlock(more: Partial<MirrorRow<'seat_block'>> = {}): Change {
  const row: MirrorRow<'seat_block'> = { id: '0190b5a2-0000-7000-8000-0000000000f1', training: TRAINING, seats: [3, 4], recalled: false, ...more }
  return { kind: 'seat_block', scope: 'station', number: 1, key: row.id, row }
}

export function signup(more: Partial<MirrorRow<'signup'>> = {}): Change {
  number += 1
  const row: MirrorRow<'signup'> = {
    training: TRAINING, rider: ZHANG, id: randomUUID(), standing: 'waiting', seat: null, number: null, offerEndsAtMs: null, refusal: null, note: null, seenRevision: 1,
    includedSeq: 0, ...more,
  }
  return { kind: 'signup', scope: 'riders', number, key: `${row.training}:${row.rider}`, row }
}

/** With one training to come and two places of it here. */
export function hostTraining(counter: TestCounter, more: Partial<MirrorRow<'training'>> = {}): void {
  applyChanges(counter, [seatBlock(), training(more)])
}
