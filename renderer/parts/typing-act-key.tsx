// The keys beside the letters: what each does and what stands on it. Shared by the full keyboard and the nine keys.

import type { Typing, TypingKey } from '../typing/typing.ts'
import type { TypingWords } from '../text/catalogue-visit.ts'
import { Icon } from './icons.tsx'
import type { TypingAct, TypingPlan } from './typing-plan.ts'

/** Between the parts of a name; nobody needs a comma there. */
const NAME_DOT = '·'

export interface ActKeyProps {
  plan: TypingPlan
  typing: Typing
  words: TypingWords
  onKey: (key: TypingKey) => void
  onDone: () => void
}

export function ActKey({ act, plan, typing, words, onKey, onDone }: ActKeyProps & { act: TypingAct }) {
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
