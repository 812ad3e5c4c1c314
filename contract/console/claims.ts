// What partners do: the wall with what nobody has taken on yet, first what came back; their claims with the end of each.

import { z } from 'zod'
import { CLAIMANT_NEWS } from '../../domain/wish.ts'
import { WISH_CATEGORIES } from '../kiosk/wish-view.ts'
import { atMs, bilingual, consoleDoor, nothing, rowId } from './console-door.ts'

const claim = z.int().min(1)
const text = z.string().max(2_000)
const typed = z.string().min(1).max(500)

const wallRow = z.strictObject({
  wish: rowId, category: z.enum(WISH_CATEGORIES), text, who: z.string().nullable(), station: bilingual.nullable(), state: z.enum(['open', 'claimed']), again: z.boolean(),
  postedAtMs: atMs,
  /** While it is claimed. */
  claim: claim.nullable(), by: z.array(bilingual), untilMs: atMs.nullable(), mine: z.boolean(),
})
export type PartnerWallRow = z.infer<typeof wallRow>

export const partnerWallDoor = consoleDoor('partner-wall', nothing, z.strictObject({ wishes: z.array(wallRow).max(200), isMore: z.boolean() }))

/** One of them, as its QR code names it; null: it is not there for anybody to take on. */
export const wallWishDoor = consoleDoor('wall-wish', z.strictObject({ wish: rowId }), z.strictObject({ wish: wallRow.nullable() }))

export const claimWishDoor = consoleDoor('claim-wish', z.strictObject({ wish: rowId }), z.strictObject({ claim, untilMs: atMs }))
export const joinClaimDoor = consoleDoor('join-claim', z.strictObject({ wish: rowId, claim }), nothing)
export const extendClaimDoor = consoleDoor('extend-claim', z.strictObject({ wish: rowId, claim, reason: typed }), z.strictObject({ untilMs: atMs }))
export const giveBackClaimDoor = consoleDoor('give-back-claim', z.strictObject({ wish: rowId, claim }), nothing)
export const seeWishDoor = consoleDoor('see-wish', z.strictObject({ wish: rowId, claim }), nothing)
/** With a word or a photo: one that he has sent and that nothing shows yet. */
export const fulfilWishDoor = consoleDoor('fulfil-wish', z.strictObject({ wish: rowId, claim, words: typed.nullable(), photo: rowId.nullable() }), nothing)

/** Before its end a lease is told to be about to end: to who holds it, and to staff. */
export const LEASE_ENDS_SOON_MS = 2 * 86_400_000

export const CLAIM_STATES = ['holding', 'fulfilled', 'confirmed', 'over'] as const

const myClaim = z.strictObject({
  wish: rowId, claim, category: z.enum(WISH_CATEGORIES), state: z.enum(CLAIM_STATES),
  /** As it is approved now; null: a newer text waits, or it was taken back. */
  text: text.nullable(),
  station: bilingual.nullable(), reach: z.enum(['station', 'staff_phone']),
  grantedAtMs: atMs, untilMs: atMs, members: z.array(bilingual), extensionsLeft: z.int().min(0),
  /** The text is another one than when it was last seen: nothing is done before it is. */
  isFrozen: z.boolean(),
  notYet: z.boolean(),
  /** With what it was lit. */
  fulfilment: z.strictObject({ words: z.string().nullable(), hasPhoto: z.boolean() }).nullable(),
  news: z.array(z.strictObject({ what: z.enum(CLAIMANT_NEWS), took: z.boolean(), atMs })),
})
export type MyClaim = z.infer<typeof myClaim>

/** Those that hold first, by their end; of those that are over the last. */
export const myClaimsDoor = consoleDoor('my-claims', nothing, z.strictObject({ claims: z.array(myClaim).max(100) }))
