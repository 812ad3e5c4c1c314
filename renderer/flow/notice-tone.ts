// Whether a passing line says that something was done as it was wanted, or that there is something to mind.

import type { Notice } from './flow-state.ts'

export type NoticeTone = 'good' | 'mind'

/** Each kind says its own: one that is added and forgotten here does not compile. */
const TONES: Readonly<Record<Notice['kind'], NoticeTone>> = {
  item_before_pass: 'mind',
  pin_before_item: 'mind',
  item_unknown: 'mind',
  item_not_offered: 'mind',
  item_added: 'good',
  item_counted: 'good',
  sold_out: 'mind',
  all_in_cart: 'mind',
  taken_meanwhile: 'mind',
  limit_reached: 'mind',
  points_short: 'mind',
  points_away: 'mind',
  points_not_booked: 'mind',
  cart_full: 'mind',
  lines_full: 'mind',
  rider_unknown: 'mind',
  rider_suspended: 'mind',
  redemption_stopped: 'mind',
  already_here: 'good',
  wait_for_commit: 'mind',
  lines_unconfirmed: 'mind',
  too_many_scans: 'mind',
  station_busy: 'mind',
  redemption_undone: 'good',
  not_a_set_up_code: 'mind',
  session_ended: 'mind',
  attendance_ended: 'good',
  attendance_running: 'mind',
  signup_changed: 'good',
  wish_noted: 'good',
  came_from_phone: 'good',
  wishes_full: 'mind',
  nothing_written: 'mind',
  words_unposted: 'mind',
  register_unsent: 'mind',
}

export function noticeTone(notice: Notice): NoticeTone {
  return TONES[notice.kind]
}
