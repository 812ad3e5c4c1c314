// What the hand-off screens show, as a pure selection of the view: how far the phone is, how long its code is good, and whether
// what came from it is here already.

import type { HandOffPurpose, HandOffRefusal, HandOffShown } from '../../contract/kiosk/hand-off.ts'
import type { FlowState, Rider, Screen } from './flow-state.ts'
import type { HandOffScreen, HandOverScreen } from './visit-state.ts'

export type HandOffStage =
  | { kind: 'connecting' }
  /** `secondsLeft`: of the code, whole. */
  | { kind: 'waiting'; url: string; secondsLeft: number }
  | { kind: 'connected' }
  | { kind: 'received' }
  | { kind: 'expired' }
  | { kind: 'no_network' }
  | { kind: 'refused'; refusal: HandOffRefusal }

/** The hand-off in front, if there is one; not what lies under another screen. */
export function handOffOn(screen: Screen): HandOffScreen | null {
  return screen.at === 'hand_off' || screen.at === 'register_by_phone' ? screen : null
}

/** In front, or under what says for a moment that a code was none: it goes on. */
export function handOffHeld(screen: Screen): HandOffScreen | null {
  const isCovered = screen.at === 'not_understood' || screen.at === 'out_of_order'
  return !isCovered ? handOffOn(screen) : screen.behind === null ? null : handOffOn(screen.behind)
}

export function purposeOf(screen: HandOffScreen): HandOffPurpose {
  return screen.at === 'hand_off' ? screen.purpose : 'register'
}

export function handOffStage(state: FlowState, screen: HandOffScreen): HandOffStage {
  // Until the first view after the answer, the view speaks of the one before, or of none.
  if (screen.phase !== 'open') return { kind: 'connecting' }
  const shown = state.view?.handOff ?? null
  if (shown === null) return { kind: 'expired' }
  if (shown.state === 'refused') return { kind: 'refused', refusal: shown.refusal ?? 'no_address' }
  if (shown.state !== 'waiting') return { kind: shown.state }
  return waiting(shown, state.wallMs)
}

function waiting({ url, endsAtMs }: HandOffShown, wallMs: number): HandOffStage {
  if (url === null || endsAtMs === null) return { kind: 'connecting' }
  // The clock on the screen is up to a second behind: rounded down, it promises nothing.
  const secondsLeft = Math.floor((endsAtMs - wallMs) / 1000)
  return secondsLeft <= 0 ? { kind: 'expired' } : { kind: 'waiting', url, secondsLeft }
}

/** What may change by what a phone does, so that it is seen when it has: his wishes and sign-ups, each as it stands. */
export function ownThings({ session: { wishes, signups } }: Rider): readonly string[] {
  return [...wishes.map(({ wish, state, notYet }) => `${wish} ${state} ${String(notYet)}`), ...signups.map(({ training, state }) => `${training} ${state}`)]
}

/** Central has it, and so has this machine. */
export function hasArrived({ rider, before }: HandOverScreen): boolean {
  const seen = new Set(before)
  return ownThings(rider).some((thing) => !seen.has(thing))
}
