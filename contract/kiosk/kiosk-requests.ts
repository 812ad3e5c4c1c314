// What the screen may ask of the station: this list and nothing else. Each request has one schema for what goes in and one
// for what comes out; a refusal is a value from a closed list. The same over Electron's port and over the loopback socket.

import { z } from 'zod'
import { KEY_PRINT } from '../sync/enrolment.ts'
import { entryLine } from '../sync/sync-protocol.ts'
import { HAND_OFF_REQUESTS, REGISTER_REFUSALS, REGISTER_REQUESTS } from './hand-off.ts'
import { TRAINING_REFUSALS, TRAINING_REQUESTS } from './training-requests.ts'
import { WISH_REFUSALS, WISH_REQUESTS } from './wish-requests.ts'

/** Lower case: what the screen makes up goes into events as it stands (contract/sync/event-bodies). */
const uuid = z.uuid().lowercase()
const bilingual = z.strictObject({ zh: z.string(), en: z.string() })
const itemId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const points = z.int().min(0).max(1_000_000)

export const cartLine = z.strictObject({ item: itemId, quantity: z.int().min(1).max(100) })

export const receipt = z.strictObject({
  /** Short, to be read out: "1-00042-R". */
  code: z.string(),
  points,
  /** All the rider's points after it; null where the machine does not know them. */
  balanceAfter: z.int().nullable(),
  lines: z.array(z.strictObject({ item: itemId, name: bilingual, picture: z.string(), tint: z.enum(['sky', 'leaf', 'clay', 'sand']), quantity: z.int(), points })),
})
export type Receipt = z.infer<typeof receipt>

export const pointEntry = z.strictObject({
  id: uuid,
  atMs: z.int(),
  points: z.int(),
  reason: z.enum(['redemption', 'service', 'training', 'report', 'correction', 'opening', 'undone']),
  what: bilingual.nullable(),
  lines: z.array(entryLine.extend({ name: bilingual })),
  stationName: bilingual.nullable(),
  /** Recorded here, not yet at central. */
  waiting: z.boolean(),
})
export type PointEntry = z.infer<typeof pointEntry>

export const redemptionShown = z.strictObject({
  receipt: z.string(),
  atMs: z.int(),
  points,
  lines: z.array(entryLine.extend({ name: bilingual })).max(50),
  undone: z.boolean(),
})
export type RedemptionShown = z.infer<typeof redemptionShown>

export const restockLine = z.strictObject({
  item: itemId,
  /** Units of issue. */
  quantity: z.int().min(1).max(100_000),
  expiryDay: z.int().min(0).max(200_000).nullable(),
  donor: uuid.nullable(),
})

/** Words for each are in the screen's catalogue; the numbers say how far away it is. */
export const refusal = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('session_ended') }),
  z.strictObject({ code: z.literal('not_signed_in') }),
  z.strictObject({ code: z.literal('bad_request') }),
  z.strictObject({ code: z.literal('out_of_order') }),
  z.strictObject({ code: z.literal('rider_unknown') }),
  z.strictObject({ code: z.literal('rider_suspended') }),
  z.strictObject({ code: z.literal('cart_empty') }),
  z.strictObject({ code: z.literal('cart_too_large'), unitsMax: z.int() }),
  z.strictObject({ code: z.literal('item_not_offered'), item: z.string() }),
  z.strictObject({ code: z.literal('sold_out'), item: z.string(), left: z.int() }),
  z.strictObject({ code: z.literal('limit_reached'), item: z.string(), limit: z.int(), period: z.enum(['day', 'week', 'month', 'halfyear']), left: z.int() }),
  z.strictObject({ code: z.literal('price_changed'), points: z.int() }),
  z.strictObject({ code: z.literal('points_short'), points: z.int(), allowance: z.int(), short: z.int() }),
  z.strictObject({ code: z.literal('pin_wrong'), triesLeft: z.int() }),
  z.strictObject({ code: z.literal('pin_locked'), untilMs: z.int() }),
  z.strictObject({ code: z.literal('nothing_counted') }),
  z.strictObject({ code: z.literal('too_many_lines'), linesMax: z.int() }),
  z.strictObject({ code: z.literal('item_not_known'), item: z.string() }),
  z.strictObject({ code: z.literal('quantity_out_of_range'), item: z.string(), unitsMax: z.int() }),
  z.strictObject({ code: z.literal('expiry_missing'), item: z.string() }),
  z.strictObject({ code: z.literal('already_expired'), item: z.string() }),
  z.strictObject({ code: z.literal('donor_not_known'), item: z.string() }),
  z.strictObject({ code: z.literal('redemption_not_here') }),
  z.strictObject({ code: z.literal('already_undone') }),
  z.strictObject({ code: z.literal('station_head_only') }),
  ...TRAINING_REFUSALS,
  ...WISH_REFUSALS,
  ...REGISTER_REFUSALS,
])
export type Refusal = z.infer<typeof refusal>

const done = z.strictObject({})

export const KIOSK_REQUESTS = {
  /** Text from the keyboard wedge, the camera or the demo's tray; what became of it comes as a `scanned` frame. */
  scan: { input: z.strictObject({ text: z.string().max(8192), source: z.enum(['wedge', 'camera', 'simulated']) }), output: done },
  end_session: { input: z.strictObject({ session: uuid }), output: done },
  /** The screen is still in use by a person: the station's own idle limit starts anew. */
  keep_session: { input: z.strictObject({ session: uuid }), output: done },
  /** Whether somebody registers here, who is in no session: while it is so, whoever scans knocks. */
  hold_screen: { input: z.strictObject({ held: z.boolean() }), output: done },
  answer_knock: { input: z.strictObject({ knock: z.int(), letIn: z.boolean() }), output: done },
  redeem: {
    input: z.strictObject({ session: uuid, request: uuid, lines: z.array(cartLine).min(1).max(50), pointsShown: points }),
    output: z.strictObject({ receipt }),
  },
  /** After the line to the station broke in the middle of a redemption: was it recorded? */
  find_redemption: { input: z.strictObject({ request: uuid }), output: z.strictObject({ receipt: receipt.nullable() }) },
  list_entries: {
    input: z.strictObject({ session: uuid, page: z.int().min(0).max(10_000), pageSize: z.int().min(1).max(50) }),
    output: z.strictObject({ entries: z.array(pointEntry), total: z.int() }),
  },
  sign_in: { input: z.strictObject({ session: uuid, pin: z.string().max(12) }), output: done },
  restock: {
    input: z.strictObject({ session: uuid, request: uuid, lines: z.array(restockLine).min(1).max(100) }),
    output: z.strictObject({ units: z.int(), lines: z.int() }),
  },
  /** Today's redemptions at this machine, newest first: for staff, without names. */
  list_redemptions: {
    input: z.strictObject({ session: uuid }),
    output: z.strictObject({ redemptions: z.array(redemptionShown).max(50) }),
  },
  /** Takes back a redemption of this machine, once: points to the rider, goods to the shelf. */
  undo_redemption: { input: z.strictObject({ session: uuid, request: uuid, receipt: z.string().max(40) }), output: z.strictObject({ points }) },
  /** Station head, where this file is fenced: the old file is kept aside, the machine starts with a new one, goods are counted anew. */
  begin_anew: { input: z.strictObject({ session: uuid, request: uuid }), output: done },
  /** The set-up screen: a code as it was typed, or the text of the QR code; where central is, unless the code says so. */
  enrol: { input: z.strictObject({ code: z.string().max(300), centralUrl: z.string().max(200).nullable() }), output: done },
  /** The set-up screen, after a typed code: whether the print that it shows is the one on central's page. `nobody`: the code has outlived its time. */
  confirm_central: { input: z.strictObject({ keyPrint: z.string().regex(KEY_PRINT), said: z.enum(['same', 'other', 'nobody']) }), output: done },
  ...TRAINING_REQUESTS,
  ...WISH_REQUESTS,
  ...HAND_OFF_REQUESTS,
  ...REGISTER_REQUESTS,
  /** The demo's tray: passes and goods codes that it can scan for you. Refused (`bad_request`) outside the demo. */
  list_demo_codes: {
    input: z.strictObject({}),
    output: z.strictObject({ codes: z.array(z.strictObject({ handle: z.string(), label: bilingual, kind: z.enum(['rider', 'staff', 'item', 'bad']), text: z.string() })) }),
  },
} as const

export type KioskRequestName = keyof typeof KIOSK_REQUESTS
export type KioskInput<Name extends KioskRequestName> = z.infer<(typeof KIOSK_REQUESTS)[Name]['input']>
export type KioskOutput<Name extends KioskRequestName> = z.infer<(typeof KIOSK_REQUESTS)[Name]['output']>
export type KioskAnswer<Name extends KioskRequestName = KioskRequestName> =
  | { ok: true; output: KioskOutput<Name> }
  | { ok: false; refusal: Refusal }
