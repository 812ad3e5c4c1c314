// The frame of what is said and then closes by itself, with the seconds it has left; and the plain saying that most of them are.

import type { ReactNode } from 'react'
import type { ClosingScreen } from '../flow/flow-state.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { secondsUntil } from '../flow/selectors.ts'
import { Frame } from './frame.tsx'
import { StationHead } from './head-words.tsx'
import { Icon, type IconName } from './icons.tsx'
import { WholeWords } from './whole-words.tsx'

type ClosingProps = { [At in ClosingScreen['at']]: ScreenProps<At> }[ClosingScreen['at']]

export function ClosingFrame({ of: { state, screen, text, tap }, read }: { of: ClosingProps; read: ReactNode }) {
  return (
    <Frame
      at={screen.at}
      state={state}
      text={text}
      tap={tap}
      fill="read"
      finish
      timeLeft={text.parts.closesIn(secondsUntil(state, screen.closesAtMs))}
      head={<StationHead view={state.view} text={text} level={2} />}
      read={read}
    />
  )
}

export interface PlainSayProps {
  icon: IconName
  title: string
  /** Weightier than what follows. */
  first: string
  next: string
}

export function PlainSay({ icon, title, first, next }: PlainSayProps) {
  return (
    <div className="plain-say">
      <span className="say-icon" data-tone="good">
        <Icon name={icon} />
      </span>
      <h1 className="display"><WholeWords text={title} /></h1>
      <p className="lead lead-strong">{first}</p>
      <p className="lead">{next}</p>
    </div>
  )
}
