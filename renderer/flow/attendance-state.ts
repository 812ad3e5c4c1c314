// What the screen knows while staff take attendance: the parts of the flow's state (flow-state.ts) that this has for itself. Who is
// on the list and what became of a rider's pass is the station's word, in its view; here is only how one looks at it.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { ScanRefused, Staff } from './flow-state.ts'

/** Which part of the list is looked at. */
export type AttendeesShown = 'missing' | 'came'

export type AttendanceScreen =
  | { at: 'attendance_list'; staff: Staff; page: number; asked: { training: string; sinceMs: number } | null; refusal: Refusal | null }
  | {
      at: 'attendance'
      staff: Staff
      training: string
      shown: AttendeesShown
      page: number
      /** Who would be noted by hand with one more touch. */
      sure: string | null
      asked: { request: string; sinceMs: number } | null
      /** The last code was no pass; null: the view says what became of the last one. */
      misread: ScanRefused | null
      /** A pass was read and the next view says what became of it: then there is a sound. */
      due: boolean
    }

export type AttendanceTap =
  | { do: 'show_attendance' }
  | { do: 'begin_attendance'; training: string }
  | { do: 'show_attendees'; shown: AttendeesShown }
  /** Somebody has no pass with him: first who it would be, then the one that does it. */
  | { do: 'mark_attended'; rider: string }
  | { do: 'end_attendance' }
