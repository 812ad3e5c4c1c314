import { expect, test } from 'vitest'
import type { ScanOutcome } from '../../../contract/kiosk/kiosk-view.ts'
import { initialFlow } from '../../../renderer/flow/flow-state.ts'
import { reduceFlow } from '../../../renderer/flow/reduce-flow.ts'
import { attractPanelsShown, networkOf, overlayOf, scannerOf, worksAndStopped } from '../../../renderer/flow/selectors.ts'
import { driveFlow, greetRider, OTHER_SESSION, RECEIPT, riderSession, SESSION, SIGNED_IN, signInStaff, viewOf } from './driven-flow.ts'

const DAMAGED: ScanOutcome = { kind: 'refused', verdict: 'malformed', detail: 'pass_damaged' }

function committing() {
  const flow = greetRider()
  flow.taps({ do: 'add_item', item: 'soap' }, { do: 'show_confirm' }, { do: 'redeem' })
  return flow
}

// ── idle ──

test('Sixty seconds without a touch bring a warning of twenty that one tap ends and does nothing else', () => {
  const flow = greetRider()
  flow.wait(60_000)
  expect(overlayOf(flow.state())).toEqual({ kind: 'idle', secondsLeft: 20 })
  expect(flow.state().sound?.name).toBe('warning')
  flow.wait(5_000)
  expect(overlayOf(flow.state())).toEqual({ kind: 'idle', secondsLeft: 15 })
  flow.tap({ do: 'add_item', item: 'soap' })
  expect(overlayOf(flow.state())).toBeNull()
  expect(flow.screen('greeting').rider.cart).toEqual([])
  expect(flow.asked('keep_session')).toEqual({ session: SESSION })
})

test('A warning that nobody ends wipes the session', () => {
  const flow = greetRider()
  flow.wait(80_250)
  expect(flow.state()).toMatchObject({ screen: { at: 'attract' }, idle: null })
  expect(flow.asked('end_session')).toEqual({ session: SESSION })
})

test('Slow mode doubles the wait, the warning and the short lines', () => {
  const flow = greetRider()
  flow.taps({ do: 'toggle_slow' }, { do: 'add_item', item: 'flask' })
  flow.wait(9_000)
  expect(flow.state().notice).not.toBeNull()
  flow.wait(110_500)
  expect(flow.state().idle).toBeNull()
  flow.wait(1_000)
  expect(flow.state().idle).toMatchObject({ secondsLeft: 40 })
  flow.wait(40_000)
  expect(flow.state().screen.at).toBe('attract')
})

test('A scan is a sign of life like a touch', () => {
  const flow = greetRider()
  flow.wait(65_000)
  flow.scan({ kind: 'item', item: 'soap', units: 1 })
  expect(flow.state()).toMatchObject({ idle: null, screen: { rider: { cart: [{ item: 'soap', quantity: 1 }] } } })
})

test('Without a line to the station the screen does not say that the network is down: nobody knows', () => {
  const flow = driveFlow()
  flow.show({ link: { state: 'offline', lastSyncAtMs: null } })
  expect(networkOf(flow.state())).toBe('offline')
  flow.send({ type: 'link_down' })
  expect(networkOf(flow.state())).toBe('reconnecting')
  flow.send({ type: 'replaced' })
  expect(networkOf(flow.state())).toBeNull()
})

test('A machine that central has put out of use does not promise that all goes on as soon as the network is back', () => {
  const flow = driveFlow()
  flow.show({ link: { state: 'offline', lastSyncAtMs: null }, trouble: { code: 'banned', works: ['rest', 'checkin'] } })
  expect(networkOf(flow.state())).toBeNull()
})

// ── knock ──

test('A knock asks; "let in" wipes at once and the next one is greeted; "not finished" asks no more', () => {
  const flow = greetRider()
  flow.tap({ do: 'add_item', item: 'soap' })
  flow.scan({ kind: 'knocked' })
  flow.show({ knock: { number: 1, kind: 'rider' } })
  expect(overlayOf(flow.state())).toEqual({ kind: 'knock', holder: 'rider', openLines: 0, registering: null })
  flow.tap({ do: 'answer_knock', letIn: false })
  expect(flow.asked('answer_knock')).toEqual({ knock: 1, letIn: false })
  expect(overlayOf(flow.state())).toBeNull()
  expect(flow.screen('greeting').rider.cart).toHaveLength(1)
  flow.show({ knock: { number: 2, kind: 'staff' } })
  flow.tap({ do: 'answer_knock', letIn: true })
  flow.show()
  expect(flow.state().screen.at).toBe('attract')
  flow.show({ knock: null, session: { ...SIGNED_IN, session: OTHER_SESSION, signedIn: false } })
  expect(flow.state().screen.at).toBe('staff_pin')
})

test('Whoever knocks at a warning screen is asked before "still there?"', () => {
  const flow = greetRider()
  flow.wait(61_000)
  flow.scan({ kind: 'knocked' })
  flow.show({ knock: { number: 1, kind: 'rider' } })
  expect(overlayOf(flow.state())).toEqual({ kind: 'knock', holder: 'rider', openLines: 0, registering: null })
  flow.tap({ do: 'answer_knock', letIn: true })
  expect(flow.asked('answer_knock')).toEqual({ knock: 1, letIn: true })
})

// ── not understood ──

test('A code that is no pass gets its own screen for ten seconds and gives way to what was there', () => {
  const flow = greetRider()
  flow.tap({ do: 'add_item', item: 'soap' })
  flow.scan(DAMAGED)
  expect(flow.screen('not_understood')).toMatchObject({ scan: DAMAGED, audience: 'rider' })
  expect(flow.state().sound?.name).toBe('refused')
  flow.wait(10_000)
  expect(flow.screen('greeting').rider.cart).toEqual([{ item: 'soap', quantity: 1 }])
})

test('Without a session it gives way to attract; the next good scan does not wait for it', () => {
  const flow = driveFlow()
  flow.scan(DAMAGED)
  flow.scan({ kind: 'refused', verdict: 'foreign', detail: 'payment' })
  expect(flow.screen('not_understood')).toMatchObject({ scan: { detail: 'payment' }, behind: null })
  flow.show({ session: riderSession() })
  expect(flow.state().screen.at).toBe('greeting')
})

test('Staff get it as staff, a half-typed PIN does not survive it, and a good goods code goes on counting', () => {
  const pin = driveFlow()
  pin.show({ session: { ...SIGNED_IN, signedIn: false } })
  pin.tap({ do: 'pin_digit', digit: '7' })
  pin.scan(DAMAGED)
  expect(pin.screen('not_understood')).toMatchObject({ audience: 'staff', behind: { at: 'staff_pin', digits: '' } })
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'soap', units: 12 })
  flow.scan({ kind: 'refused', verdict: 'malformed', detail: 'check_digit' })
  flow.scan({ kind: 'item', item: 'soap', units: 12 })
  expect(flow.screen('restock').staff.lines).toMatchObject([{ item: 'soap', quantity: 24 }])
})

test('A session that ends behind it is wiped from behind it', () => {
  const flow = greetRider()
  flow.scan(DAMAGED)
  flow.show({ session: null })
  expect(flow.screen('not_understood').behind).toBeNull()
  flow.wait(10_000)
  expect(flow.state().screen.at).toBe('attract')
})

test('The receipt is still to be read after the next rider’s unreadable code', () => {
  const flow = committing()
  flow.answer('redeem', { receipt: RECEIPT })
  flow.show({ session: null })
  flow.scan(DAMAGED)
  flow.tap({ do: 'close' })
  expect(flow.screen('done').receipt).toEqual(RECEIPT)
})

test('Too many scans and a pass scanned twice are short lines', () => {
  const flow = greetRider()
  flow.scan({ kind: 'same_holder' })
  expect(flow.state().notice?.notice).toEqual({ kind: 'already_here' })
  flow.scan({ kind: 'too_many' })
  expect(flow.state().notice?.notice).toEqual({ kind: 'too_many_scans' })
})

test('A scan outcome that is told twice acts once', () => {
  const flow = greetRider()
  const scanned = { type: 'scanned', number: 9, outcome: { kind: 'item', item: 'soap', units: 1 } } as const
  flow.send(scanned)
  flow.send(scanned)
  expect(flow.screen('greeting').rider.cart).toEqual([{ item: 'soap', quantity: 1 }])
})

// ── the line ──

test('The station gone is shown with words; back within the minute the cart is as it was', () => {
  const flow = greetRider()
  flow.tap({ do: 'add_item', item: 'soap' })
  flow.send({ type: 'link_down' })
  expect(flow.screen('out_of_order').why).toEqual({ kind: 'station_gone' })
  flow.wait(3_000)
  flow.send({ type: 'link_up' })
  flow.show()
  expect(flow.screen('greeting').rider.cart).toEqual([{ item: 'soap', quantity: 1 }])
})

test('A station that comes back without the session wipes it', () => {
  const flow = greetRider()
  flow.send({ type: 'link_down' })
  flow.send({ type: 'link_up' })
  flow.show({ session: null })
  expect(flow.state()).toMatchObject({ screen: { at: 'attract' }, notice: { notice: { kind: 'session_ended' } } })
})

test('After a minute without the station nothing of the rider is kept, and he is not greeted again by himself', () => {
  const flow = greetRider()
  flow.send({ type: 'link_down' })
  flow.wait(60_250)
  expect(flow.screen('out_of_order').behind).toBeNull()
  expect(JSON.stringify(flow.state())).not.toContain('张*')
  flow.send({ type: 'link_up' })
  flow.wait(2_000)
  flow.show()
  expect(flow.state().screen.at).toBe('attract')
  expect(flow.asked('end_session')).toEqual({ session: SESSION })
})

test('A redemption on a broken line is looked for when the line is back: recorded is done', () => {
  const flow = committing()
  const { request } = flow.screen('committing')
  flow.send({ type: 'link_down' })
  expect(flow.screen('committing').phase).toBe('line_broken')
  flow.send({ type: 'link_up' })
  flow.show({ session: null })
  expect(flow.asked('find_redemption')).toEqual({ request })
  flow.answer('find_redemption', { receipt: RECEIPT })
  expect(flow.screen('done').receipt).toEqual(RECEIPT)
})

test('Not recorded is said plainly: nothing was taken, scan again', () => {
  const flow = committing()
  flow.send({ type: 'link_down' })
  flow.send({ type: 'link_up' })
  flow.answer('find_redemption', { receipt: null })
  expect(flow.screen('unfinished').why).toBe('redemption_not_recorded')
  flow.wait(15_250)
  expect(flow.state().screen.at).toBe('attract')
})

test('A redemption without an answer is looked for after eight seconds, and eight later it is said that it is not known', () => {
  const flow = committing()
  flow.wait(8_000)
  expect(flow.screen('committing').phase).toBe('finding')
  flow.wait(8_000)
  expect(flow.screen('unfinished').why).toBe('redemption_unsure')
})

test('The answer to the redemption itself still counts while it is looked for', () => {
  const flow = committing()
  flow.wait(8_000)
  flow.answer('redeem', { receipt: RECEIPT })
  expect(flow.screen('done').receipt).toEqual(RECEIPT)
})

test('A line that stays broken for a minute ends the commit out of order, with nothing kept', () => {
  const flow = committing()
  flow.send({ type: 'link_down' })
  flow.wait(60_250)
  expect(flow.screen('out_of_order')).toMatchObject({ why: { kind: 'station_gone' }, behind: null })
})

test('A restock on a broken line is sent again under its own number; without its session it is said that it is not known', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'soap', units: 12 })
  flow.tap({ do: 'restock' })
  const sent = flow.asked('restock')
  flow.send({ type: 'link_down' })
  flow.send({ type: 'link_up' })
  expect(flow.asked('restock')).toEqual(sent)
  flow.refuse('restock', { code: 'session_ended' })
  expect(flow.screen('unfinished').why).toBe('restock_unsure')
})

test('Finish and a knock wait while something is being recorded', () => {
  const flow = committing()
  flow.show({ knock: { number: 1, kind: 'rider' } })
  flow.taps({ do: 'finish' }, { do: 'answer_knock', letIn: true })
  expect(overlayOf(flow.state())).toBeNull()
  expect(flow.state().screen.at).toBe('committing')
})

test('A receipt on the screen outlives the line', () => {
  const flow = committing()
  flow.answer('redeem', { receipt: RECEIPT })
  flow.send({ type: 'link_down' })
  expect(flow.state().screen.at).toBe('done')
  flow.wait(15_250)
  expect(flow.state().screen.at).toBe('out_of_order')
})

test('A station that never speaks is said after fifteen seconds', () => {
  let state = initialFlow(0)
  state = reduceFlow(state, { event: { type: 'tick' }, atMs: 14_000, freshId: SESSION })
  expect(state.screen.at).toBe('starting')
  state = reduceFlow(state, { event: { type: 'tick' }, atMs: 15_000, freshId: SESSION })
  expect(state.screen).toMatchObject({ at: 'out_of_order', why: { kind: 'station_gone' } })
})

test('The machine’s trouble takes attract’s place, says what works, and a rider is greeted all the same', () => {
  const flow = driveFlow()
  const trouble = { code: 'outbox_full', works: ['rest', 'checkin'] } as const
  flow.show({ trouble: { ...trouble, works: [...trouble.works] } })
  expect(worksAndStopped(flow.screen('out_of_order'))).toEqual({ works: ['rest', 'checkin'], stopped: ['redemption'] })
  flow.show({ session: riderSession() })
  flow.tap({ do: 'add_item', item: 'soap' })
  expect(flow.state().notice?.notice).toEqual({ kind: 'redemption_stopped' })
  flow.show({ trouble: null, session: null })
  expect(flow.state().screen.at).toBe('attract')
})

test('Another screen took over: nothing personal stays, and one tap takes the station back', () => {
  const flow = greetRider()
  flow.send({ type: 'replaced' })
  expect(JSON.stringify(flow.state())).not.toContain('张*')
  flow.tap({ do: 'finish' })
  expect(flow.state()).toMatchObject({ screen: { at: 'replaced' }, reconnects: 0 })
  flow.tap({ do: 'take_over' })
  expect(flow.state().reconnects).toBe(1)
  flow.send({ type: 'link_up' })
  flow.show({ session: null })
  expect(flow.state().screen.at).toBe('attract')
})

// ── attract and the rest ──

test('Attract turns its panels every eight seconds, each of them something true', () => {
  const flow = driveFlow()
  flow.send({ type: 'laid_out', layout: { orientation: 'landscape', compact: true } })
  const shown = () => attractPanelsShown(flow.state(), flow.screen('attract')).map((panel) => panel.kind)
  const first = shown()
  flow.wait(8_000)
  const second = shown()
  flow.wait(8_000)
  expect([first, second, shown()]).toEqual([['goods'], ['earn'], ['goods']])
})

test('What somebody switched on attract and left is put back after a minute, and carries into his own session', () => {
  const left = driveFlow()
  left.taps({ do: 'toggle_language' }, { do: 'toggle_low_reach' }, { do: 'toggle_slow' })
  left.wait(60_250)
  expect(left.state()).toMatchObject({ language: 'zh', lowReach: false, slow: false })
  const scanned = driveFlow()
  scanned.tap({ do: 'toggle_language' })
  scanned.show({ session: riderSession() })
  expect(scanned.state()).toMatchObject({ language: 'en', screen: { at: 'greeting' } })
})

test('The wedge’s and the demo’s codes go to the station as scans, and a flood of them leaves room for ending', () => {
  const flow = greetRider()
  for (let scan = 0; scan < 20; scan += 1) flow.send({ type: 'wedge_read', text: `code ${scan}` })
  expect(flow.state().asks.filter((ask) => ask.name === 'scan')).toHaveLength(8)
  expect(flow.state().notice?.notice).toEqual({ kind: 'station_busy' })
  flow.tap({ do: 'finish' })
  expect(flow.asked('end_session')).toEqual({ session: SESSION })
})

test('The demo’s drawer opens only in the demo and scans what is touched', () => {
  const flow = driveFlow()
  flow.tap({ do: 'toggle_demo' })
  expect(flow.state().demo.open).toBe(false)
  flow.show({ demo: true })
  flow.tap({ do: 'toggle_demo' })
  flow.answer('list_demo_codes', { codes: [{ handle: 'zhang', label: { zh: '张师傅', en: 'Zhang' }, kind: 'rider', text: 'BXZ1' }] })
  expect(flow.state().demo).toMatchObject({ open: true, codes: [{ handle: 'zhang' }] })
  flow.tap({ do: 'demo_scan', text: 'BXZ1' })
  expect(flow.asked('scan')).toEqual({ text: 'BXZ1', source: 'simulated' })
  expect(flow.state().demo.open).toBe(false)
})

test('The clock on the screen is the station’s, in whole seconds', () => {
  const flow = driveFlow()
  const { nowMs } = viewOf()
  flow.wait(1_900)
  expect(flow.state().wallMs).toBe(nowMs + 1_000)
  flow.send({ type: 'beat_came', nowMs: nowMs + 60_400 })
  expect(flow.state().wallMs).toBe(nowMs + 60_000)
})

test('A tick that changes nothing a person sees leaves the state as it is', () => {
  const flow = driveFlow()
  const before = flow.state()
  flow.wait(250)
  expect(flow.state()).toBe(before)
})

test('A machine whose USB scanner is gone says so, until a keyboard wedge was heard', () => {
  const flow = driveFlow()
  expect(scannerOf(flow.state())).toBe('ready')
  flow.show({ scanner: 'lost' })
  expect(scannerOf(flow.state())).toBe('lost')
  flow.send({ type: 'wedge_read', text: 'BXZ1' })
  expect(scannerOf(flow.state())).toBe('ready')
})
