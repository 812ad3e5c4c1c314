// A rider among wishes: the wall, his own, what he says of one that was granted.

import { expect, test } from 'vitest'
import type { OwnWish, WallWish } from '../../../contract/kiosk/wish-view.ts'
import { glimpseOf, ownWishes, wallPage, wishActs, wishNotes } from '../../../renderer/flow/wishes.ts'
import { type DrivenFlow, greetRider, SESSION, WALL_MS } from './driven-flow.ts'

const idOf = (number: number): string => `00000000-0000-4000-8000-0000000001${String(number).padStart(2, '0')}`
const own = (number: number, state: OwnWish['state'], change: Partial<OwnWish> = {}): OwnWish => ({
  wish: idOf(number), category: 'small_need', text: '想要一副手套', state, staffWords: null, claim: null, fulfilment: null, postedAtMs: WALL_MS - number * 1_000, notYet: false, ...change,
})
const onWall = (number: number): WallWish => ({
  wish: idOf(number), category: 'hard_rest', text: '想躺二十分钟', who: null, stationName: null, state: 'open', postedAtMs: WALL_MS, again: false, claimUrl: null,
})

function amongOwn(...wishes: OwnWish[]): DrivenFlow {
  const flow = greetRider({ wishes })
  flow.show({ wall: [onWall(50), onWall(51), onWall(52), onWall(53), onWall(54), onWall(55)] })
  flow.tap({ do: 'show_wishes', tab: 'mine' })
  return flow
}

test('One touch says that it arrived, and it is said only when the station has recorded it', () => {
  const flow = amongOwn(own(1, 'fulfilled'))
  flow.taps({ do: 'show_own_wish', wish: idOf(1) }, { do: 'confirm_wish', reached: true })
  expect(flow.asked('confirm_wish')).toEqual({ session: SESSION, request: expect.any(String) as string, wish: idOf(1), reached: true })
  expect(flow.screen('wish').asked?.what).toBe('reached')
  flow.answer('confirm_wish', {})
  expect([flow.state().screen.at, flow.state().notice?.notice]).toEqual(['wishes', { kind: 'wish_noted', what: 'reached', sent: true }])
})

test('Offline it is noted all the same, and says that it is sent later', () => {
  const flow = amongOwn(own(1, 'fulfilled'))
  flow.show({ link: { state: 'offline', lastSyncAtMs: null } })
  flow.taps({ do: 'show_own_wish', wish: idOf(1) }, { do: 'confirm_wish', reached: false })
  flow.answer('confirm_wish', {})
  expect(flow.state().notice?.notice).toEqual({ kind: 'wish_noted', what: 'not_yet', sent: false })
})

test('One that was not granted yet can not be confirmed, and one that moved on says so', () => {
  const flow = amongOwn(own(1, 'claimed'), own(2, 'fulfilled'))
  flow.taps({ do: 'show_own_wish', wish: idOf(1) }, { do: 'confirm_wish', reached: true })
  expect(flow.asked('confirm_wish')).toBe(undefined)
  flow.taps({ do: 'back' }, { do: 'show_own_wish', wish: idOf(2) }, { do: 'confirm_wish', reached: true })
  flow.refuse('confirm_wish', { code: 'wish_not_in_state' })
  expect(flow.screen('wish')).toMatchObject({ asked: null, refusal: { code: 'wish_not_in_state' } })
})

test('Withdrawing says first what it means', () => {
  const flow = amongOwn(own(1, 'claimed'))
  flow.taps({ do: 'show_own_wish', wish: idOf(1) }, { do: 'withdraw_wish' })
  expect([flow.screen('wish').step, flow.asked('withdraw_wish')]).toEqual(['withdraw', undefined])
  flow.tap({ do: 'withdraw_wish' })
  expect(flow.asked('withdraw_wish')).toMatchObject({ wish: idOf(1) })
})

test('What waits for his word comes first, and the greeting says it', () => {
  const flow = amongOwn(own(1, 'open'), own(2, 'in_review'), own(3, 'fulfilled'), own(4, 'asked_back'))
  const { rider } = flow.screen('wishes')
  expect(ownWishes(rider).map(({ state }) => state)).toEqual(['fulfilled', 'asked_back', 'open', 'in_review'])
  expect(wishNotes(rider).map(({ kind }) => kind)).toEqual(['fulfilled', 'asked_back'])
})

test('In every standing there is something to do or nothing left to do', () => {
  expect((['unsent', 'asked_back', 'claimed', 'fulfilled', 'confirmed', 'withdrawn'] as const).map((state) => wishActs(own(1, state)))).toEqual([
    { confirm: false, edit: false, withdraw: true },
    { confirm: false, edit: true, withdraw: true },
    { confirm: false, edit: true, withdraw: true },
    { confirm: true, edit: false, withdraw: false },
    { confirm: false, edit: false, withdraw: false },
    { confirm: false, edit: false, withdraw: false },
  ])
})

test('The wall is turned by whole pages, and back from one wish leads to its page', () => {
  const flow = amongOwn()
  flow.taps({ do: 'show_wishes', tab: 'wall' }, { do: 'turn_page', to: 'next' }, { do: 'turn_page', to: 'next' })
  expect(wallPage(flow.state(), flow.screen('wishes'))).toMatchObject({ page: 1, pages: 2 })
  flow.taps({ do: 'show_wall_wish', wish: idOf(55) }, { do: 'back' })
  expect(flow.screen('wishes')).toMatchObject({ tab: 'wall', page: 1 })
})

test('A long one is cut between signs as people see them, never within a flag or a family', () => {
  const flow = amongOwn()
  const family = '👨‍👩‍👧‍👦'
  const shown = glimpseOf(flow.state(), family.repeat(60))
  expect(shown).toBe(`${family.repeat(41)}…`)
})

test('When the session ends nothing of a wish is left', () => {
  const flow = amongOwn(own(1, 'fulfilled', { text: '想要一副红手套' }))
  flow.tap({ do: 'show_own_wish', wish: idOf(1) })
  flow.tap({ do: 'finish' })
  flow.show({ session: null })
  expect(JSON.stringify(flow.state())).not.toContain('红手套')
})

test('Who has as many under way as there may be is told before he types, here or on the phone, among his own; what is over does not count', () => {
  const over = (['confirmed', 'withdrawn', 'refused'] as const).map((state, index) => own(20 + index, state))
  const full = amongOwn(own(1, 'open'), own(2, 'fulfilled'), own(3, 'unsent'), ...over)
  for (const tap of [{ do: 'write_wish' }, { do: 'show_hand_off', purpose: 'wish' }] as const) {
    full.tap({ do: 'show_wishes', tab: 'wall' })
    full.wait(9_000)
    full.tap(tap)
    expect([full.screen('wishes').tab, full.state().notice?.notice]).toEqual(['mine', { kind: 'wishes_full', wishesMax: 3 }])
  }
  expect(full.state().asks.map(({ name }) => name)).not.toContain('open_hand_off')
  const room = amongOwn(own(1, 'open'), own(2, 'fulfilled'), ...over)
  room.tap({ do: 'write_wish' })
  expect(room.screen('wish_typing').editing).toBeNull()
})
