// Wishes in the office: the queue of texts that wait for somebody to read them, the table of all, one with its history, figures,
// and a wish that staff enter for a rider. What was typed is told to those who approve, and to nobody else before it is approved.

import { z } from 'zod'
import { CLAIMANT_NEWS, WISH_FLAGS } from '../../domain/wish.ts'
import { WISH_ACTS } from '../../domain/wish-history.ts'
import { PERSONAL_KINDS } from '../../domain/find-personal.ts'
import { OWN_WISH_STATES, WISH_CATEGORIES } from '../kiosk/wish-view.ts'
import { atMs, bilingual, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'

const text = z.string().max(2_000)
const count = z.int().min(0)
/** As long as a rider's own words may be, with what makes a text of them. */
const typed = z.string().min(1).max(2_000)
const version = z.int().min(1)

export const WISH_STATES = OWN_WISH_STATES.filter((state) => state !== 'unsent')
const wishState = z.enum(WISH_STATES)

// ── moderation ──

const waitingText = z.strictObject({
  wish: rowId,
  version,
  category: z.enum(WISH_CATEGORIES),
  text,
  /** Where it says who somebody is, in code units. */
  personal: z.array(z.strictObject({ kind: z.enum(PERSONAL_KINDS), start: count, end: count })),
  /** The same with all of that hidden. */
  proposal: text,
  shown: z.enum(['named', 'anonymous']),
  station: bilingual.nullable(),
  writtenAtMs: atMs,
  /** As it hangs, or hung, on the wall; null: it is the first text. */
  before: text.nullable(),
  isClaimed: z.boolean(),
})
export type WaitingText = z.infer<typeof waitingText>

export const wishQueueDoor = consoleDoor(
  'wish-queue',
  nothing,
  z.strictObject({
    /** The longest waiting first. */
    texts: z.array(waitingText).max(50),
    isMore: z.boolean(),
    /** Posted, and the words are still on their way. */
    awaited: count,
  }),
)

export const reviewWishDoor = consoleDoor(
  'review-wish',
  z.discriminatedUnion('verdict', [
    z.strictObject({ wish: rowId, version, verdict: z.literal('approve'), text: typed }),
    z.strictObject({ wish: rowId, version, verdict: z.literal('ask_back'), words: typed }),
    z.strictObject({ wish: rowId, version, verdict: z.literal('refuse'), words: typed }),
  ]),
  nothing,
)

// ── all of them ──

const wishRow = z.strictObject({
  id: rowId, category: z.enum(WISH_CATEGORIES), state: wishState, text: text.nullable(), again: z.boolean(), station: bilingual.nullable(), postedAtMs: atMs, changedAtMs: atMs,
  /** Who holds it now. */
  by: z.array(bilingual), untilMs: atMs.nullable(),
})
export type WishLineRow = z.infer<typeof wishRow>

export const wishesDoor = tableDoor('wishes', { sorts: ['posted', 'changed'], filters: { state: WISH_STATES, category: WISH_CATEGORIES, station: 'id' }, row: wishRow })

export const wishDoor = consoleDoor(
  'wish',
  z.strictObject({ wish: rowId }),
  z.strictObject({
    wish: wishRow,
    who: z.string().nullable(),
    reach: z.enum(['station', 'staff_phone']),
    rider: rowId,
    claim: count,
    notYet: z.boolean(),
    staffWords: z.string().nullable(),
    fulfilment: z.strictObject({ words: z.string().nullable(), photo: z.string().nullable() }).nullable(),
    meeting: z.strictObject({ id: rowId, title: z.string() }).nullable(),
    history: z.array(
      z.strictObject({
        line: count, atMs, act: z.enum(WISH_ACTS), claim: count, partner: bilingual.nullable(), account: z.string().nullable(), station: bilingual.nullable(),
        flag: z.enum(WISH_FLAGS).nullable(), words: z.string().nullable(),
      }),
    ),
    news: z.array(z.strictObject({ claim: count, what: z.enum(CLAIMANT_NEWS), took: z.boolean(), atMs, seenAtMs: atMs.nullable() })),
  }),
)

const days = z.number().min(0).nullable()

export const wishFiguresDoor = consoleDoor(
  'wish-figures',
  nothing,
  z.strictObject({
    categories: z.array(
      z.strictObject({
        category: z.enum(WISH_CATEGORIES), posted: count, inReview: count, open: count, claimed: count, lit: count,
        /** From the approval to the first claim, and to the light; the median, in days; null: none yet. */
        daysToClaim: days, daysToLight: days,
        lapsed: count,
      }),
    ),
    all: z.strictObject({ daysToClaim: days, daysToLight: days, lapsed: count }),
  }),
)

// ── for a rider ──

export const postWishForDoor = consoleDoor(
  'post-wish-for',
  z.strictObject({
    id: rowId, rider: rowId, category: z.enum(WISH_CATEGORIES), text: typed, shown: z.enum(['named', 'anonymous']), reach: z.enum(['station', 'staff_phone']),
    /** The talk at which it was said. */
    meeting: rowId.nullable(),
  }),
  nothing,
)
