// Registered: the new pass, huge, to be photographed; or that it waits for the network; or that nothing was kept and rest is free.

import type { ScreenProps } from '../flow/screen-props.ts'
import { secondsUntil } from '../flow/selectors.ts'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { NewPass } from '../parts/new-pass.tsx'
import type { Registered } from '../flow/register-state.ts'
import type { Catalogue } from '../text/catalogue.ts'

export function RegisterDoneScreen({ state, screen, text, tap }: ScreenProps<'register_done'>) {
  const { how } = screen
  return (
    <Frame
      at="register_done"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      finish
      timeLeft={text.parts.closesIn(secondsUntil(state, screen.closesAtMs))}
      head={<StationHead view={state.view} text={text} level={2} />}
      read={how.kind === 'pass' ? <NewPass pass={how.pass} text={text} /> : <Said {...saidOf(how, text)} />}
    />
  )
}

interface SaidProps {
  icon: IconName
  title: string
  why: string
  next: string
}

function saidOf(how: Exclude<Registered, { kind: 'pass' }>, { register: words }: Catalogue): SaidProps {
  if (how.kind === 'declined') return { icon: 'heart', title: words.declinedTitle, why: words.declinedLine, next: words.declinedNext }
  return { icon: 'check', title: words.waitsTitle, why: words.waitsWhy[how.online ? 'online' : 'offline'], next: words.waitsNext[how.online ? 'online' : 'offline'] }
}

function Said({ icon, title, why, next }: SaidProps) {
  return (
    <div className="plain-say">
      <span className="say-icon" data-tone="good">
        <Icon name={icon} />
      </span>
      <h1 className="display">{title}</h1>
      <p className="lead lead-strong">{why}</p>
      <p className="lead">{next}</p>
    </div>
  )
}
