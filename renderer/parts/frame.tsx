// The frame every screen hangs in: what it is above, what is read, what is touched, the one act, and the footer whose words
// never move: back at the left, finish at the right. It decides nothing about the flow; a screen says whether there is a way
// back and somebody to say goodbye to.

import type { ReactNode } from 'react'
import type { FlowState, ScreenName, Tap } from '../flow/flow-state.ts'
import { networkOf, utcOffsetOf } from '../flow/selectors.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { Icon } from './icons.tsx'

export interface FrameProps {
  at: ScreenName
  state: FlowState
  text: Catalogue
  tap: (tap: Tap) => void
  head: ReactNode
  read?: ReactNode
  touch?: ReactNode
  act?: ReactNode
  /** Which of the two takes the room that is left. */
  fill?: 'read' | 'touch'
  /** Lying panels: reading at the left, touching at the right. */
  sides?: boolean
  back?: boolean
  finish?: boolean
  /** A quiet line where the way back would be. */
  footWords?: string | null
  /** In words, where time runs out; it stands where the clock stands. */
  timeLeft?: string | null
}

export function Frame({ at, state, text, tap, head, read, touch, act, fill = 'touch', sides = false, back = false, finish = false, footWords = null, timeLeft = null }: FrameProps) {
  return (
    <main className="frame" data-screen={at} data-fill={fill} data-act={act === undefined ? 'none' : 'some'} data-sides={sides ? '' : undefined} data-split={touch === undefined ? undefined : ''}>
      <header className="frame-head">
        {head}
        <HeadSide state={state} text={text} timeLeft={timeLeft} />
      </header>
      {read === undefined ? null : <div className="frame-read">{read}</div>}
      {touch === undefined ? null : <div className="frame-touch">{touch}</div>}
      {act === undefined ? null : <div className="frame-act">{act}</div>}
      <footer className="frame-foot">
        {back ? (
          <button type="button" className="touch foot-button" data-role="back" onClick={() => tap({ do: 'back' })}>
            <Icon name="back" />
            {text.parts.back}
          </button>
        ) : null}
        {footWords === null ? <span className="foot-gap" /> : <p className="foot-words">{footWords}</p>}
        <FootTools state={state} text={text} tap={tap} />
        {finish ? (
          <button type="button" className="touch foot-button" data-role="finish" onClick={() => tap({ do: 'finish' })}>
            <Icon name="finish" />
            {text.parts.finish}
          </button>
        ) : null}
      </footer>
    </main>
  )
}

function FootTools({ state, text, tap }: Pick<FrameProps, 'state' | 'text' | 'tap'>) {
  return (
    <>
      <button type="button" className="touch foot-button" data-role="low-reach" aria-pressed={state.lowReach} onClick={() => tap({ do: 'toggle_low_reach' })}>
        <Icon name={state.lowReach ? 'high' : 'low'} />
        {state.lowReach ? text.parts.lowReachOff : text.parts.lowReach}
      </button>
      <button type="button" className="touch foot-button" data-role="slow" aria-pressed={state.slow} onClick={() => tap({ do: 'toggle_slow' })}>
        <Icon name="slow" />
        {state.slow ? text.parts.slowOff : text.parts.slow}
      </button>
      <button type="button" className="touch foot-button" data-role="language" onClick={() => tap({ do: 'toggle_language' })}>
        {text.parts.language}
      </button>
    </>
  )
}

function HeadSide({ state, text, timeLeft }: Pick<FrameProps, 'state' | 'text'> & { timeLeft: string | null }) {
  if (state.view === null) return null
  const network = networkOf(state)
  return (
    <div className="head-side">
      {network === null ? null : (
        <span className="network" data-link={network}>
          <Icon name={network === 'online' ? 'online' : 'offline'} />
          {text.parts.network[network]}
        </span>
      )}
      {timeLeft === null ? <span className="clock">{text.time(state.wallMs, utcOffsetOf(state))}</span> : <span className="time-left">{timeLeft}</span>}
    </div>
  )
}
