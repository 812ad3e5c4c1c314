// The bodies of events, typed and additive: a field may be added, never changed; a changed meaning is a new name.
// References only: riders, staff and partners by random UUID, items by catalogue id, lots by the station's own number.

import { z } from 'zod'
import { SCAN_REFUSALS } from '../../domain/pass-verdict.ts'
import { WISH_EVENT_BODIES } from './wish-events.ts'
import { PERSON_EVENTS } from './person-events.ts'
import { TRAINING_EVENTS } from './training-events.ts'

/** One spelling, lower case: ids are compared as text before they are compared as UUIDs. */
const uuid = z.uuid().lowercase()
const points = z.int().min(0).max(1_000_000)
const units = z.int().min(1).max(100_000)
const itemId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const day = z.int().min(0).max(200_000)
const lot = z.int().min(1)

export const checkinRecorded = z.strictObject({ rider: uuid, card: z.int().min(1).max(0xffff), known: z.boolean() })

/** People who came while nothing could be recorded (the outbox was full, or the file behind), of one day by the station's clock: nobody is named. What is said of a day adds up. */
export const checkinCounted = z.strictObject({ day, count: z.int().min(1).max(1_000_000) })

export const scanRefused = z.strictObject({
  verdict: z.enum(SCAN_REFUSALS),
  /** How many alike, where so many came in an hour that they were counted instead of written one by one. */
  count: z.int().min(1),
  /** Whose pass, where its signature was genuine. */
  holder: uuid.optional(),
  card: z.int().min(1).max(0xffff).optional(),
})

export const staffSignedIn = z.strictObject({ staff: uuid })

export const redemptionRecorded = z.strictObject({
  /** Made by the screen; the same request is the same redemption. */
  request: uuid,
  rider: uuid,
  points,
  /** domain/receipt-code; the shape only, so that no words fit in and a check sign never parks a fact. */
  receipt: z.string().regex(/^\d{1,10}-\d{5,16}-[0-9A-Z]$/),
  lines: z
    .array(z.strictObject({ item: itemId, quantity: units, points, lots: z.array(z.tuple([lot, units])).min(1).max(100) }))
    .min(1)
    .max(50),
})

export const restockRecorded = z.strictObject({
  request: uuid,
  staff: uuid,
  lines: z
    .array(z.strictObject({ item: itemId, lot, quantity: units, expiryDay: day.nullable(), donor: uuid.nullable() }))
    .min(1)
    .max(100),
})

export const allowanceReceived = z.strictObject({ grant: uuid, rider: uuid, points: points.min(1) })

/** A slice of the programme's points for earnings at this station. */
export const earningSliceReceived = z.strictObject({ grant: uuid, points: points.min(1) })

/** Points that go back to central: any amount up to the slice. */
export const allowanceReturned = z.strictObject({
  rider: uuid,
  points: points.min(1),
  /** What for: another station asked, the visit is over, or the file is retired. */
  reason: z.enum(['recall', 'visit_over', 'retired']),
})

/** A service rendered here. Inside the station's earning slice the points can be spent here at once; beyond it all of them wait for central. */
export const pointsEarned = z.strictObject({
  request: uuid,
  rider: uuid,
  points: points.min(1),
  service: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  staff: uuid,
  inSlice: z.boolean(),
})

/** Once, by the station and the file that made the redemption: points to the slice, goods to the same lots. `redemption` is the id of the event that recorded it. */
export const redemptionUndone = z.strictObject({ request: uuid, redemption: uuid, rider: uuid, points, staff: uuid })

/** Every kind and version this program can read. Others are stored raw and parked, never refused. */
export const EVENT_BODIES = {
  'checkin.recorded/1': checkinRecorded,
  'checkin.counted/1': checkinCounted,
  'scan.refused/1': scanRefused,
  'staff.signed_in/1': staffSignedIn,
  'redemption.recorded/1': redemptionRecorded,
  'restock.recorded/1': restockRecorded,
  'allowance.received/1': allowanceReceived,
  'allowance.returned/1': allowanceReturned,
  'earning_slice.received/1': earningSliceReceived,
  'points.earned/1': pointsEarned,
  'redemption.undone/1': redemptionUndone,
  ...WISH_EVENT_BODIES,
  ...PERSON_EVENTS,
  ...TRAINING_EVENTS,
} as const

export type EventName = keyof typeof EVENT_BODIES
export type EventBody<Name extends EventName> = z.infer<(typeof EVENT_BODIES)[Name]>
