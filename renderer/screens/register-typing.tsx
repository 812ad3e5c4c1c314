// A name, or a delivery site, on the kiosk's own keyboard.

import { PHONE_DIGITS, questionOf } from '../flow/register.ts'
import type { FlowState } from '../flow/flow-state.ts'
import type { RegisterScreen } from '../flow/register-state.ts'
import { Button } from '../parts/button.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { RegisterFrame, type RegisterProps } from '../parts/register-frame.tsx'
import { TypedText } from '../parts/typed-text.tsx'
import { TypingKeyboard } from '../parts/typing-keyboard.tsx'
import { typedTail, typingPlan } from '../parts/typing-plan.ts'
import { isEmpty } from '../typing/typing.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { WholeWords } from '../parts/whole-words.tsx'

/** So few signs left are worth a word. */
const COUNTED_FROM = 8

/** A name is set larger than a wish: what fits into one line of it, lying. */
function tailOf({ layout, lowReach }: FlowState): number | null {
  const tail = typedTail(layout, lowReach)
  return tail === null ? null : layout.compact ? 11 : 16
}

export function RegisterTyping(props: RegisterProps & { field: 'name' | 'site' }) {
  const { state, screen, text, tap, field } = props
  const plan = typingPlan(state.layout, state.lowReach)
  const words = text.register
  const typing = screen[field]
  const line = <QuestionLine screen={screen} text={text} />
  const nothing = isEmpty(typing)
  const done = (
    <Button kind="primary" dimmed={field === 'name' && nothing} onPress={() => tap({ do: 'register_on' })}>
      {field === 'site' && nothing ? words.skip : words.on}
    </Button>
  )
  const lies = state.layout.orientation === 'landscape'
  return (
    <RegisterFrame
      of={props}
      head={lies || state.lowReach ? <HeadWords title={words.ask[field]} sub={line} /> : <HeadWords title={words.title} sub={line} />}
      read={
        <div className="typing-read">
          {lies || state.lowReach ? null : (
            <>
              <h2 className="display"><WholeWords text={words.ask[field]} /></h2>
              <p className="lead">{words.askLine[field]}</p>
            </>
          )}
          <TypedText typing={typing} dictionary={state.dictionary} hint={field === 'name' ? words.nameHint : words.siteHint} count={(left, most) => (left > COUNTED_FROM ? '' : text.typing.left(left, most))} tail={tailOf(state)} />
          {lies && !state.lowReach ? done : null}
          {plan.keys === 'nine' && nothing ? <p className="typing-why">{text.typing.hintNine}</p> : null}
        </div>
      }
      touch={<TypingKeyboard plan={plan} typing={typing} dictionary={state.dictionary} words={text.typing} onKey={(key) => tap({ do: 'register_key', key })} onDone={() => tap({ do: 'register_on' })} {...(nothing ? { onPhone: () => tap({ do: 'register_by_phone' }) } : {})} />}
      {...(lies ? {} : { act: <div className="act-row">{done}</div> })}
    />
  )
}

interface QuestionLineProps {
  screen: RegisterScreen
  text: Catalogue
}

/** What is wrong with what was typed; else which question this is. */
export function QuestionLine({ screen, text }: QuestionLineProps) {
  const { register: words } = text
  if (screen.problem !== null) {
    return (
      <span className="question-problem" role="status">
        <Icon name="warning" />
        <span>{words.problem[screen.problem](PHONE_DIGITS - screen.phone.length)}</span>
      </span>
    )
  }
  const question = questionOf(screen.step)
  if (question === null) return null
  return <>{screen.fixing ? words.fixing : words.question(question.number, question.of)}</>
}
