// A station's batches from the wire to their answer: read, each one's proof checked, then taken in together with those of other
// stations that wait at the same moment (group-queue, record-uploads).

import { verify } from 'node:crypto'
import { batchSigningText } from '../../contract/sync/event-envelope.ts'
import type { PushAnswer, PushHead } from '../../contract/sync/sync-protocol.ts'
import { sqlStateOf } from '../store/database-errors.ts'
import type { Trust } from './book-portions.ts'
import { firstBatchOf, type Push, readPush } from './push-batch.ts'
import type { Upload } from './meet-uploads.ts'
import { type Recorded, recordUploads, type Taken } from './record-uploads.ts'
import type { AskingStation } from './station-auth.ts'
import type { SyncContext, SyncResult } from './sync-context.ts'
import { countEventsAhead, countVisits, type SyncCounters } from './sync-counters.ts'

/** What a balance says that may not fall below zero and would. */
const CHECK_VIOLATED = '23514'

export async function takePush(context: SyncContext, station: AskingStation, bytes: Uint8Array): Promise<SyncResult<PushAnswer>> {
  const reading = readPush(bytes)
  if (!reading.ok) return reading
  const { push } = reading
  if (!push.heads.every((head) => isProofGenuine(station, head))) return { ok: false, error: 'bad_signature', detail: 'batch_not_signed_by_sender' }
  const take = (taking: Push, mayComeApart: boolean): Promise<Recorded | null> =>
    context.memory.pushes.take({ station, push: taking, bytes: bytes.length, mayComeApart }, { nowMs: () => context.nowMs(), run: (uploads) => recordTogether(context, uploads) })
  const whole = await take(push, true)
  const taken = whole === 'not_whole' ? await takeApart(push, take) : whole
  if (taken === null) return { ok: false, error: 'busy' }
  if (taken === 'not_whole') throw new Error('what may not come apart is taken as a whole')
  if (taken.ok) return { ok: true, answer: taken.answer.answer }
  if (taken.error === 'bad_signature') context.memory.keys.forget(station.station)
  return taken
}

/**
 * One of several batches contradicts. The first alone: if it is sound the answer goes as far as it does, also where central has more,
 * and the rest comes again from behind it; else all of the push is kept raw, because what is said to be in quarantine is told.
 */
async function takeApart(push: Push, take: (taking: Push, mayComeApart: boolean) => Promise<Recorded | null>): Promise<Recorded | null> {
  const alone = firstBatchOf(push)
  const first = await take(alone, false)
  if (first === null || first === 'not_whole' || !first.ok) return first
  const { answer } = first.answer
  if (answer.result === 'quarantined') return take(push, false)
  return { ok: true, answer: { ...first.answer, answer: { ...answer, lastSeq: Math.min(answer.lastSeq, alone.lastSeq) } } }
}

async function recordTogether({ store, counters, nowMs, memory: { portionEvents } }: SyncContext, uploads: readonly Upload[]): Promise<Recorded[]> {
  const now = nowMs()
  const record = (trust: Trust): Promise<Recorded[]> => store.transaction('write', (transaction) => recordUploads(transaction, uploads, { trust, nowMs: now, portionEvents }))
  // Where somebody has spent more than he had, nothing of it was written: once more, and every balance is looked at.
  const results = await record('trusting').catch((error: unknown) => (sqlStateOf(error) === CHECK_VIOLATED ? record('asking') : Promise.reject(error as Error)))
  counters.count({ what: 'group', uploads: uploads.length })
  for (const result of results) if (result !== 'not_whole' && result.ok) countPush(counters, result.answer, now)
  return results
}

/** After the commit, once for each push. */
function countPush(counters: SyncCounters, { answer, fresh, outcomes }: Taken, nowMs: number): void {
  counters.count({ what: 'push', result: answer.result === 'applied' && fresh.length === 0 ? 'repeated' : answer.result })
  if (outcomes.length > 0) counters.count({ what: 'events', outcomes })
  countVisits(counters, fresh, outcomes)
  countEventsAhead(counters, fresh.map(({ header }) => header.wallMs), nowMs)
}

function isProofGenuine(station: AskingStation, head: PushHead): boolean {
  const text = batchSigningText({ station: station.station, ...head })
  return verify(null, Buffer.from(text), station.publicKey, Buffer.from(head.signature, 'base64url'))
}
