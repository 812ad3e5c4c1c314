// A commit that got no plain answer: looked for again, or ended with words that say what is not known.

import { restockLines } from './counting.ts'
import { DONE_MS } from './flow-limits.ts'
import type { FlowState, Unfinished } from './flow-state.ts'
import { ask, felt, finish, goTo, sound } from './steps.ts'

/** Asks whether a commit without an answer was recorded: a redemption is looked up, a restock is sent again under its own number. */
export function findAgain(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  if (screen.at === 'committing') {
    return { ...ask(state, 'find_redemption', { request: screen.request }), screen: { ...screen, phase: 'finding', sinceMs: atMs } }
  }
  if (screen.at === 'restock_committing') {
    const input = { session: screen.staff.session.session, request: screen.request, lines: restockLines(screen.staff) }
    return { ...ask(state, 'restock', input), screen: { ...screen, phase: 'finding', sinceMs: atMs } }
  }
  if (screen.at === 'beginning_anew') return { ...state, screen: { ...screen, phase: 'finding', sinceMs: atMs } }
  return state
}

/** Says how an act ended without a plain yes or no, and ends the session behind it. */
export function unfinished(state: FlowState, why: Unfinished, atMs: number): FlowState {
  const ended = finish(state, atMs)
  const said = goTo(ended, { at: 'unfinished', why, closesAtMs: atMs + felt(state, DONE_MS) }, atMs)
  return sound({ ...said, language: state.language, slow: state.slow }, 'warning')
}
