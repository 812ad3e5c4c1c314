// The station said no: what it is, why, what to do next; nothing was taken.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { SaidBlock } from '../parts/said-block.tsx'
import type { Catalogue, Said } from '../text/catalogue.ts'

export function RefusedScreen({ state, screen, text, tap }: ScreenProps<'refused'>) {
  const { refusal } = screen
  const entry = 'item' in refusal ? state.view?.shelf.find((one) => one.item === refusal.item) : undefined
  const name = 'item' in refusal ? (entry === undefined ? refusal.item : text.of(entry.name)) : ''
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
          <SaidBlock said={sayRefusal(text, refusal, name)} icon="bag" tone="warm" />
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

/** The catalogue has one function for each code; its code chooses it. */
export function sayRefusal<Code extends Refusal['code']>(text: Catalogue, refusal: Extract<Refusal, { code: Code }>, itemName: string): Said {
  const say: (refusal: Extract<Refusal, { code: Code }>, itemName: string) => Said = text.refused.words[refusal.code as Code]
  return say(refusal, itemName)
}
