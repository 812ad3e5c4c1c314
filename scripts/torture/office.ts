// What people do at central meanwhile, as one more process of it beside the two that are killed: trainings are made before the doors
// open, wishes approved, claimed and lit by partners, and central's clock looks at trainings every other second instead of once a
// minute, which no process here lives to see. By the product's own acts, and noticing a database that was set back as every process does.

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { openKeyFolder } from '../../central/keys/key-folder.ts'
import { isDatabaseBusy } from '../../central/store/database-errors.ts'
import { openPostgres } from '../../central/store/postgres-database.ts'
import { sqlStore, sqlTransaction } from '../../central/store/sql-store.ts'
import { noticingSetBack } from '../../central/sync/notice-set-back.ts'
import { tendTrainings } from '../../central/trainings/tend-trainings.ts'
import { makeTrainings } from '../../central/trainings/staff-trainings.ts'
import { type ActingPartner, claimWish, fulfilWish, giveBackClaim } from '../../central/wishes/claim-wish.ts'
import { reviewWish } from '../../central/wishes/review-wish.ts'
import { EVERYBODY } from '../../domain/training/decide-signup.ts'
import type { Draw } from './draw.ts'
import type { World } from './world.ts'

const LOOKS_EVERY_MS = 2_000
const LOOK_AGAIN_MS = 100
const KNOWN_MS_MAX = 30_000
const HOUR_MS = 3_600_000
/** Of those who are looked at. */
const REFUSED_SHARE = 0.1
const CLAIMED_SHARE = 0.7
const LIT_SHARE = 0.3
const GIVEN_BACK_SHARE = 0.1

export interface Office {
  /** Once central knows a file of every station, so that each host is lent its places at once. */
  makeTrainings(): Promise<void>
  /** How many trainings central's clock has changed something of. Nothing while the database is away. */
  tend(): Promise<number>
  /** How many leases were granted. */
  claims(): number
  /** Nobody is there while `work` runs. */
  whileClosed(work: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

export interface OfficeOptions {
  databaseUrl: string
  keyFile: string
  world: World
  draw: Draw
  isOver: () => boolean
  onBroken: (error: unknown) => void
}

interface WishRow {
  wish: string
  stage: string
  review: string
  version: number
  claim: number
  holder: string | null
}

const WISHES_SQL = `SELECT wish_id AS wish, stage, review, version, claim,
  (SELECT partner_id FROM claim_members WHERE claim_members.wish_id = wishes.wish_id AND number = claim AND left_at_ms IS NULL ORDER BY joined_at_ms LIMIT 1) AS holder
  FROM wishes WHERE review = 'in_review' OR stage IN ('open', 'claimed') ORDER BY wish_id`

export function openOffice(options: OfficeOptions): Office {
  const { world, draw, isOver } = options
  // A connection that idles is cut by every kill of the server: what asks next hears of it.
  const opened = openPostgres(options.databaseUrl, () => undefined)
  const { marker, outside } = openKeyFolder({ data: null, keyFile: options.keyFile })
  const nowMs = (): number => Date.now()
  const transaction = noticingSetBack(opened.transaction, { storeOf: sqlTransaction, marker, outside, newHistory: randomUUID, nowMs, noticed: () => undefined })
  const store = sqlStore({ ...opened, transaction })
  const partners = world.partners.map((id): ActingPartner => ({ id, district: world.district, name: { zh: '店', en: 'Shop' }, account: null }))
  let claims = 0
  let closings = 0
  let closed = false
  let underWay: Promise<unknown> = Promise.resolve()

  /** One thing at a time. null: the database is away, and the next look comes. */
  function whileOpen<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
    const done = underWay.then(async () => {
      if (closings > 0) return null
      try {
        return await work()
      } catch (error) {
        if (isDatabaseBusy(error)) return null
        throw error
      }
    })
    underWay = done.catch(() => undefined)
    return done
  }

  async function treatWish({ wish, stage, review, version, claim, holder }: WishRow): Promise<void> {
    if (review === 'in_review') {
      const words = draw.chance(REFUSED_SHARE) ? ({ verdict: 'refuse', words: '请换个说法' } as const) : ({ verdict: 'approve', text: '想要一双手套', who: '骑*' } as const)
      await store.transaction('write', (write) => reviewWish(write, world.district, { wish, version, account: null, ...words }, nowMs()))
    } else if (stage === 'open' && draw.chance(CLAIMED_SHARE)) {
      // Both at once: one gets it.
      const results = await Promise.all(partners.map((partner) => store.transaction('write', (write) => claimWish(write, partner, wish, nowMs()))))
      claims += results.filter(({ ok }) => ok).length
    } else if (stage === 'claimed') {
      const partner = partners.find(({ id }) => id === holder)
      if (partner === undefined) return
      const held = { wish, claim }
      if (draw.chance(GIVEN_BACK_SHARE)) await store.transaction('write', (write) => giveBackClaim(write, partner, held, nowMs()))
      else if (draw.chance(LIT_SHARE)) await store.transaction('write', (write) => fulfilWish(write, partner, { ...held, words: '送到站了', photo: null }, nowMs()))
    }
  }

  const tend = async (): Promise<number> => {
    const tended = await whileOpen(() => tendTrainings(store, nowMs()))
    return tended === null ? 0 : tended.settled + tended.lent
  }
  async function work(): Promise<void> {
    for (; !isOver() && !closed; await pause(LOOKS_EVERY_MS)) {
      await tend()
      const wishes = (await whileOpen(() => opened.query<WishRow>(WISHES_SQL))) ?? []
      for (const wish of wishes) await whileOpen(() => treatWish(wish))
    }
  }

  async function untilAllKnown(): Promise<void> {
    for (const beganAtMs = Date.now(); ; await pause(LOOK_AGAIN_MS)) {
      const known = await opened.query("SELECT DISTINCT station_id FROM incarnations WHERE state = 'active'")
      if (known.length === world.stations.length) return
      if (Date.now() - beganAtMs > KNOWN_MS_MAX) throw new Error(`central knows files of ${known.length} stations only`)
    }
  }

  let working: Promise<void> = Promise.resolve()
  return {
    tend,
    claims: () => claims,
    async makeTrainings() {
      await untilAllKnown()
      const wanted = world.trainings.map(({ id, host, capacity }, index) => {
        const startsAtMs = nowMs() + (5 * 24 + index) * HOUR_MS
        const words = { topic: 'cpr' as const, title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '二楼', en: 'Second floor' } }
        return { training: id, form: { ...words, points: 10, certificateMonths: 24, host, audience: EVERYBODY, startsAtMs, endsAtMs: startsAtMs + 2 * HOUR_MS, capacity } }
      })
      await store.transaction('write', (write) => makeTrainings(write, world.district, wanted, null, nowMs()))
      working = work().catch(options.onBroken)
    },
    async whileClosed(absence) {
      closings += 1
      await underWay
      try {
        await absence()
      } finally {
        closings -= 1
      }
    },
    async close() {
      closed = true
      await working
      await underWay
      await opened.close()
    },
  }
}
