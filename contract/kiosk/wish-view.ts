// Wishes as the screen sees them: the wall that everybody may read, and a rider's own. A text is on the wall only after it was
// approved; a station keeps no readable copy of what was typed at it (docs/decisions/0007), so one's own wish in review has none.

import { z } from 'zod'

const uuid = z.uuid().lowercase()

export const WISH_TEXT_MAX = 140
export const WISH_CATEGORIES = ['small_trouble', 'small_need', 'small_dream', 'hard_entry', 'hard_charging', 'hard_rest', 'hard_meal', 'other'] as const
export type WishCategory = (typeof WISH_CATEGORIES)[number]

/** 待认领 · 已认领 · 已点亮 · 已确认 */
export const WALL_STATES = ['open', 'claimed', 'fulfilled', 'confirmed'] as const
export type WallState = (typeof WALL_STATES)[number]

export const wallWish = z.strictObject({
  wish: uuid,
  category: z.enum(WISH_CATEGORIES),
  text: z.string().max(2000),
  /** Masked; null: 一位骑手. */
  who: z.string().max(60).nullable(),
  /** No place more exact than the station. */
  stationName: z.strictObject({ zh: z.string(), en: z.string() }).nullable(),
  state: z.enum(WALL_STATES),
  postedAtMs: z.int(),
  /** A claim lapsed: it goes first now. */
  again: z.boolean(),
  /** Behind the card's QR code: central's page for partners. null where central's address is not known here. */
  claimUrl: z.string().max(300).nullable(),
})
export type WallWish = z.infer<typeof wallWish>

/** What a partner's phone opens: nothing personal is in it, and the page asks who he is. */
export function claimUrl(centralUrl: string, wish: string): string {
  return `${centralUrl.replace(/\/+$/, '')}/w/${wish}`
}

export const OWN_WISH_STATES = ['unsent', 'in_review', 'asked_back', 'refused', 'open', 'claimed', 'fulfilled', 'confirmed', 'withdrawn'] as const
export type OwnWishState = (typeof OWN_WISH_STATES)[number]

export const ownWish = z.strictObject({
  wish: uuid,
  category: z.enum(WISH_CATEGORIES),
  /** null: it is not readable here. */
  text: z.string().max(2000).nullable(),
  state: z.enum(OWN_WISH_STATES),
  /** Of a refusal, or the question that was asked back. */
  staffWords: z.string().max(500).nullable(),
  /** Who has taken it on (names of partners), and until when. */
  claim: z.strictObject({ by: z.array(z.string().max(100)).max(20), untilMs: z.int() }).nullable(),
  /** What the partner said when it was done. */
  fulfilment: z.strictObject({ words: z.string().max(500).nullable(), photo: z.string().max(300).nullable() }).nullable(),
  postedAtMs: z.int(),
  /** He has said "not yet": it is with staff again. */
  notYet: z.boolean(),
})
export type OwnWish = z.infer<typeof ownWish>
