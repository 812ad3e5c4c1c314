// The nine keys of a telephone, for the smallest panel in low reach, where only two rows of keys lie under the middle: eight keys
// with letters, erasing, signs and done; over them the candidates, and while nothing is being composed what stands between words.

import { isTypingDone, type Typing } from '../typing/typing.ts'
import { NINE_KEYS } from '../pinyin/nine-keys.ts'
import { Icon } from './icons.tsx'
import { ActKey, type ActKeyProps } from './typing-act-key.tsx'
import { CandidateBar, type WithCandidates } from './typing-candidates.tsx'
import { TYPING_SIGNS, type TypingAct } from './typing-plan.ts'

const BETWEEN_WORDS: readonly TypingAct[] = ['comma', 'stop', 'question', 'space', 'language']
/** Of two rows of eleven, less erasing, turning and going back to letters. */
const SIGNS_FIRST_ROW = 11
const SIGNS_ON_PAGE = 19

export function NineKeyboard(props: WithCandidates) {
  const { typing } = props
  if (typing.layer !== 'letters') return <NineSigns {...props} />
  return (
    <>
      {isTypingDone(typing) ? <BetweenWords {...props} /> : <CandidateBar {...props} />}
      <KeyRow {...props} />
    </>
  )
}

function KeyRow(props: WithCandidates) {
  const { plan, onKey } = props
  return (
    <div className="typing-keys" data-rows={1}>
      {plan.letters.map((row, index) => (
        <div key={row} className="typing-row" style={columnsOf(props)}>
          {[...row].map((key) => (
            <button key={key} type="button" className="touch key typing-letters" data-key={key} onClick={() => onKey({ kind: 'letter', letter: key })}>
              {NINE_KEYS[key]}
            </button>
          ))}
          {(plan.acts[index] ?? []).map((act) => (
            <ActKey key={act} act={act} {...props} />
          ))}
        </div>
      ))}
    </div>
  )
}

function BetweenWords(props: WithCandidates) {
  const { words, onPhone } = props
  return (
    <div className="typing-bar typing-between">
      {BETWEEN_WORDS.map((act) => (
        <ActKey key={act} act={act} {...props} />
      ))}
      {onPhone === undefined ? null : (
        <button type="button" className="touch key" data-key="phone" onClick={onPhone}>
          {words.byPhone}
        </button>
      )}
    </div>
  )
}

function NineSigns(props: WithCandidates) {
  const { typing, words, onKey } = props
  const page = typing.layer === 'signs' ? 0 : 1
  const signs = [...TYPING_SIGNS].slice(page * SIGNS_ON_PAGE, (page + 1) * SIGNS_ON_PAGE)
  const missing = SIGNS_ON_PAGE - signs.length
  return (
    <div className="typing-keys" data-rows={2}>
      <SignRow {...props} signs={signs.slice(0, SIGNS_FIRST_ROW)} />
      <div className="typing-row" style={columnsOf(props)}>
        <SignKeys signs={signs.slice(SIGNS_FIRST_ROW)} onKey={onKey} />
        {Array.from({ length: missing }, (_, gap) => (
          <span key={gap} className="typing-gap" />
        ))}
        <button type="button" className="touch key" data-key="more-signs" aria-label={words.more} onClick={() => onKey({ kind: 'layer', layer: otherPage(typing) })}>
          <Icon name={page === 0 ? 'next' : 'previous'} />
        </button>
        <ActKey act="erase" {...props} />
        <ActKey act="signs" {...props} />
      </div>
    </div>
  )
}

function otherPage({ layer }: Typing): 'signs' | 'more-signs' {
  return layer === 'signs' ? 'more-signs' : 'signs'
}

function SignRow(props: WithCandidates & { signs: readonly string[] }) {
  return (
    <div className="typing-row" style={columnsOf(props)}>
      <SignKeys signs={props.signs} onKey={props.onKey} />
    </div>
  )
}

function SignKeys({ signs, onKey }: { signs: readonly string[]; onKey: ActKeyProps['onKey'] }) {
  return signs.map((sign) => (
    <button key={sign} type="button" className="touch key" data-key={sign} onClick={() => onKey({ kind: 'sign', sign })}>
      {sign}
    </button>
  ))
}

function columnsOf({ plan }: Pick<ActKeyProps, 'plan'>): React.CSSProperties {
  return { '--columns': plan.columns } as React.CSSProperties
}
