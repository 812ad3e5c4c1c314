// What happened to a wish, line by line, and the wish that follows from it: a line and the rules of domain/wish are enough, so
// that what is kept as a state can be recomputed from what is kept as a history (invariant 9).

import {
  eraseWish, extendClaim, fulfilClaim, grantClaim, lapseClaim, NEW_WISH, reviewWish, seeText, takeFact, type Wish,
} from './wish.ts'

export const WISH_ACTS = [
  'posted', 'edited', 'withdrawn', 'confirmed', 'not_yet', 'handed_over', 'approved', 'asked_back', 'refused', 'claimed', 'joined', 'left', 'extended', 'fulfilled', 'seen',
  'lapsed', 'given_back', 'ended', 'erased',
] as const
export type WishAct = (typeof WISH_ACTS)[number]

export interface WishHistoryLine {
  act: WishAct
  /** Of the lease that was meant. */
  claim: number
  version: number | null
  /** The lease's end that the line set. */
  untilMs: number | null
  atMs: number
}

/** null: it is no history of a wish, or says something that can not have been. */
export function replayWish(lines: readonly WishHistoryLine[]): Wish | null {
  if (lines[0]?.act !== 'posted') return null
  let wish: Wish = NEW_WISH
  for (const line of lines.slice(1)) {
    const next = after(wish, line)
    if (next === null) return null
    wish = next
  }
  return wish
}

function after(wish: Wish, { act, claim, version, untilMs, atMs }: WishHistoryLine): Wish | null {
  switch (act) {
    case 'posted':
      return null
    case 'edited':
    case 'withdrawn':
      return takeFact(wish, { fact: act, claim }, atMs).wish
    case 'confirmed':
    case 'not_yet':
      return takeFact(wish, { fact: 'confirmed', claim, reached: act === 'confirmed' }, atMs).wish
    case 'handed_over':
      return takeFact(wish, { fact: 'fulfilled', claim }, atMs).wish
    case 'approved':
      return done(reviewWish(wish, version ?? 0, 'approve'))
    case 'asked_back':
      return done(reviewWish(wish, version ?? 0, 'ask_back'))
    case 'refused':
      return done(reviewWish(wish, version ?? 0, 'refuse'))
    case 'claimed':
      return done(grantClaim(wish, untilMs ?? 0))
    case 'joined':
    case 'left':
      return wish
    case 'extended':
      return done(extendClaim(wish, claim, { nowMs: atMs, byMs: (untilMs ?? 0) - (wish.untilMs ?? 0), extensionsMax: Number.MAX_SAFE_INTEGER }))
    case 'fulfilled':
      return done(fulfilClaim(wish, claim, atMs))
    case 'seen':
      return done(seeText(wish, claim))
    case 'erased':
      return eraseWish(wish)
    case 'lapsed':
    case 'given_back':
    case 'ended':
      return wish.stage === 'claimed' ? lapseClaim(wish) : null
  }
}

function done(result: { ok: true; wish: Wish } | { ok: false }): Wish | null {
  return result.ok ? result.wish : null
}
