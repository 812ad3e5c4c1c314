// What registering is for and by which way; then what is kept of whoever does, to be read to its end before it is agreed to.

import { consentPage } from '../flow/register.ts'
import { Button } from '../parts/button.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { RegisterFrame, type RegisterProps } from '../parts/register-frame.tsx'
import { SaidBlock } from '../parts/said-block.tsx'

export function RegisterBegin(props: RegisterProps) {
  const { state, text, tap } = props
  const words = text.register
  const canRegister = (state.view?.consent ?? null) !== null
  return (
    <RegisterFrame
      of={props}
      sides={canRegister}
      fill={canRegister ? 'touch' : 'read'}
      head={<HeadWords title={words.title} />}
      read={
        canRegister ? (
          <div className="register-read">
            <h2 className="display">
              {words.begin.map((line) => (
                <span key={line} className="display-line">
                  {line}
                </span>
              ))}
            </h2>
            <p className="lead lead-strong">{words.beginFor}</p>
            <p className="lead">{words.beginFree}</p>
          </div>
        ) : (
          <div className="refused">
            <SaidBlock said={words.notYet} icon="offline" tone="calm" />
          </div>
        )
      }
      {...(canRegister
        ? {
            touch: (
              <div className="register-ways">
                <button type="button" className="touch tile tile-act" onClick={() => tap({ do: 'register_here' })}>
                  <Icon name="person" />
                  <span className="tile-word">{words.here}</span>
                  <span className="tile-hint">{words.hereHint}</span>
                </button>
                <button type="button" className="touch tile tile-plain" onClick={() => tap({ do: 'register_by_phone' })}>
                  <Icon name="mobile" />
                  <span className="tile-word">{text.handOff.title.register}</span>
                  <span className="tile-hint">{text.handOff.registerHint}</span>
                </button>
              </div>
            ),
          }
        : {})}
    />
  )
}

export function RegisterConsent(props: RegisterProps) {
  const { state, screen, text, tap } = props
  const words = text.register
  const { page, pages } = consentPage(state, screen)
  const isLast = page + 1 >= pages.length
  return (
    <RegisterFrame
      of={props}
      fill="read"
      head={<HeadWords title={words.consentTitle} sub={words.consentLine} />}
      read={
        <div className="consent">
          <p className="consent-text">{pages[page]}</p>
          {pages.length === 1 ? null : <p className="consent-page">{words.consentPage(page + 1, pages.length)}</p>}
        </div>
      }
      act={
        <div className="act-row">
          <Button onPress={() => tap({ do: 'register_decline' })}>{words.decline}</Button>
          <Button kind="primary" onPress={() => tap({ do: 'register_agree' })}>
            {isLast ? words.agree : words.readOn}
          </Button>
        </div>
      }
    />
  )
}
