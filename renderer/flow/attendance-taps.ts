// Staff take attendance: which training, whoever is scanned, whoever has no pass with him, the end. Each arrival is on disk before
// the view says so, so leaving in whatever way loses nothing; a station that still listens for arrivals is told to stop.

import type { KioskAnswer, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { StaffSession } from '../../contract/kiosk/kiosk-view.ts'
import type { AttendanceOutcome } from '../../contract/kiosk/training-view.ts'
import type { AttendanceTap } from './attendance-state.ts'
import { attendeeCounts, attendeePage, hostedPage } from './attendance.ts'
import { ANSWER_WAIT_MS } from './flow-limits.ts'
import type { FlowState, ScanRefused, ScreenAt, SoundName, Staff } from './flow-state.ts'
import { ask, canAsk, goTo, isAsking, isStaffScreen, leave, say, sound } from './steps.ts'

type AskingScreen = ScreenAt<'attendance_list'> | ScreenAt<'attendance'>

export function tapAttendance(state: FlowState, tap: AttendanceTap, atMs: number, freshId: string): FlowState {
  const { screen } = state
  switch (tap.do) {
    case 'show_attendance':
      return screen.at === 'staff_home' ? toList(state, screen.staff, atMs) : state
    case 'begin_attendance':
      return screen.at === 'attendance_list' ? begin(state, screen, tap.training, atMs) : state
    case 'show_attendees':
      return screen.at === 'attendance' ? { ...state, screen: { ...screen, shown: tap.shown, page: 0, sure: null } } : state
    case 'mark_attended':
      return screen.at === 'attendance' ? mark(state, screen, tap.rider, atMs, freshId) : state
    case 'end_attendance':
      return screen.at === 'attendance' ? endAttendance(state, screen, atMs) : state
  }
}

function toList(state: FlowState, staff: Staff, atMs: number): FlowState {
  return goTo({ ...state, notice: null }, { at: 'attendance_list', staff, page: 0, asked: null, refusal: null }, atMs)
}

function begin(state: FlowState, screen: ScreenAt<'attendance_list'>, training: string, atMs: number): FlowState {
  if (screen.asked !== null || screen.refusal !== null || isAsking(state, 'begin_attendance')) return state
  if (!canAsk(state, 'begin_attendance')) return say(state, { kind: 'station_busy' }, atMs)
  const asked = ask(state, 'begin_attendance', { session: screen.staff.session.session, training })
  return { ...asked, screen: { ...screen, asked: { training, sinceMs: atMs } } }
}

/** The first touch says who it would be, the second one does it. */
function mark(state: FlowState, screen: ScreenAt<'attendance'>, rider: string, atMs: number, freshId: string): FlowState {
  if (screen.asked !== null) return state
  if (screen.sure !== rider) return { ...state, screen: { ...screen, sure: rider } }
  if (!canAsk(state, 'mark_attended')) return say(state, { kind: 'station_busy' }, atMs)
  const asked = ask(state, 'mark_attended', { session: screen.staff.session.session, request: freshId, rider })
  return { ...asked, screen: { ...screen, asked: { request: freshId, sinceMs: atMs } } }
}

/** Also by "back": a pass that is scanned from here on is nobody's arrival. */
export function endAttendance(state: FlowState, screen: ScreenAt<'attendance'>, atMs: number): FlowState {
  const { came } = attendeeCounts(screen)
  const { session } = screen.staff.session
  const ended = ask(state, 'end_attendance', { session })
  return say(toList(ended, screen.staff, atMs), { kind: 'attendance_ended', came }, atMs)
}

export function leaveAttendanceList(state: FlowState, screen: ScreenAt<'attendance_list'>, atMs: number): FlowState {
  if (screen.asked !== null) return state
  if (screen.refusal !== null) return { ...state, screen: { ...screen, refusal: null } }
  return goTo(state, { at: 'staff_home', staff: screen.staff }, atMs)
}

// ── answers ──

export function takeBegun(state: FlowState, training: string, answer: KioskAnswer<'begin_attendance'>, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'attendance_list' || screen.asked?.training !== training) return state
  if (!answer.ok) return refused(state, answer.refusal, atMs)
  const { staff } = screen
  const { attendees } = answer.output
  const session: StaffSession = { ...staff.session, attendance: { training, attendees, last: null } }
  // The view that says so is on its way; until then nobody is missing by mistake.
  const view = state.view === null || state.view.session?.session !== session.session ? state.view : { ...state.view, session }
  return sound(enter({ ...state, view, touchedAtMs: atMs }, { ...staff, session }, training, atMs), 'read')
}

function enter(state: FlowState, staff: Staff, training: string, atMs: number): FlowState {
  return goTo({ ...state, notice: null }, { at: 'attendance', staff, training, shown: 'missing', page: 0, sure: null, asked: null, misread: null, due: false }, atMs)
}

/** The view says what became of it, as for a pass. */
export function takeMarked(state: FlowState, request: string, answer: KioskAnswer<'mark_attended'>, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'attendance' || screen.asked?.request !== request) return state
  if (!answer.ok) return refused(state, answer.refusal, atMs)
  return { ...state, touchedAtMs: atMs, screen: { ...screen, sure: null, asked: null, misread: null, due: true } }
}

function refused(state: FlowState, refusal: Refusal, atMs: number): FlowState {
  if (refusal.code === 'session_ended' || refusal.code === 'not_signed_in') return say(sound(leave(state, atMs), 'refused'), { kind: 'session_ended' }, atMs)
  const { screen } = state
  const touched: FlowState = { ...state, touchedAtMs: atMs }
  if (screen.at === 'attendance_list') return sound({ ...touched, screen: { ...screen, asked: null, refusal } }, 'refused')
  if (screen.at !== 'attendance') return state
  return say(sound({ ...touched, screen: { ...screen, sure: null, asked: null } }, 'refused'), { kind: 'station_busy' }, atMs)
}

// ── scans ──

/** A rider's pass: what became of it is in the next view. */
export function hearArrival(state: FlowState): FlowState {
  const { screen } = state
  return screen.at === 'attendance' ? { ...state, screen: { ...screen, misread: null, due: true } } : state
}

/** A code that is no pass covers nothing here: the next rider is scanned at once. */
export function hearMisread(state: FlowState, screen: ScreenAt<'attendance'>, misread: ScanRefused): FlowState {
  return sound({ ...state, notice: null, screen: { ...screen, misread, due: false } }, 'refused')
}

// ── the station's view ──

/** After a view: a sound for whoever was scanned; what the station says of attendance and what is on the screen are the same. */
export function followAttendance(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  if (!isStaffScreen(screen) || screen.at === 'staff_pin') return state
  const running = screen.staff.session.attendance
  if (screen.at === 'attendance') {
    if (running?.training !== screen.training) return toList(state, screen.staff, atMs)
    if (!screen.due || running.last === null) return state
    return sound({ ...state, screen: { ...screen, due: false } }, SOUNDS[running.last.result])
  }
  if (running === null || isAsking(state, 'begin_attendance') || isAsking(state, 'end_attendance')) return state
  return ask(state, 'end_attendance', { session: screen.staff.session.session })
}

const SOUNDS: Record<AttendanceOutcome['result'], SoundName> = { attended: 'done', already: 'warning', refused: 'refused' }

// ── pages and time ──

export function turnAttendancePage(state: FlowState, screen: AskingScreen, by: 1 | -1): FlowState {
  const { page, pages } = screen.at === 'attendance' ? attendeePage(state, screen) : hostedPage(state, screen)
  const turned = Math.min(pages - 1, Math.max(0, page + by))
  return { ...state, screen: screen.at === 'attendance' ? { ...screen, page: turned, sure: null } : { ...screen, page: turned } }
}

/** An answer that does not come is waited for no longer; whoever was noted by hand is in the next view, or is not. */
export function passAttendance(state: FlowState, screen: AskingScreen, atMs: number): FlowState {
  if (screen.asked === null || atMs - screen.asked.sinceMs < ANSWER_WAIT_MS) return state
  const waiting = screen.at === 'attendance' ? { ...screen, asked: null, sure: null } : { ...screen, asked: null }
  return say({ ...state, screen: waiting }, { kind: 'station_busy' }, atMs)
}
