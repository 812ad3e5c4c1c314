// One training: everything about it, how this rider stands to it, and the one thing to do now: sign up, wait, take the free
// place, give it up. What the station refused, and what clashes, is said here and asked once more.

import type { SignupShown, TrainingShown } from '../../contract/kiosk/training-view.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { refusalSaid, utcOffsetOf } from '../flow/selectors.ts'
import { signupTold } from '../flow/signup-told.ts'
import { isStanding, signupOf, todayOf, trainingAct, trainingOf } from '../flow/trainings.ts'
import { ActPair } from '../parts/act-pair.tsx'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { SaidBlock } from '../parts/said-block.tsx'
import { ToldActs, toldSaid } from '../parts/signup-told.tsx'
import { TrainingState } from '../parts/training-state.tsx'
import type { Said } from '../text/catalogue.ts'
import { sayMoment } from '../text/say-day.ts'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = ScreenProps<'training'>
type Known = Props & { training: TrainingShown; signup: SignupShown | null }

export function TrainingScreen(props: Props) {
  const { state, screen, text, tap } = props
  const training = trainingOf(state, screen.training)
  const signup = signupOf(screen.rider, screen.training)
  const said = training === null ? null : saidOf({ ...props, training, signup })
  return (
    <Frame
      at="training"
      state={state}
      text={text}
      tap={tap}
      back={screen.asked === null}
      finish
      fill="read"
      head={<HeadWords title={training === null ? text.trainings.title : text.trainings.topic[training.topic]} sub={training === null || said === null ? null : text.of(training.title)} />}
      read={training === null ? <Gone {...props} /> : <Page {...props} training={training} signup={signup} said={said} />}
      {...(training === null ? {} : { act: <Acts {...props} training={training} signup={signup} /> })}
    />
  )
}

function Gone({ state, text }: Props) {
  return (
    <div className="refused">
      <SaidBlock said={refusalSaid(state, text, { code: 'training_unknown' })} icon="calendar" tone="calm" />
    </div>
  )
}

function Page(props: Known & { said: Said | null }) {
  const { screen, training, signup, said } = props
  if (said !== null) {
    return (
      <div className="refused">
        <SaidBlock said={said} icon="calendar" tone={screen.step === 'cancel' ? 'calm' : 'warm'} />
      </div>
    )
  }
  return <Facts {...props} training={training} signup={signup} />
}

/** What has to be said before anything else; null: the training itself. */
function saidOf({ state, screen, text, training, signup }: Known): Said | null {
  const { trainings } = text
  if (screen.step === 'cancel') return { what: trainings.cancelSure, why: text.of(training.title), next: trainings.cancelSureLine }
  if (screen.refusal === null) return toldSaid(state, text, training, signup)
  const said = refusalSaid(state, text, screen.refusal)
  if (screen.refusal.code !== 'clash') return said
  const other = trainingOf(state, screen.refusal.training)
  return other === null ? said : { ...said, why: trainings.clashWith(text.of(other.title), sayMoment(other.startsAtMs, todayOf(state), utcOffsetOf(state), text)) }
}

function Facts({ state, text, training, signup }: Known) {
  const { trainings } = text
  const offset = utcOffsetOf(state)
  const facts: readonly { icon: IconName; words: string }[] = [
    { icon: 'calendar', words: `${sayMoment(training.startsAtMs, todayOf(state), offset, text)} – ${text.time(training.endsAtMs, offset)}` },
    { icon: 'house', words: training.hostedHere ? `${trainings.hostedHere} · ${text.of(training.place)}` : text.of(training.place) },
    { icon: 'seat', words: trainings.seats(training.capacity) },
    { icon: 'gift', words: training.points === 0 ? trainings.noPoints : trainings.points(training.points) },
    ...(training.certificateMonths === null ? [] : [{ icon: 'certificate' as const, words: trainings.certificate(training.certificateMonths) }]),
  ]
  return (
    <div className="training-page">
      <h2 className="display"><WholeWords text={text.of(training.title)} /></h2>
      <p className="training-now">
        <TrainingState state={state} training={training} signup={signup} text={text} />
        {training.state === 'cancelled' && training.cancelReason !== null ? <span className="training-why">{trainings.reason(training.cancelReason)}</span> : null}
        {training.forSome && signup === null && training.state === 'open' ? <span className="training-why">{text.signup.forSomeLine}</span> : null}
        {signup?.state === 'pending' ? <span className="training-why">{trainings.pendingLine}</span> : null}
        {signup?.state === 'waiting' && signup.place !== null && signup.place > 1 ? <span className="training-why">{trainings.waitingLine(signup.place)}</span> : null}
        {signup?.state === 'offered' && signup.offerEndsAtMs !== null ? <span className="training-why">{trainings.offerLine(sayMoment(signup.offerEndsAtMs, todayOf(state), offset, text))}</span> : null}
      </p>
      <ul className="training-facts">
        {facts.map(({ icon, words }) => (
          <li key={icon} className="training-fact" data-fact={icon}>
            <Icon name={icon} />
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Acts({ state, screen, text, tap, training, signup }: Known) {
  const { trainings } = text
  const isAsked = screen.asked !== null
  const id = training.training
  if (screen.step === 'clash') {
    return (
      <ActPair
        plain={<Button onPress={() => tap({ do: 'back' })}>{text.parts.cancel}</Button>}
        main={
          <Button kind="primary" dimmed={isAsked} onPress={() => tap({ do: 'sign_up', training: id, despiteClash: true })}>
            {isAsked ? trainings.asking : trainings.signUpAnyway}
          </Button>
        }
      />
    )
  }
  if (screen.step === 'cancel') {
    return (
      <ActPair
        plain={
          <Button dimmed={isAsked} onPress={() => tap({ do: 'cancel_signup' })}>
            {isAsked ? text.committing.asking.title : trainings.cancelConfirm}
          </Button>
        }
        main={
          <Button kind="primary" onPress={() => tap({ do: 'keep_signup' })}>
            {trainings.keep}
          </Button>
        }
      />
    )
  }
  if (screen.refusal !== null) return <Close text={text.parts.close} onPress={() => tap({ do: 'back' })} />
  const told = signupTold(state, training, signup)
  if (told !== null) return <ToldActs told={told} text={text} tap={tap} training={id} isAsked={isAsked} />
  if (training.state === 'cancelled') return <Close text={text.parts.close} onPress={() => tap({ do: 'back' })} />
  if (signup?.state === 'offered') {
    return (
      <ActPair
        plain={
          <Button dimmed={isAsked} onPress={() => tap({ do: 'answer_offer', accept: false })}>
            {trainings.decline}
          </Button>
        }
        main={
          <Button kind="primary" dimmed={isAsked} onPress={() => tap({ do: 'answer_offer', accept: true })}>
            {isAsked ? trainings.asking : trainings.accept}
          </Button>
        }
      />
    )
  }
  if (isStanding(signup)) {
    return (
      <ActPair
        plain={<Button onPress={() => tap({ do: 'cancel_signup' })}>{trainings.cancel}</Button>}
        main={
          <Button kind="primary" onPress={() => tap({ do: 'back' })}>
            {trainings.keep}
          </Button>
        }
      />
    )
  }
  const act = trainingAct(state, screen.rider, { training, signup })
  if (act === 'look') return <Close text={text.parts.close} onPress={() => tap({ do: 'back' })} />
  return (
    <div className="act-row">
      <Button kind="primary" dimmed={isAsked || act === 'none'} onPress={() => tap({ do: 'sign_up', training: id, despiteClash: false })}>
        {isAsked ? trainings.asking : act === 'join_waitlist' ? trainings.joinWaitlist : trainings.signUp}
      </Button>
    </div>
  )
}

function Close({ text, onPress }: { text: string; onPress: () => void }) {
  return (
    <div className="act-row">
      <Button kind="primary" onPress={onPress}>
        {text}
      </Button>
    </div>
  )
}
