// The station said no: what it is, why, what to do next; nothing was taken.

import { pointsShortSaid } from '../flow/points-words.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { refusalSaid } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { SaidBlock } from '../parts/said-block.tsx'

export function RefusedScreen({ state, screen, text, tap }: ScreenProps<'refused'>) {
  return (
    <Frame
      at="refused"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      fill="read"
      head={<HeadWords title={text.refused.title} />}
      read={
        <div className="refused">
          <SaidBlock said={screen.refusal.code === 'points_short' ? pointsShortSaid(state, screen.rider, screen.refusal, text) : refusalSaid(state, text, screen.refusal)} icon="bag" tone="warm" />
        </div>
      }
      act={
        <div className="act-row">
          <Button kind="primary" onPress={() => tap({ do: 'show_shelf' })}>
            {text.refused.backToShelf}
          </Button>
        </div>
      }
    />
  )
}
