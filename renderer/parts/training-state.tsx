// How a rider stands to a training, in one short piece: a word with a shape, never a colour alone.

import type { SignupShown, TrainingShown } from '../../contract/kiosk/training-view.ts'
import type { FlowState } from '../flow/flow-state.ts'
import { utcOffsetOf } from '../flow/selectors.ts'
import { signupTold } from '../flow/signup-told.ts'
import { isClosed, isStanding, todayOf } from '../flow/trainings.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { sayMoment } from '../text/say-day.ts'
import { Icon, type IconName } from './icons.tsx'

export interface TrainingStateProps {
  state: FlowState
  training: TrainingShown
  signup: SignupShown | null
  text: Catalogue
}

interface Said {
  words: string
  icon: IconName | null
  tone: 'calm' | 'good' | 'warm'
}

export function TrainingState(props: TrainingStateProps) {
  const { words, icon, tone } = trainingSaid(props)
  return (
    <span className="training-state" data-tone={tone}>
      {icon === null ? null : <Icon name={icon} />}
      <span>{words}</span>
    </span>
  )
}

export function trainingSaid({ state, training, signup, text }: TrainingStateProps): Said {
  const { trainings } = text
  if (training.state === 'cancelled') return { words: trainings.cancelled, icon: 'warning', tone: 'warm' }
  if (signup !== null) {
    const own = signupSaid(state, signup, text)
    const told = signupTold(state, training, signup)
    if (told?.kind === 'refused') return { words: `${own.words} · ${text.signup.briefRefused[told.why]}`, icon: 'close', tone: 'warm' }
    if (told !== null && told.kind !== 'cancelled') return { words: `${own.words} · ${text.signup.brief[told.kind]}`, icon: 'warning', tone: 'warm' }
    // Who was there, or gave his place up, is not told that he comes too late to sign up.
    if (isStanding(signup) || signup.state === 'attended' || isClosed(state, training)) return own
  }
  if (isClosed(state, training)) return { words: trainings.over, icon: 'lock', tone: 'calm' }
  const free = training.seatsFree.here + training.seatsFree.central
  if (training.forSome) return { words: `${text.signup.forSome} · ${free === 0 ? trainings.full(training.waiting) : trainings.free(free)}`, icon: 'invited', tone: 'warm' }
  if (free === 0) return { words: trainings.full(training.waiting), icon: 'people', tone: 'calm' }
  return free === 1 ? { words: trainings.lastSeat, icon: 'seat', tone: 'warm' } : { words: trainings.free(free), icon: 'seat', tone: 'calm' }
}

function signupSaid(state: FlowState, signup: SignupShown, text: Catalogue): Said {
  const { trainings } = text
  switch (signup.state) {
    case 'waiting':
      return { words: trainings.waiting(signup.place), icon: 'clock', tone: 'calm' }
    case 'offered':
      return { words: trainings.offered(signup.offerEndsAtMs === null ? '' : sayMoment(signup.offerEndsAtMs, todayOf(state), utcOffsetOf(state), text)), icon: 'gift', tone: 'warm' }
    case 'seated':
      return { words: signup.unsent ? `${trainings.state.seated} · ${trainings.unsent}` : trainings.state.seated, icon: 'check', tone: 'good' }
    case 'attended':
      return { words: trainings.state.attended, icon: 'check', tone: 'good' }
    case 'pending':
      return { words: trainings.state.pending, icon: 'clock', tone: 'calm' }
    case 'declined':
    case 'cancelled':
    case 'refused':
    case 'missed':
      return { words: trainings.state[signup.state], icon: 'close', tone: 'calm' }
  }
}
