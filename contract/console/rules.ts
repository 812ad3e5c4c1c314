// What the district may set: rules with the range each may lie in, and what a service earns. Whoever changes one says what it was
// before, so that two people who edit at once do not overwrite each other unseen.

import { z } from 'zod'
import { bilingual, consoleDoor, nothing } from './console-door.ts'

/** Smallest, largest, and what holds where a district has said nothing. A page with a new rule adds it here. */
export const RULE_RANGES = {
  pass_valid_days: [1, 3_650, 365],
  checkin_again_minutes: [0, 1_440, 30],
  cart_units_max: [1, 100, 10],
  low_stock_units: [0, 1_000, 3],
  expiry_warning_days: [0, 365, 30],
  outbox_alarm_hours: [1, 720, 24],
  outbox_events_max: [100, 100_000, 5_000],
  standing_allowance_points: [0, 1_000_000, 50],
  top_up_points_max: [1, 1_000_000, 1_000_000],
  earning_slice_points: [0, 1_000_000, 500],
  spend_before_hello: [0, 1, 1],
  correction_alone_points_max: [0, 1_000_000, 100],
  wishes_open_max: [0, 50, 3],
  claim_days: [1, 90, 7],
  claim_extension_days: [1, 90, 7],
  claim_extensions_max: [0, 10, 2],
  claim_members_max: [1, 50, 10],
  training_closing_minutes: [0, 10_080, 60],
  training_blocks_back_minutes: [0, 10_080, 180],
  training_answer_minutes: [10, 10_080, 720],
} as const satisfies Readonly<Record<string, readonly [number, number, number]>>
export type RuleName = keyof typeof RULE_RANGES
export const RULE_NAMES = Object.keys(RULE_RANGES) as [RuleName, ...RuleName[]]

const serviceId = z.string().max(64)
const servicePoints = z.int().min(1).max(10_000)
const cap = z.int().min(1).max(10_000).nullable()

const serviceRow = z.strictObject({ id: serviceId, name: bilingual, points: z.int(), per: z.enum(['activity', 'hour', 'report']), capPerActivity: z.int().nullable() })
export type ServiceRow = z.infer<typeof serviceRow>

/** The station with the most riders at home, and what the rider with the most points has: from these and the rules the page says what a station may cost at worst. */
const largestStation = z.strictObject({ station: bilingual, homeRiders: z.int().min(0), mostPoints: z.int().min(0) })
export type LargestStation = z.infer<typeof largestStation>

export const rulesDoor = consoleDoor(
  'rules',
  nothing,
  z.strictObject({
    rules: z.array(z.strictObject({ name: z.enum(RULE_NAMES), value: z.int() })),
    services: z.array(serviceRow),
    /** null: the district has no station yet. */
    largest: largestStation.nullable(),
  }),
)
export const changeRuleDoor = consoleDoor('change-rule', z.strictObject({ name: z.enum(RULE_NAMES), before: z.int(), value: z.int() }), nothing)
export const changeServiceDoor = consoleDoor(
  'change-service',
  z.strictObject({ service: serviceId, before: z.strictObject({ points: z.int(), capPerActivity: z.int().nullable() }), points: servicePoints, capPerActivity: cap }),
  nothing,
)
