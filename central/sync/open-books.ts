// Opens the books for what events name: asks the database for all of it at once, and locks the balances that decide. Where all
// events are plain facts that are trusted, more of them may come later: what those name is asked for then.

import { allEnded } from '../store/all-ended.ts'
import { accountKey } from '../../domain/ledger.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { balanceKey, type DistrictAccount } from '../store/district-account.ts'
import type { Outbox } from '../store/outboxes.ts'
import { openWishBook } from '../wishes/wish-book.ts'
import { type NamedTrainings, openTrainings } from './book-trainings.ts'
import { accountsIn, type BookingMoment, type Books, type SharedBooks } from './books.ts'
import { accountsOf, type Named, type UploadToRead } from './names-in-uploads.ts'

export interface OpenBooks {
  shared: SharedBooks
  /** By district. */
  items: Map<string, Set<string>>
  /** Of screens, by station. */
  requests: Map<string, Set<string>>
  of(outbox: Outbox, moment: BookingMoment): Books
}

/** Everywhere in the country. */
const OFFICIAL_UTC_OFFSET_MINUTES = 480

/** What an upload of plain facts alone is trusted with: the station has looked whether a slice has enough, and where it has not, the balances refuse to be written. */
const TRUSTED_POINTS = 1_000_000_000_000

/**
 * Asks for all that the events name, at once, and behind whatever was asked on this connection before. Where they are trusted,
 * all of them plain facts, a balance that does not suffice is met only by `writeMovements`: it throws what the database says of
 * a check (23514), and everything is to be done again, asking.
 */
export async function openBooks(transaction: StoreTransaction, uploads: readonly UploadToRead[], named: Named, isTrusted: boolean, nowMs: number): Promise<OpenBooks> {
  // Whoever's wish is named is told of it: nobody begins to mirror him meanwhile.
  if (named.wishes.size > 0) for (const rider of (await transaction.readWishRiders([...named.wishes])).values()) named.riders.add(rider)
  // Asked at once, answered in this order; the balances to be locked are put together while the database looks up the rest.
  const knownRiders = transaction.readRidersKnown([...named.riders])
  const [districts, utcOffsets, itemsKnown, services, requestsKnown, earningRequests, staff, grants, earningSlices, undoable, readers, { accounts, training }] = await allEnded([
    knownRiders,
    readUtcOffsets(transaction, uploads),
    ofDistricts(named.items, (district, wanted) => transaction.readItemsKnown(district, wanted)),
    ofDistricts(named.services, (district, wanted) => transaction.readServiceNames(district, wanted)),
    transaction.readRequestsKnown(named.requests),
    transaction.readEarningRequestsKnown(named.earningRequests),
    transaction.readStaffKnown([...named.staff]),
    transaction.readGrants([...named.grants]),
    transaction.readEarningSlices([...named.earningSlices]),
    transaction.readRedemptions([...named.undoable]),
    // Behind the lock on the riders: nobody begins to mirror them any more.
    transaction.stationsThatMirror([...named.moving]),
    openAccounts(transaction, uploads, knownRiders, named.training, isTrusted),
  ])
  const shared: SharedBooks = {
    riderDistricts: new Map(districts),
    readers: { asked: new Set(named.moving), known: new Map(readers) },
    registered: [],
    staff: new Set(staff),
    grants: new Map(grants),
    earningSlices: new Map(earningSlices),
    undoings: named.undoable,
    undoable: new Map(undoable),
    accounts,
    slicePoints: isTrusted ? TRUSTED_POINTS : 0,
    redeemed: new Set(),
    owed: new Map(),
    lines: new Map(),
    postings: [],
    entries: [],
    redemptions: [],
    undone: [],
    earnings: [],
    movements: [],
    grantsReceived: [],
    grantsRelent: [],
    earningSlicesReceived: [],
    earningSlicesRelent: [],
    // After the accounts.
    wishes: await openWishBook(transaction, [...named.wishes], nowMs),
    words: [],
    training,
  }
  const items = new Map([...itemsKnown].map(([district, known]) => [district, new Set(known)]))
  const requests = new Map([...requestsKnown].map(([station, known]) => [station, new Set(known)]))
  return {
    shared,
    items,
    requests,
    of: (outbox, moment) => ({
      ...shared,
      outbox,
      moment,
      utcOffsetMinutes: utcOffsets.get(outbox.district) ?? OFFICIAL_UTC_OFFSET_MINUTES,
      items: setIn(items, outbox.district),
      services: services.get(outbox.district) ?? new Map(),
      requests: setIn(requests, outbox.station),
      earningRequests: new Set(earningRequests.get(outbox.station)),
      seen: [],
      returned: new Set(),
      newcomers: [],
      slices: new Map(),
      paid: new Map(),
      redeemedHere: new Map(),
      handedOut: new Map(),
    }),
  }
}

/** What more plain facts name, for books that are trusted: asked for at once, and known when the answer has come. */
export async function learnMore(transaction: StoreTransaction, opening: Promise<OpenBooks>, named: Named): Promise<void> {
  const [{ shared, items, requests }, riderDistricts, itemsKnown, requestsKnown, staff, readers] = await allEnded([
    opening,
    transaction.readRidersKnown([...named.riders]),
    ofDistricts(named.items, (district, wanted) => transaction.readItemsKnown(district, wanted)),
    transaction.readRequestsKnown(named.requests),
    transaction.readStaffKnown([...named.staff]),
    transaction.stationsThatMirror([...named.moving]),
  ])
  for (const one of staff) shared.staff.add(one)
  for (const [rider, district] of riderDistricts) shared.riderDistricts.set(rider, district)
  for (const rider of named.moving) shared.readers.asked.add(rider)
  for (const [rider, stations] of readers) shared.readers.known.set(rider, stations)
  for (const [district, known] of itemsKnown) for (const item of known) setIn(items, district).add(item)
  for (const [station, known] of requestsKnown) for (const request of known) setIn(requests, station).add(request)
}

function setIn(sets: Map<string, Set<string>>, key: string): Set<string> {
  const known = sets.get(key)
  if (known !== undefined) return known
  const made = new Set<string>()
  sets.set(key, made)
  return made
}

/** Trainings are locked after the riders, balances after both. */
async function openAccounts(transaction: StoreTransaction, uploads: readonly UploadToRead[], knownRiders: Promise<ReadonlyMap<string, string>>, named: NamedTrainings, isTrusted: boolean) {
  const riderDistricts = await knownRiders
  const training = await openTrainings(transaction, named)
  const accounts = isTrusted ? [] : uploads.flatMap(({ outbox, readable }) => accountsOf(outbox, readable, riderDistricts))
  return { training, accounts: planned(accounts, accounts.length === 0 ? new Map() : await transaction.lockBalances(accounts)) }
}

/** One question a district. */
async function ofDistricts<Answer>(named: ReadonlyMap<string, ReadonlySet<string>>, ask: (district: string, wanted: readonly string[]) => Promise<Answer>): Promise<Map<string, Answer>> {
  const districts = [...named.keys()]
  const answers = await allEnded(districts.map((district) => ask(district, [...(named.get(district) ?? [])])))
  return new Map(districts.map((district, index) => [district, answers[index] as Answer]))
}

/** Of districts where somebody registers: a card is issued on a day. */
async function readUtcOffsets(transaction: StoreTransaction, uploads: readonly UploadToRead[]): Promise<ReadonlyMap<string, number>> {
  const districts = new Set(uploads.flatMap(({ outbox, readable }) => (readable.some(({ name }) => name === 'rider.registered/1') ? [outbox.district] : [])))
  const offsets = new Map<string, number>()
  for (const district of districts) offsets.set(district, (await transaction.readRuleValues(district)).get('utc_offset_minutes') ?? OFFICIAL_UTC_OFFSET_MINUTES)
  return offsets
}

function planned(accounts: readonly DistrictAccount[], balances: ReadonlyMap<string, number>): SharedBooks['accounts'] {
  const planned: SharedBooks['accounts'] = new Map()
  for (const { district, account } of accounts) {
    const key = accountKey(account)
    accountsIn(planned, district).set(key, { district, account, key, balance: balances.get(balanceKey({ district, account })) ?? 0, redeemed: 0 })
  }
  return planned
}
