// Registering at the touchscreen: one question a screen. Which one is the flow's business; each is drawn by its own component.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { FlowState } from '../flow/flow-state.ts'
import { mendedAt } from '../flow/register.ts'
import { refusalSaid } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { RegisterFrame, type RegisterProps } from '../parts/register-frame.tsx'
import { SaidBlock } from '../parts/said-block.tsx'
import type { Catalogue, Said } from '../text/catalogue.ts'
import { RegisterBegin, RegisterConsent } from './register-begin.tsx'
import { RegisterCheck } from './register-check.tsx'
import { RegisterPhone, RegisterPlatform, RegisterRedCross, RegisterTeam } from './register-choices.tsx'
import { RegisterTyping } from './register-typing.tsx'

export function RegisterScreen(props: RegisterProps) {
  const { screen } = props
  if (screen.refusal !== null) return <Refused {...props} refusal={screen.refusal} />
  switch (screen.step) {
    case 'begin':
      return <RegisterBegin {...props} />
    case 'consent':
      return <RegisterConsent {...props} />
    case 'name':
    case 'site':
      return <RegisterTyping {...props} field={screen.step} />
    case 'phone':
      return <RegisterPhone {...props} />
    case 'platform':
      return <RegisterPlatform {...props} />
    case 'red_cross':
      return <RegisterRedCross {...props} />
    case 'team':
      return <RegisterTeam {...props} />
    case 'check':
      return <RegisterCheck {...props} />
  }
}

function saidOf(state: FlowState, text: Catalogue, refusal: Refusal): Said {
  const { refused } = text.register
  return refusal.code in refused ? refused[refusal.code as keyof typeof refused] : refusalSaid(state, text, refusal)
}

function Refused(props: RegisterProps & { refusal: Refusal }) {
  const { state, text, tap, refusal } = props
  const at = mendedAt(refusal.code)
  return (
    <RegisterFrame
      of={props}
      fill="read"
      head={<HeadWords title={text.register.title} />}
      read={
        <div className="refused">
          <SaidBlock said={saidOf(state, text, refusal)} icon="person" tone="warm" />
        </div>
      }
      act={
        <div className="act-row">
          <Button kind="primary" onPress={() => tap({ do: 'register_mend' })}>
            {at === null ? text.register.fine : text.register.mend[at]}
          </Button>
        </div>
      }
    />
  )
}
