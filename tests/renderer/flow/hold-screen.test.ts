// Registering is in no session: the station is told that the screen is held, and whoever scans meanwhile is asked about first.

import { expect, test } from 'vitest'
import { overlayOf } from '../../../renderer/flow/selectors.ts'
import { OTHER_SESSION, riderSession } from './driven-flow.ts'
import { agreed, begun, CONSENT, filled, left, PASS, RIDER, sent } from './driven-register.ts'

test('from the consent on the station is told that the screen is held, and that it is no more when he has left', () => {
  const flow = begun()
  expect(flow.asked('hold_screen')).toBeUndefined()
  flow.tap({ do: 'register_here' })
  expect(flow.asked('hold_screen')).toEqual({ held: true })
  flow.show({ consent: CONSENT, held: true })
  flow.taps({ do: 'register_agree' }, { do: 'finish' })
  expect(flow.state().screen.at).toBe('attract')
  expect(flow.asked('hold_screen')).toEqual({ held: false })
})

test('a station that has forgotten it, or was away, is told anew', () => {
  const flow = agreed()
  flow.show({ consent: CONSENT, held: true })
  flow.send({ type: 'link_down' })
  flow.send({ type: 'link_up' })
  flow.show({ consent: CONSENT, held: false })
  expect(flow.screen('register').step).toBe('name')
  expect(flow.asked('hold_screen')).toEqual({ held: true })
})

test('a code by phone holds it too while it is good; an expired one does not', () => {
  const flow = begun()
  flow.tap({ do: 'register_by_phone' })
  expect(flow.asked('hold_screen')).toEqual({ held: true })
  flow.answer('open_hand_off', {})
  flow.show({ consent: CONSENT, held: true, handOff: { purpose: 'register', state: 'expired', url: null, refusal: null, endsAtMs: null, pass: null } })
  expect(flow.asked('hold_screen')).toEqual({ held: false })
})

test('a knock at somebody who registers asks first and says what would be lost; "not finished" keeps every word', () => {
  const flow = filled()
  const { name, phone } = flow.screen('register')
  flow.scan({ kind: 'knocked' })
  flow.show({ consent: CONSENT, held: true, knock: { number: 1, kind: 'rider' } })
  expect(overlayOf(flow.state())).toEqual({ kind: 'knock', holder: 'rider', openLines: 0, registering: 'unsent' })
  flow.tap({ do: 'answer_knock', letIn: false })
  expect(flow.asked('answer_knock')).toEqual({ knock: 1, letIn: false })
  expect(overlayOf(flow.state())).toBeNull()
  expect(flow.screen('register')).toMatchObject({ name, phone })
})

test('letting in wipes what was typed at once and greets the next one', () => {
  const flow = filled()
  flow.show({ consent: CONSENT, held: true, knock: { number: 1, kind: 'rider' } })
  flow.tap({ do: 'answer_knock', letIn: true })
  expect(flow.asked('answer_knock')).toEqual({ knock: 1, letIn: true })
  expect(flow.state().screen.at).toBe('attract')
  expect(left(flow)).not.toMatch(/13800138000|王/)
  flow.show({ held: false, knock: null, session: riderSession({ session: OTHER_SESSION }) })
  expect(flow.state().screen.at).toBe('greeting')
})

test('while the station is being asked nobody is let in over it', () => {
  const flow = sent()
  flow.show({ consent: CONSENT, held: true, knock: { number: 1, kind: 'rider' } })
  expect(overlayOf(flow.state())).toBeNull()
})

test('a screen whose station another one has taken says nothing of what happens there', () => {
  const flow = agreed()
  flow.show({ consent: CONSENT, held: true })
  flow.send({ type: 'replaced' })
  flow.show({ consent: CONSENT, held: true })
  expect(flow.state().asks).toEqual([])
})

test('a new pass that is there to be photographed is not taken away by the next one’s scan; what only waits is', () => {
  const flow = sent()
  flow.show({ consent: CONSENT, held: true })
  flow.answer('register', { rider: RIDER, pass: PASS })
  flow.show({ consent: CONSENT, held: true, knock: { number: 1, kind: 'rider' } })
  expect([flow.asked('hold_screen'), overlayOf(flow.state())]).toEqual([{ held: true }, { kind: 'knock', holder: 'rider', openLines: 0, registering: 'pass' }])
  flow.tap({ do: 'answer_knock', letIn: false })
  expect([flow.screen('register_done').how, overlayOf(flow.state())]).toEqual([{ kind: 'pass', pass: PASS }, null])
  flow.tap({ do: 'finish' })
  expect(flow.asked('hold_screen')).toEqual({ held: false })

  const waiting = sent()
  waiting.show({ consent: CONSENT, held: true })
  waiting.answer('register', { rider: RIDER, pass: null })
  expect(waiting.asked('hold_screen')).toEqual({ held: false })
})
