// What the screen asks about trainings: each request checked for who stands there, handed to its act, answered. And a rider's pass
// that is scanned while staff take attendance: he is there, and nobody's session is disturbed.

import type { KioskAnswer, KioskInput, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { AttendanceOutcome } from '../../contract/kiosk/training-view.ts'
import type { TRAINING_REQUESTS } from '../../contract/kiosk/training-requests.ts'
import type { PassBody } from '../../contract/pass/pass-code.ts'
import type { Counter } from '../acts/act.ts'
import { acknowledgeTraining, answerOffer, cancelSignup, signUp, type SignupResult } from '../acts/sign-up.ts'
import { takeAttendance } from '../acts/take-attendance.ts'
import { isRiderKnown } from '../store/rider-points.ts'
import { trainingRow } from '../store/trainings.ts'
import type { OpenSession } from './session.ts'
import { showSignup } from './show-signups.ts'
import { showAttendees } from './show-trainings.ts'

export interface TrainingDesk {
  counter: Counter
  withRider: (session: string, act: (rider: string) => KioskAnswer) => KioskAnswer
  /** Signed in. */
  withStaff: (session: string, act: (staff: OpenSession) => KioskAnswer) => KioskAnswer
  /** There is something to be sent, or a rider to be fetched. */
  nudgeSync: (rider?: string) => void
}

type TrainingRequest = { [Name in keyof typeof TRAINING_REQUESTS]: { name: Name; input: KioskInput<Name> } }[keyof typeof TRAINING_REQUESTS]

export function answerTrainingRequest(desk: TrainingDesk, request: TrainingRequest): KioskAnswer {
  const { counter } = desk
  switch (request.name) {
    case 'sign_up':
      return forRider(desk, request.input, (wish) => signUp(counter, wish))
    case 'cancel_signup':
      return forRider(desk, request.input, (wish) => cancelSignup(counter, wish))
    case 'answer_offer':
      return forRider(desk, request.input, (wish) => answerOffer(counter, wish))
    case 'acknowledge_training':
      return desk.withRider(request.input.session, (rider) => {
        const result = acknowledgeTraining(counter, { rider, training: request.input.training })
        if (!result.ok) return refused(result.refusal)
        desk.nudgeSync()
        return DONE
      })
    case 'begin_attendance':
      return desk.withStaff(request.input.session, (staff) => beginAttendance(counter, staff, request.input.training))
    case 'mark_attended':
      return desk.withStaff(request.input.session, (staff) => markAttended(desk, staff, request.input))
    case 'end_attendance':
      return desk.withStaff(request.input.session, (staff) => {
        staff.attendance = null
        return DONE
      })
  }
}

/** Whether the pass was taken as attendance. */
export function attendByPass(desk: Pick<TrainingDesk, 'counter' | 'nudgeSync'>, session: OpenSession | null, pass: PassBody): boolean {
  if (session === null || session.attendance === null || !session.signedIn || pass.holder !== 'rider') return false
  attend(desk, session, session.attendance.training, { request: desk.counter.ids.random(), rider: pass.holderId })
  return true
}

function forRider<Input extends { session: string; training: string }>(desk: TrainingDesk, input: Input, act: (wish: Omit<Input, 'session'> & { rider: string }) => SignupResult): KioskAnswer {
  return desk.withRider(input.session, (rider) => {
    const { session: _session, ...wish } = input
    const result = act({ ...wish, rider })
    if (!result.ok) return refused(result.refusal)
    desk.nudgeSync()
    const { counter } = desk
    return { ok: true, output: { signup: showSignup(result.signup, trainingRow(counter.database.read, input.training), counter.clock.wallMs()) } }
  })
}

function beginAttendance(counter: Counter, staff: OpenSession, training: string): KioskAnswer {
  const row = trainingRow(counter.database.read, training)
  if (row === null) return refused({ code: 'training_unknown' })
  if (row.host !== counter.identity.station) return refused({ code: 'not_hosted_here' })
  if (row.state === 'cancelled') return refused({ code: 'training_cancelled' })
  staff.attendance = { training, last: null }
  return { ok: true, output: { attendees: showAttendees(counter.database.read, training) } }
}

function markAttended(desk: TrainingDesk, staff: OpenSession, input: KioskInput<'mark_attended'>): KioskAnswer {
  if (staff.attendance === null) return refused({ code: 'bad_request' })
  return { ok: true, output: { outcome: attend(desk, staff, staff.attendance.training, input) } }
}

function attend(desk: Pick<TrainingDesk, 'counter' | 'nudgeSync'>, staff: OpenSession, training: string, { request, rider }: { request: string; rider: string }): AttendanceOutcome {
  const { counter } = desk
  const outcome = takeAttendance(counter, { request, training, rider, staff: staff.pass.holderId })
  staff.attendance = { training, last: outcome }
  desk.nudgeSync(isRiderKnown(counter.database.read, rider) ? undefined : rider)
  return outcome
}

const DONE: KioskAnswer = { ok: true, output: {} }

function refused(refusal: Refusal): KioskAnswer {
  return { ok: false, refusal }
}
