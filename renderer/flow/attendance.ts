// What the screens of attendance show, as pure selections of the view: today's trainings at this station, who is missing and who
// came, and what the last scan was, in one closed list.

import type { AttendanceOutcome, AttendeeShown, HostedToday, TrainingShown } from '../../contract/kiosk/training-view.ts'
import { DOOR_OPENS_MS } from '../../domain/training/attendance.ts'
import type { AttendeesShown } from './attendance-state.ts'
import type { FlowState, ScanRefused, ScreenAt, Staff } from './flow-state.ts'
import { gridSize, pageGrids } from './page-grids.ts'
import { trainingOf } from './trainings.ts'

/** Whether people are let in now: `early` until an hour before, then `open` to the end. */
export type DoorState = 'early' | 'open' | 'over' | 'cancelled'

export interface HostedRow {
  training: TrainingShown
  hosted: HostedToday
  door: DoorState
}

export interface Page<Row> {
  rows: readonly Row[]
  page: number
  pages: number
}

export function doorOf(state: FlowState, training: TrainingShown): DoorState {
  if (training.state === 'cancelled') return 'cancelled'
  if (state.wallMs >= training.endsAtMs) return 'over'
  return state.wallMs < doorOpensAtMs(training) ? 'early' : 'open'
}

export function doorOpensAtMs(training: TrainingShown): number {
  return training.startsAtMs - DOOR_OPENS_MS
}

/** Where people are let in now comes first; one that the view does not show is no row. */
export function hostedRows(state: FlowState, staff: Staff): readonly HostedRow[] {
  const rows = staff.session.hosted.flatMap((hosted) => {
    const training = trainingOf(state, hosted.training)
    return training === null ? [] : [{ training, hosted, door: doorOf(state, training) }]
  })
  return [...rows.filter(({ door }) => door === 'open'), ...rows.filter(({ door }) => door !== 'open')]
}

export function hostedPage(state: FlowState, screen: ScreenAt<'attendance_list'>): Page<HostedRow> {
  return pageOf(hostedRows(state, screen.staff), screen.page, gridSize(pageGrids(state.layout, state.lowReach).hosted))
}

// ── who is on the list ──

const CAME: ReadonlySet<AttendeeShown['state']> = new Set<AttendeeShown['state']>(['attended', 'walk_in'])

/** Missing ones in the list's order, whoever waits for a place last; of those who came the latest first. */
export function attendeesOf(screen: ScreenAt<'attendance'>, shown: AttendeesShown): readonly AttendeeShown[] {
  const all = screen.staff.session.attendance?.attendees ?? []
  return shown === 'came' ? all.filter(({ state }) => CAME.has(state)).toReversed() : all.filter(({ state }) => !CAME.has(state))
}

export function attendeePage(state: FlowState, screen: ScreenAt<'attendance'>): Page<AttendeeShown> {
  return pageOf(attendeesOf(screen, screen.shown), screen.page, gridSize(pageGrids(state.layout, state.lowReach).attendees))
}

function pageOf<Row>(rows: readonly Row[], wanted: number, size: number): Page<Row> {
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const page = Math.min(wanted, pages - 1)
  return { rows: rows.slice(page * size, (page + 1) * size), page, pages }
}

/** Who have a place and are not there, who wait for one, who are there; of those how many had signed up. */
export function attendeeCounts(screen: ScreenAt<'attendance'>): { missing: number; waiting: number; came: number; signedUp: number } {
  const all = screen.staff.session.attendance?.attendees ?? []
  const count = (...states: readonly AttendeeShown['state'][]): number => all.filter(({ state }) => states.includes(state)).length
  return { missing: count('expected'), waiting: count('waiting'), came: count('attended', 'walk_in'), signedUp: count('attended', 'expected') }
}

// ── the last scan ──

type Attended = Extract<AttendanceOutcome, { result: 'attended' }>

/** What became of the last scan, by what is to be done about it. */
export type AttendanceSaid =
  | { kind: 'nothing_yet' }
  | { kind: 'came' | 'late' | 'walk_in'; attended: Attended }
  | { kind: 'already'; maskedName: string | null }
  | { kind: Extract<AttendanceOutcome, { result: 'refused' }>['why'] }
  | { kind: 'misread'; verdict: ScanRefused['verdict']; word: NonNullable<ScanRefused['detail']> | ScanRefused['verdict'] }

export type AttendanceSaidKind = AttendanceSaid['kind']

export function attendanceSaid(screen: ScreenAt<'attendance'>): AttendanceSaid {
  const { misread } = screen
  if (misread !== null) return { kind: 'misread', verdict: misread.verdict, word: misread.detail ?? misread.verdict }
  const last = screen.staff.session.attendance?.last ?? null
  if (last === null) return { kind: 'nothing_yet' }
  switch (last.result) {
    case 'attended':
      return { kind: last.walkIn ? 'walk_in' : last.late ? 'late' : 'came', attended: last }
    case 'already':
      return { kind: 'already', maskedName: last.maskedName }
    case 'refused':
      return { kind: last.why }
  }
}
