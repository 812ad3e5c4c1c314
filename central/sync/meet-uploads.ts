// Who sends an upload, and whether it goes on from what is here: its station under its lock, its life, its chain of hashes beside
// what was recorded. Nothing is written by it.

import { allEnded } from '../store/all-ended.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { IncarnationRow } from '../store/incarnations.ts'
import type { ChainedEvent, Outbox, RecordedEvent } from '../store/outboxes.ts'
import { HELLO_NEEDED } from './meet-incarnation.ts'
import { chainEvents, chainSeed, type Push } from './push-batch.ts'
import type { AskingStation } from './station-auth.ts'
import type { SyncResult } from './sync-context.ts'

export interface Upload {
  station: AskingStation
  push: Push
  /** Of all its batches as they came. */
  bytes: number
  /** Where one of several batches contradicts nothing is taken, and the first is to come alone; else all of them are kept raw. */
  mayComeApart: boolean
}

/** One that can go on: its life is here and has said hello, and there is no gap. */
export interface Continuing {
  place: number
  outbox: Outbox
  push: Push
  mayComeApart: boolean
  life: IncarnationRow
  /** null: what came before its first event is not the last one here. */
  chain: ChainedEvent[] | null
}

export interface Met {
  /** One an upload, in their order. */
  found: SyncResult<Continuing>[]
  /** Of all their events, the ids that name something already. */
  taken: ReadonlySet<string>
  recovering: boolean
}

/** An upload with the file that it is of. */
export interface SentUpload extends Upload {
  outbox: Outbox
}

/** All is asked at once, under the locks that are asked for first. Hashed as soon as it is known behind what. */
export async function meetUploads(transaction: StoreTransaction, uploads: readonly SentUpload[]): Promise<Met> {
  const rowsLocked = transaction.lockStations(uploads.map(({ outbox }) => outbox.station))
  const livesAsked = transaction.findIncarnations(uploads.map(({ outbox: { station, incarnation } }) => ({ station, incarnation })))
  const chained = livesAsked.then(
    (lives) => uploads.map(({ outbox, push }, place) => chainBehind(lives[place] ?? null, outbox.station, push)),
    // Told by all of them together.
    () => [],
  )
  const [rows, lives, taken, recovering, chains] = await allEnded([
    rowsLocked,
    livesAsked,
    transaction.readIdsTaken(uploads.flatMap(({ push }) => push.events.map(({ header }) => header.id))),
    transaction.readRecovering(),
    chained,
  ])
  const found = uploads.map(({ station: asking, outbox, push, mayComeApart }, place): SyncResult<Continuing> => {
    // The key was checked before the lock; it may have been another one's since.
    if (rows.get(outbox.station)?.publicKey !== asking.rawKey) return { ok: false, error: 'bad_signature' }
    const life = lives[place] ?? null
    if (life === null || !life.greeted) return HELLO_NEEDED
    return { ok: true, answer: { place, outbox, push, mayComeApart, life, chain: chains[place] ?? null } }
  })
  return { found, taken, recovering }
}

/** null: it begins elsewhere than at the end of what is here. */
function chainBehind(life: IncarnationRow | null, station: string, { incarnation, firstSeq, events }: Push): ChainedEvent[] | null {
  if (life === null) return null
  if (firstSeq === 1) return chainEvents(events, chainSeed(station, incarnation))
  return firstSeq === life.lastSeq + 1 ? chainEvents(events, life.lastHash) : null
}

export interface Compared {
  upload: Continuing
  contradicting: boolean
  recorded: ReadonlyMap<number, RecordedEvent>
  events: ChainedEvent[]
}

/** Each with its chain, beside what is here at its places. */
export async function compare(transaction: StoreTransaction, continuing: readonly Continuing[], takenBefore: ReadonlySet<string>): Promise<Compared[]> {
  // What goes on right behind the last event has nothing of it here, and the hash before it is known.
  const overlapping = continuing.filter(({ push, life }) => push.firstSeq <= life.lastSeq || life.state === 'quarantined')
  const found = await transaction.readRecorded(overlapping.map(({ outbox, push }) => ({ outbox, first: push.firstSeq - 1, last: push.lastSeq })))
  const recordedOf = new Map(overlapping.map((upload, index) => [upload, found[index] ?? new Map<number, RecordedEvent>()]))
  const chained = continuing.map((upload) => {
    const { outbox, push, chain } = upload
    const recorded = recordedOf.get(upload) ?? new Map<number, RecordedEvent>()
    // Only what one in quarantine, or a banned one, sends after a hole has no known predecessor; its hashes then only tell copies apart.
    const events = chain ?? chainEvents(push.events, recorded.get(push.firstSeq - 1)?.hash ?? chainSeed(outbox.station, outbox.incarnation))
    return { upload, recorded, events }
  })
  const taken = new Set(takenBefore)
  return chained.map(({ upload, recorded, events }, place) => {
    const ids = events.map(({ header }) => header.id)
    const fresh = ids.slice(knownOf(upload))
    const contradicting =
      upload.life.state === 'quarantined' ||
      isAfterGap(upload) ||
      contradicts(events, ids, recorded) ||
      !endAsSigned(events, upload.push) ||
      (taken.size > 0 && fresh.some((id) => taken.has(id)))
    // The next ones of this transaction find them taken.
    if (!contradicting && place < chained.length - 1) for (const id of fresh) taken.add(id)
    return { upload, contradicting, recorded, events }
  })
}

/** How many of its events, the first ones, are not new. */
export function knownOf({ push, life }: Pick<Continuing, 'push' | 'life'>): number {
  return Math.max(0, life.lastSeq + 1 - push.firstSeq)
}

/** Its predecessor is not here. Of a banned file it may be nowhere any more; what is left is kept raw, so that all of it is told. */
export function isAfterGap({ push, life }: Pick<Continuing, 'push' | 'life'>): boolean {
  return push.firstSeq > life.lastSeq + 1
}

/** Each batch ends with the hash that its head names. */
function endAsSigned(events: readonly ChainedEvent[], { heads, firstSeq }: Push): boolean {
  return heads.every(({ lastSeq, lastHash }) => Buffer.from(events[lastSeq - firstSeq]?.hash ?? []).toString('hex') === lastHash)
}

function contradicts(events: readonly ChainedEvent[], ids: readonly string[], recorded: ReadonlyMap<number, { hash: Uint8Array }>): boolean {
  if (!isRising(ids) && new Set(ids).size !== ids.length) return true
  return recorded.size > 0 && events.some((event) => {
    const known = recorded.get(event.header.seq)
    return known !== undefined && !Buffer.from(known.hash).equals(event.hash)
  })
}

/** Each above the one before it, as a station makes them: none is there twice. */
function isRising(ids: readonly string[]): boolean {
  let before = ''
  for (const id of ids) {
    if (id <= before) return false
    before = id
  }
  return true
}
