// Whatever comes in whatever order: the flow never throws, keeps its limits, holds nothing of a person whose session is
// over, and finds its way back to attract by itself.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { KIOSK_REQUESTS } from '../../../contract/kiosk/kiosk-requests.ts'
import { kioskView, type KioskView, type RiderSession, type StaffSession } from '../../../contract/kiosk/kiosk-view.ts'
import { type AnsweredEvent, type FlowEvent, type FlowState, initialFlow, type Tap } from '../../../renderer/flow/flow-state.ts'
import { reduceFlow } from '../../../renderer/flow/reduce-flow.ts'
import { attractPanelsShown, cartSummary, firstGoods, itemName, noticeText, overlayOf, scanSaid } from '../../../renderer/flow/selectors.ts'
import { shelfPages } from '../../../renderer/flow/shelf-pages.ts'
import { isCommitScreen, personOn, sessionOn } from '../../../renderer/flow/steps.ts'
import { CATALOGUES } from '../../../renderer/text/catalogues.ts'
import { CALM_SYNC, DONOR, OTHER_SESSION, RECEIPT, riderSession, SESSION, SHELF, SIGNED_IN, somePoints, staffSession, viewOf, WALL_MS } from './driven-flow.ts'

type Step = { after: number; make: (state: FlowState, view: KioskView) => FlowEvent; view?: KioskView }

const TRAINING: KioskView['trainings'][number] = {
  training: '00000000-0000-4000-8000-00000000eeee', topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '南湖站', en: 'Nanhu' }, startsAtMs: WALL_MS + 86_400_000, endsAtMs: WALL_MS + 90_000_000,
  closesAtMs: WALL_MS + 80_000_000, capacity: 20, seatsFree: { here: 1, central: 3 }, waiting: 0, points: 5, certificateMonths: 24, lateMinutes: 15, hostedHere: true, forSome: false, state: 'open', cancelReason: null,
}
const WISH = '00000000-0000-4000-8000-00000000ffee'
const VISITING: Partial<RiderSession> = {
  signups: [{ training: TRAINING.training, state: 'offered', place: null, offerEndsAtMs: WALL_MS + 3_600_000, unsent: false, moved: false, refusal: null, note: null }],
  wishes: [{ wish: WISH, category: 'small_need', text: '手套', state: 'fulfilled', staffWords: null, claim: null, fulfilment: null, postedAtMs: WALL_MS, notYet: false }],
}

const AT_THE_DOOR: Partial<StaffSession> = {
  hosted: [{ training: TRAINING.training, came: 1, signedUp: 1 }],
  attendance: { training: TRAINING.training, attendees: [{ rider: WISH, maskedName: '王*', state: 'expected', late: false }], last: { result: 'already', maskedName: '张*' } },
}

const item = fc.constantFrom(...SHELF.map((entry) => entry.item), 'umbrella')
const line = fc.integer({ min: 1, max: 4 })
const digit = fc.constantFrom('0', '1', '2', '7', 'x')

const tap: fc.Arbitrary<Tap> = fc.oneof(
  fc.constantFrom<Tap>(
    { do: 'back' }, { do: 'finish' }, { do: 'close' }, { do: 'stay' }, { do: 'toggle_language' }, { do: 'toggle_low_reach' }, { do: 'toggle_slow' },
    { do: 'turn_page', to: 'next' }, { do: 'turn_page', to: 'previous' }, { do: 'answer_knock', letIn: true }, { do: 'answer_knock', letIn: false },
    { do: 'toggle_balance' }, { do: 'show_shelf' }, { do: 'choose_category', category: 'food' }, { do: 'show_confirm' }, { do: 'redeem' }, { do: 'show_my_points' },
    { do: 'pin_delete' }, { do: 'show_restock' }, { do: 'type_delete' }, { do: 'type_done' }, { do: 'type_cancel' }, { do: 'restock' },
    { do: 'toggle_demo' }, { do: 'demo_scan', text: 'BXZ1' },
    { do: 'show_sync_report' }, { do: 'show_redemptions' }, { do: 'show_undo', receipt: '1-00042-R' }, { do: 'undo' }, { do: 'show_begin_anew' }, { do: 'begin_anew_on' }, { do: 'begin_anew' },
    { do: 'show_trainings', by: { kind: 'all' } }, { do: 'show_trainings', by: { kind: 'certificates' } }, { do: 'walk_trainings' }, { do: 'walk_topics' }, { do: 'show_calendar' },
    { do: 'show_training', training: TRAINING.training }, { do: 'sign_up', training: TRAINING.training, despiteClash: false }, { do: 'cancel_signup' }, { do: 'keep_signup' },
    { do: 'answer_offer', accept: true }, { do: 'seen_training' }, { do: 'show_wishes', tab: 'wall' }, { do: 'show_wishes', tab: 'mine' }, { do: 'show_wall_wish', wish: WISH },
    { do: 'show_own_wish', wish: WISH }, { do: 'write_wish' }, { do: 'edit_wish', wish: WISH }, { do: 'confirm_wish', reached: true }, { do: 'withdraw_wish' }, { do: 'keep_wish' },
    { do: 'type_key', key: { kind: 'letter', letter: 'a' } }, { do: 'type_key', key: { kind: 'letter', letter: '9' } }, { do: 'type_key', key: { kind: 'sign', sign: '7' } }, { do: 'type_key', key: { kind: 'erase' } }, { do: 'typing_done' }, { do: 'post_wish' },
    { do: 'toggle_wish_name' }, { do: 'toggle_wish_reach' }, { do: 'choose_wish_category', category: 'hard_rest' },
    { do: 'show_register' }, { do: 'register_here' }, { do: 'register_agree' }, { do: 'register_agree' }, { do: 'register_decline' }, { do: 'register_key', key: { kind: 'letter', letter: 'a' } },
    { do: 'register_key', key: { kind: 'language' } }, { do: 'register_key', key: { kind: 'sign', sign: '7' } }, { do: 'register_on' }, { do: 'register_on' }, { do: 'register_erase' },
    { do: 'register_platform', platform: 'sf' }, { do: 'register_red_cross', redCross: 'none' }, { do: 'register_team', team: true }, { do: 'register_fix', field: 'name' }, { do: 'register_send' }, { do: 'register_mend' },
    { do: 'show_attendance' }, { do: 'begin_attendance', training: TRAINING.training }, { do: 'show_attendees', shown: 'came' }, { do: 'mark_attended', rider: WISH }, { do: 'end_attendance' },
    { do: 'show_hand_off', purpose: 'wish' }, { do: 'show_hand_off', purpose: 'my_points' }, { do: 'register_by_phone' }, { do: 'new_code' }, { do: 'without_phone' }, { do: 'see_received' },
    { do: 'set_up_sign', sign: '7' }, { do: 'set_up_erase' }, { do: 'set_up_on' }, { do: 'set_up_compared', said: 'same' },
  ),
  item.map((item): Tap => ({ do: 'add_item', item })),
  item.map((item): Tap => ({ do: 'add_item', item })),
  item.map((item): Tap => ({ do: 'take_item_out', item })),
  digit.map((digit): Tap => ({ do: 'pin_digit', digit })),
  digit.map((digit): Tap => ({ do: 'type_digit', digit })),
  digit.map((digit): Tap => ({ do: 'register_digit', digit })),
  fc.tuple(line, fc.integer({ min: -5, max: 20_000 })).map(([line, by]): Tap => ({ do: 'change_quantity', line, by })),
  fc
    .tuple(line, fc.constantFrom('select_line' as const, 'type_quantity' as const, 'type_expiry' as const, 'expiry_none' as const, 'add_lot' as const, 'remove_line' as const))
    .map(([line, name]): Tap => ({ do: name, line })),
  fc.tuple(line, fc.constantFrom(DONOR, null, SESSION)).map(([line, donor]): Tap => ({ do: 'choose_donor', line, donor })),
)

const session: fc.Arbitrary<KioskView['session']> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: fc.constant(riderSession()) },
  { weight: 4, arbitrary: fc.constant(riderSession(VISITING)) },
  {
    weight: 2,
    arbitrary: fc
      .record({ standing: fc.constantFrom('active', 'suspended'), hideBalance: fc.boolean(), here: fc.integer({ min: 0, max: 200 }) })
      .map(({ standing, hideBalance, here }) => riderSession({ standing: standing as 'active', hideBalance, points: somePoints(126, here) })),
  },
  { weight: 1, arbitrary: fc.constant(riderSession({ session: OTHER_SESSION, standing: 'unknown', maskedName: null, points: null })) },
  { weight: 2, arbitrary: fc.constant(staffSession()) },
  { weight: 3, arbitrary: fc.constant(SIGNED_IN) },
  { weight: 2, arbitrary: fc.constant({ ...SIGNED_IN, ...AT_THE_DOOR }) },
  { weight: 2, arbitrary: fc.constant({ ...SIGNED_IN, role: 'station_head' as const, sync: CALM_SYNC }) },
)

const view: fc.Arbitrary<KioskView> = fc
  .record({
    session,
    knock: fc.option(fc.record({ number: fc.integer({ min: 1, max: 3 }), kind: fc.constantFrom('rider' as const, 'staff' as const) }), { freq: 5 }),
    trouble: fc.option(fc.constantFrom<NonNullable<KioskView['trouble']>>({ code: 'disk_full', works: ['rest'] }, { code: 'behind', works: ['rest', 'checkin'] }), { freq: 4 }),
    setUp: fc.option(fc.constantFrom<NonNullable<KioskView['setUp']>>({ state: 'waiting', problem: 'code_expired', keyPrint: null, centralUrl: null }, { state: 'joining', problem: null, keyPrint: null, centralUrl: 'https://central.example' }, { state: 'comparing', problem: null, keyPrint: 'W4T7K2M9QXB05HRE', centralUrl: null }), { freq: 12 }),
    shelf: fc.constantFrom<KioskView['shelf'][]>([...SHELF], [], SHELF.map((entry) => ({ ...entry, onShelf: 1 }))),
    demo: fc.boolean(),
    handOff: fc.option(fc.constantFrom<NonNullable<KioskView['handOff']>>(
      { purpose: 'wish', state: 'waiting', url: 'https://central.example/phone/#7Q2M9XK4TZ0WB3HE', refusal: null, endsAtMs: WALL_MS + 300_000, pass: null },
      { purpose: 'wish', state: 'connected', url: null, refusal: null, endsAtMs: null, pass: null },
      { purpose: 'register', state: 'received', url: null, refusal: null, endsAtMs: null, pass: 'BXZ1:NEWCOMER' },
      { purpose: 'my_points', state: 'refused', url: null, refusal: 'too_many', endsAtMs: null, pass: null },
    )),
    trainings: fc.constantFrom<KioskView['trainings']>([TRAINING], []),
    consent: fc.constantFrom<KioskView['consent']>(null, { version: 1, text: { zh: '说明。', en: 'Text.' } }, { version: 2, text: { zh: '新的说明。'.repeat(200), en: 'Text.' } }),
  })
  .map((change) => viewOf(change))

const outcome = fc.oneof(
  fc.constantFrom(
    { kind: 'session_opened' as const }, { kind: 'same_holder' as const }, { kind: 'knocked' as const }, { kind: 'attendance' as const }, { kind: 'too_many' as const },
    { kind: 'item_unknown' as const, code: '6990000099999' },
    { kind: 'refused' as const, verdict: 'forged' as const, detail: null }, { kind: 'refused' as const, verdict: 'foreign' as const, detail: 'payment' as const },
  ),
  item.map((item) => ({ kind: 'item' as const, item, units: 12 })),
)

/** An answer to the newest request, good or refused; where nothing is asked, one that nobody waits for. */
function answerNewest(state: FlowState, good: boolean): FlowEvent {
  const ask = state.asks.at(-1)
  if (ask === undefined) return { type: 'answered', id: 999_999, name: 'scan', answer: { ok: true, output: {} } }
  const outputs: Record<string, unknown> = {
    sign_up: { signup: VISITING.signups?.[0] }, cancel_signup: { signup: VISITING.signups?.[0] }, answer_offer: { signup: VISITING.signups?.[0] },
    begin_attendance: { attendees: [] }, mark_attended: { outcome: { result: 'already', maskedName: '张*' } },
    list_redemptions: { redemptions: [{ receipt: '1-00042-R', atMs: 1, points: 20, lines: [], undone: false }] }, undo_redemption: { points: 20 },
    redeem: { receipt: RECEIPT }, register: { rider: SESSION, pass: 'BXZ1' }, find_redemption: { receipt: null }, list_entries: { entries: [], total: 40 }, restock: { units: 1, lines: 1 }, list_demo_codes: { codes: [] },
  }
  const answer = good ? { ok: true, output: outputs[ask.name] ?? {} } : { ok: false, refusal: { code: ask.name === 'sign_in' ? 'pin_wrong' : 'session_ended', triesLeft: 2 } }
  return { type: 'answered', id: ask.id, name: ask.name, answer } as AnsweredEvent
}

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom(0, 10, 350, 350, 2_000, 30_000, 61_000),
  fc.oneof(
    { weight: 8, arbitrary: tap.map((tap) => ({ make: (): FlowEvent => ({ type: 'tapped', tap }) })) },
    { weight: 4, arbitrary: view.map((view) => ({ make: (): FlowEvent => ({ type: 'view_came', view }), view })) },
    { weight: 3, arbitrary: outcome.map((outcome) => ({ make: (state: FlowState): FlowEvent => ({ type: 'scanned', number: state.lastScan + 1, outcome }) })) },
    { weight: 3, arbitrary: fc.boolean().map((good) => ({ make: (state: FlowState): FlowEvent => answerNewest(state, good) })) },
    { weight: 3, arbitrary: fc.constant({ make: (): FlowEvent => ({ type: 'tick' }) }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom<FlowEvent>({ type: 'link_down' }, { type: 'link_up' }, { type: 'wedge_read', text: 'BXZ1' }, { type: 'laid_out', layout: { orientation: 'landscape', compact: true } })
        .map((event) => ({ make: () => event })),
    },
  ),
).map(([after, what]) => ({ after, ...what }))

const freshId = '00000000-0000-4000-8000-00000000ffff'

function run(steps: readonly Step[]): { state: FlowState; atMs: number; states: { state: FlowState; view: KioskView }[] } {
  let atMs = 1_000
  let shown = viewOf()
  let state = reduceFlow(initialFlow(atMs), { event: { type: 'link_up' }, atMs, freshId })
  state = reduceFlow(state, { event: { type: 'view_came', view: shown }, atMs, freshId })
  const states: { state: FlowState; view: KioskView }[] = []
  for (const { after, make, view } of steps) {
    atMs += after
    shown = view ?? shown
    state = reduceFlow(state, { event: make(state, shown), atMs, freshId })
    states.push({ state, view: shown })
  }
  return { state, atMs, states }
}

const RUNS = { numRuns: 400 }

test('The views of these tests are views', () => {
  fc.assert(
    fc.property(view, (made) => {
      expect(kioskView.safeParse(made).success).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('Nothing throws, every limit holds, and every request is one the station takes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      for (const { state } of run(steps).states) {
        expect(state.asks.length).toBeLessThanOrEqual(16)
        for (const ask of state.asks) expect(KIOSK_REQUESTS[ask.name].input.safeParse(ask.input).success).toBe(true)
        expect(state.asks.filter((ask) => ask.name === 'redeem').length).toBeLessThanOrEqual(1)
        const person = personOn(state.screen)
        if (person?.kind === 'rider') expect(person.rider.cart.reduce((sum, line) => sum + line.quantity, 0)).toBeLessThanOrEqual(10)
        if (person?.kind === 'staff') expect(person.staff.lines.length).toBeLessThanOrEqual(100)
      }
    }),
    RUNS,
  )
})

test('Every screen can be put into words in both languages', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      for (const { state } of run(steps).states) {
        for (const text of Object.values(CATALOGUES)) {
          noticeText(state, text)
          itemName(state, text, 'soap')
          if (state.screen.at === 'not_understood') expect(scanSaid(text, state.screen.scan).said.what).not.toBe('')
        }
        overlayOf(state)
        if (state.screen.at === 'attract') expect(attractPanelsShown(state, state.screen)).not.toEqual([])
        if (state.screen.at === 'shelf') expect(shelfPages(state, state.screen).page).toBeLessThan(shelfPages(state, state.screen).pages)
        const person = personOn(state.screen)
        if (person?.kind !== 'rider') continue
        cartSummary(state, person.rider)
        firstGoods(state, person.rider)
      }
    }),
    { numRuns: 100 },
  )
})

test('Once the station shows that a session is over, nothing of it is on the screen, but for a commit that waits for its answer', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const { states } = run([...steps, { after: 10, make: () => ({ type: 'link_up' }) }])
      let before = viewOf()
      for (const { state, view } of states) {
        const isNew = view !== before
        before = view
        const isCommit = isCommitScreen(state.screen)
        if (!isNew || isCommit) continue
        const held = sessionOn(state.screen)
        expect(held === null || held === view.session?.session).toBe(true)
        if (view.session === null && state.screen.at !== 'done') expect(JSON.stringify({ ...state, notice: null })).not.toMatch(/张\*|王\*|"pin"|pinDigits/)
      }
    }),
    RUNS,
  )
})

test('With a living station and silent people, the screen is at attract after enough ticks', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), fc.boolean(), (steps, sessionStays) => {
      const end = run(steps)
      let { state, atMs } = end
      const last = end.states.at(-1)?.view ?? viewOf()
      const calm: KioskView = { ...last, trouble: null, setUp: null, knock: null, handOff: null, session: sessionStays ? last.session : null }
      state = reduceFlow(state, { event: { type: 'link_up' }, atMs, freshId })
      for (let tick = 0; tick < 250 * 4; tick += 1) {
        atMs += 250
        state = reduceFlow(state, { event: { type: 'tick' }, atMs, freshId })
        if (tick % 20 === 0) state = reduceFlow(state, { event: { type: 'view_came', view: calm }, atMs, freshId })
      }
      expect(state.screen.at).toBe('attract')
      expect(sessionOn(state.screen)).toBeNull()
    }),
    { numRuns: 60 },
  )
}, 30_000)

test('Without a station, silent people leave nothing behind them', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      let { state, atMs } = run(steps)
      state = reduceFlow(state, { event: { type: 'link_down' }, atMs, freshId })
      for (let tick = 0; tick < 130; tick += 1) {
        atMs += 1_000
        state = reduceFlow(state, { event: { type: 'tick' }, atMs, freshId })
      }
      expect(state.screen).toMatchObject({ at: 'out_of_order', why: { kind: 'station_gone' }, behind: null })
      expect(state.view?.session).toBeNull()
    }),
    { numRuns: 150 },
  )
})
