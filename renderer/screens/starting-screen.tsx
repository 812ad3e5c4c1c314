// Between power and the station's first word: says so, and that sitting down is fine meanwhile.

import type { ScreenProps } from '../flow/screen-props.ts'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'

export function StartingScreen({ state, text, tap }: ScreenProps<'starting'>) {
  return (
    <Frame
      at="starting"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      head={<StationHead view={state.view} text={text} level={2} />}
      read={
        <div className="plain-say">
          <h1 className="display">{text.starting.title}</h1>
          <p className="lead">{text.starting.line}</p>
        </div>
      }
    />
  )
}
