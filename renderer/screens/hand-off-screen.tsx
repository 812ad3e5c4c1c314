// Handing over to a phone: the code for one use, what to do with it in a sentence, how long it is good; then what the phone has
// done. Where that way is closed, the same on this screen.

import type { HandOffPurpose } from '../../contract/kiosk/hand-off.ts'
import { type HandOffStage, handOffStage, purposeOf } from '../flow/hand-off.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import type { HandOffScreen } from '../flow/visit-state.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { QrPicture } from '../parts/qr-picture.tsx'
import { SaidBlock } from '../parts/said-block.tsx'
import { minutesAndSeconds } from '../text/wall-time.ts'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = Omit<ScreenProps<'attract'>, 'screen'> & { screen: HandOffScreen }

export function HandOverScreen(props: ScreenProps<'hand_off'>) {
  return <HandingOver {...props} />
}

export function RegisterByPhoneScreen(props: ScreenProps<'register_by_phone'>) {
  return <HandingOver {...props} />
}

function HandingOver(props: Props) {
  const { state, screen, text, tap } = props
  const purpose = purposeOf(screen)
  const stage = handOffStage(state, screen)
  const isWaiting = stage.kind === 'connecting' || stage.kind === 'waiting'
  const portrait = state.layout.orientation === 'portrait'
  return (
    <Frame
      at={screen.at}
      state={state}
      text={text}
      tap={tap}
      back
      finish
      fill="read"
      head={<HeadWords title={text.handOff.title[purpose]} />}
      read={<Stage stage={stage} purpose={purpose} text={text} here={isWaiting && !portrait ? <Here {...props} /> : null} />}
      {...(isWaiting ? (portrait ? { act: <div className="act-row"><Here {...props} /></div> } : {}) : actOf(props, stage, purpose))}
    />
  )
}

/** The same on this screen. */
function Here({ screen, text, tap }: Props) {
  return <Button onPress={() => tap({ do: 'without_phone' })}>{text.handOff.here[purposeOf(screen)]}</Button>
}

interface StageProps {
  stage: HandOffStage
  purpose: HandOffPurpose
  text: Props['text']
  /** Beside the code, where the panel lies. */
  here: React.ReactNode
}

function Stage({ stage, purpose, text, here }: StageProps) {
  const { handOff } = text
  switch (stage.kind) {
    case 'connecting':
      return (
        <div className="hand-off" data-stage="connecting">
          <div className="hand-off-code" data-empty="">
            <Icon name="mobile" />
          </div>
          <div className="hand-off-words">
            <h2 className="display"><WholeWords text={handOff.connecting} /></h2>
            <p className="lead">{handOff.connectingLine}</p>
            {here}
          </div>
        </div>
      )
    case 'waiting':
      return (
        <div className="hand-off" data-stage="waiting">
          <div className="hand-off-code">
            <QrPicture text={stage.url} spoken={handOff.code} />
          </div>
          <div className="hand-off-words">
            <h2 className="display">
              {handOff.scan[purpose].map((line) => (
                <span key={line} className="display-line">
                  {line}
                </span>
              ))}
            </h2>
            <p className="lead">{handOff.once}</p>
            <p className="hand-off-left" role="timer">
              <Icon name="clock" />
              <span>{handOff.left(minutesAndSeconds(stage.secondsLeft))}</span>
            </p>
            {here}
          </div>
        </div>
      )
    case 'connected':
      return <Said stage={stage} said={handOff.connected[purpose]} icon="mobile" tone="calm" />
    case 'received':
      return <Said stage={stage} said={handOff.received[purpose]} icon="check" tone="good" />
    case 'expired':
      return <Said stage={stage} said={handOff.expired} icon="clock" tone="calm" />
    case 'no_network':
      return <Said stage={stage} said={handOff.noNetwork[purpose]} icon="offline" tone="warm" />
    case 'refused':
      return <Said stage={stage} said={handOff.refused[stage.refusal]} icon="mobile" tone="warm" />
  }
}

function Said({ stage, ...said }: Parameters<typeof SaidBlock>[0] & { stage: HandOffStage }) {
  return (
    <div className="refused" data-stage={stage.kind}>
      <SaidBlock {...said} />
    </div>
  )
}

/** The one act of each stage, and the touchscreen as the way beside it. */
function actOf({ screen, text, tap }: Props, stage: HandOffStage, purpose: HandOffPurpose): { act?: React.ReactNode } {
  const { handOff } = text
  const here = (kind: 'primary' | 'plain'): React.ReactNode => (
    <Button kind={kind} onPress={() => tap({ do: 'without_phone' })}>
      {handOff.here[purpose]}
    </Button>
  )
  const anew = (kind: 'primary' | 'plain', words: string): React.ReactNode => (
    <Button kind={kind} onPress={() => tap({ do: 'new_code' })}>
      {words}
    </Button>
  )
  const see = <Button kind="primary" onPress={() => tap({ do: 'see_received' })}>{handOff.see}</Button>
  switch (stage.kind) {
    case 'connecting':
    case 'waiting':
    case 'connected':
      return {}
    case 'received':
      return screen.at === 'hand_off' ? row(see) : {}
    case 'expired':
      return row(here('plain'), anew('primary', handOff.newCode))
    case 'no_network':
    case 'refused':
      return row(anew('plain', handOff.again), here('primary'))
  }
}

function row(first: React.ReactNode, second: React.ReactNode = null): { act: React.ReactNode } {
  return {
    act: (
      <div className="act-row weigh-bar hand-off-bar">
        {first}
        {second}
      </div>
    ),
  }
}
