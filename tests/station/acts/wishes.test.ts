import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeSealingKeys } from '../../../central/keys/sealing-keys.ts'
import { openBox } from '../../../central/words/open-box.ts'
import type { Change, MirrorRow } from '../../../contract/sync/sync-protocol.ts'
import { confirmWish, editWish, fulfilWish, postWish, withdrawWish } from '../../../station/acts/wishes.ts'
import { pruneOld, WISH_FACTS_KEPT_MS } from '../../../station/store/prune.ts'
import { raiseFence } from '../../../station/store/fence.ts'
import { ownWishes, wallWishes } from '../../../station/store/wishes.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { LI, openStockedCounter, STATION, type TestCounter, WANG, ZHANG } from '../../support/counter.ts'
import { factsOf } from '../desk/working-desk.ts'

const WISH = '0190b5a2-0000-7000-8000-0000000000f1'

const keys = makeSealingKeys()

/** `sealed`: what its boxes say to whoever has central's key. */
function openCounter(): { counter: TestCounter; sealed: () => string[] } {
  const counter = openStockedCounter()
  applyChanges(counter, [{ kind: 'sealing_key', scope: 'district', number: 1, key: 'current', row: keys.current }])
  const sealed = (): string[] => {
    const boxes = counter.database.read.all<{ ref: string; keyId: string; box: Uint8Array }>('SELECT ref, key_id AS keyId, box FROM sealed_words ORDER BY seq')
    return boxes.map(({ ref, keyId, box }) => {
      const opened = openBox(keys, STATION, { ref, keyId, box: Buffer.from(box).toString('base64url') })
      return typeof opened === 'string' ? opened : opened.text
    })
  }
  return { counter, sealed }
}

function post(counter: TestCounter, more: Partial<Parameters<typeof postWish>[1]> = {}): ReturnType<typeof postWish> {
  return postWish(counter, { request: randomUUID(), rider: ZHANG, category: 'small_need', text: '想要一双冬天的手套', shown: 'anonymous', reach: 'station', ...more })
}

function own(more: Partial<MirrorRow<'own_wish'>> = {}, number = 9): Change {
  return {
    kind: 'own_wish', scope: 'riders', number, key: WISH,
    row: {
      id: WISH, rider: ZHANG, category: 'small_need', text: '手套', state: 'open', staffWords: null, claim: 0, lease: null, fulfilment: null, postedAtMs: 5, notYet: false, includedSeq: 0, ...more,
    },
  }
}

function wall(id: string, more: Partial<MirrorRow<'wall_wish'>> = {}): Change {
  return {
    kind: 'wall_wish', scope: 'district', number: 9, key: id,
    row: { id, category: 'small_need', text: '手套', who: null, stationName: { zh: '南湖', en: 'Nanhu' }, state: 'open', claim: 0, again: false, postedAtMs: 5, changedAtMs: 5, ...more },
  }
}

const LEASE = { by: ['桂苑书店'], untilMs: 99 }

test('a posted wish is one fact without a word of what was typed, and its rider sees that it waits', () => {
  const { counter, sealed } = openCounter()
  const result = post(counter, { text: '  想要一双\n冬天的手套\u202e ' })
  if (!result.ok) throw new Error(result.refusal.code)
  expect(sealed()).toEqual(['想要一双 冬天的手套'])
  const fact = factsOf(counter).at(-1)
  expect(fact).toMatchObject({ kind: 'wish.posted', body: { wish: result.wish, rider: ZHANG, category: 'small_need', shown: 'anonymous', reach: 'station' } })
  expect(JSON.stringify(fact)).not.toContain('手套')
  expect(ownWishes(counter.database.read, ZHANG)).toEqual([
    {
      id: result.wish, rider: ZHANG, category: 'small_need', text: null, state: 'unsent', staffWords: null, claim: 0, lease: null, fulfilment: null,
      postedAtMs: counter.clock.wallMs(), notYet: false,
    },
  ])
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_seq = 1000'))
  expect(ownWishes(counter.database.read, ZHANG)[0]?.state).toBe('in_review')
})

test('the same request is the same wish', () => {
  const { counter } = openCounter()
  const request = randomUUID()
  const first = post(counter, { request })
  expect(post(counter, { request, text: '别的' })).toEqual(first)
  expect(factsOf(counter).filter(({ kind }) => kind === 'wish.posted')).toHaveLength(1)
})

test('nothing, too much by a character as people count, and a fourth wish are refused with the number, and leave nothing', () => {
  const { counter } = openCounter()
  const family = '👨‍👩‍👧‍👦'
  expect(post(counter, { text: ' \u200b ' })).toEqual({ ok: false, refusal: { code: 'wish_empty' } })
  expect(post(counter, { text: family.repeat(141) })).toEqual({ ok: false, refusal: { code: 'wish_too_long', charactersMax: 140, characters: 141 } })
  expect(factsOf(counter).some(({ kind }) => kind === 'wish.posted')).toBe(false)
  expect([family.repeat(140), '二', '三'].map((text) => post(counter, { text }).ok)).toEqual([true, true, true])
  expect(post(counter)).toEqual({ ok: false, refusal: { code: 'wishes_full', wishesMax: 3 } })
  expect(post(counter, { rider: LI }).ok).toBe(true)
})

test('without central’s key nothing typed is taken, and a file whose facts are not booked takes none', () => {
  const plain = openStockedCounter()
  expect(post(plain)).toEqual({ ok: false, refusal: { code: 'words_not_sealable' } })
  const { counter } = openCounter()
  counter.database.write((writer) => raiseFence(writer, 'quarantined'))
  expect(post(counter)).toEqual({ ok: false, refusal: { code: 'out_of_order' } })
})

test('what is done here stands on top of central’s row until that has it inside', () => {
  const { counter } = openCounter()
  applyChanges(counter, [own({ state: 'fulfilled', claim: 2, lease: LEASE })])
  expect(confirmWish(counter, { request: randomUUID(), rider: ZHANG, wish: WISH, reached: false }).ok).toBe(true)
  expect(factsOf(counter).at(-1)).toMatchObject({ kind: 'wish.confirmed', body: { wish: WISH, claim: 2, reached: false } })
  const state = (): unknown => ownWishes(counter.database.read, ZHANG).map((wish) => [wish.state, wish.notYet])
  expect(state()).toEqual([['claimed', true]])
  const seq = counter.database.read.get<{ seq: number }>('SELECT max(seq) AS seq FROM outbox')?.seq ?? 0
  applyChanges(counter, [own({ state: 'fulfilled', claim: 2, lease: LEASE, includedSeq: seq - 1 }, 10)])
  expect(state()).toEqual([['claimed', true]])
  applyChanges(counter, [own({ state: 'fulfilled', claim: 2, lease: LEASE, includedSeq: seq }, 11)])
  expect(state()).toEqual([['fulfilled', false]])
})

test('editing and withdrawing carry the claim that was seen; what is over, not lit yet or another’s is refused', () => {
  const { counter } = openCounter()
  applyChanges(counter, [own({ state: 'claimed', claim: 3, lease: LEASE })])
  const of = { rider: ZHANG, wish: WISH }
  expect(confirmWish(counter, { request: randomUUID(), ...of, reached: true })).toEqual({ ok: false, refusal: { code: 'wish_not_in_state' } })
  expect(editWish(counter, { request: randomUUID(), ...of, text: '换成帽子' }).ok).toBe(true)
  expect(ownWishes(counter.database.read, ZHANG)[0]?.state).toBe('claimed')
  expect(withdrawWish(counter, { request: randomUUID(), ...of }).ok).toBe(true)
  expect(factsOf(counter).slice(-2).map(({ kind, body }) => [kind, (body as { claim: number }).claim])).toEqual([['wish.edited', 3], ['wish.withdrawn', 3]])
  expect(editWish(counter, { request: randomUUID(), ...of, text: '再改' })).toEqual({ ok: false, refusal: { code: 'wish_not_in_state' } })
  expect(withdrawWish(counter, { request: randomUUID(), rider: LI, wish: WISH })).toEqual({ ok: false, refusal: { code: 'wish_unknown' } })
})

test('the wall shows what comes again first, then what waits longest, then the taken, and the latest lit; what was taken back here is gone at once', () => {
  const { counter } = openCounter()
  const ids = Array.from({ length: 6 }, (_, index) => WISH.replace('f1', `e${index}`))
  const [older = '', newer = '', again = '', taken = '', lit = '', litLater = ''] = ids
  applyChanges(counter, [
    wall(older, { changedAtMs: 1 }), wall(newer, { changedAtMs: 2 }), wall(again, { changedAtMs: 3, again: true, claim: 1 }), wall(taken, { state: 'claimed', claim: 1 }),
    wall(lit, { state: 'fulfilled', changedAtMs: 4 }), wall(litLater, { state: 'fulfilled', changedAtMs: 5 }), own({ id: older, state: 'open' }),
  ])
  const seen = (): string[] => wallWishes(counter.database.read).map(({ id }) => id)
  expect(seen()).toEqual([again, older, newer, taken, litLater, lit])
  applyChanges(counter, [{ ...own({ id: older, state: 'open' }), key: older }])
  expect(withdrawWish(counter, { request: randomUUID(), rider: ZHANG, wish: older }).ok).toBe(true)
  expect(seen()).toEqual([again, newer, taken, litLater, lit])
  applyChanges(counter, [{ ...wall(again), number: 10, row: null }])
  expect(seen()).toEqual([newer, taken, litLater, lit])
})

test('staff hand over what a claimant gave, of a wish on the wall that is claimed', () => {
  const { counter } = openCounter()
  applyChanges(counter, [wall(WISH, { state: 'claimed', claim: 2 })])
  const request = randomUUID()
  expect(fulfilWish(counter, { request, staff: WANG, wish: WISH }).ok).toBe(true)
  expect(factsOf(counter).at(-1)).toEqual({ kind: 'wish.fulfilled', body: { request, wish: WISH, staff: WANG, claim: 2 } })
  expect(wallWishes(counter.database.read).map(({ state }) => state)).toEqual(['fulfilled'])
  expect(fulfilWish(counter, { request: randomUUID(), staff: WANG, wish: randomUUID() })).toEqual({ ok: false, refusal: { code: 'wish_unknown' } })
})

test('what was done about wishes long ago goes once central has it, and not before', () => {
  const { counter } = openCounter()
  for (const text of ['一', '二']) post(counter, { text })
  counter.clock.advance(WISH_FACTS_KEPT_MS + 1)
  const left = (): number => counter.database.read.all('SELECT 1 FROM wish_facts').length
  expect([pruneOld(counter.database, counter.clock.wallMs()).wishFacts, left()]).toEqual([0, 2])
  counter.database.write((writer) => writer.run('UPDATE sync_state SET acknowledged_seq = (SELECT max(seq) FROM outbox)'))
  // The last event always stays, and what it left with it.
  expect([pruneOld(counter.database, counter.clock.wallMs()).wishFacts, left()]).toEqual([1, 1])
})
