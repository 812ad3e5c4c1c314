// A phone beside the kiosk, as the screen sees it: the code, what the phone does, and that no way of leaving leaves a code behind.

import { expect, test } from 'vitest'
import { HAND_OFF_PURPOSES, type HandOffShown } from '../../../contract/kiosk/hand-off.ts'
import type { KioskView, RiderSession } from '../../../contract/kiosk/kiosk-view.ts'
import type { OwnWish } from '../../../contract/kiosk/wish-view.ts'
import { handOffOn, type HandOffStage, handOffStage } from '../../../renderer/flow/hand-off.ts'
import { ON_PHONE_IDLE_MS, READING_IDLE_MS, TYPING_IDLE_MS } from '../../../renderer/flow/flow-limits.ts'
import { noticeTone } from '../../../renderer/flow/notice-tone.ts'
import { type DrivenFlow, driveFlow, greetRider, riderSession, SESSION, WALL_MS } from './driven-flow.ts'

const URL = 'https://central.example/phone/#7Q2M9XK4TZ0WB3HE'
const PASS = 'BXZ1:NEWCOMER'
const CONSENT = { version: 1, text: { zh: '说明。', en: 'Text.' } }
const WISH: OwnWish = { wish: '00000000-0000-4000-8000-00000000ffee', category: 'small_need', text: null, state: 'in_review', staffWords: null, claim: null, fulfilment: null, postedAtMs: WALL_MS, notYet: false }

const shown = (state: HandOffShown['state'], over: Partial<HandOffShown> = {}): Pick<KioskView, 'handOff'> => ({
  handOff: { purpose: 'wish', state, url: null, refusal: null, endsAtMs: null, pass: null, ...over },
})
const waiting = (flow: DrivenFlow, forMs = 300_000): Pick<KioskView, 'handOff'> => shown('waiting', { url: URL, endsAtMs: WALL_MS + flow.atMs() - 1_000 + forMs })

function stage(flow: DrivenFlow): HandOffStage {
  const screen = handOffOn(flow.state().screen)
  if (screen === null) throw new Error(`the screen is ${flow.state().screen.at}`)
  return handOffStage(flow.state(), screen)
}

/** A rider holds his phone to a code for a wish. */
function handedOver(session: Partial<RiderSession> = {}): DrivenFlow {
  const flow = greetRider(session)
  flow.taps({ do: 'show_wishes', tab: 'wall' }, { do: 'show_hand_off', purpose: 'wish' })
  flow.answer('open_hand_off', {})
  flow.show(waiting(flow))
  return flow
}

const closed = (flow: DrivenFlow): boolean => flow.asked('close_hand_off') !== undefined

test('The station is asked once, for the rider of this session, and the code is shown with the time it has left', () => {
  const flow = greetRider()
  flow.tap({ do: 'show_hand_off', purpose: 'my_points' })
  expect(flow.asked('open_hand_off')).toEqual({ session: SESSION, purpose: 'my_points' })
  expect(stage(flow)).toEqual({ kind: 'connecting' })
  flow.tap({ do: 'new_code' })
  expect(flow.state().asks.filter(({ name }) => name === 'open_hand_off')).toHaveLength(1)
  flow.answer('open_hand_off', {})
  flow.show(shown('connecting'))
  expect(stage(flow)).toEqual({ kind: 'connecting' })
  flow.show(waiting(flow))
  expect(stage(flow)).toEqual({ kind: 'waiting', url: URL, secondsLeft: 300 })
  flow.wait(28_000)
  expect(stage(flow)).toEqual({ kind: 'waiting', url: URL, secondsLeft: 272 })
})

test('What the view still says of the one before is not taken for the new one', () => {
  const flow = handedOver()
  flow.show(shown('expired'))
  expect(stage(flow)).toEqual({ kind: 'expired' })
  flow.tap({ do: 'new_code' })
  expect(stage(flow)).toEqual({ kind: 'connecting' })
  flow.show(shown('expired'))
  expect(stage(flow)).toEqual({ kind: 'connecting' })
  flow.answer('open_hand_off', {})
  expect(stage(flow)).toEqual({ kind: 'connecting' })
  flow.show(waiting(flow))
  expect(stage(flow)).toMatchObject({ kind: 'waiting' })
  expect(closed(flow)).toBe(false)
})

test('A code whose time is over is not shown any more, also where the station is late to say so', () => {
  const flow = handedOver()
  flow.show(waiting(flow, 2_000))
  flow.wait(750)
  expect(stage(flow)).toMatchObject({ kind: 'waiting', secondsLeft: 1 })
  flow.wait(1_500)
  expect(stage(flow)).toEqual({ kind: 'expired' })
})

test('A wish that came from the phone is among his own as soon as this machine has it, and the screen says so', () => {
  const flow = handedOver()
  flow.show(shown('connected'))
  expect(stage(flow)).toEqual({ kind: 'connected' })
  flow.show(shown('received'))
  expect([stage(flow), flow.state().sound?.name]).toEqual([{ kind: 'received' }, 'done'])
  flow.show({ session: riderSession({ wishes: [WISH] }) })
  expect(flow.screen('wishes')).toMatchObject({ tab: 'mine' })
  expect(flow.state().notice?.notice).toEqual({ kind: 'came_from_phone', purpose: 'wish' })
  expect(noticeTone({ kind: 'came_from_phone', purpose: 'wish' })).toBe('good')
  expect(closed(flow)).toBe(true)
})

test('What this machine does not hear of within two seconds is gone to all the same, at once by a touch', () => {
  const flow = handedOver({ wishes: [WISH] })
  flow.show(shown('received'))
  flow.wait(1_500)
  expect(flow.state().screen.at).toBe('hand_off')
  flow.wait(750)
  expect(flow.screen('wishes')).toMatchObject({ tab: 'mine' })
  const touched = handedOver()
  touched.show(shown('received'))
  touched.tap({ do: 'see_received' })
  expect(touched.screen('wishes')).toMatchObject({ tab: 'mine' })
})

test.each(HAND_OFF_PURPOSES.filter((purpose) => purpose !== 'register'))('Where the phone way is closed, %s is one touch away on this screen', (purpose) => {
  const flow = greetRider()
  flow.tap({ do: 'show_hand_off', purpose })
  flow.answer('open_hand_off', {})
  flow.show(shown('no_network', { purpose }))
  expect([stage(flow), flow.state().sound?.name]).toEqual([{ kind: 'no_network' }, 'warning'])
  flow.tap({ do: 'without_phone' })
  expect(flow.state().screen.at).toBe({ wish: 'wish_typing', my_points: 'my_points', my_trainings: 'trainings', my_wishes: 'wishes' }[purpose])
  expect(closed(flow)).toBe(true)
})

test('Why central gives none is said; whoever may not wish hears it before he is sent to his phone', () => {
  const flow = handedOver()
  flow.show(shown('refused', { refusal: 'too_many' }))
  expect(stage(flow)).toEqual({ kind: 'refused', refusal: 'too_many' })
  const suspended = greetRider({ standing: 'suspended' })
  suspended.tap({ do: 'show_hand_off', purpose: 'wish' })
  expect([suspended.asked('open_hand_off'), suspended.state().notice?.notice.kind]).toEqual([undefined, 'rider_suspended'])
})

test('Words on the keyboard are not lost to the phone by one touch', () => {
  const flow = greetRider()
  flow.taps({ do: 'write_wish' }, { do: 'type_key', key: { kind: 'sign', sign: '7' } }, { do: 'show_hand_off', purpose: 'wish' })
  expect([flow.state().screen.at, flow.state().notice?.notice.kind]).toEqual(['wish_typing', 'words_unposted'])
  flow.tap({ do: 'show_hand_off', purpose: 'wish' })
  expect(flow.state().screen.at).toBe('hand_off')
})

test('A session that the station has ended opens nothing; an answer that does not come is not waited for', () => {
  const flow = greetRider()
  flow.tap({ do: 'show_hand_off', purpose: 'my_wishes' })
  flow.refuse('open_hand_off', { code: 'session_ended' })
  flow.show({ session: null })
  expect([flow.state().screen.at, flow.state().notice?.notice.kind]).toEqual(['attract', 'session_ended'])
  const silent = greetRider()
  silent.tap({ do: 'show_hand_off', purpose: 'my_wishes' })
  silent.wait(8_250)
  expect(stage(silent)).toEqual({ kind: 'expired' })
})

// ── leaving ──

const WAYS: Readonly<Record<string, (flow: DrivenFlow) => void>> = {
  'back': (flow) => flow.tap({ do: 'back' }),
  'finish': (flow) => flow.tap({ do: 'finish' }),
  'nobody there': (flow) => flow.wait(TYPING_IDLE_MS + 21_000),
  'the station ends the session': (flow) => flow.show({ session: null }),
  'another pass': (flow) => {
    flow.scan({ kind: 'session_opened' })
    flow.show({ session: riderSession({ session: '00000000-0000-4000-8000-00000000bbbb' }) })
  },
  'goods': (flow) => flow.scan({ kind: 'item', item: 'soap', units: 1 }),
}

test.each(Object.keys(WAYS))('%s: the station is told that the code is not to be used any more', (name) => {
  const flow = handedOver()
  expect(closed(flow)).toBe(false)
  WAYS[name]?.(flow)
  expect([handOffOn(flow.state().screen), closed(flow)]).toEqual([null, true])
})

test('A code that is none is said for a moment, and the phone goes on; what it sent meanwhile is not missed', () => {
  const flow = handedOver()
  flow.show(shown('connected'))
  flow.scan({ kind: 'refused', verdict: 'foreign', detail: 'payment' })
  flow.show(shown('received'))
  expect([flow.state().screen.at, closed(flow)]).toEqual(['not_understood', false])
  flow.wait(10_250)
  expect([stage(flow), flow.state().sound?.name]).toEqual([{ kind: 'received' }, 'done'])
  const newcomer = registering()
  newcomer.scan({ kind: 'refused', verdict: 'foreign', detail: 'payment' })
  newcomer.tap({ do: 'back' })
  expect([stage(newcomer).kind, closed(newcomer)]).toEqual(['waiting', false])
})

test('Nothing of it outlives the session', () => {
  const flow = handedOver({ wishes: [WISH] })
  flow.tap({ do: 'finish' })
  flow.show({ session: null, handOff: null })
  expect(JSON.stringify(flow.state())).not.toMatch(/7Q2M9XK4TZ0WB3HE|ffee/)
})

test('When the line to the station is gone, so is the code; afterwards there is a new one for a touch', () => {
  const flow = handedOver()
  flow.send({ type: 'link_down' })
  expect(flow.state().screen.at).toBe('out_of_order')
  flow.send({ type: 'link_up' })
  flow.show({ handOff: null })
  expect(stage(flow)).toEqual({ kind: 'expired' })
})

test('Somebody who fills in a page on his phone is somebody who is here: the session is kept, and not for ever', () => {
  const flow = handedOver()
  flow.show(shown('connected'))
  flow.wait(ON_PHONE_IDLE_MS - 1_000)
  expect([flow.state().idle, flow.asked('keep_session')]).toEqual([null, { session: SESSION }])
  flow.wait(2_000)
  expect(flow.state().idle).not.toBe(null)
  flow.wait(21_000)
  expect([flow.state().screen.at, closed(flow)]).toEqual(['attract', true])
  expect(ON_PHONE_IDLE_MS).toBeGreaterThan(2 * READING_IDLE_MS)
})

// ── registering ──

function registering(): DrivenFlow {
  const flow = driveFlow()
  flow.show({ consent: CONSENT })
  flow.taps({ do: 'show_register' }, { do: 'register_by_phone' })
  flow.answer('open_hand_off', {})
  flow.show({ handOff: { ...shown('waiting').handOff, purpose: 'register', url: URL, endsAtMs: WALL_MS + 300_000 } as HandOffShown })
  return flow
}

test('Whoever registers is nobody yet; his pass is shown, then forgotten', () => {
  const flow = registering()
  expect([flow.asked('open_hand_off'), stage(flow).kind]).toEqual([undefined, 'waiting'])
  flow.show(shown('connected', { purpose: 'register' }))
  flow.show(shown('received', { purpose: 'register' }))
  expect(stage(flow)).toEqual({ kind: 'received' })
  flow.show(shown('received', { purpose: 'register', pass: PASS }))
  expect(flow.screen('register_done').how).toEqual({ kind: 'pass', pass: PASS })
  expect(closed(flow)).toBe(true)
  flow.show({ handOff: null })
  flow.wait(60_250)
  expect(flow.state().screen.at).toBe('attract')
  expect(JSON.stringify(flow.state())).not.toContain(PASS)
})

test('A pass that central does not tell is not waited for: he is welcomed, and hears when he gets it', () => {
  const flow = registering()
  flow.show(shown('received', { purpose: 'register' }))
  flow.wait(5_250)
  expect(flow.screen('register_done').how).toEqual({ kind: 'waits', online: true })
})

test('The phone is one of two ways, from a visit that this machine does not know too; the other is a touch away, and back leads to both', () => {
  const flow = greetRider({ standing: 'unknown', maskedName: null, points: null })
  flow.show({ consent: CONSENT })
  flow.taps({ do: 'show_register' }, { do: 'register_by_phone' })
  expect([flow.asked('end_session'), flow.asked('open_hand_off')]).toEqual([{ session: SESSION }, { session: null, purpose: 'register' }])
  flow.show({ session: null })
  flow.answer('open_hand_off', {})
  flow.show(shown('no_network', { purpose: 'register' }))
  flow.tap({ do: 'back' })
  expect([flow.screen('register').step, closed(flow)]).toEqual(['begin', true])
  flow.tap({ do: 'register_by_phone' })
  flow.answer('open_hand_off', {})
  flow.show(shown('no_network', { purpose: 'register' }))
  flow.tap({ do: 'without_phone' })
  expect(flow.screen('register').step).toBe('consent')
  flow.tap({ do: 'register_by_phone' })
  expect(flow.screen('register').step).toBe('consent')
})

test('Whoever scans his pass while somebody else’s code is shown is greeted, and the code is over', () => {
  const flow = registering()
  flow.scan({ kind: 'session_opened' })
  flow.show({ session: riderSession() })
  expect([flow.state().screen.at, closed(flow)]).toEqual(['greeting', true])
})
