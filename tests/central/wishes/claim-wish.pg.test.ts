// Claims: one winner, whoever comes at once, and nothing lost of what stations say that were cut off while a lease lapsed and
// was granted anew (invariant 8), on both databases.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { claimWish, endClaimsOfPartner, extendLease, fulfilWish, giveBackClaim, joinClaim, lapseClaims, seeWish } from '../../../central/wishes/claim-wish.ts'
import { lapseAll } from '../../../central/wishes/lapse-by-clock.ts'
import { reviewWish } from '../../../central/wishes/review-wish.ts'
import { eraseWishesOf, postWish, tellOfWish } from '../../../central/wishes/rider-wishes.ts'
import type { MirrorRow } from '../../../contract/sync/sync-protocol.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, startTestCentral, type TestCentral } from '../../support/test-central.ts'
import { DAY_MS, newWords, posted, WishTown } from './wish-town.ts'

const WORDS = { words: '放在站里了', photo: null }

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral
  let town: WishTown
  let station: TestStation
  const zhang = demoRider('zhang')

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
    town = await new WishTown(central.database).open()
    station = central.first.begin()
    await station.hello()
  }, 120_000)

  afterAll(async () => {
    expect((await auditBooks(central.database)).differences).toEqual([])
    await central.app.close()
    await databases.stop()
  }, 60_000)

  const claim = async (wish: string, partner = town.partner()): Promise<{ claim: number; partner: ReturnType<WishTown['partner']> }> => {
    const result = await town.act((transaction) => claimWish(transaction, partner, wish, town.nowMs))
    if (!result.ok) throw new Error(result.error)
    return { claim: result.answer.claim, partner }
  }

  /** The wish as the station's pull tells it from nothing. */
  const told = async (from: TestStation, wish: string): Promise<{ wall: MirrorRow<'wall_wish'> | null | undefined; own: MirrorRow<'own_wish'> | null | undefined }> => {
    const told: { wall: MirrorRow<'wall_wish'> | null | undefined; own: MirrorRow<'own_wish'> | null | undefined } = { wall: undefined, own: undefined }
    for (let cursor = null as Parameters<TestStation['pull']>[0]; ; ) {
      const page = await from.pull(cursor)
      if (page.result !== 'page') throw new Error(page.result)
      for (const change of page.changes) {
        if (change.key !== wish) continue
        if (change.kind === 'wall_wish') told.wall = change.row
        if (change.kind === 'own_wish') told.own = change.row
      }
      if (!page.more) return told
      cursor = page.cursor
    }
  }

  test('a posted wish is on no wall before it is approved; then every station of the district has it, and its rider’s stations his own', async () => {
    const body = posted(zhang)
    station.record('wish.posted/1', body)
    expect(await town.bring(station)).toEqual(['recorded'])
    expect(await told(station, body.wish)).toEqual({ wall: undefined, own: expect.objectContaining({ state: 'in_review', text: null, claim: 0, lease: null }) as unknown })
    await town.approve(body.wish, 1, '想要一双<b>手套</b>')
    const { wall, own } = await told(station, body.wish)
    expect(wall).toMatchObject({ text: '想要一双<b>手套</b>', who: '张*', state: 'open', claim: 0, again: false })
    expect(own).toMatchObject({ state: 'open', text: '想要一双<b>手套</b>', includedSeq: station.events.length })
    expect((await told(central.second, body.wish)).wall).toEqual(wall)
  })

  test('of fifty claims at once exactly one is granted', async () => {
    const wish = await town.openWish(station, zhang)
    const results = await Promise.all(Array.from({ length: 50 }, () => town.act((transaction) => claimWish(transaction, town.partner(), wish, town.nowMs))))
    expect(results.filter(({ ok }) => ok)).toEqual([{ ok: true, answer: { claim: 1, untilMs: town.nowMs + 7 * DAY_MS } }])
    expect(new Set(results.map((result) => (result.ok ? 'granted' : result.error)))).toEqual(new Set(['granted', 'already_claimed']))
    expect(await central.database.query('SELECT number, ended_at_ms AS "endedAtMs" FROM claims WHERE wish_id = $1', [wish])).toEqual([{ number: 1, endedAtMs: null }])
  })

  test('several hold one lease together, up to the rule; the last who leaves ends it, and the wish comes first', async () => {
    const wish = await town.openWish(station, zhang)
    const first = await claim(wish, town.partner('书店'))
    const others = Array.from({ length: 10 }, (_, index) => town.partner(`店${index}`))
    const joined = []
    for (const partner of others) joined.push(await town.act((transaction) => joinClaim(transaction, partner, { wish, claim: 1 }, town.nowMs)))
    expect(joined.map((result) => (result.ok ? 'in' : result.error))).toEqual([...Array.from({ length: 9 }, () => 'in'), 'members_full'])
    expect((await told(station, wish)).own?.lease?.by).toHaveLength(10)
    expect(await town.act((transaction) => giveBackClaim(transaction, town.partner(), { wish, claim: 1 }, town.nowMs))).toEqual({ ok: false, error: 'not_a_member' })
    for (const partner of [first.partner, ...others.slice(0, 8)]) await town.act((transaction) => giveBackClaim(transaction, partner, { wish, claim: 1 }, town.nowMs))
    expect(await town.wish(wish)).toMatchObject({ stage: 'claimed', claim: 1 })
    for (const partner of others.slice(8, 9)) await town.act((transaction) => giveBackClaim(transaction, partner, { wish, claim: 1 }, town.nowMs))
    expect(await town.wish(wish)).toMatchObject({ stage: 'open', claim: 1, again: true })
  })

  test('an extension has a reason and is granted as often as the rule says; over is over, and the next lease has the next number', async () => {
    const wish = await town.openWish(station, zhang)
    const { partner } = await claim(wish)
    const extend = () => town.act((transaction) => extendLease(transaction, partner, { wish, claim: 1, reason: '货还在路上' }, town.nowMs))
    const extended = [await extend(), await extend(), await extend()]
    expect(extended.map((result) => (result.ok ? (result.answer.untilMs - town.nowMs) / DAY_MS : result.error))).toEqual([14, 21, 'extensions_used_up'])
    const before = town.nowMs
    town.nowMs += 21 * DAY_MS
    expect(await town.act((transaction) => fulfilWish(transaction, partner, { wish, claim: 1, ...WORDS }, town.nowMs))).toEqual({ ok: false, error: 'claim_over' })
    expect(await lapseAll({ store: sqlStore(central.database), nowMs: () => town.nowMs })).toBeGreaterThan(0)
    expect(await lapseAll({ store: sqlStore(central.database), nowMs: () => town.nowMs })).toBe(0)
    expect(await town.wish(wish)).toMatchObject({ stage: 'open', again: true })
    expect((await told(station, wish)).wall).toMatchObject({ state: 'open', again: true, claim: 1 })
    expect((await claim(wish)).claim).toBe(2)
    town.nowMs = before
  })

  test('a lease that nobody has swept yet gives way to the next claim', async () => {
    const wish = await town.openWish(station, zhang)
    await claim(wish)
    town.nowMs += 8 * DAY_MS
    expect((await claim(wish)).claim).toBe(2)
    expect(await town.history(wish)).toEqual(['posted 0', 'approved 0', 'claimed 1', 'lapsed 1', 'claimed 2'])
    town.nowMs -= 8 * DAY_MS
  })

  test('stations that were cut off while a lease lapsed and was granted anew: nothing is lost, the stale is flagged, the present claimant is told', async () => {
    const wish = await town.openWish(station, zhang)
    const there = await central.another()
    await there.hello()
    await claim(wish)
    const of = { wish, rider: zhang, claim: 1 } as const
    // All of it seen under the first lease, at two stations that are cut off.
    station.record('wish.confirmed/1', { request: randomUUID(), ...of, reached: true })
    station.record('wish.edited/1', { request: randomUUID(), ...of, words: newWords() })
    there.record('wish.fulfilled/1', { request: randomUUID(), wish, staff: await staffOf(), claim: 1 })
    there.record('wish.confirmed/1', { request: randomUUID(), ...of, reached: false })
    town.nowMs += 8 * DAY_MS
    expect(await town.act((transaction) => lapseClaims(transaction, town.nowMs, 100))).toBeGreaterThan(0)
    const second = await claim(wish, town.partner('新店'))
    expect(second.claim).toBe(2)
    expect([await town.bring(station), await town.bring(there)]).toEqual([['claim_stale', 'claim_stale'], ['claim_stale', 'claim_stale']])
    expect(await town.wish(wish)).toMatchObject({ stage: 'claimed', claim: 2, version: 2, review: 'in_review', isPublic: false })
    expect(await town.news(wish)).toEqual(['2 confirmed (late)', '2 edited', '2 handed_over (late)', '2 not_yet (late)'])
    expect(await town.history(wish)).toEqual([
      'posted 0', 'approved 0', 'claimed 1', 'lapsed 1', 'claimed 2', 'confirmed 1 claim_stale', 'edited 1 claim_stale', 'handed_over 1 claim_stale', 'not_yet 1 claim_stale',
    ])
    expect(await central.database.query('SELECT version FROM wish_versions WHERE wish_id = $1 ORDER BY version', [wish])).toEqual([{ version: 1 }, { version: 2 }])
    // The new text is approved: nothing is done before it was seen.
    await town.approve(wish, 2, '想要一顶帽子')
    const light = () => town.act((transaction) => fulfilWish(transaction, second.partner, { wish, claim: 2, ...WORDS }, town.nowMs))
    expect(await light()).toEqual({ ok: false, error: 'text_unseen' })
    expect(await town.act((transaction) => seeWish(transaction, second.partner, { wish, claim: 2 }, town.nowMs))).toEqual({ ok: true, answer: {} })
    expect(await central.database.query('SELECT count(*) AS unseen FROM claim_news WHERE wish_id = $1 AND seen_at_ms IS NULL', [wish])).toEqual([{ unseen: 0 }])
    expect(await light()).toEqual({ ok: true, answer: {} })
    expect((await told(station, wish)).own).toMatchObject({ state: 'fulfilled', fulfilment: WORDS, lease: { by: ['新店'] } })
    // "Not yet", once more, and then it is there.
    station.record('wish.confirmed/1', { request: randomUUID(), wish, rider: zhang, claim: 2, reached: false })
    expect(await town.bring(station)).toEqual(['recorded'])
    expect(await town.wish(wish)).toMatchObject({ stage: 'claimed', claim: 2, notYet: true })
    expect(await light()).toEqual({ ok: true, answer: {} })
    station.record('wish.confirmed/1', { request: randomUUID(), wish, rider: zhang, claim: 2, reached: true })
    expect(await town.bring(station)).toEqual(['recorded'])
    expect(await central.database.query('SELECT number, ended_as AS "endedAs" FROM claims WHERE wish_id = $1 ORDER BY number', [wish])).toEqual(
      [{ number: 1, endedAs: 'lapsed' }, { number: 2, endedAs: 'confirmed' }],
    )
    town.nowMs -= 8 * DAY_MS
  })

  test('a wish withdrawn at a station that saw an earlier lease is withdrawn, flagged, and who holds it is told', async () => {
    const wish = await town.openWish(station, zhang)
    await claim(wish)
    station.record('wish.withdrawn/1', { request: randomUUID(), wish, rider: zhang, claim: 0 })
    expect(await town.bring(station)).toEqual(['claim_stale'])
    expect(await town.wish(wish)).toMatchObject({ stage: 'withdrawn', isPublic: false })
    expect([await town.news(wish), (await told(station, wish)).wall]).toEqual([['1 withdrawn'], null])
  })

  test('what stations say wrongly is recorded and flagged: a wish of nobody, one twice, another’s', async () => {
    const wish = await town.openWish(station, zhang)
    const li = demoRider('li')
    station.record('wish.posted/1', posted(randomUUID()))
    station.record('wish.posted/1', posted(li, { wish }))
    station.record('wish.withdrawn/1', { request: randomUUID(), wish, rider: li, claim: 0 })
    station.record('wish.edited/1', { request: randomUUID(), wish: randomUUID(), rider: zhang, claim: 0, words: newWords() })
    station.record('wish.confirmed/1', { request: randomUUID(), wish, rider: zhang, claim: 0, reached: true })
    expect(await town.bring(station)).toEqual(['rider_unknown', 'wish_repeated', 'wish_unknown', 'wish_unknown', 'wish_not_in_state'])
    expect(await town.wish(wish)).toMatchObject({ stage: 'open', version: 1 })
  })

  test('a partner whose account is closed holds nothing any more: his leases end and the wishes come first; where others hold too, they go on', async () => {
    const [alone, together] = [await town.openWish(station, zhang), await town.openWish(station, zhang)]
    const closing = town.partner()
    await claim(alone, closing)
    await claim(together, closing)
    await town.act((transaction) => joinClaim(transaction, town.partner('还在'), { wish: together, claim: 1 }, town.nowMs))
    await town.act((transaction) => endClaimsOfPartner(transaction, closing.id, null, town.nowMs))
    expect([await town.wish(alone), await town.wish(together)]).toMatchObject([{ stage: 'open', again: true }, { stage: 'claimed', claim: 1 }])
    expect((await told(station, together)).own?.lease?.by).toEqual(['还在'])
    expect(await central.database.query('SELECT ended_as AS "endedAs" FROM claims WHERE wish_id = $1', [alone])).toEqual([{ endedAs: 'partner_closed' }])
  })

  test('while central recovers nothing is granted', async () => {
    const wish = await town.openWish(station, zhang)
    await town.act(async (transaction) => transaction.writeCentral({ ...(await transaction.lockCentral()), recoveringSinceMs: 1 }))
    const results = [
      await town.act((transaction) => claimWish(transaction, town.partner(), wish, town.nowMs)), await town.act((transaction) => joinClaim(transaction, town.partner(), { wish, claim: 1 }, town.nowMs)),
    ]
    await town.act(async (transaction) => transaction.writeCentral({ ...(await transaction.lockCentral()), recoveringSinceMs: null }))
    expect(results).toEqual([{ ok: false, error: 'recovering' }, { ok: false, error: 'recovering' }])
  })

  test('moderation: asked back, refused with a reason that the rider sees, and only of the text that was read', async () => {
    const body = posted(zhang)
    station.record('wish.posted/1', body)
    await town.bring(station)
    const review = (version: number, verdict: 'ask_back' | 'refuse', words: string) =>
      town.act((transaction) => reviewWish(transaction, town.district, { wish: body.wish, version, verdict, words, account: null }, town.nowMs))
    expect(await review(1, 'ask_back', '要多大码的？')).toEqual({ ok: true })
    expect((await told(station, body.wish)).own).toMatchObject({ state: 'asked_back', staffWords: '要多大码的？' })
    station.record('wish.edited/1', { request: randomUUID(), wish: body.wish, rider: zhang, claim: 0, words: newWords() })
    await town.bring(station)
    expect([await review(1, 'refuse', '不行'), await review(2, 'refuse', '  ')]).toEqual([{ ok: false, error: 'version_superseded' }, { ok: false, error: 'words_missing' }])
    expect(await review(2, 'refuse', '这里不能转让电动车')).toEqual({ ok: true })
    expect((await told(station, body.wish)).own).toMatchObject({ state: 'refused', staffWords: '这里不能转让电动车' })
    const elsewhere = await town.act((transaction) => reviewWish(transaction, randomUUID(), { wish: body.wish, version: 2, verdict: 'refuse', words: 'x', account: null }, town.nowMs))
    expect(elsewhere).toEqual({ ok: false, error: 'unknown_wish' })
  })

  test('by phone or by staff the same: a wish is posted up to the rule, edited, and what comes too late says so', async () => {
    const rider = demoRider('chen')
    const ids = Array.from({ length: 4 }, () => randomUUID())
    const post = (id: string) =>
      town.act((transaction) => postWish(transaction, { id, rider, station: null, category: 'hard_meal', shown: 'anonymous', reach: 'staff_phone', words: () => Promise.resolve(newWords()), account: null }, town.nowMs))
    const results = []
    for (const id of ids) results.push(await post(id))
    expect(results).toEqual([{ ok: true }, { ok: true }, { ok: true }, { ok: false, error: 'wishes_full', wishesMax: 3 }])
    const [first = ''] = ids
    expect(await post(first)).toEqual({ ok: false, error: 'wish_repeated' })
    const tell = (fact: Parameters<typeof tellOfWish>[1]['fact'], words?: ReturnType<typeof newWords>) =>
      town.act((transaction) => tellOfWish(transaction, { wish: first, rider, fact, account: null, ...(words === undefined ? {} : { words }) }, town.nowMs))
    expect([await tell({ fact: 'edited', claim: 0 }, newWords()), await tell({ fact: 'confirmed', claim: 0, reached: true }), await tell({ fact: 'withdrawn', claim: 0 })]).toEqual([
      { ok: true, flag: null }, { ok: true, flag: 'wish_not_in_state' }, { ok: true, flag: null },
    ])
    expect(await town.act((transaction) => tellOfWish(transaction, { wish: first, rider: zhang, fact: { fact: 'withdrawn', claim: 0 }, account: null }, town.nowMs))).toEqual(
      { ok: false, error: 'unknown_wish' },
    )
  })

  test('an erased rider’s wishes are on no wall and have no words; what happened stays, and who held one is told', async () => {
    const rider = demoRider('ouyang')
    const wish = await town.openWish(station, rider, '想要给女儿买一本书')
    const { partner } = await claim(wish)
    await town.act((transaction) => extendLease(transaction, partner, { wish, claim: 1, reason: '书店缺货' }, town.nowMs))
    await town.act(async (transaction) => {
      await transaction.lockRider(rider)
      await eraseWishesOf(transaction, rider, town.nowMs)
    })
    const left = await central.database.query('SELECT public_text, public_who, staff_words FROM wishes WHERE wish_id = $1', [wish])
    expect(left).toEqual([{ public_text: null, public_who: null, staff_words: null }])
    expect(await central.database.query('SELECT line FROM wish_history WHERE wish_id = $1 AND words IS NOT NULL', [wish])).toEqual([])
    expect([await town.wish(wish), await town.news(wish), (await told(central.second, wish)).wall]).toMatchObject([{ stage: 'withdrawn' }, ['1 withdrawn'], null])
  })

  test('the wall holds so many and no more: what comes again and what waits longest before what was lit', async () => {
    const wall = async (placesMax: number): Promise<string[]> => {
      await town.act((transaction) => transaction.refreshWall(town.district, [], placesMax))
      const rows = await central.database.query<{ stage: string; again: boolean }>('SELECT stage, again FROM wall_places JOIN wishes USING (wish_id)')
      return rows.map(({ stage, again }) => `${stage}${again ? ' again' : ''}`).toSorted()
    }
    const all = await wall(300)
    const waiting = all.filter((state) => state.startsWith('open') || state.startsWith('claimed'))
    expect([all.length > waiting.length, waiting.some((state) => state.endsWith('again'))]).toEqual([true, true])
    expect(await wall(waiting.length)).toEqual(waiting)
    expect(await wall(1)).toEqual([expect.stringContaining('again') as string])
    expect(await wall(300)).toEqual(all)
  })

  async function staffOf(): Promise<string> {
    const [row] = await central.database.query<{ id: string }>('SELECT staff_id AS id FROM staff WHERE active LIMIT 1')
    return row?.id ?? ''
  }
})
