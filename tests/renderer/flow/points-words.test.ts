// Which words a rider reads about where his points are: the choice is a pure function, held here by a table in Chinese.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RiderSession } from '../../../contract/kiosk/kiosk-view.ts'
import type { FlowState, Rider } from '../../../renderer/flow/flow-state.ts'
import { briefPointsLine, leftAfterLine, pointsLines, pointsShortSaid, spendableLine, stoppedSaid } from '../../../renderer/flow/points-words.ts'
import { keepWhereabouts, restOfPoints, shortFor } from '../../../renderer/flow/rest-of-points.ts'
import { en } from '../../../renderer/text/en.ts'
import { zh } from '../../../renderer/text/zh.ts'
import { greetRider, riderSession, somePoints, WALL_MS } from './driven-flow.ts'

type Points = NonNullable<RiderSession['points']>

const NANHU = { zh: '南湖站', en: 'Nanhu Station' }
const LIUDAOWAN = { zh: '六道湾站', en: 'Liudaowan Station' }
const HOUR_MS = 3_600_000

const at = (name: { zh: string; en: string }, points: number, heardAgoMs: number | null) => ({ name, points, heardAtMs: heardAgoMs === null ? null : WALL_MS - heardAgoMs })
const known = (...places: Points['elsewhere']['places']): Points['elsewhere'] => ({ reach: 'known', places })

const ALL_HERE = somePoints(80)
const COMING = somePoints(80, 30, { elsewhere: known(at(NANHU, 50, 20_000)) })
const SILENT = somePoints(80, 30, { elsewhere: known(at(NANHU, 50, 3 * HOUR_MS)) })
const NEVER_HEARD = somePoints(80, 30, { elsewhere: known(at(NANHU, 50, null)) })
const THREE_COMING = somePoints(180, 30, { elsewhere: known(at(NANHU, 20, 0), at(LIUDAOWAN, 100, 0), at(NANHU, 30, 1_000)) })
const ONE_OF_EACH = somePoints(180, 30, { elsewhere: known(at(NANHU, 50, 49 * HOUR_MS), at(LIUDAOWAN, 100, 0)) })
const CUT_OFF = somePoints(80, 30, { elsewhere: { reach: 'cut_off', places: [] } })
const ASKING = somePoints(80, 30, { elsewhere: { reach: 'asking', places: [] } })
const AT_CENTRAL = somePoints(1_200, 500)
const PENDING = somePoints(100, 80, { pending: 20 })

const riderOf = (points: Points | null, balanceShown = true): Rider => ({ session: riderSession({ points }), cart: [], balanceShown })

/** A greeting that has been shown for a while. */
function greeted(points: Points, change: { offline?: true; hidden?: true } = {}): { state: FlowState; rider: Rider } {
  const flow = greetRider({ points })
  flow.show({ session: riderSession({ points }), ...(change.offline ? { link: { state: 'offline' as const, lastSyncAtMs: null } } : {}) })
  if (change.hidden) flow.tap({ do: 'toggle_balance' })
  flow.wait(5_000)
  return { state: flow.state(), rider: flow.screen('greeting').rider }
}

test('where the station gives out no goods that is said, and nobody is told to wait for the network', () => {
  const { state, rider } = greeted(CUT_OFF, { offline: true })
  const stopped = (code: 'banned' | 'outbox_full'): FlowState => ({ ...state, view: state.view === null ? null : { ...state.view, trouble: { code, works: ['rest', 'checkin'] } } })
  expect(stoppedSaid(state, zh)).toBeNull()
  expect([pointsLines(stopped('banned'), rider, zh), briefPointsLine(stopped('banned'), rider, zh), spendableLine(stopped('banned'), rider, zh)]).toEqual([
    ['这里不再兑换积分', '休息照常，换东西请到别的站。'], '这里不再兑换积分', '这里不再兑换积分',
  ])
  expect(pointsLines(stopped('outbox_full'), rider, zh)).toEqual(['暂时不能兑换', '休息照常，联网后就能换。'])
})

test.each<[string, Points, { offline?: true; hidden?: true }, string[], string | null]>([
  ['all here', ALL_HERE, {}, [], null],
  ['all here, offline', ALL_HERE, { offline: true }, [], null],
  ['on its way', COMING, {}, ['这里现在能用 30 分', '南湖站还有 50 分，正在取回'], '这里能用 30 分 · 另有 50 分正在取回'],
  ['at a silent station', SILENT, {}, ['这里现在能用 30 分', '南湖站还有 50 分，等它联网就能用', '它上次联网是 3 小时前'], '这里能用 30 分 · 另有 50 分在南湖站'],
  ['at a station never heard', NEVER_HEARD, {}, ['这里现在能用 30 分', '南湖站还有 50 分，等它联网就能用', '还没联系上过它'], '这里能用 30 分 · 另有 50 分在南湖站'],
  ['at three stations', THREE_COMING, {}, ['这里现在能用 30 分', '六道湾站等 3 处还有 150 分，正在取回'], '这里能用 30 分 · 另有 150 分正在取回'],
  ['one coming, one silent', ONE_OF_EACH, {}, ['这里现在能用 30 分', '六道湾站还有 100 分，正在取回', '南湖站还有 50 分，等它联网就能用', '它上次联网是 2 天前'], '这里能用 30 分 · 另有 100 分正在取回'],
  ['cut off', CUT_OFF, { offline: true }, ['这里现在能用 30 分', '现在连不上网，其余 50 分要等网络恢复'], '这里能用 30 分 · 另有 50 分等网络恢复'],
  ['asking for long', ASKING, {}, ['这里现在能用 30 分', '正在问其余 50 分在哪里'], null],
  ['at central', AT_CENTRAL, {}, ['这里现在能用 500 分', '其余 700 分在中心，下次扫码再取'], '这里能用 500 分 · 另有 700 分在中心'],
  ['pending', PENDING, {}, ['待入账 20 分，中心记下后可用'], '待入账 20 分'],
  ['pending, offline', PENDING, { offline: true }, ['待入账 20 分，网络恢复后可用'], '待入账 20 分'],
  ['hidden', COMING, { hidden: true }, ['有一部分现在不在这里', '南湖站还有一些，正在取回'], '积分已隐藏 · 另有一些正在取回'],
])('%s: what the greeting and the head of the shelf say', (_, points, change, lines, brief) => {
  const { state, rider } = greeted(points, change)
  expect([pointsLines(state, rider, zh), briefPointsLine(state, rider, zh)]).toEqual([lines, brief])
})

test('While central is asked for the first time nothing is said for a moment, so that nothing comes and goes', () => {
  const flow = greetRider({ points: ASKING })
  expect(pointsLines(flow.state(), flow.screen('greeting').rider, zh)).toEqual([])
  flow.show({ session: riderSession({ points: ALL_HERE }) })
  flow.wait(5_000)
  expect(pointsLines(flow.state(), flow.screen('greeting').rider, zh)).toEqual([])
})

test('While central is asked once more, what it said last stands; a network that came back is not called gone', () => {
  const flow = greetRider({ points: COMING })
  flow.wait(5_000)
  flow.show({ session: riderSession({ points: ASKING }) })
  expect(pointsLines(flow.state(), flow.screen('greeting').rider, zh)[1]).toBe('南湖站还有 50 分，正在取回')
  flow.show({ session: riderSession({ points: ALL_HERE }) })
  expect(pointsLines(flow.state(), flow.screen('greeting').rider, zh)).toEqual([])
  const before = riderSession({ points: CUT_OFF })
  expect(keepWhereabouts(before, riderSession({ points: ASKING })).points?.elsewhere.reach).toBe('asking')
})

test('Of what can be used, the shelf says the number alone where all is here', () => {
  const { state, rider } = greeted(ALL_HERE)
  expect(spendableLine(state, rider, zh)).toBe('现在能用 80 分')
  expect(spendableLine(state, { ...rider, balanceShown: false }, zh)).toBe('积分已隐藏')
  expect(spendableLine(state, riderOf(null), zh)).toBeNull()
})

test('After the cart, what is left is of everything, or of what is here where part is elsewhere', () => {
  const flow = greetRider({ points: COMING })
  flow.tap({ do: 'add_item', item: 'soap' })
  expect(leftAfterLine(flow.state(), flow.screen('greeting').rider, zh, zh.shelf.leftAfter)).toBe('换完这里还剩 10')
  const all = greetRider({ points: ALL_HERE })
  all.tap({ do: 'add_item', item: 'soap' })
  expect(leftAfterLine(all.state(), all.screen('greeting').rider, zh, zh.shelf.leftAfter)).toBe('换完还剩 60')
})

test.each<[string, Points, number, boolean, { what: string; why: string; next: string }]>([
  ['too few in all', ALL_HERE, 100, true, { what: '还差 20 分', why: '你一共有 80 分，都算上也不够。', next: '减几件，或者攒够了再来换。' }],
  ['on its way', COMING, 60, true, { what: '这里还差 30 分', why: '南湖站还有 50 分，正在取回。', next: '喝口水等一等再换，或先减几件。' }],
  ['silent', SILENT, 60, true, { what: '这里还差 30 分', why: '南湖站还有 50 分，它没联网。', next: '先减几件，等它联网再来换。' }],
  ['what comes is not enough, what is silent would be', ONE_OF_EACH, 170, true, { what: '这里还差 140 分', why: '南湖站还有 50 分，它没联网。', next: '先减几件，等它联网再来换。' }],
  ['cut off', CUT_OFF, 60, true, { what: '这里还差 30 分', why: '现在连不上网，其余 50 分取不过来。', next: '先减几件，网络恢复后再来换。' }],
  ['asking', ASKING, 60, true, { what: '这里还差 30 分', why: '其余 50 分正在向中心取。', next: '等几秒再换一次，或先减几件。' }],
  ['at central', AT_CENTRAL, 600, true, { what: '这里还差 100 分', why: '其余 700 分在中心，这次没取过来。', next: '先减几件，下次扫码再取。' }],
  ['not booked yet', PENDING, 90, true, { what: '这里还差 10 分', why: '刚挣的 20 分还没入账。', next: '先减几件，入账以后就能用。' }],
  ['hidden', COMING, 60, false, { what: '这里的积分还不够', why: '南湖站还有一些，正在取回。', next: '喝口水等一等再换，或先减几件。' }],
])('%s: a refusal says what is missing, which of these is the reason, and what one can do', (_, points, cost, shown, said) => {
  const { state } = greeted(points)
  const refusal = { code: 'points_short' as const, points: cost, allowance: points.here, short: cost - points.here }
  expect(pointsShortSaid(state, riderOf(points, shown), refusal, zh)).toEqual(said)
})

const anyPoints: fc.Arbitrary<Points> = fc
  .record({
    here: fc.integer({ min: 0, max: 300 }),
    rest: fc.integer({ min: 0, max: 300 }),
    pending: fc.integer({ min: 0, max: 50 }),
    reach: fc.constantFrom('asking' as const, 'known' as const, 'cut_off' as const),
    places: fc.array(fc.record({ points: fc.integer({ min: 1, max: 400 }), agoMs: fc.option(fc.integer({ min: 0, max: 100 * HOUR_MS })) }), { maxLength: 5 }),
  })
  .map(({ here, rest, pending, reach, places }) => somePoints(here + rest + pending, here, { pending, elsewhere: { reach, places: places.map(({ points, agoMs }) => at(NANHU, points, agoMs)) } }))

test('Whatever the numbers: a reason is found exactly where the cart costs more than what is here, and nothing hidden is said', () => {
  fc.assert(
    fc.property(anyPoints, fc.integer({ min: 1, max: 800 }), fc.boolean(), (points, cost, shown) => {
      const rider = riderOf(points, shown)
      const short = shortFor(rider, cost, WALL_MS)
      expect(short === null).toBe(cost <= points.here)
      expect(short?.kind === 'too_few').toBe(short !== null && cost > points.balance)
      const { state } = greetedOnce
      for (const text of [zh, en]) {
        const said = [...pointsLines(state, rider, text), briefPointsLine(state, rider, text) ?? '', ...Object.values(pointsShortSaid(state, rider, { code: 'points_short', points: cost, allowance: points.here, short: 1 }, text))]
        expect(said.join('')).not.toMatch(/undefined|null|NaN/)
      }
      if (!shown) expect(JSON.stringify({ rest: restOfPoints(rider, WALL_MS), short })).not.toMatch(/"(points|here|missing|pending|balance)":\d/)
    }),
    { numRuns: 500 },
  )
})

const greetedOnce = greeted(ALL_HERE)
