// All that was said, before the one touch that sends it: each line is touched to put it right. In low reach the
// lines are read above and their names are touched below.

import { registerName, registerSite } from '../flow/register.ts'
import type { RegisterField } from '../flow/register-state.ts'
import { Button } from '../parts/button.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { RegisterFrame, type RegisterProps } from '../parts/register-frame.tsx'
import { phoneGroups } from './register-choices.tsx'

const FIELDS: readonly RegisterField[] = ['name', 'phone', 'platform', 'site', 'red_cross', 'team']

export function RegisterCheck(props: RegisterProps) {
  const { state, screen, text, tap } = props
  const words = text.register
  const isAsked = screen.asked !== null
  const isUnsure = !isAsked && screen.request !== null
  const canFix = !isAsked && !isUnsure
  const inRows = !state.lowReach
  const title = isUnsure ? words.unsure : words.checkTitle
  const sub = isAsked ? words.sendingLine : isUnsure ? words.unsureLine : words.checkLine
  return (
    <RegisterFrame
      of={props}
      {...(inRows || !canFix ? { fill: 'read' as const } : {})}
      head={<HeadWords title={title} sub={sub} />}
      read={inRows ? <Rows {...props} canFix={canFix} /> : <Lines {...props} />}
      {...(inRows || !canFix ? {} : { touch: <Fixes {...props} /> })}
      act={
        <div className="act-row">
          <Button kind="primary" dimmed={isAsked} onPress={() => tap({ do: 'register_send' })}>
            {isAsked ? words.sending : isUnsure ? words.again : words.send}
          </Button>
        </div>
      }
    />
  )
}

function valueOf({ screen, text }: RegisterProps, field: RegisterField): string {
  const words = text.register
  switch (field) {
    case 'name':
      return registerName(screen)
    case 'phone':
      return phoneGroups(screen.phone)
    case 'platform':
      return screen.platform === null ? '' : words.platform[screen.platform]
    case 'site':
      return registerSite(screen) === '' ? words.noSite : registerSite(screen)
    case 'red_cross':
      return screen.redCross === null ? '' : words.redCross[screen.redCross]
    case 'team':
      return screen.team === true ? words.team.yes : words.team.no
  }
}

function Rows(props: RegisterProps & { canFix: boolean }) {
  const { text, tap, canFix } = props
  return (
    <ul className="register-rows">
      {FIELDS.map((field) => (
        <li key={field}>
          {canFix ? (
            <button type="button" className="touch register-row" onClick={() => tap({ do: 'register_fix', field })}>
              <Line {...props} field={field} />
              <Icon name="next" />
              <span className="spoken-only">{text.register.change}</span>
            </button>
          ) : (
            <p className="register-row">
              <Line {...props} field={field} />
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function Line(props: RegisterProps & { field: RegisterField }) {
  const value = valueOf(props, props.field)
  return (
    <>
      <span className="register-label">{props.text.register.field[props.field]}</span>
      <span className="register-value" data-long={value.length > 14 ? '' : undefined}>
        {value}
      </span>
    </>
  )
}

function Lines(props: RegisterProps) {
  return (
    <dl className="register-lines">
      {FIELDS.map((field) => (
        <div key={field} className="register-line">
          <dt className="register-label">{props.text.register.field[field]}</dt>
          <dd className="register-value" data-long={valueOf(props, field).length > 14 ? '' : undefined}>
            {valueOf(props, field)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Fixes({ text, tap }: RegisterProps) {
  return (
    <div className="register-fixes" role="group" aria-label={text.register.checkLine}>
      {FIELDS.map((field) => (
        <button key={field} type="button" className="touch chip" onClick={() => tap({ do: 'register_fix', field })}>
          {text.register.field[field]}
        </button>
      ))}
    </div>
  )
}
