// The words of taking attendance, for staff and for whoever stands two metres away: a part of the one catalogue.

import type { AttendeeShown } from '../../contract/kiosk/training-view.ts'
import type { AttendanceSaidKind } from '../flow/attendance.ts'
import type { AttendeesShown } from '../flow/attendance-state.ts'
import type { ScanRefused } from '../flow/flow-state.ts'

export interface AttendanceWords {
  title: string
  /** On the staff's home. */
  homeHint: (trainings: number, came: number) => string
  today: (trainings: number) => string
  none: string
  noneNext: string
  counts: (came: number, signedUp: number) => string
  opensAt: (time: string) => string
  isOver: string
  isCancelled: string
  begin: string
  beginning: string
  end: string
  tab: Record<AttendeesShown, (attendees: number) => string>
  empty: Record<AttendeesShown, { title: string; line: string }>
  state: Record<AttendeeShown['state'], string>
  late: string
  /** The machine has no name of him. */
  unnamed: string
  /** He has no pass with him. */
  mark: string
  markSure: string
  marking: string
  /** The last scan in a word or two, to be read from two metres. */
  what: Record<Exclude<AttendanceSaidKind, 'misread'>, string>
  misread: Record<ScanRefused['verdict'], string>
  /** What follows from it, or what to do. */
  scanNext: string
  points: (points: number) => string
  certificate: string
  lateNext: string
  walkInNext: string
  alreadyNext: string
  tooEarlyNext: (opensAt: string) => string
  tooLateNext: string
  noWalkInsNext: string
  /** Places are kept for those who signed up, so long. */
  fullForNow: (until: string) => string
  fullForGood: string
  cancelledNext: string
  unknownNext: Record<'online' | 'offline', string>
  outOfOrderNext: string
}
