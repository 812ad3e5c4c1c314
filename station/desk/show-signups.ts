// How one rider stands to trainings, for the screen: made of what the file says, without a name.

import type { CertificateShown, InvitationShown, SignupShown } from '../../contract/kiosk/training-view.ts'
import { TRAINING_TOPICS, type TrainingTopic } from '../../contract/kiosk/training-view.ts'
import { certificateNumber, coursesToRenew } from '../../domain/training/certificate.ts'
import { isActiveStanding } from '../../domain/training/own-standing.ts'
import type { Reader } from '../store/database.ts'
import { type RiderSignup, signupsOf, type TrainingRow, trainingRow } from '../store/trainings.ts'

const DAY_MS = 86_400_000
/** What is longer over is told no more. */
export const OVER_SHOWN_MS = 14 * DAY_MS
/** Attendance taken without a network may still be on its way. */
const MISSED_AFTER_MS = DAY_MS
const SIGNUPS_SHOWN_MAX = 50

export function showSignup(signup: RiderSignup, training: TrainingRow | null, nowMs: number): SignupShown {
  const isMissed = signup.standing === 'seated' && training !== null && training.state === 'open' && nowMs >= training.endsAtMs + MISSED_AFTER_MS
  const isListed = isActiveStanding(signup) && signup.standing !== 'attended'
  const place = signup.number === null || training === null ? -1 : training.waitingNumbers.indexOf(signup.number)
  return {
    training: signup.training,
    state: isMissed ? 'missed' : signup.standing,
    place: signup.standing === 'waiting' && place >= 0 ? place + 1 : null,
    offerEndsAtMs: signup.standing === 'offered' ? signup.offerEndsAtMs : null,
    unsent: signup.unsent,
    moved: isListed && training !== null && signup.seenRevision < training.toldRevision,
    refusal: signup.standing === 'refused' ? signup.refusal : null,
    note: signup.note,
  }
}

/** Those that are to come, soonest first, and then those that are just over. */
export function showSignups(reader: Reader, rider: string, nowMs: number): SignupShown[] {
  return signupsOf(reader, rider)
    .map((signup) => ({ signup, training: trainingRow(reader, signup.training) }))
    .filter(({ training }) => training !== null && training.endsAtMs > nowMs - OVER_SHOWN_MS)
    .toSorted((one, other) => Number((one.training?.endsAtMs ?? 0) <= nowMs) - Number((other.training?.endsAtMs ?? 0) <= nowMs) || (one.training?.startsAtMs ?? 0) - (other.training?.startsAtMs ?? 0))
    .slice(0, SIGNUPS_SHOWN_MAX)
    .map(({ signup, training }) => showSignup(signup, training, nowMs))
}

export function showCertificates(reader: Reader, rider: string): CertificateShown[] {
  return reader
    .all<{ id: string; topic: string; zh: string; en: string; issuedDay: number; expiresDay: number | null }>(
      'SELECT id, topic, title_zh AS zh, title_en AS en, issued_day AS issuedDay, expires_day AS expiresDay FROM certificates WHERE rider = ? ORDER BY issued_day DESC, id LIMIT 50',
      rider,
    )
    .map(({ id, topic, zh, en, issuedDay, expiresDay }) => ({ certificate: id, number: certificateNumber(id), topic: topicOf(topic), title: { zh, en }, issuedDay, expiresDay }))
}

/** A note in the greeting: what is about to end can be renewed there. */
export function showInvitations(certificates: readonly CertificateShown[], signups: readonly SignupShown[], trainings: readonly TrainingRow[], moment: { wallMs: number; today: number }): InvitationShown[] {
  const signedUp = new Set(signups.filter(({ state }) => ['pending', 'seated', 'waiting', 'offered'].includes(state)).map(({ training }) => training))
  const courses = trainings.map(({ id, topic, startsAtMs, closesAtMs, state, isForSome }) => ({
    training: id, topic, startsAtMs, isOpen: state === 'open' && !isForSome && moment.wallMs < closesAtMs, isSignedUp: signedUp.has(id),
  }))
  return coursesToRenew(certificates, courses, moment.today).slice(0, 10)
}

function topicOf(text: string): TrainingTopic {
  return TRAINING_TOPICS.find((topic) => topic === text) ?? 'other'
}
