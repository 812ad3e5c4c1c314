// What happened to a sign-up, said in full on its own page, and what he can do about it now with one touch.

import type { SignupShown, TrainingShown } from '../../contract/kiosk/training-view.ts'
import type { FlowState, Tap } from '../flow/flow-state.ts'
import { utcOffsetOf } from '../flow/selectors.ts'
import { type SignupTold, signupTold } from '../flow/signup-told.ts'
import { todayOf } from '../flow/trainings.ts'
import type { Catalogue, Said } from '../text/catalogue.ts'
import { sayMoment } from '../text/say-day.ts'
import { ActPair } from './act-pair.tsx'
import { Button } from './button.tsx'

/** null: there is nothing to be told beside how he stands. */
export function toldSaid(state: FlowState, text: Catalogue, training: TrainingShown, signup: SignupShown | null): Said | null {
  const told = signupTold(state, training, signup)
  if (told === null) return null
  const { signup: words } = text
  const when = sayMoment(training.startsAtMs, todayOf(state), utcOffsetOf(state), text)
  switch (told.kind) {
    case 'cancelled':
      return words.told.cancelled(training.cancelReason)
    case 'refused':
      return words.told.refused[told.why]
    case 'place_lost':
      return words.told.place_lost(signup?.place ?? null)
    case 'place_again':
      return words.told.place_again(when)
    case 'seated_twice':
      return words.told.seated_twice()
    case 'moved':
      return words.told.moved(when, text.of(training.place))
  }
}

export interface ToldActsProps {
  told: SignupTold
  training: string
  /** Something is asked of the station already. */
  isAsked: boolean
  text: Catalogue
  tap: (tap: Tap) => void
}

export function ToldActs({ told, training, isAsked, text, tap }: ToldActsProps) {
  const { trainings, signup: words } = text
  const others = (kind: 'primary' | 'plain') => (
    <Button kind={kind} dimmed={isAsked} onPress={() => tap({ do: 'other_trainings' })}>
      {words.others}
    </Button>
  )
  switch (told.kind) {
    case 'cancelled':
      return <ActPair plain={told.isNew ? <Button onPress={() => tap({ do: 'seen_training' })}>{trainings.seen}</Button> : <Button onPress={() => tap({ do: 'back' })}>{text.parts.close}</Button>} main={others('primary')} />
    case 'refused': {
      const putAway = told.isNew ? <Button onPress={() => tap({ do: 'seen_training' })}>{trainings.seen}</Button> : <Button onPress={() => tap({ do: 'back' })}>{text.parts.close}</Button>
      if (!told.mayAskAgain) return <ActPair plain={putAway} main={others('primary')} />
      const isFirst = told.why === 'rider_unknown' || told.why === 'not_signed_up' || told.why === 'offer_over'
      const again = (kind: 'primary' | 'plain') => (
        <Button kind={kind} dimmed={isAsked} onPress={() => tap({ do: 'sign_up', training, despiteClash: false })}>
          {isAsked ? trainings.asking : words.again}
        </Button>
      )
      return isFirst ? <ActPair plain={told.isNew ? putAway : others('plain')} main={again('primary')} /> : <ActPair plain={told.isNew ? putAway : again('plain')} main={others('primary')} />
    }
    case 'place_lost':
    case 'place_again':
    case 'seated_twice':
    case 'moved':
      return (
        <ActPair
          plain={<Button onPress={() => tap({ do: 'cancel_signup' })}>{told.kind === 'place_lost' ? words.noMore : trainings.cancel}</Button>}
          main={
            <Button kind="primary" onPress={() => tap({ do: 'seen_training' })}>
              {told.kind === 'place_lost' ? trainings.seen : words.stillComing}
            </Button>
          }
        />
      )
  }
}
