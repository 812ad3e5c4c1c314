// What is said and then closes by itself: a restock recorded, a new file begun, an act whose end is not known. The session behind it is over.

import type { ScreenProps } from '../flow/screen-props.ts'
import { ClosingFrame, PlainSay } from '../parts/closing-frame.tsx'
import { SaidBlock } from '../parts/said-block.tsx'

export function RestockDoneScreen(props: ScreenProps<'restock_done'>) {
  const { screen, text: { restockDone: words } } = props
  return <ClosingFrame of={props} read={<PlainSay icon="check" title={words.title} first={words.line(screen.units, screen.lines)} next={words.next} />} />
}

export function BegunAnewScreen(props: ScreenProps<'begun_anew'>) {
  const { begun } = props.text.beginAnew
  return <ClosingFrame of={props} read={<PlainSay icon="check" title={begun.title} first={begun.next} next={begun.line} />} />
}

export function UnfinishedScreen(props: ScreenProps<'unfinished'>) {
  return <ClosingFrame of={props} read={<SaidBlock said={props.text.unfinished[props.screen.why]} icon="warning" tone="warm" />} />
}
