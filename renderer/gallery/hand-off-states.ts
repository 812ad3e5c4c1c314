// The gallery's states of the phone hand-off: the code, what the phone has done, and every way in which it is closed.

import type { HandOffPurpose, HandOffShown } from '../../contract/kiosk/hand-off.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import type { Rider } from '../flow/flow-state.ts'
import type { HandOffPhase } from '../flow/visit-state.ts'
import { demoRider, GALLERY_AT_MS, GALLERY_WALL_MS } from './demo-view.ts'
import type { Draw } from './gallery-states.ts'

const URL = 'https://boai.urumqi-redcross.example.cn/phone/#7Q2M9XK4TZ0WB3HE'
const rider: Rider = { session: demoRider(), cart: [], balanceShown: true }

const shown = (purpose: HandOffPurpose, state: HandOffShown['state'], over: Partial<HandOffShown> = {}): Partial<KioskView> => ({
  handOff: { purpose, state, url: null, refusal: null, endsAtMs: null, pass: null, ...over },
})

const handOff = (purpose: HandOffPurpose, state: HandOffShown['state'], over: Partial<HandOffShown> = {}, phase: HandOffPhase = 'open'): Draw => () => {
  const steps = { phase, sinceMs: GALLERY_AT_MS, receivedAtMs: state === 'received' ? GALLERY_AT_MS : null }
  return { screen: purpose === 'register' ? { at: 'register_by_phone', ...steps } : { at: 'hand_off', rider, purpose, before: [], ...steps }, view: shown(purpose, state, over) }
}

const waiting = (purpose: HandOffPurpose, secondsLeft = 272): Draw => handOff(purpose, 'waiting', { url: URL, endsAtMs: GALLERY_WALL_MS + secondsLeft * 1000 })

export const HAND_OFF_DRAWS: Readonly<Record<string, Draw>> = {
  'hand-off-connecting': handOff('wish', 'connecting', {}, 'asked'),
  'hand-off-wish': waiting('wish'),
  'hand-off-points': waiting('my_points'),
  'hand-off-trainings': waiting('my_trainings'),
  'hand-off-wishes': waiting('my_wishes', 9),
  'hand-off-register': waiting('register'),
  'hand-off-register-connecting': handOff('register', 'connecting', {}, 'asked'),
  'hand-off-connected-wish': handOff('wish', 'connected'),
  'hand-off-connected-points': handOff('my_points', 'connected'),
  'hand-off-connected-register': handOff('register', 'connected'),
  'hand-off-received': handOff('wish', 'received'),
  'hand-off-received-register': handOff('register', 'received'),
  'hand-off-expired': handOff('wish', 'expired'),
  'hand-off-expired-register': handOff('register', 'expired'),
  'hand-off-no-network': handOff('wish', 'no_network'),
  'hand-off-no-network-points': handOff('my_points', 'no_network'),
  'hand-off-no-network-register': handOff('register', 'no_network'),
  'hand-off-refused-unknown': handOff('my_points', 'refused', { refusal: 'rider_unknown' }),
  'hand-off-refused-suspended': handOff('my_wishes', 'refused', { refusal: 'rider_suspended' }),
  'hand-off-refused-many': handOff('wish', 'refused', { refusal: 'too_many' }),
  'hand-off-refused-address': handOff('register', 'refused', { refusal: 'no_address' }),
}
