// Candidates for what is being composed: five in a bar over the keys, one touch each; further ones on sheets in the keys' place. On
// nine keys the bar of a sheet has the syllables that the keys may be: choosing one leaves only its words.

import type { Dictionary } from '../pinyin/dictionary.ts'
import { hasNextPage, openPage, readingsOfTyping, type candidatesOfTyping, type Typing, type TypingKey } from '../typing/typing.ts'
import type { TypingWords } from '../text/catalogue-visit.ts'
import { Icon } from './icons.tsx'
import type { TypingPlan } from './typing-plan.ts'

const READINGS_SHOWN = 5

export interface TypingKeyboardProps {
  plan: TypingPlan
  typing: Typing
  dictionary: Dictionary | null
  words: TypingWords
  onKey: (key: TypingKey) => void
  onDone: () => void
  /** The phone instead, where it has a key. */
  onPhone?: () => void
}

export type WithCandidates = TypingKeyboardProps & { candidates: ReturnType<typeof candidatesOfTyping> }

export function SheetBar(props: WithCandidates) {
  const { plan, typing, words, onKey, candidates } = props
  const { sheet } = plan
  return (
    <div className="typing-bar">
      <button type="button" className="touch key typing-turn" data-key="back" onClick={() => onKey({ kind: 'page', by: -1 })}>
        <Icon name="previous" />
        <span>{words.fewer}</span>
      </button>
      {plan.keys === 'nine' ? <Readings {...props} /> : <span className="typing-said">{words.pick}</span>}
      <button type="button" className="touch key typing-turn" data-key="on" disabled={!hasNextPage(typing, candidates, sheet)} onClick={() => onKey({ kind: 'page', by: 1, sheet })}>
        <span>{words.more}</span>
        <Icon name="next" />
      </button>
    </div>
  )
}

export function CandidateBar({ plan, typing, words, onKey, candidates }: WithCandidates) {
  const { sheet } = plan
  const shown = openPage(typing, candidates)
  if (shown.length === 0) return <div className="typing-bar"><span className="typing-said">{typing.language === 'pinyin' ? words.hint : words.hintEnglish}</span></div>
  return (
    <div className="typing-bar">
      {shown.map(({ index, candidate }) => (
        <button key={candidate.text} type="button" className="touch key typing-candidate" data-first={index === 0 ? '' : undefined} data-long={candidate.text.length > (index === 0 ? 4 : 3) ? '' : undefined} onClick={() => onKey({ kind: 'pick', index })}>
          {candidate.text}
        </button>
      ))}
      {hasNextPage(typing, candidates) ? (
        <button type="button" className="touch key typing-turn" data-key="on" aria-label={words.more} onClick={() => onKey({ kind: 'page', by: 1, sheet })}>
          <Icon name="dropdown" />
        </button>
      ) : null}
    </div>
  )
}

export function Sheet({ plan, typing, onKey, candidates }: WithCandidates) {
  return (
    <div className="typing-sheet" style={{ '--columns': plan.sheetColumns } as React.CSSProperties}>
      {openPage(typing, candidates, plan.sheet).map(({ index, candidate }) => (
        <button key={candidate.text} type="button" className="touch key typing-candidate" data-long={candidate.text.length > 3 ? '' : undefined} onClick={() => onKey({ kind: 'pick', index })}>
          {candidate.text}
        </button>
      ))}
    </div>
  )
}

function Readings({ typing, dictionary, words, onKey }: TypingKeyboardProps) {
  return (
    <div className="typing-readings" role="group" aria-label={words.readings}>
      {readingsOfTyping(typing, dictionary, READINGS_SHOWN).map((reading) => (
        <button key={reading} type="button" className="touch key typing-reading" onClick={() => onKey({ kind: 'reading', reading })}>
          {reading}
        </button>
      ))}
    </div>
  )
}
