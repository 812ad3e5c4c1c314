// A code that is no pass: what it is, why, what to do, and one line for the volunteer. Nothing of what was read is shown.

import type { ScreenProps } from '../flow/screen-props.ts'
import { frameOf, scanSaid, secondsUntil } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { SaidBlock } from '../parts/said-block.tsx'

export function NotUnderstoodScreen({ state, screen, text, tap }: ScreenProps<'not_understood'>) {
  const { said, staff } = scanSaid(text, screen.scan)
  return (
    <Frame
      at="not_understood"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      {...frameOf(screen)}
      timeLeft={text.parts.closesIn(secondsUntil(state, screen.closesAtMs))}
      head={<HeadWords title={text.notUnderstood.title} />}
      read={
        <div className="not-understood">
          <SaidBlock said={said} icon="scan" tone="warm" />
          <p className="for-staff">
            <span className="for-staff-label">{text.notUnderstood.forStaff}</span>
            <span>{staff}</span>
          </p>
        </div>
      }
      act={
        <div className="act-row">
          <Button kind="primary" onPress={() => tap({ do: 'close' })}>
            {text.parts.close}
          </Button>
        </div>
      }
    />
  )
}
