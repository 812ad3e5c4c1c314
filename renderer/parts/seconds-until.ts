// Whole seconds from the state's own clock to a monotonic time in it; never below zero.

import type { FlowState } from '../flow/flow-state.ts'

export function secondsUntil(state: Pick<FlowState, 'clock' | 'wallMs'>, atMs: number): number {
  const nowMs = state.clock.atMs + (state.wallMs - state.clock.wallMs)
  return Math.max(0, Math.ceil((atMs - nowMs) / 1000))
}
