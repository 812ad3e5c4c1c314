import fc from 'fast-check'
import { expect, test } from 'vitest'
import { screenFrame } from '../../../contract/kiosk/kiosk-frames.ts'
import { KIOSK_REQUESTS, type KioskInput, type KioskRequestName, refusal } from '../../../contract/kiosk/kiosk-requests.ts'
import { scannedTextLengthMax } from '../../../contract/scan/scanned-code.ts'
import type { RedemptionRefusal } from '../../../domain/redemption.ts'
import type { RestockRefusal } from '../../../domain/restock.ts'
import { type Place, placesOf, withFieldAdded, withPlace } from '../changed-places.ts'
import { schemaNodes } from '../schema-nodes.ts'

const ID = '019ca749-db6c-74d9-8788-369c8ff44912'
const NAMES = Object.keys(KIOSK_REQUESTS) as KioskRequestName[]

const EXAMPLES: { [Name in KioskRequestName]: KioskInput<Name> } = {
  scan: { text: '6901234567892', source: 'wedge' },
  end_session: { session: ID },
  keep_session: { session: ID },
  hold_screen: { held: true },
  answer_knock: { knock: 1, letIn: true },
  redeem: { session: ID, request: ID, lines: [{ item: 'soap', quantity: 2 }, { item: 'rice-5kg', quantity: 1 }], pointsShown: 140 },
  find_redemption: { request: ID },
  list_entries: { session: ID, page: 0, pageSize: 20 },
  sign_in: { session: ID, pin: '123456' },
  restock: { session: ID, request: ID, lines: [{ item: 'milk', quantity: 12, expiryDay: 21_000, donor: ID }] },
  list_redemptions: { session: ID },
  undo_redemption: { session: ID, request: ID, receipt: '1-00042-R' },
  begin_anew: { session: ID, request: ID },
  enrol: { code: '7K2M-9QXT-4HWB', centralUrl: 'https://central.example' },
  confirm_central: { keyPrint: 'W4T7K2M9QXB05HRE', said: 'same' },
  sign_up: { session: ID, request: ID, training: ID, despiteClash: false },
  cancel_signup: { session: ID, request: ID, training: ID },
  answer_offer: { session: ID, request: ID, training: ID, accept: true },
  acknowledge_training: { session: ID, training: ID },
  begin_attendance: { session: ID, training: ID },
  mark_attended: { session: ID, request: ID, rider: ID },
  end_attendance: { session: ID },
  post_wish: { session: ID, request: ID, category: 'hard_rest', text: '想在站里放一个小风扇', shown: 'anonymous', reach: 'station' },
  edit_wish: { session: ID, request: ID, wish: ID, text: '想要一个小风扇' },
  withdraw_wish: { session: ID, request: ID, wish: ID },
  confirm_wish: { session: ID, request: ID, wish: ID, reached: true },
  fulfil_wish: { session: ID, request: ID, wish: ID },
  open_hand_off: { session: ID, purpose: 'wish' },
  close_hand_off: {},
  register: { request: ID, consentVersion: 1, name: '肉孜艾力·买买提', phone: '13800001234', platform: 'meituan', site: '南湖站点', redCross: 'none', volunteerTeam: false },
  list_demo_codes: {},
}

const NULLABLE = ['restock expiryDay', 'restock donor', 'enrol centralUrl', 'open_hand_off session']

const isTaken = (name: KioskRequestName, input: unknown): boolean => KIOSK_REQUESTS[name].input.safeParse(input).success

/** Any request with one place of its example. */
const anyPlace: fc.Arbitrary<{ name: KioskRequestName; place: Place }> = fc.constantFrom(
  ...NAMES.flatMap((name) => placesOf(EXAMPLES[name]).map((place) => ({ name, place }))),
)

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

test('each example is what its request takes', () => {
  expect(NAMES.filter((name) => !isTaken(name, EXAMPLES[name]))).toEqual([])
})

test('no request takes a field that is not in its schema, at any depth', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES),
      fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('phone', 'name', 'points', 'constructor', 'toString')),
      fc.anything(),
      (name, field, value) => {
        const isOwnField = placesOf(EXAMPLES[name]).some(({ path }) => path.at(-1) === field)
        const inputs = isOwnField || field === '__proto__' ? [] : withFieldAdded(EXAMPLES[name], field, value)
        expect(inputs.filter((input) => isTaken(name, input))).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})

test('no request takes a value of another type, at any place', () => {
  fc.assert(
    fc.property(anyPlace, fc.anything(), ({ name, place }, other) => {
      const isNullable = NULLABLE.includes(`${name} ${String(place.path.at(-1))}`)
      if (kindOf(other) === kindOf(place.value) || (isNullable && other === null)) return
      expect(isTaken(name, withPlace(EXAMPLES[name], place.path, other))).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('no request takes a field less', () => {
  for (const name of NAMES) {
    const inputs = Object.keys(EXAMPLES[name]).map((field) => Object.fromEntries(Object.entries(EXAMPLES[name]).filter(([key]) => key !== field)))
    expect(inputs.filter((input) => isTaken(name, input))).toEqual([])
  }
})

test('no request takes a number that is not whole, not finite or not safe', () => {
  const numbers = NAMES.flatMap((name) => placesOf(EXAMPLES[name]).filter(({ value }) => typeof value === 'number').map(({ path }) => ({ name, path })))
  const bad = [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)]
  expect(numbers.flatMap(({ name, path }) => bad.filter((value) => isTaken(name, withPlace(EXAMPLES[name], path, value))))).toEqual([])
})

test('no request takes an over-long string, at any place', () => {
  const strings = NAMES.flatMap((name) => placesOf(EXAMPLES[name]).filter(({ value }) => typeof value === 'string').map(({ path }) => ({ name, path })))
  fc.assert(
    fc.property(fc.constantFrom(...strings), fc.string({ minLength: 1, maxLength: 3 }), ({ name, path }, unit) => {
      expect(isTaken(name, withPlace(EXAMPLES[name], path, unit.repeat(8193)))).toBe(false)
    }),
  )
})

test('every string that a request takes has a pattern, a closed list or a longest', () => {
  const loose = NAMES.flatMap((name) =>
    schemaNodes(KIOSK_REQUESTS[name].input)
      .filter(({ schema }) => schema['type'] === 'string' && !['pattern', 'allOf', 'enum', 'const', 'maxLength'].some((bound) => bound in schema))
      .map(({ path }) => name + path),
  )
  expect(loose).toEqual([])
})

test('a list is neither empty nor endless where the request says so', () => {
  const redeem = (count: number): unknown => ({ ...EXAMPLES.redeem, lines: Array.from({ length: count }, () => ({ item: 'soap', quantity: 1 })) })
  const restock = (count: number): unknown => ({ ...EXAMPLES.restock, lines: Array.from({ length: count }, () => ({ item: 'soap', quantity: 1, expiryDay: null, donor: null })) })
  expect({
    redeem: [0, 1, 50, 51].filter((count) => isTaken('redeem', redeem(count))),
    restock: [0, 1, 100, 101].filter((count) => isTaken('restock', restock(count))),
  }).toEqual({ redeem: [1, 50], restock: [1, 100] })
})

test('a scanned text longer than is read still reaches the station, which says that it is too long', () => {
  expect(isTaken('scan', { text: 'x'.repeat(scannedTextLengthMax + 1), source: 'camera' })).toBe(true)
})

test('only a request in the list can be asked, and junk is no frame', () => {
  const names = [...NAMES, 'drop_tables', 'toString', '__proto__', '']
  expect(names.filter((name) => screenFrame.safeParse({ type: 'request', id: 1, name, input: {} }).success)).toEqual(NAMES)
  fc.assert(
    fc.property(fc.anything(), (junk) => {
      expect(screenFrame.safeParse(junk).success).toBe(false)
    }),
  )
})

test('every refusal of the rules travels as it is', () => {
  const refusals: { [Code in (RedemptionRefusal | RestockRefusal)['code']]: Extract<RedemptionRefusal | RestockRefusal, { code: Code }> } = {
    rider_unknown: { code: 'rider_unknown' },
    rider_suspended: { code: 'rider_suspended' },
    cart_empty: { code: 'cart_empty' },
    cart_too_large: { code: 'cart_too_large', unitsMax: 10 },
    item_not_offered: { code: 'item_not_offered', item: 'soap' },
    sold_out: { code: 'sold_out', item: 'soap', left: 0 },
    limit_reached: { code: 'limit_reached', item: 'soap', limit: 2, period: 'halfyear', left: 0 },
    price_changed: { code: 'price_changed', points: 20 },
    points_short: { code: 'points_short', points: 40, allowance: 20, short: 20 },
    nothing_counted: { code: 'nothing_counted' },
    too_many_lines: { code: 'too_many_lines', linesMax: 100 },
    item_not_known: { code: 'item_not_known', item: 'soap' },
    quantity_out_of_range: { code: 'quantity_out_of_range', item: 'soap', unitsMax: 100 },
    expiry_missing: { code: 'expiry_missing', item: 'soap' },
    already_expired: { code: 'already_expired', item: 'soap' },
    donor_not_known: { code: 'donor_not_known', item: 'soap' },
  }
  expect(Object.values(refusals).map((value) => refusal.parse(value))).toEqual(Object.values(refusals))
})
