// What is said and then closes by itself: a restock recorded, a new file begun, an act whose end is not known. The session behind it is over.

import type { ScreenProps } from '../flow/screen-props.ts'
import { secondsUntil } from '../flow/selectors.ts'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { SaidBlock } from '../parts/said-block.tsx'

export function RestockDoneScreen({ state, screen, text, tap }: ScreenProps<'restock_done'>) {
  return (
    <Frame
      at="restock_done"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      finish
      timeLeft={text.parts.closesIn(secondsUntil(state, screen.closesAtMs))}
      head={<StationHead view={state.view} text={text} level={2} />}
      read={
        <div className="plain-say">
          <span className="say-icon" data-tone="good">
            <Icon name="check" />
          </span>
          <h1 className="display">{text.restockDone.title}</h1>
          <p className="lead lead-strong">{text.restockDone.line(screen.units, screen.lines)}</p>
          <p className="lead">{text.restockDone.next}</p>
        </div>
      }
    />
  )
}

export function BegunAnewScreen({ state, screen, text, tap }: ScreenProps<'begun_anew'>) {
  return (
    <Frame
      at="begun_anew"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      finish
      timeLeft={text.parts.closesIn(secondsUntil(state, screen.closesAtMs))}
      head={<StationHead view={state.view} text={text} level={2} />}
      read={
        <div className="plain-say">
          <span className="say-icon" data-tone="good">
            <Icon name="check" />
          </span>
          <h1 className="display">{text.beginAnew.begun.title}</h1>
          <p className="lead lead-strong">{text.beginAnew.begun.next}</p>
          <p className="lead">{text.beginAnew.begun.line}</p>
        </div>
      }
    />
  )
}

export function UnfinishedScreen({ state, screen, text, tap }: ScreenProps<'unfinished'>) {
  return (
    <Frame
      at="unfinished"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      finish
      timeLeft={text.parts.closesIn(secondsUntil(state, screen.closesAtMs))}
      head={<StationHead view={state.view} text={text} level={2} />}
      read={<SaidBlock said={text.unfinished[screen.why]} icon="warning" tone="warm" />}
    />
  )
}
