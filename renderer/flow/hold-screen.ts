// Whoever registers is in no session, and a pass that somebody else scans would end what he typed: so the station is told that
// the screen is held, and the next one knocks. Derived from what is on the screen, and told anew where the station's view says
// otherwise (its line broke, or it has forgotten).

import type { FlowState, Screen } from './flow-state.ts'
import { type HandOffStage, handOffStage } from './hand-off.ts'
import { ask } from './steps.ts'

/** Somebody's phone is at it, or on its way; everything else has ended. */
const PHONE_HOLDS: ReadonlySet<HandOffStage['kind']> = new Set<HandOffStage['kind']>(['connecting', 'waiting', 'connected', 'received'])

/** What somebody else's scan would lose: what is not sent yet, or the new pass that is there to be photographed; also under what says for a moment that a code was none. */
export function registeringOn(state: FlowState, screen: Screen = state.screen): 'unsent' | 'pass' | null {
  const { at } = screen
  if (at === 'register') return screen.step === 'begin' ? null : 'unsent'
  if (at === 'register_by_phone') return PHONE_HOLDS.has(handOffStage(state, screen).kind) ? 'unsent' : null
  if (at === 'register_done') return screen.how.kind === 'pass' ? 'pass' : null
  if (at === 'not_understood' || at === 'out_of_order') return screen.behind === null ? null : registeringOn(state, screen.behind)
  return null
}

export function isRegistering(state: FlowState): boolean {
  return registeringOn(state) !== null
}

/** `before`: the state that the input came to; `isNews`: it was the station's view. */
export function holdScreen(before: FlowState, state: FlowState, isNews: boolean): FlowState {
  // Whatever the other screen does now is its own business.
  if (state.screen.at === 'replaced') return state
  const held = isRegistering(state)
  const told = isNews ? lastTold(state) : isRegistering(before)
  return told === held ? state : ask(state, 'hold_screen', { held })
}

function lastTold(state: FlowState): boolean {
  const onItsWay = state.asks.findLast((asked) => asked.name === 'hold_screen')
  return onItsWay?.input.held ?? state.view?.held ?? false
}
