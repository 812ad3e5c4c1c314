// The kiosk's own keyboard for words: candidates in a bar above the letters, each one touch; further ones on a sheet in the
// letters' place. It remembers nothing: what was typed is the flow's, and which keys are shown is part of it.

import type { Dictionary } from '../pinyin/dictionary.ts'
import { candidatesOfTyping, hasNextPage, openPage, type Typing, type TypingKey } from '../typing/typing.ts'
import type { TypingWords } from '../text/catalogue-visit.ts'
import { Icon } from './icons.tsx'
import { TYPING_SIGNS, type TypingAct, type TypingPlan } from './typing-plan.ts'

/** Between the parts of a name; nobody needs a comma there. */
const NAME_DOT = '·'

export interface TypingKeyboardProps {
  plan: TypingPlan
  typing: Typing
  dictionary: Dictionary | null
  words: TypingWords
  onKey: (key: TypingKey) => void
  onDone: () => void
}

export function TypingKeyboard(props: TypingKeyboardProps) {
  const { plan, typing, dictionary, words } = props
  const candidates = candidatesOfTyping(typing, dictionary)
  return (
    <div className="typing-board" role="group" aria-label={words.keyboard}>
      <Bar {...props} candidates={candidates} />
      {typing.page > 0 ? <Sheet {...props} candidates={candidates} /> : typing.layer === 'signs' ? <Signs {...props} /> : <Letters {...props} key={plan.columns} />}
    </div>
  )
}

type WithCandidates = TypingKeyboardProps & { candidates: ReturnType<typeof candidatesOfTyping> }

function Bar({ typing, words, onKey, candidates }: WithCandidates) {
  const shown = typing.page > 0 ? [] : openPage(typing, candidates)
  if (typing.page > 0) {
    return (
      <div className="typing-bar">
        <button type="button" className="touch key typing-turn" data-key="back" onClick={() => onKey({ kind: 'page', by: -1 })}>
          <Icon name="previous" />
          <span>{words.fewer}</span>
        </button>
        <span className="typing-said">{words.pick}</span>
        <button type="button" className="touch key typing-turn" data-key="on" disabled={!hasNextPage(typing, candidates)} onClick={() => onKey({ kind: 'page', by: 1 })}>
          <span>{words.more}</span>
          <Icon name="next" />
        </button>
      </div>
    )
  }
  if (shown.length === 0) return <div className="typing-bar"><span className="typing-said">{typing.language === 'pinyin' ? words.hint : words.hintEnglish}</span></div>
  return (
    <div className="typing-bar">
      {shown.map(({ index, candidate }) => (
        <button key={candidate.text} type="button" className="touch key typing-candidate" data-first={index === 0 ? '' : undefined} data-long={candidate.text.length > (index === 0 ? 4 : 3) ? '' : undefined} onClick={() => onKey({ kind: 'pick', index })}>
          {candidate.text}
        </button>
      ))}
      {hasNextPage(typing, candidates) ? (
        <button type="button" className="touch key typing-turn" data-key="on" aria-label={words.more} onClick={() => onKey({ kind: 'page', by: 1 })}>
          <Icon name="dropdown" />
        </button>
      ) : null}
    </div>
  )
}

function Sheet({ plan, typing, onKey, candidates }: WithCandidates) {
  return (
    <div className="typing-sheet" style={{ '--columns': plan.sheetColumns } as React.CSSProperties}>
      {openPage(typing, candidates).map(({ index, candidate }) => (
        <button key={candidate.text} type="button" className="touch key typing-candidate" data-long={candidate.text.length > 3 ? '' : undefined} onClick={() => onKey({ kind: 'pick', index })}>
          {candidate.text}
        </button>
      ))}
    </div>
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

function ActKey({ act, plan, typing, words, onKey, onDone }: TypingKeyboardProps & { act: TypingAct }) {
  const span = typing.layer === 'letters' ? (plan.spans[act] ?? 2) : 2
  if (act === 'done') {
    return (
      <button type="button" className="touch key" data-key="done" style={{ gridColumn: `span ${span}` }} onClick={onDone}>
        {words.key.done}
      </button>
    )
  }
  const { key, face } = keyOf(act, typing, words)
  return (
    <button type="button" className="touch key" data-key={act} style={{ gridColumn: `span ${span}` }} aria-label={act === 'comma' && typing.isName ? words.nameDot : words.key[act]} onClick={() => onKey(key)}>
      {act === 'erase' ? <Icon name="erase" /> : face}
    </button>
  )
}

function keyOf(act: Exclude<TypingAct, 'done'>, typing: Typing, words: TypingWords): { key: TypingKey; face: string } {
  switch (act) {
    case 'erase':
      return { key: { kind: 'erase' }, face: '' }
    case 'signs':
      return typing.layer === 'letters' ? { key: { kind: 'layer', layer: 'signs' }, face: words.signs } : { key: { kind: 'layer', layer: 'letters' }, face: words.letters }
    case 'language':
      return { key: { kind: 'language' }, face: typing.language === 'pinyin' ? words.toEnglish : words.toPinyin }
    case 'comma':
      if (typing.isName) return { key: { kind: 'sign', sign: NAME_DOT }, face: NAME_DOT }
      return { key: { kind: 'sign', sign: typing.language === 'pinyin' ? '，' : ',' }, face: typing.language === 'pinyin' ? '，' : ',' }
    case 'stop':
      return { key: { kind: 'sign', sign: typing.language === 'pinyin' ? '。' : '.' }, face: typing.language === 'pinyin' ? '。' : '.' }
    case 'question':
      return { key: { kind: 'sign', sign: typing.language === 'pinyin' ? '？' : '?' }, face: typing.language === 'pinyin' ? '？' : '?' }
    case 'space':
      return { key: { kind: 'space' }, face: words.space }
    case 'separator':
      return typing.language === 'pinyin' ? { key: { kind: 'letter', letter: "'" }, face: words.separator } : { key: { kind: 'capitals' }, face: words.capitals }
  }
}
