// The one door of the flow: a state and an input make the next state. No IO, no clock, no chance in here.

import type { FlowInput, FlowState } from './flow-state.ts'
import { followView, wholeSecond } from './follow-view.ts'
import { closeBehind } from './hand-off-taps.ts'
import { holdScreen } from './hold-screen.ts'
import { passTime } from './pass-time.ts'
import { scanSetUp } from './set-up.ts'
import { ask, canAsk, goTo, say, withoutSessionInView } from './steps.ts'
import { findLine, loseLine, takeAnswer } from './take-answer.ts'
import { takeScan } from './take-scan.ts'
import { fromFirstPage, takeTap } from './take-tap.ts'

export function reduceFlow(state: FlowState, input: FlowInput): FlowState {
  return holdScreen(state, closeBehind(state, take(state, input)), input.event.type === 'view_came')
}

function take(state: FlowState, { event, atMs, freshId }: FlowInput): FlowState {
  switch (event.type) {
    case 'tick':
      return passTime(state, atMs)
    case 'tapped':
      return takeTap(state, event.tap, atMs, freshId)
    case 'wedge_read':
      return readWedge({ ...state, wedgeHeard: true }, event.text, atMs)
    case 'laid_out':
      return fromFirstPage({ ...state, layout: event.layout }, atMs)
    case 'link_up':
      return findLine(state, atMs)
    case 'link_down':
      return loseLine(state, atMs)
    case 'view_came':
      return followView(state, event.view, atMs)
    case 'beat_came':
      return { ...state, clock: { wallMs: event.nowMs, atMs }, wallMs: wholeSecond(event.nowMs) }
    case 'scanned':
      return takeScan(state, event.number, event.outcome, atMs)
    case 'answered':
      return takeAnswer(state, event, atMs)
    case 'dictionary_came':
      return { ...state, dictionary: event.dictionary }
    case 'replaced':
      return beReplaced(state, atMs)
  }
}

function readWedge(state: FlowState, text: string, atMs: number): FlowState {
  if (state.screen.at === 'replaced') return state
  if (state.screen.at === 'set_up') return scanSetUp(state, text, atMs)
  return canAsk(state, 'scan') ? ask(state, 'scan', { text, source: 'wedge' }) : say(state, { kind: 'station_busy' }, atMs)
}

/** The other screen has the station now, and whoever is in session there is none of this one's business. */
function beReplaced(state: FlowState, atMs: number): FlowState {
  return goTo({ ...withoutSessionInView(loseLine(state, atMs)), idle: null, notice: null }, { at: 'replaced' }, atMs)
}
