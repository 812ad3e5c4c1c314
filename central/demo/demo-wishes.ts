// The demo's wishes: made by the same acts as real ones, at the times their file says, so that every state, every category and a
// history of each is there. Their words are kept as typed words are.

import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import wishes from '../../resources/demo/wishes.json' with { type: 'json' }
import { OWN_WISH_STATES, WISH_CATEGORIES } from '../../contract/kiosk/wish-view.ts'
import { maskName } from '../../domain/mask-name.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { Database } from '../store/database.ts'
import { sqlTransaction } from '../store/sql-store.ts'
import { derivedId } from '../sync/derived-id.ts'
import { type ActingPartner, claimWish, extendLease, fulfilWish, joinClaim, lapseClaims } from '../wishes/claim-wish.ts'
import { reviewWish } from '../wishes/review-wish.ts'
import { postWish, tellOfWish } from '../wishes/rider-wishes.ts'
import { keepTyped } from '../words/keep-typed.ts'
import { DEMO_RIDERS, stationNumbered } from './demo-data.ts'
import { DEMO_PARTNERS } from './demo-office.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** The demo's rule, for a lease and for each extension of it. */
const LEASE_MS = 7 * DAY_MS

const demoWish = z.strictObject({
  category: z.enum(WISH_CATEGORIES),
  text: z.string(),
  state: z.enum(OWN_WISH_STATES).exclude(['unsent']),
  postedDaysAgo: z.int().min(0),
  shown: z.enum(['named', 'anonymous']),
  reach: z.enum(['station', 'staff_phone']),
  /** A rider of the demo by handle; else one after the other. */
  rider: z.string().optional(),
  /** Who claimed it, the first alone, the others joined. */
  by: z.array(z.enum(['merchant', 'members', 'unit'])).optional(),
  /** After it was posted. */
  claimDays: z.int().min(0).optional(),
  lightDays: z.int().min(0).optional(),
  words: z.string().optional(),
  /** So many leases on it came to nothing. */
  again: z.int().min(1).optional(),
  extended: z.string().optional(),
  staffWords: z.string().optional(),
})
type DemoWish = z.infer<typeof demoWish>

export const DEMO_WISHES: readonly DemoWish[] = z.array(demoWish).parse(wishes)

/** Nothing where any wish is. */
export async function seedDemoWishes(database: Database, nowMs: number): Promise<void> {
  if ((await database.query('SELECT 1 FROM wishes LIMIT 1')).length > 0) return
  await database.transaction('write', async (sql) => {
    const transaction = sqlTransaction(sql)
    const inOrder = DEMO_WISHES.map((wish, index) => ({ wish, index })).toSorted((one, other) => other.wish.postedDaysAgo - one.wish.postedDaysAgo)
    for (const { wish, index } of inOrder) await makeWish(transaction, wish, index, nowMs)
  })
}

async function makeWish(transaction: StoreTransaction, wish: DemoWish, index: number, nowMs: number): Promise<void> {
  const rider = riderOf(wish, index)
  const { id: station, district } = stationNumbered(rider.homeStation)
  const id = derivedId(`boai/demo/wish/${index}`)
  const postedMs = nowMs - wish.postedDaysAgo * DAY_MS - (index % 9) * HOUR_MS
  const mustBe = (result: { ok: true } | { ok: false; error: string }): void => {
    if (!result.ok) throw new Error(`the demo's wish ${index} is refused: ${result.error}`)
  }
  const words = () => keepTyped(transaction, { ref: derivedId(`${id} words`), rider: rider.id, district: district.id, purpose: 'wish', text: wish.text }, randomBytes, postedMs)
  mustBe(await postWish(transaction, { id, rider: rider.id, station, category: wish.category, shown: wish.shown, reach: wish.reach, words, account: null }, postedMs))
  if (wish.state === 'in_review') return
  const reviewedMs = postedMs + 2 * HOUR_MS
  const isStopped = wish.state === 'asked_back' || wish.state === 'refused'
  mustBe(await reviewWish(
    transaction, district.id,
    isStopped ? { wish: id, version: 1, verdict: wish.state === 'refused' ? 'refuse' : 'ask_back', words: wish.staffWords ?? '', account: null }
      : { wish: id, version: 1, verdict: 'approve', text: wish.text, who: maskName(rider.name), account: null },
    reviewedMs,
  ))
  if (wish.state === 'withdrawn') mustBe(await tellOfWish(transaction, { wish: id, rider: rider.id, fact: { fact: 'withdrawn', claim: 0 }, account: null }, reviewedMs + DAY_MS))
  if (wish.again !== undefined) await letLapse(transaction, id, district.id, reviewedMs, mustBe)
  const [first, ...others] = (wish.by ?? []).map((kind) => partnerOf(kind, district.id))
  if (first === undefined) return
  const claimedMs = reviewedMs + (wish.claimDays ?? 0) * DAY_MS
  mustBe(await claimWish(transaction, first, id, claimedMs))
  for (const other of others) mustBe(await joinClaim(transaction, other, { wish: id, claim: 1 }, claimedMs + HOUR_MS))
  if (wish.extended !== undefined) mustBe(await extendLease(transaction, first, { wish: id, claim: 1, reason: wish.extended }, claimedMs + DAY_MS))
  if (wish.state === 'claimed') return
  const litMs = reviewedMs + (wish.lightDays ?? 0) * DAY_MS
  // Whatever takes long is extended in time, as partners do.
  for (let untilMs = claimedMs + LEASE_MS; untilMs <= litMs; untilMs += LEASE_MS) mustBe(await extendLease(transaction, first, { wish: id, claim: 1, reason: '还在办' }, untilMs - DAY_MS))
  mustBe(await fulfilWish(transaction, first, { wish: id, claim: 1, words: wish.words ?? null, photo: null }, litMs))
  if (wish.state === 'confirmed') mustBe(await tellOfWish(transaction, { wish: id, rider: rider.id, fact: { fact: 'confirmed', claim: 1, reached: true }, account: null }, litMs + DAY_MS))
}

async function letLapse(transaction: StoreTransaction, wish: string, district: string, fromMs: number, mustBe: (result: { ok: true } | { ok: false; error: string }) => void): Promise<void> {
  mustBe(await claimWish(transaction, partnerOf('merchant', district), wish, fromMs + DAY_MS))
  await lapseClaims(transaction, fromMs + 9 * DAY_MS, 100)
}

function riderOf({ rider }: DemoWish, index: number): (typeof DEMO_RIDERS)[number] {
  const active = DEMO_RIDERS.filter(({ status }) => status === 'active')
  const found = rider === undefined ? active[index % active.length] : DEMO_RIDERS.find(({ demo }) => demo === rider)
  if (found === undefined) throw new Error(`no rider of the demo for wish ${index}`)
  return found
}

function partnerOf(kind: 'merchant' | 'members' | 'unit', district: string): ActingPartner {
  const found = DEMO_PARTNERS.find((partner) => partner.kind === kind)
  if (found === undefined) throw new Error(`no ${kind} among the demo's partners`)
  return { id: found.id, district, name: found.name, account: null }
}
