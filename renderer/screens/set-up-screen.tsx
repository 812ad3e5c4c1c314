// A machine that is no station yet: the one-time code from central, typed or scanned, and central's address where nobody told
// it. No brand before there is a station: the product's own mark, and both languages from the first word.

import { Fragment } from 'react'
import { BrandMark } from '../brand/brand-mark.tsx'
import { ADDRESS_SIGNS, canJoin, CODE_SIGNS, isComplete, isJoining, printToCompare } from '../flow/set-up.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { showKeyPrint } from '../../contract/sync/enrolment.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords, StationHead } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { keyboardPlan } from '../parts/keyboard-plan.ts'
import { SignKeyboard } from '../parts/sign-keyboard.tsx'
import { CATALOGUES } from '../text/catalogues.ts'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = ScreenProps<'set_up'>

export function SetUpScreen(props: Props) {
  const { state, screen, text, tap } = props
  const setUp = state.view?.setUp ?? null
  if (setUp !== null && isJoining(state)) return <Joining {...props} said={setUp.state === 'joined' ? text.setUp.joined : text.setUp.joining} isJoined={setUp.state === 'joined'} />
  const keyPrint = printToCompare(state)
  if (keyPrint !== null) return <Comparing {...props} keyPrint={keyPrint} />
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
      head={<Head {...props} />}
      footWords={state.layout.orientation === 'landscape' && screen.field === 'code' ? CATALOGUES[state.language === 'zh' ? 'en' : 'zh'].setUp.title : null}
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
  const portrait = state.layout.orientation === 'portrait'
  const problem = problemOf(state, screen)
  const isCode = screen.field === 'code'
  return (
    <div className="set-up">
      {portrait ? (
        <div>
          <h1 className="display"><WholeWords text={isCode ? text.setUp.title : text.setUp.address} /></h1>
          <OtherLanguage state={state} isCode={isCode} />
        </div>
      ) : null}
      {isCode ? <CodeShown code={screen.code} label={text.setUp.typed(screen.code.length)} /> : <p className="address-shown" data-long={screen.address.length > ADDRESS_SHORT_MAX ? '' : undefined}>{endOf(screen.address)}</p>}
      {state.layout.compact ? null : problem === null ? (
        <p className="set-up-line">
          <Icon name={isCode ? 'scan' : 'list'} />
          <span>
            {isCode ? (
              <>
                <span className="set-up-next">{text.setUp.line}</span>
                <span className="set-up-next">{text.setUp.scan}</span>
              </>
            ) : (
              text.setUp.addressLine
            )}
          </span>
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

function problemOf(state: Props['state'], screen: Props['screen']): keyof Props['text']['setUp']['problem'] | null {
  return screen.isNew ? null : (state.view?.setUp?.problem ?? null)
}

/** Lying, the question stands in the head; on the smallest panel what was wrong with the last try does too. */
function Head({ state, screen, text }: Props) {
  if (state.layout.orientation === 'portrait') return <StationHead view={null} text={text} level={2} />
  const title = screen.field === 'code' ? text.setUp.title : text.setUp.address
  const problem = problemOf(state, screen)
  if (!state.layout.compact) return <HeadWords mark={<BrandMark mark={null} />} title={title} />
  if (problem !== null) return <HeadWords mark={<Icon name="warning" />} title={text.setUp.problem[problem].what} sub={text.setUp.problem[problem].next} />
  return <HeadWords mark={<BrandMark mark={null} />} title={title} sub={screen.field === 'code' ? text.setUp.line : text.setUp.addressLine} />
}

/** Whoever sets a machine up may read only one of the two. */
function OtherLanguage({ state, isCode }: { state: Props['state']; isCode: boolean }) {
  const other = CATALOGUES[state.language === 'zh' ? 'en' : 'zh']
  return (
    <p className="set-up-other" lang={other.htmlLang}>
      {isCode ? other.setUp.title : other.setUp.address}
    </p>
  )
}

const ADDRESS_SHORT_MAX = 30
const ADDRESS_SHOWN_MAX = 80

/** What is typed now is at the end. */
function endOf(address: string): string {
  return address.length > ADDRESS_SHOWN_MAX ? `…${address.slice(-ADDRESS_SHOWN_MAX)}` : address
}

const GROUPS = [0, 4, 8] as const
const PLACES = [0, 1, 2, 3] as const

/** XXXX-XXXX-XXXX, the place to type marked. */
function CodeShown({ code, label }: { code: string; label: string }) {
  return (
    <p className="code-shown" role="img" aria-label={label}>
      {GROUPS.map((first) => (
        <Fragment key={first}>
          {first === 0 ? null : <span className="code-dash">-</span>}
          {PLACES.map((place) => (
            <span key={place} className="code-place" data-now={first + place === code.length ? '' : undefined}>
              {code[first + place] ?? ''}
            </span>
          ))}
        </Fragment>
      ))}
    </p>
  )
}

/** A typed code waits for a person's word: whoever answers might be anybody. */
function Comparing({ state, text, tap, keyPrint }: Props & { keyPrint: string }) {
  const { compare } = text.setUp
  const shown = showKeyPrint(keyPrint)
  return (
    <Frame
      at="set_up"
      state={state}
      text={text}
      tap={tap}
      fill="read"
      head={<StationHead view={null} text={text} level={2} />}
      read={
        <div className="plain-say">
          <h1 className="display"><WholeWords text={compare.title} /></h1>
          <p className="print-shown" role="img" aria-label={compare.spoken(shown)}>
            {shown.split('-').map((group) => (
              <span key={group}>{group}</span>
            ))}
          </p>
          <p className="lead">{compare.line}</p>
        </div>
      }
      act={
        <div className="act-row weigh-bar">
          <Button onPress={() => tap({ do: 'set_up_compared', said: 'other' })}>{compare.other}</Button>
          <Button kind="primary" onPress={() => tap({ do: 'set_up_compared', said: 'same' })}>
            {compare.same}
          </Button>
        </div>
      }
    />
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
          <h1 className="display"><WholeWords text={said.title} /></h1>
          <p className="lead">{said.line}</p>
        </div>
      }
    />
  )
}
