// Another screen has this station; this one shows nothing of anybody and offers to take it back.

import type { ScreenProps } from '../flow/screen-props.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'
import { WholeWords } from '../parts/whole-words.tsx'

export function ReplacedScreen({ state, text, tap }: ScreenProps<'replaced'>) {
  return (
    <Frame
      at="replaced"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      head={<StationHead view={state.view} text={text} level={2} />}
      read={
        <div className="plain-say">
          <h1 className="display"><WholeWords text={text.replaced.title} /></h1>
          <p className="lead">{text.replaced.line}</p>
        </div>
      }
      act={
        <div className="act-row">
          <Button kind="primary" onPress={() => tap({ do: 'take_over' })}>
            {text.replaced.takeOver}
          </Button>
        </div>
      }
    />
  )
}
