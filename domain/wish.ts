// What may become of a wish: its texts and their review, and the leases on it. Pure transitions: what was there, what was done,
// what is there now, whom to tell, and a flag where what was done came too late. A fact is never refused here: it changes
// something or it is flagged (invariant 3). Within one lease a wish only moves forward, but for the rider's "not yet".

export type WishStage = 'new' | 'open' | 'claimed' | 'fulfilled' | 'confirmed' | 'withdrawn' | 'refused'
export type WishReview = 'in_review' | 'asked_back' | 'approved' | 'refused'

export interface Wish {
  stage: WishStage
  /** Of the newest lease, 0 before the first; rises with each. */
  claim: number
  /** While it is claimed: when the lease ends. */
  untilMs: number | null
  /** How often the present lease was extended. */
  extensions: number
  /** A lease on it came to nothing: it goes first. */
  again: boolean
  /** Of the newest text, from 1. */
  version: number
  /** Of the newest text. */
  review: WishReview
  /** The text that everybody may read; 0: none yet. */
  approvedVersion: number
  /** The text that the present claimant has seen. */
  seenVersion: number
  /** The rider has said so of the present lease. */
  notYet: boolean
}

export const WISH_FLAGS = ['wish_unknown', 'wish_repeated', 'wish_not_in_state', 'claim_stale'] as const
export type WishFlag = (typeof WISH_FLAGS)[number]

export const CLAIMANT_NEWS = ['edited', 'withdrawn', 'confirmed', 'not_yet', 'handed_over'] as const

/** What those who hold it now are told; `took`: it has changed the wish, else it was meant for another lease or came too late. */
export interface ClaimantNews {
  what: (typeof CLAIMANT_NEWS)[number]
  took: boolean
}

export interface WishStep {
  wish: Wish
  flag: WishFlag | null
  news: ClaimantNews | null
}

/** What a station or a phone says of a wish, with the number of the claim that was seen there. */
export type WishFact =
  | { fact: 'edited'; claim: number }
  | { fact: 'withdrawn'; claim: number }
  | { fact: 'confirmed'; claim: number; reached: boolean }
  | { fact: 'fulfilled'; claim: number }

export const NEW_WISH: Wish = {
  stage: 'new', claim: 0, untilMs: null, extensions: 0, again: false, version: 1, review: 'in_review', approvedVersion: 0, seenVersion: 0, notYet: false,
}

/** After a "not yet" there is at least so long to put it right. */
export const AFTER_NOT_YET_MS = 3 * 86_400_000

export function takeFact(known: Wish, fact: WishFact, nowMs: number): WishStep {
  const wish = numbered(known, fact.claim)
  const taken = takeKnown(wish, fact, nowMs)
  return wish === known ? taken : { ...taken, flag: 'claim_stale' }
}

function takeKnown(wish: Wish, fact: WishFact, nowMs: number): WishStep {
  switch (fact.fact) {
    case 'edited':
      return takeEdit(wish, fact.claim)
    case 'withdrawn':
      return takeWithdrawal(wish, fact.claim)
    case 'confirmed':
      return takeConfirmation(wish, fact, nowMs)
    case 'fulfilled':
      return takeHandOver(wish, fact.claim)
  }
}

/** A central that was restored may have forgotten leases that others saw: their numbers are not given again. */
function numbered(wish: Wish, claim: number): Wish {
  const isHeld = wish.stage === 'claimed' || wish.stage === 'fulfilled'
  return isHeld || claim <= wish.claim ? wish : { ...wish, claim }
}

export function mayEdit({ stage }: Pick<Wish, 'stage'>): boolean {
  return stage === 'new' || stage === 'open' || stage === 'claimed'
}

/** The new text waits for its review; until then none is on the wall. The rider's words count whatever lease he saw. */
function takeEdit(wish: Wish, claim: number): WishStep {
  if (!mayEdit(wish)) return tooLate(wish, claim, 'edited')
  return step({ ...wish, version: wish.version + 1, review: 'in_review' }, staleFlag(wish, claim), heldNews(wish, 'edited'))
}

/** He may always change his mind, until it is lit. */
function takeWithdrawal(wish: Wish, claim: number): WishStep {
  if (!mayEdit(wish)) return tooLate(wish, claim, 'withdrawn')
  return step({ ...endLease(wish), stage: 'withdrawn' }, staleFlag(wish, claim), heldNews(wish, 'withdrawn'))
}

function takeConfirmation(wish: Wish, { claim, reached }: { claim: number; reached: boolean }, nowMs: number): WishStep {
  const what = reached ? 'confirmed' : 'not_yet'
  if (claim !== wish.claim || wish.stage !== 'fulfilled') return tooLate(wish, claim, what)
  const news = { what, took: true } as const
  if (reached) return step({ ...wish, stage: 'confirmed', notYet: false }, null, news)
  return step({ ...wish, stage: 'claimed', notYet: true, untilMs: Math.max(wish.untilMs ?? 0, nowMs + AFTER_NOT_YET_MS) }, null, news)
}

function takeHandOver(wish: Wish, claim: number): WishStep {
  if (claim !== wish.claim || wish.stage !== 'claimed') return tooLate(wish, claim, 'handed_over')
  return step({ ...wish, stage: 'fulfilled' }, null, { what: 'handed_over', took: true })
}

// ── review ──

export type ReviewVerdict = 'approve' | 'ask_back' | 'refuse'
export type ReviewRefusal = 'wish_over' | 'version_superseded' | 'already_reviewed'

export type ReviewResult = { ok: true; wish: Wish } | { ok: false; error: ReviewRefusal }

/** Of the text that the moderator has read. A newer one is another matter. */
export function reviewWish(wish: Wish, version: number, verdict: ReviewVerdict): ReviewResult {
  if (!mayEdit(wish)) return { ok: false, error: 'wish_over' }
  if (version !== wish.version) return { ok: false, error: 'version_superseded' }
  if (wish.review !== 'in_review' && !(wish.review === 'asked_back' && verdict !== 'ask_back')) return { ok: false, error: 'already_reviewed' }
  switch (verdict) {
    case 'approve':
      return { ok: true, wish: { ...wish, review: 'approved', approvedVersion: version, stage: wish.stage === 'new' ? 'open' : wish.stage } }
    case 'ask_back':
      return { ok: true, wish: { ...wish, review: 'asked_back' } }
    case 'refuse':
      // What was approved before stays what it was.
      return { ok: true, wish: { ...wish, review: 'refused', stage: wish.stage === 'new' ? 'refused' : wish.stage } }
  }
}

/** Everybody may read it now: approved, and no newer text of it waits. */
export function isPublic(wish: Pick<Wish, 'approvedVersion' | 'review' | 'stage'>): boolean {
  if (wish.approvedVersion === 0 || wish.stage === 'withdrawn') return false
  return wish.stage === 'fulfilled' || wish.stage === 'confirmed' || wish.review === 'approved' || wish.review === 'refused'
}

// ── claims ──

export type ClaimRefusal = 'not_open' | 'already_claimed' | 'claim_over' | 'text_unseen' | 'extensions_used_up'
export type ClaimResult = { ok: true; wish: Wish } | { ok: false; error: ClaimRefusal }

/** The next lease. Whoever asks for it has locked the wish. */
export function grantClaim(wish: Wish, untilMs: number): ClaimResult {
  if (wish.stage === 'claimed') return { ok: false, error: 'already_claimed' }
  if (wish.stage !== 'open' || !isPublic(wish)) return { ok: false, error: 'not_open' }
  return { ok: true, wish: { ...wish, stage: 'claimed', claim: wish.claim + 1, untilMs, extensions: 0, seenVersion: wish.approvedVersion, notYet: false } }
}

/** The lease that a member means is the one that holds, and not at its end. */
export function holdsClaim(wish: Wish, claim: number, nowMs: number): boolean {
  return wish.stage === 'claimed' && wish.claim === claim && (wish.untilMs ?? 0) > nowMs
}

export function extendClaim(wish: Wish, claim: number, extension: { nowMs: number; byMs: number; extensionsMax: number }): ClaimResult {
  if (!holdsClaim(wish, claim, extension.nowMs)) return { ok: false, error: 'claim_over' }
  if (isFrozen(wish)) return { ok: false, error: 'text_unseen' }
  if (wish.extensions >= extension.extensionsMax) return { ok: false, error: 'extensions_used_up' }
  return { ok: true, wish: { ...wish, extensions: wish.extensions + 1, untilMs: (wish.untilMs ?? 0) + extension.byMs } }
}

export function fulfilClaim(wish: Wish, claim: number, nowMs: number): ClaimResult {
  if (!holdsClaim(wish, claim, nowMs)) return { ok: false, error: 'claim_over' }
  if (isFrozen(wish)) return { ok: false, error: 'text_unseen' }
  return { ok: true, wish: { ...wish, stage: 'fulfilled' } }
}

export function seeText(wish: Wish, claim: number): ClaimResult {
  if (wish.stage !== 'claimed' || wish.claim !== claim) return { ok: false, error: 'claim_over' }
  return { ok: true, wish: { ...wish, seenVersion: wish.approvedVersion } }
}

/** The wish was edited since it was claimed, and its claimant has not seen it: nothing is done on a text that is no longer true. */
export function isFrozen(wish: Pick<Wish, 'approvedVersion' | 'seenVersion'>): boolean {
  return wish.seenVersion < wish.approvedVersion
}

/** Its rider is erased: nobody waits for it any more. */
export function eraseWish(wish: Wish): Wish {
  return mayEdit(wish) ? { ...endLease(wish), stage: 'withdrawn' } : wish
}

/** The lease ends without the wish being lit: back on the wall, and first. */
export function lapseClaim(wish: Wish): Wish {
  return wish.stage === 'claimed' ? { ...endLease(wish), stage: 'open', again: true } : wish
}

function endLease(wish: Wish): Wish {
  return { ...wish, untilMs: null, extensions: 0, notYet: false }
}

/** What the rider wants counts whatever lease he saw; that he saw another one is said where somebody holds it now. */
function staleFlag(wish: Wish, claim: number): WishFlag | null {
  return wish.stage === 'claimed' && claim !== wish.claim ? 'claim_stale' : null
}

function heldNews(wish: Wish, what: ClaimantNews['what']): ClaimantNews | null {
  return wish.stage === 'claimed' ? { what, took: true } : null
}

/** It changes nothing any more; who holds the wish now hears of it. */
function tooLate(wish: Wish, claim: number, what: ClaimantNews['what']): WishStep {
  const isHeld = wish.stage === 'claimed' || wish.stage === 'fulfilled'
  return step(wish, claim === wish.claim ? 'wish_not_in_state' : 'claim_stale', isHeld ? { what, took: false } : null)
}

function step(wish: Wish, flag: WishFlag | null, news: ClaimantNews | null): WishStep {
  return { wish, flag, news }
}
