import { expect, test } from 'vitest'
import { entriesPageSize } from '../../../renderer/flow/rider-taps.ts'
import { greetingKind, noticeText, pointsOf } from '../../../renderer/flow/selectors.ts'
import { zh } from '../../../renderer/text/zh.ts'
import { driveFlow, greetRider, OTHER_SESSION, RECEIPT, riderSession, SESSION, SHELF, somePoints } from './driven-flow.ts'

test('A scan is greeted as soon as the view shows the session, without a touch', () => {
  const flow = greetRider()
  expect(flow.screen('greeting')).toEqual({ at: 'greeting', rider: { session: riderSession(), cart: [], balanceShown: true } })
  expect(flow.state().sound?.name).toBe('read')
})

test('From the greeting to the goods are three taps: item, confirm, redeem', () => {
  const flow = greetRider()
  flow.taps({ do: 'add_item', item: 'soap' }, { do: 'show_confirm' }, { do: 'redeem' })
  const committing = flow.screen('committing')
  expect(flow.asked('redeem')).toEqual({ session: SESSION, request: committing.request, lines: [{ item: 'soap', quantity: 1 }], pointsShown: 20 })
  flow.answer('redeem', { receipt: RECEIPT })
  expect(flow.screen('done')).toEqual({ at: 'done', receipt: RECEIPT, balanceShown: true, closesAtMs: flow.atMs() + 15_000 })
  expect(flow.state().sound?.name).toBe('done')
})

test('At "done" the session is ended at once, so that the next rider can scan while the receipt is still up', () => {
  const flow = greetRider()
  flow.taps({ do: 'add_item', item: 'soap' }, { do: 'show_confirm' }, { do: 'redeem' })
  flow.answer('redeem', { receipt: RECEIPT })
  expect(flow.asked('end_session')).toEqual({ session: SESSION })
  flow.show()
  expect(flow.state().screen.at).toBe('done')
  flow.show({ session: null })
  expect(flow.state().screen.at).toBe('done')
  flow.show({ session: riderSession({ session: OTHER_SESSION, maskedName: '李*' }) })
  expect(flow.screen('greeting').rider.session.maskedName).toBe('李*')
})

test('"Done" closes by itself after fifteen seconds, in slow mode after thirty', () => {
  for (const slow of [false, true]) {
    const flow = greetRider()
    if (slow) flow.tap({ do: 'toggle_slow' })
    flow.taps({ do: 'add_item', item: 'soap' }, { do: 'show_confirm' }, { do: 'redeem' })
    flow.answer('redeem', { receipt: RECEIPT })
    flow.show({ session: null })
    flow.wait(slow ? 29_500 : 14_500)
    expect(flow.state().screen.at).toBe('done')
    flow.wait(1_000)
    expect(flow.state()).toMatchObject({ screen: { at: 'attract' }, slow: false, language: 'zh' })
  }
})

test('Five scans of a soap are five soaps in the cart, without a touch', () => {
  const flow = greetRider()
  for (let scan = 0; scan < 5; scan += 1) flow.scan({ kind: 'item', item: 'soap', units: 1 })
  expect(flow.screen('greeting').rider.cart).toEqual([{ item: 'soap', quantity: 5 }])
})

test('A carton’s code is one piece for a rider', () => {
  const flow = greetRider()
  flow.scan({ kind: 'item', item: 'soap', units: 12 })
  expect(flow.screen('greeting').rider.cart).toEqual([{ item: 'soap', quantity: 1 }])
})

test('A goods code before the pass gets a short line that goes away by itself', () => {
  const flow = driveFlow()
  flow.scan({ kind: 'item', item: 'soap', units: 1 })
  expect(flow.state().notice?.notice).toEqual({ kind: 'item_before_pass' })
  expect(noticeText(flow.state(), zh)).toBe('这是货品码，先扫你的骑手码。')
  flow.wait(5_250)
  expect(flow.state()).toMatchObject({ notice: null, screen: { at: 'attract' } })
})

test.each([
  ['flask', { kind: 'sold_out', item: 'flask' }],
  ['charger', { kind: 'points_short', missing: 374 }],
  ['nothing', { kind: 'item_not_offered' }],
] as const)('Touching %s, which cannot be had, says why', (item, notice) => {
  const flow = greetRider()
  flow.tap({ do: 'add_item', item })
  expect(flow.state().notice?.notice).toEqual(notice)
  expect(flow.screen('greeting').rider.cart).toEqual([])
})

test('The limit, the shelf and the cart’s own limit each stop the cart with their own words', () => {
  const flow = greetRider({ points: somePoints(1_000) })
  flow.taps({ do: 'add_item', item: 'raincoat' }, { do: 'add_item', item: 'raincoat' })
  expect(flow.state().notice?.notice).toEqual({ kind: 'limit_reached', item: 'raincoat', left: 1 })
  flow.taps({ do: 'add_item', item: 'helmet' }, { do: 'add_item', item: 'helmet' })
  expect(flow.state().notice?.notice).toEqual({ kind: 'all_in_cart', item: 'helmet', left: 1 })
  for (let tap = 0; tap < 9; tap += 1) flow.tap({ do: 'add_item', item: 'soap' })
  expect(flow.state().notice?.notice).toEqual({ kind: 'cart_full', unitsMax: 10 })
  expect(flow.screen('greeting').rider.cart).toEqual([
    { item: 'raincoat', quantity: 1 },
    { item: 'helmet', quantity: 1 },
    { item: 'soap', quantity: 8 },
  ])
})

test('Enough points of which some are elsewhere is said as that, with what is here now', () => {
  const flow = greetRider({ points: somePoints(126, 30) })
  flow.tap({ do: 'add_item', item: 'raincoat' })
  expect(flow.state().notice?.notice).toEqual({ kind: 'points_away', away: { kind: 'at_central', points: 96 } })
})

test('An unknown and a suspended rider are greeted and may look, but the cart says why not', () => {
  const unknown = greetRider({ maskedName: null, standing: 'unknown', points: null, limitLeft: [] })
  expect(greetingKind(unknown.screen('greeting').rider)).toBe('unknown')
  unknown.tap({ do: 'add_item', item: 'soap' })
  expect(unknown.state().notice?.notice).toEqual({ kind: 'rider_unknown' })
  const suspended = greetRider({ standing: 'suspended' })
  expect(greetingKind(suspended.screen('greeting').rider)).toBe('suspended')
  suspended.tap({ do: 'add_item', item: 'soap' })
  expect(suspended.state().notice?.notice).toEqual({ kind: 'rider_suspended' })
})

test('A rider who hides the balance sees it by one touch and hides it by another; no line gives it away', () => {
  const flow = greetRider({ hideBalance: true, points: somePoints(126, 30) })
  expect(pointsOf(flow.screen('greeting').rider)).toEqual({ balance: null, here: null, isPartElsewhere: true })
  flow.tap({ do: 'add_item', item: 'charger' })
  expect(flow.state().notice?.notice).toEqual({ kind: 'points_short', missing: null })
  flow.tap({ do: 'toggle_balance' })
  expect(pointsOf(flow.screen('greeting').rider)).toEqual({ balance: 126, here: 30, isPartElsewhere: true })
  flow.tap({ do: 'toggle_balance' })
  expect(flow.screen('greeting').rider.balanceShown).toBe(false)
})

test('What is taken meanwhile shrinks the cart and is said', () => {
  const flow = greetRider()
  flow.taps({ do: 'add_item', item: 'noodles' }, { do: 'add_item', item: 'noodles' })
  flow.show({ shelf: SHELF.map((entry) => (entry.item === 'noodles' ? { ...entry, onShelf: 1 } : entry)) })
  expect(flow.screen('greeting').rider.cart).toEqual([{ item: 'noodles', quantity: 1 }])
  expect(flow.state().notice?.notice).toEqual({ kind: 'taken_meanwhile', item: 'noodles', left: 1 })
})

test('A refused redemption says so, keeps the rider, trims the cart to what there is, and one more tap tries again', () => {
  const flow = greetRider()
  flow.taps({ do: 'add_item', item: 'noodles' }, { do: 'add_item', item: 'noodles' }, { do: 'show_confirm' }, { do: 'redeem' })
  flow.refuse('redeem', { code: 'sold_out', item: 'noodles', left: 1 })
  expect(flow.screen('refused')).toMatchObject({ refusal: { code: 'sold_out', item: 'noodles', left: 1 }, rider: { cart: [{ item: 'noodles', quantity: 1 }] } })
  expect(flow.asked('end_session')).toBeUndefined()
  flow.tap({ do: 'back' })
  expect(flow.state().screen.at).toBe('confirm')
  flow.tap({ do: 'redeem' })
  expect(flow.state().screen.at).toBe('committing')
})

test('Two touches on "redeem" within 300 ms are one redemption, and a second cannot be asked while one is under way', () => {
  const flow = greetRider()
  flow.taps({ do: 'add_item', item: 'soap' }, { do: 'show_confirm' })
  flow.tap({ do: 'redeem' })
  flow.send({ type: 'tapped', tap: { do: 'redeem' } })
  flow.tap({ do: 'redeem' })
  expect(flow.state().asks.filter((ask) => ask.name === 'redeem')).toHaveLength(1)
})

test('A double touch on the cart bar does not fall through to "redeem"', () => {
  const flow = greetRider()
  flow.taps({ do: 'add_item', item: 'soap' }, { do: 'show_confirm' })
  flow.send({ type: 'tapped', tap: { do: 'redeem' } })
  expect(flow.state().screen.at).toBe('confirm')
})

test('Finish wipes everything of the rider at once and tells the station', () => {
  const flow = greetRider()
  flow.taps({ do: 'toggle_language' }, { do: 'toggle_slow' }, { do: 'add_item', item: 'soap' }, { do: 'finish' })
  expect(flow.state()).toMatchObject({ screen: { at: 'attract' }, language: 'zh', slow: false, notice: null })
  expect(flow.asked('end_session')).toEqual({ session: SESSION })
  flow.show()
  expect(flow.state().screen.at).toBe('attract')
})

test('A session that the station still shows two seconds after finish is ended once more', () => {
  const flow = greetRider()
  flow.tap({ do: 'finish' })
  flow.answer('end_session', {})
  flow.show()
  expect(flow.asked('end_session')).toBeUndefined()
  flow.wait(2_000)
  flow.show()
  expect(flow.asked('end_session')).toEqual({ session: SESSION })
})

test('A session that vanishes is wiped and said', () => {
  const flow = greetRider()
  flow.tap({ do: 'add_item', item: 'soap' })
  flow.show({ session: null })
  expect(flow.state()).toMatchObject({ screen: { at: 'attract' }, notice: { notice: { kind: 'session_ended' } } })
})

test('Another session instead of this one starts with an empty cart', () => {
  const flow = greetRider()
  flow.tap({ do: 'add_item', item: 'soap' })
  flow.show({ session: riderSession({ session: OTHER_SESSION }) })
  expect(flow.screen('greeting').rider).toEqual({ session: riderSession({ session: OTHER_SESSION }), cart: [], balanceShown: true })
})

test('The network’s better word about the rider arrives on the screen he is on', () => {
  const flow = greetRider({ fetching: true, points: somePoints(126, 0) })
  flow.taps({ do: 'show_shelf' }, { do: 'choose_category', category: 'road' })
  flow.show({ session: riderSession({ points: somePoints(126) }) })
  expect(flow.screen('shelf')).toMatchObject({ category: 'road', rider: { session: { fetching: false, points: { here: 126 } } } })
})

test('My points are fetched a page at a time and an old page’s answer is not shown', () => {
  const flow = greetRider()
  flow.tap({ do: 'show_my_points' })
  expect(flow.asked('list_entries')).toEqual({ session: SESSION, page: 0, pageSize: entriesPageSize(flow.state()) })
  const total = entriesPageSize(flow.state()) * 2 + 1
  flow.answer('list_entries', { entries: [], total })
  flow.taps({ do: 'turn_page', to: 'next' }, { do: 'turn_page', to: 'next' })
  expect(flow.screen('my_points')).toMatchObject({ page: 2, entries: { list: null, total, failed: false } })
  expect(flow.state().asks.filter((ask) => ask.name === 'list_entries')).toHaveLength(1)
  flow.answer('list_entries', { entries: [], total })
  flow.tap({ do: 'turn_page', to: 'next' })
  expect(flow.screen('my_points').page).toBe(2)
})

test('The station is told that somebody is there at most every 30 seconds', () => {
  const flow = greetRider()
  for (let tap = 0; tap < 100; tap += 1) flow.taps({ do: 'stay' })
  expect(flow.state().asks.map((ask) => ask.name)).toEqual(['keep_session'])
})
