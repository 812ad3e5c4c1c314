// Wishes as stations mirror them: the wall, alike for a whole district and only what was approved for everybody to read; and a
// rider's own, at the stations that mirror him. Neither holds what was typed before somebody approved it.

import { z } from 'zod'
import { OWN_WISH_STATES, WALL_STATES, WISH_CATEGORIES } from '../kiosk/wish-view.ts'

const uuid = z.uuid()
const bilingual = z.strictObject({ zh: z.string().max(200), en: z.string().max(200) })
const atMs = z.int().min(0)
/** Of the newest lease; 0: it was never claimed. */
const claimNumber = z.int().min(0)

/** Wishes on the wall of a district: all that are open or claimed come before those that were lit. */
export const WALL_WISHES_MAX = 300

export const WISH_ROWS = {
  wall_wish: z.strictObject({
    id: uuid,
    category: z.enum(WISH_CATEGORIES),
    text: z.string().max(2_000),
    /** Masked; null: 一位骑手. */
    who: z.string().max(60).nullable(),
    stationName: bilingual.nullable(),
    state: z.enum(WALL_STATES),
    claim: claimNumber,
    /** A lease on it came to nothing. */
    again: z.boolean(),
    postedAtMs: atMs,
    /** When it took this state: the longest waiting goes first, the latest lit goes first. */
    changedAtMs: atMs,
  }),
  own_wish: z.strictObject({
    id: uuid,
    rider: uuid,
    category: z.enum(WISH_CATEGORIES),
    /** As it was approved; null while it is not. */
    text: z.string().max(2_000).nullable(),
    state: z.enum(OWN_WISH_STATES).exclude(['unsent']),
    staffWords: z.string().max(500).nullable(),
    claim: claimNumber,
    /** null: nobody holds it now. */
    lease: z.strictObject({ by: z.array(z.string().max(100)).max(20), untilMs: atMs }).nullable(),
    fulfilment: z.strictObject({ words: z.string().max(500).nullable(), photo: z.string().max(300).nullable() }).nullable(),
    postedAtMs: atMs,
    notYet: z.boolean(),
    /** The asking station's own events up to here are inside. */
    includedSeq: z.int().min(0),
  }),
} as const
