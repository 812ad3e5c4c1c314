// The questions that are answered by touching: a number on big keys, and one out of a few. Touching one of a few goes on at once;
// the check page is there for a slip.

import type { ReactNode } from 'react'
import { PLATFORMS, RED_CROSS } from '../../domain/registering.ts'
import { PHONE_DIGITS } from '../flow/register.ts'
import type { RegisterField } from '../flow/register-state.ts'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { Keypad } from '../parts/keypad.tsx'
import { RegisterFrame, type RegisterProps } from '../parts/register-frame.tsx'
import { QuestionLine } from './register-typing.tsx'
import { WholeWords } from '../parts/whole-words.tsx'

export function RegisterPhone(props: RegisterProps) {
  const { screen, text, tap } = props
  const words = text.register
  return (
    <Asked
      {...props}
      field="phone"
      more={
        <>
          <PhoneDigits digits={screen.phone} spoken={words.phoneTyped(screen.phone.length)} />
          <p className="pin-said" role="status" data-tone={screen.problem === null ? 'calm' : 'warm'}>
            {screen.problem === null ? null : (
              <>
                <Icon name="warning" />
                <span>{words.problem[screen.problem](PHONE_DIGITS - screen.phone.length)}</span>
              </>
            )}
          </p>
        </>
      }
      touch={
        <Keypad
          label={words.ask.phone}
          eraseWord={text.parts.delete}
          doneWord={words.on}
          onDigit={(digit) => tap({ do: 'register_digit', digit })}
          onErase={() => tap({ do: 'register_erase' })}
          onDone={() => tap({ do: 'register_on' })}
        />
      }
    />
  )
}

/** As people read it out: three, four, four. */
const GROUPS = [[0, 3], [3, 7], [7, PHONE_DIGITS]] as const

export function phoneGroups(digits: string): string {
  return GROUPS.map(([from, to]) => digits.slice(from, to)).join(' ').trim()
}

function PhoneDigits({ digits, spoken }: { digits: string; spoken: string }) {
  return (
    <p className="phone-digits" dir="ltr" role="img" aria-label={spoken}>
      {GROUPS.map(([from, to]) => (
        <span key={from} className="phone-group">
          {Array.from({ length: to - from }, (_, place) => (
            <span key={place} className="phone-digit" data-next={from + place === digits.length ? '' : undefined}>
              {digits[from + place] ?? ''}
            </span>
          ))}
        </span>
      ))}
    </p>
  )
}

export function RegisterPlatform(props: RegisterProps) {
  const { screen, text, tap } = props
  return (
    <Asked
      {...props}
      field="platform"
      touch={<Choices of={PLATFORMS} chosen={screen.platform} word={(platform) => text.register.platform[platform]} label={text.register.ask.platform} onChoose={(platform) => tap({ do: 'register_platform', platform })} />}
    />
  )
}

export function RegisterRedCross(props: RegisterProps) {
  const { screen, text, tap } = props
  return (
    <Asked
      {...props}
      field="red_cross"
      touch={<Choices of={RED_CROSS} chosen={screen.redCross} word={(redCross) => text.register.redCross[redCross]} label={text.register.ask.red_cross} onChoose={(redCross) => tap({ do: 'register_red_cross', redCross })} />}
    />
  )
}

export function RegisterTeam(props: RegisterProps) {
  const { screen, text, tap } = props
  const chosen = screen.team === null ? null : screen.team ? 'yes' : 'no'
  return (
    <Asked
      {...props}
      field="team"
      touch={<Choices of={['no', 'yes'] as const} chosen={chosen} word={(answer) => text.register.team[answer]} label={text.register.ask.team} onChoose={(answer) => tap({ do: 'register_team', team: answer === 'yes' })} />}
    />
  )
}

function Asked(props: RegisterProps & { field: RegisterField; more?: ReactNode; touch: ReactNode }) {
  const { screen, text, field, more, touch } = props
  const words = text.register
  return (
    <RegisterFrame
      of={props}
      sides
      head={<HeadWords title={words.title} sub={<QuestionLine screen={{ ...screen, problem: null }} text={text} />} />}
      read={
        <div className="register-read" data-question={field}>
          <h2 className="display"><WholeWords text={words.ask[field]} /></h2>
          <p className="lead">{words.askLine[field]}</p>
          {more}
        </div>
      }
      touch={touch}
    />
  )
}

interface ChoicesProps<Answer extends string> {
  of: readonly Answer[]
  chosen: Answer | null
  word: (answer: Answer) => string
  label: string
  onChoose: (answer: Answer) => void
}

function Choices<Answer extends string>({ of, chosen, word, label, onChoose }: ChoicesProps<Answer>) {
  return (
    <div className="register-choices" role="group" aria-label={label} data-many={of.length > 4 ? '' : undefined}>
      {of.map((answer) => (
        <button key={answer} type="button" className="touch chip" aria-pressed={chosen === answer} onClick={() => onChoose(answer)}>
          {word(answer)}
        </button>
      ))}
    </div>
  )
}
