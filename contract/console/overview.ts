// The first page: how the stations and their shelves are, and what waits for a person.

import { z } from 'zod'
import { TRAINING_TOPICS } from '../kiosk/training-view.ts'
import { atMs, bilingual, consoleDoor, nothing, rowId } from './console-door.ts'
import { WISH_STATES } from './wishes.ts'

const count = z.int().min(0)

export const STATION_HEALTH = ['well', 'late', 'silent', 'never', 'revoked'] as const
export type StationHealth = (typeof STATION_HEALTH)[number]

export const overviewDoor = consoleDoor(
  'overview',
  nothing,
  z.strictObject({
    stations: z.array(
      z.strictObject({ id: rowId, number: z.int(), name: bilingual, health: z.enum(STATION_HEALTH), heardAtMs: atMs.nullable(), unitsOnHand: count, kindsLow: count, flagged: count }),
    ),
    riders: count,
    riderPoints: count,
    /** What waits for a person, by what it is; a page adds its own here. */
    waiting: z.strictObject({ facts: count, corrections: count, kindsLow: count, silentStations: count, waitingFiles: count, wishTexts: count, leasesEnding: count }),
    /** By week, the oldest first: when it began, points that riders earned and points that they spent. */
    weeks: z.array(z.strictObject({ beganAtMs: atMs, issued: count, redeemed: count })),
    /** Those that there are, by state. */
    wishes: z.array(z.strictObject({ state: z.enum(WISH_STATES), count })),
    /** By topic, of the last year and to come: how many there are, and how often somebody was there. Without those that were cancelled. */
    trainings: z.array(z.strictObject({ topic: z.enum(TRAINING_TOPICS), trainings: count, attended: count })),
  }),
)
