// The act is on its way to the disk: says truly which step it is at, and nothing can be touched that could double it.

import type { FlowState, Tap } from '../flow/flow-state.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import type { Catalogue } from '../text/catalogue.ts'
import { WholeWords } from '../parts/whole-words.tsx'

export function CommittingScreen({ state, screen, text, tap }: ScreenProps<'committing'>) {
  return <Committing at="committing" state={state} text={text} tap={tap} phase={screen.phase} said={text.committing[screen.phase]} />
}

export function RestockCommittingScreen({ state, screen, text, tap }: ScreenProps<'restock_committing'>) {
  return <Committing at="restock_committing" state={state} text={text} tap={tap} phase={screen.phase} said={text.restockCommitting[screen.phase]} />
}

export function BeginningAnewScreen({ state, screen, text, tap }: ScreenProps<'beginning_anew'>) {
  return <Committing at="beginning_anew" state={state} text={text} tap={tap} phase={screen.phase} said={text.beginAnew.beginning[screen.phase]} />
}

interface CommittingProps {
  at: 'committing' | 'restock_committing' | 'beginning_anew'
  state: FlowState
  text: Catalogue
  tap: (tap: Tap) => void
  phase: 'asking' | 'line_broken' | 'finding'
  said: { title: string; line: string }
}

function Committing({ at, state, text, tap, phase, said }: CommittingProps) {
  return (
    <Frame
      at={at}
      state={state}
      text={text}
      tap={tap}
      fill="read"
      head={<StationHead view={state.view} text={text} level={2} />}
      read={
        <div className="plain-say" aria-live="polite">
          <span className="say-icon" data-tone={phase === 'line_broken' ? 'warm' : 'calm'}>
            <Icon name={phase === 'line_broken' ? 'offline' : 'list'} />
          </span>
          <h1 className="display"><WholeWords text={said.title} /></h1>
          <p className="lead">{said.line}</p>
        </div>
      }
    />
  )
}
