// Staff's touches beyond counting: the page about central, undoing a redemption, beginning anew with a new file. What cannot
// be taken back has a screen that says what it will do, and a second touch right after the first is a slip.

import type { FlowState, ScreenAt, Staff, StationTap } from './flow-state.ts'
import { gridSize, pageGrids } from './page-grids.ts'
import { ask, canAsk, goTo, isAsking, isStaffScreen, say } from './steps.ts'
import { mayBeginAnew, syncReportPage } from './sync-items.ts'

export function tapStation(state: FlowState, tap: StationTap, atMs: number, freshId: string): FlowState {
  const { screen } = state
  if (!isStaffScreen(screen) || screen.at === 'staff_pin') return state
  const { staff } = screen
  switch (tap.do) {
    case 'show_sync_report':
      return goTo(state, { at: 'sync_report', staff, page: 0 }, atMs)
    case 'show_redemptions':
      return askRedemptions(state, staff, 0, atMs)
    case 'show_undo':
      return screen.at === 'redemptions' ? showUndo(state, screen, tap.receipt, atMs, freshId) : state
    case 'undo':
      return screen.at === 'undo' ? undo(state, screen, atMs) : state
    case 'show_begin_anew':
      return mayBeginAnew(state, staff) ? goTo(state, { at: 'begin_anew', staff, step: 'what', refusal: null }, atMs) : state
    case 'begin_anew_on':
      return screen.at === 'begin_anew' ? { ...state, screen: { ...screen, step: 'sure', refusal: null }, screenSinceMs: atMs } : state
    case 'begin_anew':
      return screen.at === 'begin_anew' && screen.step === 'sure' ? beginAnew(state, staff, atMs, freshId) : state
  }
}

// ── today's redemptions ──

export function askRedemptions(state: FlowState, staff: Staff, page: number, atMs: number): FlowState {
  const quiet: FlowState = { ...state, asks: state.asks.filter((asked) => asked.name !== 'list_redemptions') }
  const isAsked = canAsk(quiet, 'list_redemptions')
  const asked = ask(quiet, 'list_redemptions', { session: staff.session.session })
  return goTo(asked, { at: 'redemptions', staff, page, redemptions: { list: null, failed: !isAsked } }, atMs)
}

export function redemptionPageSize(state: FlowState): number {
  return gridSize(pageGrids(state.layout, state.lowReach).redemptions)
}

export function redemptionPages(state: FlowState, screen: ScreenAt<'redemptions'>): { page: number; pages: number } {
  const pages = Math.max(1, Math.ceil((screen.redemptions.list?.length ?? 0) / redemptionPageSize(state)))
  return { page: Math.min(screen.page, pages - 1), pages }
}

function showUndo(state: FlowState, screen: ScreenAt<'redemptions'>, receipt: string, atMs: number, freshId: string): FlowState {
  const redemption = screen.redemptions.list?.find((one) => one.receipt === receipt)
  if (redemption === undefined || redemption.undone) return state
  return goTo({ ...state, notice: null }, { at: 'undo', staff: screen.staff, redemption, request: freshId, askedAtMs: null, refusal: null }, atMs)
}

function undo(state: FlowState, screen: ScreenAt<'undo'>, atMs: number): FlowState {
  if (screen.askedAtMs !== null || screen.refusal !== null || isAsking(state, 'undo_redemption')) return state
  if (!canAsk(state, 'undo_redemption')) return say(state, { kind: 'station_busy' }, atMs)
  const input = { session: screen.staff.session.session, request: screen.request, receipt: screen.redemption.receipt }
  return { ...ask(state, 'undo_redemption', input), screen: { ...screen, askedAtMs: atMs } }
}

// ── begin anew ──

function beginAnew(state: FlowState, staff: Staff, atMs: number, freshId: string): FlowState {
  if (!mayBeginAnew(state, staff) || isAsking(state, 'begin_anew')) return state
  if (!canAsk(state, 'begin_anew')) return say(state, { kind: 'station_busy' }, atMs)
  const asked = ask({ ...state, notice: null }, 'begin_anew', { session: staff.session.session, request: freshId })
  return goTo(asked, { at: 'beginning_anew', staff, phase: 'asking', sinceMs: atMs }, atMs)
}

// ── pages ──

export function turnStationPage(state: FlowState, by: 1 | -1): FlowState {
  const { screen } = state
  if (screen.at === 'redemptions') {
    const { page, pages } = redemptionPages(state, screen)
    return { ...state, screen: { ...screen, page: Math.min(pages - 1, Math.max(0, page + by)) } }
  }
  if (screen.at !== 'sync_report') return state
  const { page, pages } = syncReportPage(state, screen.staff, screen.page)
  return { ...state, screen: { ...screen, page: Math.min(pages - 1, Math.max(0, page + by)) } }
}
