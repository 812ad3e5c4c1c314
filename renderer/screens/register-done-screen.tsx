// Registered: the new pass, huge, to be photographed; or that it waits for the network; or that nothing was kept and rest is free.

import type { Registered } from '../flow/register-state.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { ClosingFrame, PlainSay, type PlainSayProps } from '../parts/closing-frame.tsx'
import { NewPass } from '../parts/new-pass.tsx'
import type { Catalogue } from '../text/catalogue.ts'

export function RegisterDoneScreen(props: ScreenProps<'register_done'>) {
  const { screen: { how }, text } = props
  return <ClosingFrame of={props} read={how.kind === 'pass' ? <NewPass pass={how.pass} text={text} /> : <PlainSay {...saidOf(how, text)} />} />
}

function saidOf(how: Exclude<Registered, { kind: 'pass' }>, { register: words }: Catalogue): PlainSayProps {
  if (how.kind === 'declined') return { icon: 'heart', title: words.declinedTitle, first: words.declinedLine, next: words.declinedNext }
  const network = how.online ? 'online' : 'offline'
  return { icon: 'check', title: words.waitsTitle, first: words.waitsWhy[network], next: words.waitsNext[network] }
}
