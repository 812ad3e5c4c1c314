// English words for the station's refusals and for the short lines that go away by themselves.

import type { Catalogue } from './catalogue.ts'
import { sayAway } from './say-away.ts'
import { enPoints } from './en-points.ts'
import { enSync } from './en-sync.ts'
import { enVisitRefusals } from './en-visit-refusals.ts'

const period = { day: 'today', week: 'this week', month: 'this month', halfyear: 'this half-year' } as const

export const enRefusals: Catalogue['refused']['words'] = {
  ...enVisitRefusals,
  session_ended: () => ({ what: 'Time was up', why: 'Nothing was touched for long.', next: 'Just scan again.' }),
  not_signed_in: () => ({ what: 'No PIN yet', why: 'Only staff can do this.', next: 'Scan your staff code, then the PIN.' }),
  bad_request: () => ({ what: 'The machine did not get that', why: 'Screen and machine disagree.', next: 'Scan again, or ask a volunteer.' }),
  out_of_order: () => ({ what: 'No goods for now', why: 'The machine cannot record anything.', next: 'Put the goods back. Resting is fine.' }),
  rider_unknown: () => ({ what: 'The machine does not know you yet', why: 'Your points have not reached it.', next: 'Rest first, try again once online.' }),
  rider_suspended: () => ({ what: 'Your points are on hold', why: 'Central did it. Resting is fine.', next: 'Ask the station head why.' }),
  cart_empty: () => ({ what: 'Nothing chosen yet', why: 'The cart is empty.', next: 'Go back and choose.' }),
  cart_too_large: ({ unitsMax }) => ({ what: `At most ${unitsMax} at a time`, why: 'So that others get some too.', next: 'Take some out.' }),
  item_not_offered: (_, item) => ({ what: `No ${item} now`, why: 'It was taken off the shelf.', next: 'Choose something else.' }),
  sold_out: ({ left }, item) =>
    left === 0
      ? { what: `${item}: just gone`, why: 'None left on the shelf.', next: 'Choose something else.' }
      : { what: `${item}: only ${left} left`, why: 'Fewer than you want.', next: 'Take some out.' },
  limit_reached: ({ limit, left, period: of }, item) => ({
    what: `${item}: that is the limit`,
    why: `${limit} each ${period[of]}, you may have ${left} more.`,
    next: left === 0 ? 'Choose something else.' : 'Take some out.',
  }),
  price_changed: ({ points }) => ({ what: `It now costs ${points} points`, why: 'The price changed; nothing was taken.', next: 'Look again, then confirm.' }),
  points_short: ({ short, allowance }) => ({ what: `${short} more points needed`, why: `${allowance} can be used here now.`, next: 'Take some out, or come back later.' }),
  pin_wrong: ({ triesLeft }) => ({ what: 'Wrong PIN', why: `${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.`, next: 'Type it again, slowly.' }),
  pin_locked: () => ({ what: 'The PIN is locked', why: 'Too many wrong tries.', next: 'Wait, or ask the station head.' }),
  nothing_counted: () => ({ what: 'Nothing scanned yet', why: 'There is no line.', next: 'Hold a goods code to the scanner.' }),
  too_many_lines: ({ linesMax }) => ({ what: `At most ${linesMax} lines`, why: 'These are too many.', next: 'Confirm these first.' }),
  item_not_known: (_, item) => ({ what: `${item} is not known`, why: 'The catalogue does not have it.', next: 'Remove the line, tell the station head.' }),
  quantity_out_of_range: ({ unitsMax }, item) => ({ what: `${item}: wrong quantity`, why: `It must be 1 to ${unitsMax}.`, next: 'Change the quantity.' }),
  expiry_missing: (_, item) => ({ what: `${item}: no date chosen`, why: 'It spoils, so a date is needed.', next: 'Look at the pack, choose a date.' }),
  already_expired: (_, item) => ({ what: `${item} is past its date`, why: 'It cannot go on the shelf.', next: 'Take it out or change the date.' }),
  donor_not_known: (_, item) => ({ what: `${item}: unknown giver`, why: 'The list does not have them.', next: 'Choose the giver again.' }),
  redemption_not_here: () => ({ what: 'It was not made here', why: 'Only the machine that made it can undo it.', next: 'Undo it there, or ask central to correct.' }),
  already_undone: () => ({ what: 'Already undone', why: 'The points went back once already.', next: 'Nothing more to do.' }),
  station_head_only: () => ({ what: 'For the station head only', why: 'A volunteer code is not enough.', next: 'Ask the station head to scan and do it.' }),
}

const signupSaid = {
  seated: () => 'Signed up. Your place is kept.',
  waiting: (place: number | null) => (place === null ? 'On the waiting list. We will tell you.' : `Waiting, no. ${place}. We will tell you.`),
  pending: () => 'Noted. Central will confirm it.',
  gone: () => 'Your place is free again. Thank you.',
} as const

/** Where central is out of reach nothing was sent yet, and that is what is said. */
const wishKept = { posted: 'Kept. Once online it goes to review.', edited: 'Changed. Once online it is reviewed again.', withdrawn: 'Withdrawn. Central hears once online.', reached: 'Thank you. Told to all once online.', not_yet: 'Noted. Once online the station head asks.' } as const

const wishSaid = { posted: 'Your wish is in review.', edited: 'Changed; it is reviewed once more.', withdrawn: 'Withdrawn.', reached: 'Thank you for telling.', not_yet: 'Noted. The station head asks.' } as const

const fromPhone = { register: 'You are registered.', wish: 'Your wish came from the phone. It is in review.', my_points: 'It came from your phone.', my_trainings: 'Changed from your phone.', my_wishes: 'It came from your phone. Thank you.' } as const

export const enNotices: Catalogue['notices'] = {
  item_before_pass: () => 'That is a goods code. Scan your rider code first.',
  pin_before_item: () => 'PIN first, then the goods.',
  item_unknown: ({ code }) => `No goods with this code: ${code.length > 13 ? `${code.slice(0, 12)}…` : code}`,
  item_not_offered: () => 'This cannot be had for points now.',
  item_added: ({ quantity }, item) => `${item}: ${quantity} chosen`,
  item_counted: ({ units }, item) => `${item} +${units}`,
  sold_out: (_, item) => `${item}: all gone. Choose something else.`,
  all_in_cart: ({ left }, item) => `${item}: only ${left} on the shelf, all chosen.`,
  taken_meanwhile: ({ left }, item) => (left === 0 ? `${item}: just gone, taken out.` : `${item}: only ${left} left, changed.`),
  limit_reached: ({ left }, item) => (left === 0 ? `${item}: you had yours.` : `${item}: at most ${left} more.`),
  points_short: ({ missing }) => (missing === null ? 'Not enough points yet.' : `${missing} more points needed.`),
  points_away: ({ away }) => sayAway(enPoints.shortLine, away, (name) => name.en),
  points_not_booked: () => enPoints.notBookedLine,
  cart_full: ({ unitsMax }) => `At most ${unitsMax} at a time.`,
  lines_full: ({ linesMax }) => `At most ${linesMax} lines. Confirm these first.`,
  rider_unknown: () => 'Not known here yet. Goods once online.',
  rider_suspended: () => 'Points are on hold. Ask the station head.',
  redemption_stopped: () => 'No goods for now. Rest as always.',
  already_here: () => 'Already scanned. Go ahead.',
  wait_for_commit: () => 'One moment, writing it down.',
  lines_unconfirmed: ({ lines }) => `${lines === 1 ? '1 line is' : `${lines} lines are`} not on the shelf yet. Finish again to drop.`,
  too_many_scans: () => 'Too fast. Scan a little slower.',
  station_busy: () => 'The machine is busy. Try again in a moment.',
  redemption_undone: ({ points }) => `Undone. ${points} points went back.`,
  not_a_set_up_code: () => enSync.setUp.notACode,
  session_ended: () => 'This visit has ended. Just scan again.',
  signup_changed: ({ what, state, place }) => signupSaid[what === 'sign_up' || what === 'accept' ? (state === 'seated' ? 'seated' : state === 'waiting' ? 'waiting' : 'pending') : 'gone'](place),
  attendance_ended: ({ came }) => `Attendance ended: ${came} came, all noted.`,
  attendance_running: () => 'Attendance is on. End it, then count goods.',
  came_from_phone: ({ purpose }) => fromPhone[purpose],
  wishes_full: ({ wishesMax }) => `At most ${wishesMax} at a time. Withdraw one to write another.`,
  nothing_written: () => 'Nothing written yet.',
  words_unposted: () => 'Not sent yet. Touch again to drop it.',
  register_unsent: () => 'Not registered yet. Touch again to drop it.',
  wish_noted: ({ what, sent }) => (sent ? wishSaid : wishKept)[what],
}
