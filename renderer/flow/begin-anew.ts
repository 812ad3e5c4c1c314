// The end of beginning anew: the station says so, or it is there again and its trouble is gone. Whoever did it hears what to
// do next; his session went with the old file.

import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { DONE_MS } from './flow-limits.ts'
import type { FlowState } from './flow-state.ts'
import { felt, finish, goTo, sound } from './steps.ts'

export function hasBegunAnew(state: FlowState, view: KioskView): boolean {
  const code = view.trouble?.code
  return state.linkUp && code !== 'behind' && code !== 'quarantined'
}

export function begunAnew(state: FlowState, atMs: number): FlowState {
  const ended = finish({ ...state, notice: null, idle: null }, atMs)
  const said = goTo(ended, { at: 'begun_anew', closesAtMs: atMs + felt(state, DONE_MS) * 2 }, atMs)
  return sound({ ...said, language: state.language, slow: state.slow }, 'done')
}
