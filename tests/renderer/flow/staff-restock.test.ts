import { expect, test } from 'vitest'
import { dayOfCivil } from '../../../domain/calendar.ts'
import { dayInMonths } from '../../../renderer/flow/counting.ts'
import { restockPages, restockPageSize } from '../../../renderer/flow/restock-pages.ts'
import { overlayOf } from '../../../renderer/flow/selectors.ts'
import { pinLockSeconds } from '../../../renderer/flow/staff-taps.ts'
import { DONOR, driveFlow, SESSION, SIGNED_IN, signInStaff, staffSession, typePin, WALL_MS } from './driven-flow.ts'

const TODAY = dayOfCivil({ year: 2026, month: 11, dayOfMonth: 21 })

function staffAtPin() {
  const flow = driveFlow()
  flow.show({ session: staffSession() })
  return flow
}

test('A staff pass asks for the PIN; the sixth digit sends it and nothing typed stays', () => {
  const flow = staffAtPin()
  typePin(flow, '12345')
  expect(flow.screen('staff_pin').digits).toBe('12345')
  flow.tap({ do: 'pin_delete' })
  typePin(flow, '56')
  expect(flow.asked('sign_in')).toEqual({ session: SESSION, pin: '123456' })
  expect(flow.screen('staff_pin')).toMatchObject({ digits: '', asking: true })
  flow.answer('sign_in', {})
  expect(flow.state().screen.at).toBe('staff_home')
  expect(JSON.stringify(flow.state())).not.toContain('123456')
})

test('A wrong PIN says how many tries are left and a new digit clears the words', () => {
  const flow = staffAtPin()
  typePin(flow, '111111')
  flow.refuse('sign_in', { code: 'pin_wrong', triesLeft: 3 })
  expect(flow.screen('staff_pin')).toMatchObject({ digits: '', asking: false, said: { code: 'pin_wrong', triesLeft: 3 } })
  typePin(flow, '1')
  expect(flow.screen('staff_pin')).toMatchObject({ digits: '1', said: null })
})

test('A locked PIN counts down and takes no digits until the pause is over', () => {
  const flow = staffAtPin()
  typePin(flow, '111111')
  flow.refuse('sign_in', { code: 'pin_locked', untilMs: flow.state().wallMs + 10_000 })
  expect(pinLockSeconds(flow.state(), flow.screen('staff_pin'))).toBe(10)
  typePin(flow, '1')
  expect(flow.screen('staff_pin').digits).toBe('')
  flow.wait(10_000)
  expect(pinLockSeconds(flow.state(), flow.screen('staff_pin'))).toBe(0)
  typePin(flow, '1')
  expect(flow.screen('staff_pin').digits).toBe('1')
})

test('A goods code before the PIN is told to wait', () => {
  const flow = staffAtPin()
  flow.scan({ kind: 'item', item: 'soap', units: 1 })
  expect(flow.state().notice?.notice).toEqual({ kind: 'pin_before_item' })
})

test('Each scan adds the pack’s units to that item’s open line, also straight from the staff’s home', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'soap', units: 1 })
  flow.scan({ kind: 'item', item: 'noodles', units: 12 })
  flow.scan({ kind: 'item', item: 'soap', units: 1 })
  flow.scan({ kind: 'item', item: 'noodles', units: 12 })
  expect(flow.screen('restock').staff.lines).toEqual([
    { line: 1, item: 'soap', quantity: 2, expiry: 'none', donor: null },
    { line: 2, item: 'noodles', quantity: 24, expiry: 'unset', donor: null },
  ])
  expect(flow.screen('restock').selected).toBe(2)
})

test('An item the shelf does not list is counted too, and asked for its date', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'umbrella', units: 1 })
  expect(flow.screen('restock').staff.lines).toEqual([{ line: 1, item: 'umbrella', quantity: 1, expiry: 'unset', donor: null }])
})

test('An unknown code is said and counts nothing', () => {
  const flow = signInStaff()
  flow.tap({ do: 'show_restock' })
  flow.scan({ kind: 'item_unknown', code: '6990000099999' })
  expect(flow.state()).toMatchObject({ notice: { notice: { kind: 'item_unknown', code: '6990000099999' } }, screen: { at: 'restock', staff: { lines: [] } } })
})

test('Quantity, date, giver and lot are set by touch and by typed digits', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'noodles', units: 12 })
  flow.taps({ do: 'change_quantity', line: 1, by: 1 }, { do: 'change_quantity', line: 1, by: -20 })
  expect(flow.screen('restock').staff.lines[0]?.quantity).toBe(1)
  flow.taps({ do: 'type_quantity', line: 1 }, { do: 'type_digit', digit: '4' }, { do: 'type_digit', digit: '8' }, { do: 'type_done' })
  flow.taps({ do: 'expiry_in_months', line: 1, months: 6 }, { do: 'choose_donor', line: 1, donor: DONOR }, { do: 'add_lot', line: 1 }, { do: 'type_expiry', line: 2 })
  for (const digit of '20270131') flow.tap({ do: 'type_digit', digit })
  expect(flow.screen('restock')).toMatchObject({
    typed: null,
    staff: {
      lines: [
        { line: 1, item: 'noodles', quantity: 48, expiry: { day: dayInMonths(TODAY, 6) }, donor: DONOR },
        { line: 2, item: 'noodles', quantity: 1, expiry: { day: dayOfCivil({ year: 2027, month: 1, dayOfMonth: 31 }) }, donor: DONOR },
      ],
    },
  })
  flow.scan({ kind: 'item', item: 'noodles', units: 12 })
  expect(flow.screen('restock').staff.lines.map((line) => line.quantity)).toEqual([48, 13])
  flow.tap({ do: 'remove_line', line: 1 })
  expect(flow.screen('restock').staff.lines.map((line) => line.line)).toEqual([2])
})

test('A typed date that the calendar does not have is said and not taken', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'noodles', units: 1 })
  flow.tap({ do: 'type_expiry', line: 1 })
  for (const digit of '20270230') flow.tap({ do: 'type_digit', digit })
  expect(flow.screen('restock').typed).toEqual({ field: 'expiry', digits: '20270230', wrong: true })
  flow.tap({ do: 'type_delete' })
  expect(flow.screen('restock').typed).toEqual({ field: 'expiry', digits: '2027023', wrong: false })
})

test('Months end where the calendar’s months end', () => {
  const lastOfJanuary = dayOfCivil({ year: 2027, month: 1, dayOfMonth: 31 })
  expect(dayInMonths(lastOfJanuary, 1)).toBe(dayOfCivil({ year: 2027, month: 2, dayOfMonth: 28 }))
  expect(dayInMonths(lastOfJanuary, 12)).toBe(dayOfCivil({ year: 2028, month: 1, dayOfMonth: 31 }))
  expect(dayInMonths(dayOfCivil({ year: 2026, month: 12, dayOfMonth: 15 }), 1)).toBe(dayOfCivil({ year: 2027, month: 1, dayOfMonth: 15 }))
})

test('A restock with a date missing or past is not sent; the line is shown', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'noodles', units: 1 })
  flow.tap({ do: 'restock' })
  expect(flow.screen('restock')).toMatchObject({ refusal: { code: 'expiry_missing', item: 'noodles' }, selected: 1 })
  flow.tap({ do: 'type_expiry', line: 1 })
  for (const digit of '20261120') flow.tap({ do: 'type_digit', digit })
  flow.tap({ do: 'restock' })
  expect(flow.screen('restock').refusal).toEqual({ code: 'already_expired', item: 'noodles' })
  expect(restockPages(flow.state(), flow.screen('restock'))).toMatchObject({ problems: { needs_expiry: 0, expired: 1 }, units: 1, lines: [{ problem: 'expired' }] })
  expect(flow.asked('restock')).toBeUndefined()
})

test('Who knocks while lines are counted and not confirmed: the question says how many would be lost', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'soap', units: 12 })
  flow.scan({ kind: 'item', item: 'noodles', units: 1 })
  flow.show({ session: staffSession(SIGNED_IN), knock: { number: 1, kind: 'rider' } })
  expect(overlayOf(flow.state())).toEqual({ kind: 'knock', holder: 'rider', openLines: 2, registering: null })
})

test('A restock goes out once, is shown as done only after the station said so, and ends the session', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'soap', units: 12 })
  flow.tap({ do: 'restock' })
  const { request } = flow.screen('restock_committing')
  expect(flow.asked('restock')).toEqual({ session: SESSION, request, lines: [{ item: 'soap', quantity: 12, expiryDay: null, donor: null }] })
  flow.answer('restock', { units: 12, lines: 1 })
  expect(flow.screen('restock_done')).toEqual({ at: 'restock_done', units: 12, lines: 1, closesAtMs: flow.atMs() + 15_000 })
  expect(flow.asked('end_session')).toEqual({ session: SESSION })
  flow.show({ session: null })
  flow.wait(15_250)
  expect(flow.state().screen.at).toBe('attract')
})

test('A refused restock keeps every counted line and shows the one it is about', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'soap', units: 12 })
  flow.scan({ kind: 'item', item: 'helmet', units: 1 })
  flow.tap({ do: 'restock' })
  flow.refuse('restock', { code: 'item_not_known', item: 'soap' })
  expect(flow.screen('restock')).toMatchObject({ refusal: { code: 'item_not_known', item: 'soap' }, selected: 1, staff: { lines: [{ item: 'soap' }, { item: 'helmet' }] } })
})

test('Counted lines stay while the volunteer goes home and back, and have a limit', () => {
  const flow = signInStaff()
  flow.scan({ kind: 'item', item: 'soap', units: 12 })
  flow.taps({ do: 'back' }, { do: 'show_restock' })
  expect(flow.screen('restock').staff.lines).toHaveLength(1)
  for (let lot = 0; lot < 110; lot += 1) flow.tap({ do: 'add_lot', line: 1 })
  expect(flow.screen('restock').staff.lines).toHaveLength(100)
  expect(flow.state().notice?.notice).toEqual({ kind: 'lines_full', linesMax: 100 })
  expect(restockPages(flow.state(), flow.screen('restock'))).toMatchObject({ pages: Math.ceil(100 / restockPageSize(flow.state())), units: 111 })
})

test('Typing screens wait 90 seconds for a touch, then warn for 20, then sign out', () => {
  const flow = driveFlow()
  flow.show({ session: SIGNED_IN })
  flow.wait(89_500)
  expect(flow.state().idle).toBeNull()
  flow.wait(1_000)
  expect(flow.state().idle).toMatchObject({ secondsLeft: 20 })
  flow.wait(20_000)
  expect(flow.state().screen.at).toBe('attract')
  expect(flow.asked('end_session')).toEqual({ session: SESSION })
  expect(flow.state().wallMs).toBeGreaterThan(WALL_MS)
})

test('Finish with counted lines warns once; the second touch means it, and without lines there is nothing to warn of', () => {
  const flow = signInStaff()
  flow.tap({ do: 'show_restock' })
  flow.scan({ kind: 'item', item: 'soap', units: 12 })
  flow.tap({ do: 'finish' })
  expect([flow.state().screen.at, flow.state().notice?.notice]).toEqual(['restock', { kind: 'lines_unconfirmed', lines: 1 }])
  flow.tap({ do: 'finish' })
  expect(flow.state().screen.at).toBe('attract')
  const empty = signInStaff()
  empty.tap({ do: 'finish' })
  expect(empty.state().screen.at).toBe('attract')
})
