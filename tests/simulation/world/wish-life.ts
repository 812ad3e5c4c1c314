// Wishes in the world: riders post, edit, take back and confirm them wherever they stand, cut off or not; at central they are
// approved, and partners claim, join, extend, light, give back, or let the lease lapse.

import { claimWish, extendLease, fulfilWish, giveBackClaim, joinClaim, seeWish, type ActingPartner } from '../../../central/wishes/claim-wish.ts'
import { lapseAll } from '../../../central/wishes/lapse-by-clock.ts'
import { reviewWish } from '../../../central/wishes/review-wish.ts'
import { confirmWish, editWish, fulfilWish as handOver, postWish, withdrawWish, type WishResult } from '../../../station/acts/wishes.ts'
import { ownWishes, wallWishes } from '../../../station/store/wishes.ts'
import { maybeTextOf, numberOf, type Row, rowsOf, textOf } from '../checker/evidence.ts'
import type { Random } from '../engine/random.ts'
import type { StationNode } from './station-node.ts'
import { attempt, type StationProcess } from './station-process.ts'
import type { TownRider } from './town.ts'
import type { World } from './world.ts'

const LOOKS_EVERY_MS = 40 * 60_000
const PARTNERS = 4
/** Of the visits of riders, and of what they do about a wish of theirs. */
const VISITS_WITH_A_WISH = 0.7
const EDITED = 0.4
const WITHDRAWN = 0.06
const NOT_YET = 0.25
/** Of the leases one in so many is just forgotten by who holds it. */
const FORGOTTEN_EVERY = 3
/** Of the staff's shifts. */
const HANDED_OVER = 0.3

export class WishLife {
  readonly #world: World
  readonly #random: Random
  readonly #partners: readonly ActingPartner[]
  readonly #counted = new Set<string>()
  /** A row that is there once more is the same row. */
  readonly #seen = new WeakSet<Row>()
  /** Central has just said so: nobody asks it for the next wish as well. */
  #isRecovering = false

  constructor(world: World, random: Random) {
    this.#world = world
    this.#random = random
    this.#partners = Array.from({ length: PARTNERS }, (_, index) => ({
      id: random.uuid(), district: world.town.district, name: { zh: `店${index}`, en: `Shop ${index}` }, account: null,
    }))
  }

  open(): void {
    const { scheduler, central } = this.#world
    const look = async (): Promise<void> => {
      if (central.isUp) await this.#look()
      if (this.#world.isOpen()) scheduler.after(LOOKS_EVERY_MS, look)
    }
    scheduler.after(LOOKS_EVERY_MS, look)
  }

  // ── at a station ──

  visited(node: StationNode, process: StationProcess, rider: TownRider): void {
    const random = this.#random
    if (!random.chance(VISITS_WITH_A_WISH)) return
    const { counter } = process
    const own = attempt(() => ownWishes(counter.database.read, rider.id))
    if (own === null) return
    const lit = own.find(({ state }) => state === 'fulfilled')
    const going = own.find(({ state }) => state === 'unsent' || state === 'in_review' || state === 'asked_back' || state === 'open' || state === 'claimed')
    const of = { request: random.uuid(), rider: rider.id }
    if (lit !== undefined) return this.#did('confirm', node, process, of.request, () => confirmWish(counter, { ...of, wish: lit.id, reached: !random.chance(NOT_YET) }))
    if (going === undefined || random.chance(0.3)) {
      const posted = { category: 'small_need', text: '想要一双手套', shown: random.chance(0.5) ? 'named' : 'anonymous', reach: 'station' } as const
      return this.#did('post', node, process, of.request, () => postWish(counter, { ...of, ...posted }))
    }
    if (random.chance(WITHDRAWN)) return this.#did('withdraw', node, process, of.request, () => withdrawWish(counter, { ...of, wish: going.id }))
    if (random.chance(EDITED)) this.#did('edit', node, process, of.request, () => editWish(counter, { ...of, wish: going.id, text: '想要一顶帽子' }))
  }

  /** What partners left at the station is handed over. */
  staffed(node: StationNode, process: StationProcess): void {
    const random = this.#random
    if (!random.chance(HANDED_OVER)) return
    const { counter } = process
    const claimed = attempt(() => wallWishes(counter.database.read).filter(({ state }) => state === 'claimed'))
    if (claimed === null || claimed.length === 0) return
    const request = random.uuid()
    const wish = random.pick(claimed).id
    this.#did('hand over', node, process, request, () => handOver(counter, { request, staff: node.site.staff, wish }))
  }

  #did(what: string, node: StationNode, process: StationProcess, request: string, act: () => WishResult): void {
    const result = attempt(act)
    this.#world.acted(`wish ${what} ${node.site.number} ${result === null ? 'died' : result.ok ? result.wish : result.refusal.code}`)
    if (result === null) return
    if (!result.ok) {
      this.#world.refused(result.refusal.code)
      return
    }
    const { incarnation } = process.counter.identity
    this.#world.saw({ kind: 'wish', request, station: node.site.id, incarnation, rider: null, points: 0, atMs: this.#world.scheduler.nowMs() })
    process.sync.nudge()
  }

  // ── at central ──

  async #look(): Promise<void> {
    const { state, store, scheduler, trace } = this.#world
    const nowMs = scheduler.nowMs()
    await lapseAll({ store, nowMs: () => nowMs })
    const tables = await state.tables(['wish_history', 'claim_members', 'wishes'])
    this.#count(rowsOf(tables, 'wish_history'))
    const members = rowsOf(tables, 'claim_members').filter((row) => row['left_at_ms'] === null)
    this.#isRecovering = false
    // In one order, whatever stands behind central's store: chance is drawn row by row.
    for (const row of rowsOf(tables, 'wishes').toSorted((left, right) => (textOf(left, 'wish_id') < textOf(right, 'wish_id') ? -1 : 1))) {
      const said = await this.#treat(row, members, nowMs)
      if (said !== null) trace.note(`${nowMs} wish ${textOf(row, 'wish_id')} ${said}`)
    }
  }

  /** What staff and partners do with one wish now; null: nothing. */
  async #treat(row: Row, members: readonly Row[], nowMs: number): Promise<string | null> {
    const { store } = this.#world
    const random = this.#random
    const [wish, stage, version, claim] = [textOf(row, 'wish_id'), textOf(row, 'stage'), numberOf(row, 'version'), numberOf(row, 'claim')]
    const said = (what: string, result: { ok: true } | { ok: false; error: string }): string => `${what} ${result.ok ? 'done' : result.error}`
    if (textOf(row, 'review') === 'in_review' && random.chance(0.7)) {
      const { district } = this.#world.town
      const words = random.chance(0.9) ? ({ verdict: 'approve', text: '想要一双手套', who: '张*' } as const) : ({ verdict: random.chance(0.5) ? 'ask_back' : 'refuse', words: '为什么？' } as const)
      return said(words.verdict, await store.transaction('write', (transaction) => reviewWish(transaction, district, { wish, version, account: null, ...words }, nowMs)))
    }
    if (stage === 'open' && !this.#isRecovering && random.chance(0.6)) {
      const wanting = this.#partners.filter(() => random.chance(0.6))
      const results = await Promise.all(wanting.map((partner) => store.transaction('write', (transaction) => claimWish(transaction, partner, wish, nowMs))))
      if (results.some((result) => !result.ok && result.error === 'already_claimed')) this.#world.sometimes.add('claim_refused')
      if (results.some((result) => !result.ok && result.error === 'recovering')) {
        this.#world.sometimes.add('claim_not_granted_in_recovery')
        this.#isRecovering = true
      }
      return `claim ${results.map((result) => (result.ok ? 'done' : result.error)).join()}`
    }
    if (stage !== 'claimed') return null
    const holder = this.#partners.find(({ id }) => members.some((member) => member['wish_id'] === wish && member['number'] === claim && maybeTextOf(member, 'partner_id') === id))
    if (holder === undefined || isForgotten(wish, claim)) return null
    const held = { wish, claim }
    const act = random.next()
    if (act < 0.1) return said('join', await store.transaction('write', (transaction) => joinClaim(transaction, random.pick(this.#partners), held, nowMs)))
    if (act < 0.3) return said('give back', await store.transaction('write', (transaction) => giveBackClaim(transaction, holder, held, nowMs)))
    if (act < 0.4) return said('see', await store.transaction('write', (transaction) => seeWish(transaction, holder, held, nowMs)))
    if (act < 0.45) return said('extend', await store.transaction('write', (transaction) => extendLease(transaction, holder, { ...held, reason: '在路上' }, nowMs)))
    if (act < 0.6) return said('fulfil', await store.transaction('write', (transaction) => fulfilWish(transaction, holder, { ...held, words: '送到站了', photo: null }, nowMs)))
    return null
  }

  #count(history: readonly Row[]): void {
    for (const line of history) {
      if (this.#seen.has(line)) continue
      this.#seen.add(line)
      const name = `${textOf(line, 'wish_id')} ${numberOf(line, 'line')}`
      if (this.#counted.has(name)) continue
      this.#counted.add(name)
      const [act, flag] = [textOf(line, 'act'), maybeTextOf(line, 'flag')]
      if (flag !== null) this.#world.sometimes.add(flag)
      else if (act === 'lapsed') this.#world.sometimes.add('claim_lapsed')
      else if (act === 'edited' && line['until_ms'] !== null) this.#world.sometimes.add('wish_edited_while_claimed')
      else if (act === 'confirmed' || act === 'not_yet') this.#world.sometimes.add(`wish_${act}`)
    }
  }
}

function isForgotten(wish: string, claim: number): boolean {
  return (Number.parseInt(wish.slice(0, 4), 16) + claim) % FORGOTTEN_EVERY === 0
}
