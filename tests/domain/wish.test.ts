import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  AFTER_NOT_YET_MS, extendClaim, fulfilClaim, grantClaim, holdsClaim, isFrozen, isPublic, lapseClaim, NEW_WISH, reviewWish, seeText, takeFact, type Wish, type WishStage,
} from '../../domain/wish.ts'
import { replayWish, type WishHistoryLine } from '../../domain/wish-history.ts'

const DAY_MS = 86_400_000
const NOW = 1_000 * DAY_MS

function approved(): Wish {
  return must(reviewWish(NEW_WISH, 1, 'approve'))
}

function claimed(wish: Wish = approved()): Wish {
  return must(grantClaim(wish, NOW + 7 * DAY_MS))
}

function must(result: { ok: true; wish: Wish } | { ok: false; error: string }): Wish {
  if (!result.ok) throw new Error(result.error)
  return result.wish
}

test('a wish goes from its review to the wall, to one claimant, is lit and confirmed', () => {
  const lit = must(fulfilClaim(claimed(), 1, NOW))
  const { wish, flag, news } = takeFact(lit, { fact: 'confirmed', claim: 1, reached: true }, NOW)
  expect([NEW_WISH, approved(), claimed(), lit, wish].map(({ stage, claim }) => [stage, claim])).toEqual([['new', 0], ['open', 0], ['claimed', 1], ['fulfilled', 1], ['confirmed', 1]])
  expect({ flag, news }).toEqual({ flag: null, news: { what: 'confirmed', took: true } })
})

test('a second claim is not granted, neither on what is held nor on what is not approved, in review again or over', () => {
  const edited = takeFact(approved(), { fact: 'edited', claim: 0 }, NOW).wish
  const refused = must(reviewWish(NEW_WISH, 1, 'refuse'))
  expect([claimed(), NEW_WISH, edited, refused].map((wish) => grantClaim(wish, NOW))).toEqual([
    { ok: false, error: 'already_claimed' }, { ok: false, error: 'not_open' }, { ok: false, error: 'not_open' }, { ok: false, error: 'not_open' },
  ])
})

test('"not yet" sends it back to the same claimant, with time to put it right', () => {
  const lit = must(fulfilClaim(claimed(), 1, NOW))
  const { wish, news } = takeFact(lit, { fact: 'confirmed', claim: 1, reached: false }, NOW + 6 * DAY_MS)
  expect([wish.stage, wish.claim, wish.notYet, wish.untilMs, news]).toEqual(['claimed', 1, true, NOW + 6 * DAY_MS + AFTER_NOT_YET_MS, { what: 'not_yet', took: true }])
})

test('a lease that is over gives nothing: the wish is back on the wall, and first; the next lease has the next number', () => {
  const back = lapseClaim(claimed())
  const again = claimed(back)
  expect([back.stage, back.again, back.untilMs, again.claim]).toEqual(['open', true, null, 2])
  expect(fulfilClaim(again, 1, NOW)).toEqual({ ok: false, error: 'claim_over' })
  expect(holdsClaim(claimed(), 1, NOW + 7 * DAY_MS)).toBe(false)
  expect(lapseClaim(must(fulfilClaim(claimed(), 1, NOW))).stage).toBe('fulfilled')
})

test('what was meant for an earlier lease changes nothing but is flagged, and the present claimant is told', () => {
  const second = claimed(lapseClaim(claimed()))
  for (const fact of [{ fact: 'confirmed', claim: 1, reached: true }, { fact: 'confirmed', claim: 1, reached: false }, { fact: 'fulfilled', claim: 1 }] as const) {
    const { wish, flag, news } = takeFact(second, fact, NOW)
    expect({ wish, flag, took: news?.took }).toEqual({ wish: second, flag: 'claim_stale', took: false })
  }
})

test('the rider’s own words and his withdrawal count whatever lease he saw; that he saw another one is said', () => {
  const second = claimed(lapseClaim(claimed()))
  const edited = takeFact(second, { fact: 'edited', claim: 1 }, NOW)
  const withdrawn = takeFact(second, { fact: 'withdrawn', claim: 1 }, NOW)
  expect([edited.wish.version, edited.wish.stage, edited.flag, edited.news]).toEqual([2, 'claimed', 'claim_stale', { what: 'edited', took: true }])
  expect([withdrawn.wish.stage, withdrawn.flag, withdrawn.news]).toEqual(['withdrawn', 'claim_stale', { what: 'withdrawn', took: true }])
  const lit = must(fulfilClaim(second, 2, NOW))
  expect(takeFact(lit, { fact: 'withdrawn', claim: 2 }, NOW)).toEqual({ wish: lit, flag: 'wish_not_in_state', news: { what: 'withdrawn', took: false } })
})

test('a text edited after the claim is off the wall until it is approved, and nothing is done on it before the claimant has seen it', () => {
  const edited = takeFact(claimed(), { fact: 'edited', claim: 1 }, NOW).wish
  expect([isPublic(claimed()), isPublic(edited), isFrozen(edited)]).toEqual([true, false, false])
  const again = must(reviewWish(edited, 2, 'approve'))
  expect([isPublic(again), isFrozen(again)]).toEqual([true, true])
  expect([fulfilClaim(again, 1, NOW), extendClaim(again, 1, { nowMs: NOW, byMs: DAY_MS, extensionsMax: 2 })]).toEqual(
    [{ ok: false, error: 'text_unseen' }, { ok: false, error: 'text_unseen' }],
  )
  expect(must(fulfilClaim(must(seeText(again, 1)), 1, NOW)).stage).toBe('fulfilled')
})

test('a lease that a restored central has forgotten gives its number to no other', () => {
  const { wish, flag } = takeFact(approved(), { fact: 'confirmed', claim: 3, reached: true }, NOW)
  expect([wish.stage, wish.claim, flag, claimed(wish).claim]).toEqual(['open', 3, 'claim_stale', 4])
})

test('an edit that is refused leaves what was approved on the wall; a review is of the text that was read', () => {
  const edited = takeFact(approved(), { fact: 'edited', claim: 0 }, NOW).wish
  const refused = must(reviewWish(edited, 2, 'refuse'))
  expect([refused.stage, refused.approvedVersion, isPublic(refused)]).toEqual(['open', 1, true])
  expect([reviewWish(edited, 1, 'approve'), reviewWish(refused, 2, 'approve'), reviewWish({ ...edited, stage: 'withdrawn' }, 2, 'approve')]).toEqual([
    { ok: false, error: 'version_superseded' }, { ok: false, error: 'already_reviewed' }, { ok: false, error: 'wish_over' },
  ])
  expect(must(reviewWish(must(reviewWish(NEW_WISH, 1, 'ask_back')), 1, 'approve')).stage).toBe('open')
})

// ── any order of anything ──

const isHeld = ({ stage }: Wish): boolean => stage === 'claimed' || stage === 'fulfilled'
const isFact = (act: WishHistoryLine['act']): boolean => ['edited', 'withdrawn', 'confirmed', 'not_yet', 'handed_over'].includes(act)

const RANK: Record<WishStage, number> = { new: 0, open: 1, claimed: 2, fulfilled: 3, confirmed: 4, withdrawn: 5, refused: 5 }

const anyAct = fc.oneof(
  fc.record({ act: fc.constantFrom('edited' as const, 'withdrawn' as const, 'confirmed' as const, 'not_yet' as const, 'handed_over' as const), claim: fc.nat(3) }),
  fc.record({ act: fc.constantFrom('approved' as const, 'asked_back' as const, 'refused' as const), claim: fc.constant(0), ofNewest: fc.boolean() }),
  fc.record({ act: fc.constantFrom('claimed' as const, 'claimed' as const, 'extended' as const, 'fulfilled' as const, 'seen' as const, 'lapsed' as const), claim: fc.nat(3) }),
)
type AnyAct = typeof anyAct extends fc.Arbitrary<infer Act> ? Act : never

/** What the act makes of the wish, and its line; null: it is refused. */
function doAct(wish: Wish, given: AnyAct, nowMs: number): { wish: Wish; line: WishHistoryLine } | null {
  const line = { act: given.act, claim: given.claim, version: null as number | null, untilMs: null as number | null, atMs: nowMs }
  const taken = (next: Wish): { wish: Wish; line: WishHistoryLine } => ({ wish: next, line: { ...line, untilMs: next.stage === 'claimed' ? next.untilMs : null } })
  switch (given.act) {
    case 'edited':
    case 'withdrawn':
      return taken(takeFact(wish, { fact: given.act, claim: given.claim }, nowMs).wish)
    case 'confirmed':
    case 'not_yet':
      return taken(takeFact(wish, { fact: 'confirmed', claim: given.claim, reached: given.act === 'confirmed' }, nowMs).wish)
    case 'handed_over':
      return taken(takeFact(wish, { fact: 'fulfilled', claim: given.claim }, nowMs).wish)
    case 'approved':
    case 'asked_back':
    case 'refused': {
      const version = 'ofNewest' in given && given.ofNewest ? wish.version : 1
      const result = reviewWish(wish, version, given.act === 'approved' ? 'approve' : given.act === 'refused' ? 'refuse' : 'ask_back')
      return result.ok ? { wish: result.wish, line: { ...line, version, untilMs: result.wish.stage === 'claimed' ? result.wish.untilMs : null } } : null
    }
    case 'claimed':
    case 'extended':
    case 'fulfilled':
    case 'seen': {
      const results = {
        claimed: () => grantClaim(wish, nowMs + 7 * DAY_MS), extended: () => extendClaim(wish, given.claim, { nowMs, byMs: DAY_MS, extensionsMax: 2 }),
        fulfilled: () => fulfilClaim(wish, given.claim, nowMs), seen: () => seeText(wish, given.claim),
      }
      const result = results[given.act]()
      return result.ok ? taken(result.wish) : null
    }
    case 'lapsed':
      return wish.stage === 'claimed' && (wish.untilMs ?? 0) <= nowMs ? taken(lapseClaim(wish)) : null
  }
}

test('in any order of anything a wish only moves forward within one lease, numbers only rise, and the history tells the whole of it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyAct, fc.nat(3)), { maxLength: 60 }), (acts) => {
      let wish = NEW_WISH
      let nowMs = NOW
      const lines: WishHistoryLine[] = [{ act: 'posted', claim: 0, version: null, untilMs: null, atMs: NOW }]
      for (const [act, days] of acts) {
        nowMs += days * DAY_MS
        const done = doAct(wish, act, nowMs)
        if (done === null) continue
        const isBack = RANK[done.wish.stage] < RANK[wish.stage]
        const mayGoBack = act.act === 'lapsed' || act.act === 'not_yet'
        expect(isBack && !mayGoBack).toBe(false)
        // A number that was seen and is not known is not given again.
        expect(done.wish.claim).toBe(act.act === 'claimed' ? wish.claim + 1 : isHeld(wish) || !isFact(act.act) ? wish.claim : Math.max(wish.claim, act.claim))
        expect(done.wish.version).toBeGreaterThanOrEqual(wish.version)
        expect(wish.stage === 'confirmed' || wish.stage === 'withdrawn' || wish.stage === 'refused' ? done.wish.stage : wish.stage).toBe(wish.stage)
        expect(done.wish.seenVersion <= done.wish.approvedVersion && done.wish.approvedVersion <= done.wish.version).toBe(true)
        wish = done.wish
        lines.push(done.line)
      }
      expect(replayWish(lines)).toEqual(wish)
    }),
    { numRuns: 2_000 },
  )
})

test('what is no history of a wish is none', () => {
  const line = (act: WishHistoryLine['act']): WishHistoryLine => ({ act, claim: 1, version: 1, untilMs: NOW, atMs: NOW })
  expect([replayWish([]), replayWish([line('claimed')]), replayWish([line('posted'), line('fulfilled')]), replayWish([line('posted'), line('posted')])]).toEqual([null, null, null, null])
})
