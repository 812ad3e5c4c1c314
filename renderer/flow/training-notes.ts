// What the greeting should say of trainings: what was done to a sign-up of his, what is soon, which certificate ends.

import type { CertificateShown, TrainingShown } from '../../contract/kiosk/training-view.ts'
import type { FlowState, Rider } from './flow-state.ts'
import { type SignupTold, signupTold } from './signup-told.ts'
import { CERTIFICATE_SOON_DAYS, isStanding, todayOf, topicsThere, trainingDay, trainingOf } from './trainings.ts'

export type TrainingNote =
  | { kind: 'offer'; training: TrainingShown; untilMs: number }
  | { kind: 'told'; training: TrainingShown; told: SignupTold }
  | { kind: 'remind'; training: TrainingShown }
  | { kind: 'expiring'; certificate: CertificateShown; expiresDay: number }

const REMIND_DAYS = 7

/** What can not wait; a sign-up that was refused is said after what he has, as nothing is lost by it. */
const TOLD_IN_ORDER: readonly (readonly SignupTold['kind'][])[] = [['cancelled'], ['place_lost'], ['moved'], ['place_again', 'seated_twice']]

/** The most pressing first. What he has seen, or can do nothing about any more, is not said again. */
export function trainingNotes(state: FlowState, rider: Rider): readonly TrainingNote[] {
  const today = todayOf(state)
  const own = rider.session.signups.flatMap((signup) => {
    const training = trainingOf(state, signup.training)
    return training === null ? [] : [{ signup, training, told: signupTold(state, training, signup) }]
  })
  const told = own.flatMap(({ training, told }) => (told === null || ('isNew' in told && !told.isNew) ? [] : [{ kind: 'told' as const, training, told }]))
  const notes: TrainingNote[] = []
  for (const { signup, training } of own) if (signup.state === 'offered' && signup.offerEndsAtMs !== null && training.state === 'open') notes.push({ kind: 'offer', training, untilMs: signup.offerEndsAtMs })
  for (const kinds of TOLD_IN_ORDER) notes.push(...told.filter((note) => kinds.includes(note.told.kind)))
  for (const { signup, training, told } of own) {
    const inDays = trainingDay(state, training) - today
    if (told === null && isStanding(signup) && signup.state === 'seated' && training.state === 'open' && inDays >= 0 && inDays <= REMIND_DAYS) notes.push({ kind: 'remind', training })
  }
  notes.push(...told.filter((note) => note.told.kind === 'refused'))
  const there = new Set(topicsThere(state))
  for (const certificate of rider.session.certificates) {
    const { expiresDay, topic } = certificate
    if (expiresDay !== null && expiresDay >= today && expiresDay - today <= CERTIFICATE_SOON_DAYS && there.has(topic)) notes.push({ kind: 'expiring', certificate, expiresDay })
  }
  return notes
}

/** Something of his own that he should look at before all the others. */
export function looksAtOwnFirst(state: FlowState, rider: Rider): boolean {
  return trainingNotes(state, rider).some(({ kind }) => kind === 'offer' || kind === 'told')
}
