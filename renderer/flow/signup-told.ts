// What a rider has to be told about a sign-up beside how he stands: it was refused, his place went to somebody else, it was moved.
// One thing at a time, the weightiest first; and whether asking once more makes sense.

import type { SignupShown, TrainingShown } from '../../contract/kiosk/training-view.ts'
import type { FlowState } from './flow-state.ts'
import { isClosed, isStanding, openTrainings, trainingOf } from './trainings.ts'
import type { TrainingsBy } from './visit-state.ts'

/** `untold`: central said no, and its reason is still on its way. */
export type RefusedWhy = NonNullable<SignupShown['refusal']> | 'untold'

export type SignupTold =
  /** It does not take place. `isNew`: he has not seen it yet. */
  | { kind: 'cancelled'; isNew: boolean }
  /** `isNew`: as above. */
  | { kind: 'refused'; why: RefusedWhy; mayAskAgain: boolean; isNew: boolean }
  /** His place had been given anew: he comes first in the list. */
  | { kind: 'place_lost' }
  /** The same, and there was another one for him. */
  | { kind: 'place_again' }
  /** He had two places, and has one. */
  | { kind: 'seated_twice' }
  | { kind: 'moved' }

export type SignupToldKind = SignupTold['kind']

export function signupTold(state: FlowState, training: TrainingShown, signup: SignupShown | null): SignupTold | null {
  if (signup === null) return null
  if (training.state === 'cancelled') return isStanding(signup) ? { kind: 'cancelled', isNew: signup.moved } : null
  if (training.state === 'over') return null
  if (signup.state === 'refused') return { kind: 'refused', why: signup.refusal ?? 'untold', mayAskAgain: !isClosed(state, training), isNew: signup.note === 'refused' }
  // An offer has a time to answer: first of all that.
  if (!isStanding(signup) || signup.state === 'offered') return null
  if (signup.note === 'place_lost') return { kind: signup.state === 'seated' ? 'place_again' : 'place_lost' }
  if (signup.moved) return { kind: 'moved' }
  return signup.note === 'seated_twice' ? { kind: 'seated_twice' } : null
}

/** Whether the station has something to note when he says that he has seen it. */
export function hasUnseen(signup: SignupShown | null): boolean {
  return signup !== null && (signup.moved || signup.note !== null)
}

/** Others of the same topic where there are any, else all that is to come. */
export function othersLike(state: FlowState, training: string): TrainingsBy {
  const topic = trainingOf(state, training)?.topic
  const isThere = openTrainings(state).some((other) => other.training !== training && other.topic === topic)
  return topic === undefined || !isThere ? { kind: 'all' } : { kind: 'topic', topic }
}
