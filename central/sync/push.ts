// Takes a station's batch, exactly once and in order (invariant 4), in one transaction: lock the station, check the chain
// against what is here, record, book, number the changes, advance. A repeat is a success; a gap is loud; a contradiction
// (same place, other content) puts the incarnation in quarantine: kept raw, nothing booked.

import { verify } from 'node:crypto'
import { batchSigningText } from '../../contract/sync/event-envelope.ts'
import { type EventOutcome, type PushAnswer, type PushHead, RECALL_MS_MAX } from '../../contract/sync/sync-protocol.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { ridersScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import type { ChainedEvent, Outbox } from '../store/outboxes.ts'
import { bookEvents } from './book-events.ts'
import type { BookingMoment } from './books.ts'
import { HELLO_NEEDED, hasSaidHello } from './meet-incarnation.ts'
import { chainEvents, chainSeed, type PushBatch, readPushBatch } from './push-batch.ts'
import { noteRecoveryProgress } from './recovery.ts'
import type { AskingStation } from './station-auth.ts'
import type { SyncContext, SyncResult } from './sync-context.ts'
import { countEventsAhead, type SyncCounters } from './sync-counters.ts'

export async function takePush(context: SyncContext, station: AskingStation, bytes: Uint8Array): Promise<SyncResult<PushAnswer>> {
  const reading = readPushBatch(bytes)
  if (!reading.ok) return reading
  const { batch } = reading
  if (!isProofGenuine(station, batch.head)) return { ok: false, error: 'bad_signature', detail: 'batch_not_signed_by_sender' }
  if (!(await hasSaidHello(context, station, batch.head.incarnation))) return HELLO_NEEDED
  const nowMs = context.nowMs()
  const recorded = await context.store.transaction('write', (transaction) => record(transaction, station, batch, nowMs))
  countPush(context.counters, recorded, nowMs)
  return { ok: true, answer: recorded.answer }
}

interface Recorded {
  answer: PushAnswer
  /** What was new in it, with the outcome at its place. */
  fresh: readonly ChainedEvent[]
  outcomes: readonly EventOutcome[]
}

/** After the commit, once for each push. */
function countPush(counters: SyncCounters, { answer, fresh, outcomes }: Recorded, nowMs: number): void {
  counters.count({ what: 'push', result: answer.result === 'applied' && fresh.length === 0 ? 'repeated' : answer.result })
  if (outcomes.length > 0) counters.count({ what: 'events', outcomes })
  countEventsAhead(counters, fresh.map(({ header }) => header.wallMs), nowMs)
}

function nothingNew(answer: PushAnswer): Recorded {
  return { answer, fresh: [], outcomes: [] }
}

function isProofGenuine(station: AskingStation, head: PushHead): boolean {
  const text = batchSigningText({ station: station.station, ...head })
  return verify(null, Buffer.from(text), station.publicKey, Buffer.from(head.signature, 'base64url'))
}

async function record(transaction: StoreTransaction, station: AskingStation, { head, events: sent }: PushBatch, nowMs: number): Promise<Recorded> {
  const outbox: Outbox = { district: station.district, station: station.station, incarnation: head.incarnation }
  await transaction.lockStation(station.station)
  const seed = chainSeed(station.station, head.incarnation)
  const life = await transaction.findIncarnation(station.station, head.incarnation)
  if (life === null) throw new Error('a life says hello before its events are taken')
  const { lastSeq, lastHash, state } = life
  if (head.firstSeq > lastSeq + 1 && state !== 'quarantined') return nothingNew({ result: 'gap', lastSeq })

  const recorded = await transaction.readRecorded(outbox, head.firstSeq - 1, head.lastSeq)
  const previous = head.firstSeq === 1 ? seed : head.firstSeq === lastSeq + 1 ? lastHash : recorded.get(head.firstSeq - 1)?.hash
  // Only what a quarantined incarnation sends after a hole has no known predecessor; its hashes then only tell copies apart.
  const events = chainEvents(sent, previous ?? seed)
  const fresh = events.filter((event) => event.header.seq > lastSeq)
  if (
    state === 'quarantined' ||
    contradicts(events, recorded) ||
    Buffer.from(events.at(-1)?.hash ?? []).toString('hex') !== head.lastHash ||
    (await transaction.isAnyIdTaken(fresh.map((event) => event.header.id)))
  ) {
    await transaction.quarantine(outbox, events, nowMs)
    await keepProof(transaction, outbox, head, nowMs)
    return nothingNew({ result: 'quarantined', lastSeq })
  }

  const repeated = [...recorded].filter(([seq]) => seq >= head.firstSeq).map(([, { outcome }]) => outcome)
  const last = fresh.at(-1)
  if (last === undefined) return nothingNew({ result: 'applied', lastSeq, outcomes: repeated })
  const recovering = await transaction.readRecovering()
  // Before the accounts: the central row is locked ahead of them.
  if (recovering) await noteRecoveryProgress(transaction, { ...outbox, lastSeq: last.header.seq }, nowMs)
  const { outcomes, changes } = await recordFresh(transaction, outbox, fresh, { state, recovering, nowMs })
  await keepProof(transaction, outbox, head, nowMs)
  await transaction.advanceIncarnation(outbox, last.header.seq, last.hash, nowMs)
  await transaction.appendChanges(changes)
  return { answer: { result: 'applied', lastSeq: last.header.seq, outcomes: [...repeated, ...outcomes] }, fresh, outcomes }
}

/** What the station has signed stays as its word, above all where it contradicts an earlier one. */
async function keepProof(transaction: StoreTransaction, outbox: Outbox, head: PushHead, nowMs: number): Promise<void> {
  const { firstSeq, lastSeq } = head
  const proof = { firstSeq, lastSeq, lastHash: Buffer.from(head.lastHash, 'hex'), signature: Buffer.from(head.signature, 'base64url') }
  await transaction.keepBatchProof(outbox, proof, nowMs)
}

function contradicts(events: readonly ChainedEvent[], recorded: ReadonlyMap<number, { hash: Uint8Array }>): boolean {
  const ids = new Set(events.map((event) => event.header.id))
  if (ids.size !== events.length) return true
  return events.some((event) => {
    const known = recorded.get(event.header.seq)
    return known !== undefined && !Buffer.from(known.hash).equals(event.hash)
  })
}

async function recordFresh(
  transaction: StoreTransaction,
  outbox: Outbox,
  fresh: readonly ChainedEvent[],
  moment: BookingMoment,
): Promise<{ outcomes: EventOutcome[]; changes: ChangedRow[] }> {
  const { outcomes, entries, returned } = await bookEvents(transaction, outbox, fresh, moment)
  await transaction.insertEvents(outbox, fresh, outcomes, moment.nowMs)
  const readers = await transaction.stationsThatMirror([...new Set(entries.map((entry) => entry.rider))])
  const changes = entries.flatMap(({ rider, entry }) =>
    (readers.get(rider) ?? []).flatMap(({ station, district }): ChangedRow[] => [
      { district, scope: ridersScope(station), kind: 'rider', key: rider },
      { district, scope: ridersScope(station), kind: 'entry', key: entry },
    ]),
  )
  // Somebody stands elsewhere and waits for these points: his station hears of them, and asks again.
  const waiting = (await transaction.closeRecalls(outbox.station, returned)).filter(({ askedAtMs }) => askedAtMs >= moment.nowMs - RECALL_MS_MAX)
  for (const { rider, asker, district } of waiting) changes.push({ district, scope: ridersScope(asker), kind: 'rider', key: rider })
  return { outcomes, changes }
}
