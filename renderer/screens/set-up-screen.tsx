// A machine that is no station yet: the one-time code from central, typed or scanned, and central's address where nobody told
// it. No brand before there is a station: the product's own mark, and both languages from the first word.

import { CODE_SIGNS, ADDRESS_SIGNS, CODE_LENGTH, canJoin, isComplete, isJoining } from '../flow/set-up.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { StationHead } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { keyboardPlan } from '../parts/keyboard-plan.ts'
import { SignKeyboard } from '../parts/sign-keyboard.tsx'
import { CATALOGUES } from '../text/catalogues.ts'

type Props = ScreenProps<'set_up'>

export function SetUpScreen(props: Props) {
  const { state, screen, text, tap } = props
  const setUp = state.view?.setUp ?? null
  if (setUp !== null && isJoining(state)) return <Joining {...props} said={setUp.state === 'joined' ? text.setUp.joined : text.setUp.joining} isJoined={setUp.state === 'joined'} />
  const signs = screen.field === 'code' ? CODE_SIGNS : ADDRESS_SIGNS
  const plan = keyboardPlan(state.layout, state.lowReach, signs.length)
  const onWord = canJoin(state.view, screen) ? text.setUp.join : text.setUp.next
  const ready = isComplete(screen)
  return (
    <Frame
      at="set_up"
      state={state}
      text={text}
      tap={tap}
      back={screen.field === 'address'}
      fill="touch"
      head={<StationHead view={null} text={text} level={2} />}
      read={<Typed {...props} />}
      touch={
        <SignKeyboard
          key={screen.field}
          plan={plan}
          signs={signs}
          label={text.setUp.keys}
          eraseWord={text.parts.delete}
          doneWord={onWord}
          moreWord={text.setUp.moreKeys}
          doneDimmed={!ready}
          onSign={(sign) => tap({ do: 'set_up_sign', sign })}
          onErase={() => tap({ do: 'set_up_erase' })}
          onDone={() => tap({ do: 'set_up_on' })}
          onTurned={() => tap({ do: 'stay' })}
        />
      }
      {...(plan.hasActs
        ? {}
        : {
            act: (
              <div className="act-row weigh-bar">
                <Button icon="erase" onPress={() => tap({ do: 'set_up_erase' })}>
                  {text.parts.delete}
                </Button>
                <Button kind="primary" dimmed={!ready} onPress={() => tap({ do: 'set_up_on' })}>
                  {onWord}
                </Button>
              </div>
            ),
          })}
    />
  )
}

function Typed({ state, screen, text }: Props) {
  const problem = screen.isNew ? null : (state.view?.setUp?.problem ?? null)
  const other = CATALOGUES[state.language === 'zh' ? 'en' : 'zh']
  const isCode = screen.field === 'code'
  return (
    <div className="set-up">
      <div className="set-up-words">
        <h1 className="display">{isCode ? text.setUp.title : text.setUp.address}</h1>
        <p className="set-up-other" lang={other.htmlLang}>
          {isCode ? other.setUp.title : other.setUp.address}
        </p>
      </div>
      {isCode ? <CodeShown code={screen.code} label={text.setUp.typed(screen.code.length)} /> : <p className="address-shown">{screen.address}</p>}
      {problem === null ? (
        <p className="set-up-line">
          <Icon name={isCode ? 'scan' : 'list'} />
          <span>{isCode ? `${text.setUp.line}${state.language === 'en' ? ' ' : ''}${text.setUp.scan}` : text.setUp.addressLine}</span>
        </p>
      ) : (
        <p className="set-up-line" role="status" data-tone="warm">
          <Icon name="warning" />
          <span>
            <strong>{text.setUp.problem[problem].what}</strong>
            <span className="set-up-next">{text.setUp.problem[problem].next}</span>
          </span>
        </p>
      )}
    </div>
  )
}

const PLACES = Array.from({ length: CODE_LENGTH }, (_, index) => index)

function CodeShown({ code, label }: { code: string; label: string }) {
  return (
    <p className="code-shown" role="img" aria-label={label}>
      {PLACES.map((place) => (
        <span key={place} className="code-place" data-typed={place < code.length ? '' : undefined} data-now={place === code.length ? '' : undefined}>
          {code[place] ?? ''}
        </span>
      ))}
    </p>
  )
}

function Joining({ state, text, tap, said, isJoined }: Props & { said: { title: string; line: string }; isJoined: boolean }) {
  return (
    <Frame
      at="set_up"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      head={<StationHead view={null} text={text} level={2} />}
      read={
        <div className="plain-say" aria-live="polite">
          <span className="say-icon" data-tone={isJoined ? 'good' : 'calm'}>
            <Icon name={isJoined ? 'check' : 'online'} />
          </span>
          <h1 className="display">{said.title}</h1>
          <p className="lead">{said.line}</p>
        </div>
      }
    />
  )
}
