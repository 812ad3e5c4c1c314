// Wishes at a central for tests: what stations say of them and what staff and partners do, each in a transaction of its own.

import { randomUUID } from 'node:crypto'
import type { Database } from '../../../central/store/database.ts'
import type { StoreTransaction } from '../../../central/store/central-store.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import type { ActingPartner } from '../../../central/wishes/claim-wish.ts'
import { reviewWish } from '../../../central/wishes/review-wish.ts'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import type { EventBody } from '../../../contract/sync/event-bodies.ts'
import type { TestStation } from '../../support/station-client.ts'
import { NOW_MS } from '../../support/test-central.ts'

export const DAY_MS = 86_400_000

export function newWords(): { ref: string; commitment: string } {
  return { ref: randomUUID(), commitment: 'a'.repeat(64) }
}

export function posted(rider: string, more: Partial<EventBody<'wish.posted/1'>> = {}): EventBody<'wish.posted/1'> {
  return { request: randomUUID(), wish: randomUUID(), rider, category: 'small_need', shown: 'named', reach: 'station', words: newWords(), ...more }
}

export class WishTown {
  readonly database: Database
  nowMs = NOW_MS
  district = ''
  #pushed = new Map<TestStation, number>()

  constructor(database: Database) {
    this.database = database
  }

  async open(): Promise<this> {
    const [row] = await this.database.query<{ district: string }>('SELECT district_id AS district FROM stations WHERE station_id = $1', [stations[0]?.id ?? ''])
    this.district = row?.district ?? ''
    return this
  }

  act<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    return sqlStore(this.database).transaction('write', work)
  }

  partner(zh = '桂苑书店'): ActingPartner {
    return { id: randomUUID(), district: this.district, name: { zh, en: zh }, account: null }
  }

  /** What the station has recorded since the last time; the outcome of each, a flag by its code. */
  async bring(station: TestStation): Promise<string[]> {
    const answer = await station.push((this.#pushed.get(station) ?? 0) + 1)
    if (answer.result !== 'applied') throw new Error(answer.result)
    this.#pushed.set(station, answer.lastSeq)
    return answer.outcomes.map((outcome) => ('code' in outcome ? outcome.code : outcome.outcome))
  }

  /** Posted at the station and approved. */
  async openWish(station: TestStation, rider: string, text = '想要一双手套'): Promise<string> {
    const body = posted(rider)
    station.record('wish.posted/1', body)
    await this.bring(station)
    await this.approve(body.wish, 1, text)
    return body.wish
  }

  async approve(wish: string, version: number, text = '想要一双手套'): Promise<void> {
    const result = await this.act((transaction) => reviewWish(transaction, this.district, { wish, version, verdict: 'approve', text, who: '张*', account: null }, this.nowMs))
    if (!result.ok) throw new Error(result.error)
  }

  async wish(id: string): Promise<Record<string, unknown>> {
    const [row] = await this.database.query<Record<string, unknown>>(
      'SELECT stage, claim, again, version, review, not_yet AS "notYet", is_public AS "isPublic" FROM wishes WHERE wish_id = $1', [id],
    )
    return row ?? {}
  }

  async news(wish: string): Promise<string[]> {
    const rows = await this.database.query<{ claim: number; what: string; took: boolean }>('SELECT claim, what, took FROM claim_news WHERE wish_id = $1 ORDER BY line', [wish])
    return rows.map(({ claim, what, took }) => `${claim} ${what}${took ? '' : ' (late)'}`)
  }

  async history(wish: string): Promise<string[]> {
    const rows = await this.database.query<{ act: string; claim: number; flag: string | null }>('SELECT act, claim, flag FROM wish_history WHERE wish_id = $1 ORDER BY line', [wish])
    return rows.map(({ act, claim, flag }) => `${act} ${claim}${flag === null ? '' : ` ${flag}`}`)
  }
}
