// The kiosk's own keyboard for words: candidates in a bar above the letters, each one touch; further ones on a sheet in the
// letters' place. It remembers nothing: what was typed is the flow's, and which keys are shown is part of it.

import { candidatesOfTyping } from '../typing/typing.ts'
import { NineKeyboard } from './nine-keyboard.tsx'
import { ActKey } from './typing-act-key.tsx'
import { CandidateBar, Sheet, SheetBar, type TypingKeyboardProps, type WithCandidates } from './typing-candidates.tsx'
import { TYPING_SIGNS } from './typing-plan.ts'

export function TypingKeyboard(props: TypingKeyboardProps) {
  const { plan, typing, dictionary, words } = props
  const candidates = candidatesOfTyping(typing, dictionary)
  return (
    <div className="typing-board" data-keys={plan.keys} role="group" aria-label={words.keyboard}>
      <Rows {...props} candidates={candidates} />
    </div>
  )
}

function Rows(props: WithCandidates) {
  const { plan, typing } = props
  if (typing.page > 0) {
    return (
      <>
        <SheetBar {...props} />
        <Sheet {...props} />
      </>
    )
  }
  if (plan.keys === 'nine') return <NineKeyboard {...props} />
  return (
    <>
      <CandidateBar {...props} />
      {typing.layer === 'letters' ? <Letters {...props} key={plan.columns} /> : <Signs {...props} />}
    </>
  )
}

function Letters(props: TypingKeyboardProps) {
  const { plan, typing, onKey } = props
  return (
    <div className="typing-keys" data-rows={plan.letters.length}>
      {plan.letters.map((row, index) => (
        <div key={`${row}${index}`} className="typing-row" style={{ '--columns': plan.columns } as React.CSSProperties}>
          {[...row].map((letter) => (
            <button key={letter} type="button" className="touch key typing-letter" data-key={letter} onClick={() => onKey({ kind: 'letter', letter })}>
              {typing.language === 'english' && typing.capitals ? letter.toUpperCase() : letter}
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

function Signs(props: TypingKeyboardProps) {
  const { plan, onKey } = props
  const inRow = Math.floor(plan.columns / 2)
  const rows: string[][] = []
  const signs = [...TYPING_SIGNS].slice(0, inRow * plan.letters.length - 3)
  for (let at = 0; at < signs.length; at += inRow) rows.push(signs.slice(at, at + inRow))
  const last = rows.length - 1
  return (
    <div className="typing-keys" data-rows={rows.length}>
      {rows.map((row, index) => (
        <div key={row.join('')} className="typing-row" style={{ '--columns': plan.columns } as React.CSSProperties}>
          {row.map((sign) => (
            <button key={sign} type="button" className="touch key" data-key={sign} onClick={() => onKey({ kind: 'sign', sign })}>
              {sign}
            </button>
          ))}
          {index === last ? (
            <>
              <ActKey act="erase" {...props} />
              <ActKey act="signs" {...props} />
            </>
          ) : null}
        </div>
      ))}
    </div>
  )
}
