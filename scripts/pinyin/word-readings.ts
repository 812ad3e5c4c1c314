// How a word may be typed: the readings of rime's dictionary by how often each was seen, and pinyin-pro's, which the bench and
// other programs go by. A reading that has no syllables of ours is left out.

import { pinyin } from 'pinyin-pro'
import type { Reading } from './pack-dictionary.ts'
import { WORD_SYLLABLES_MAX } from '../../renderer/pinyin/dictionary-format.ts'
import { syllableNumber } from '../../renderer/pinyin/syllables.ts'
import type { RimeWord } from './rime-words.ts'

/** A reading that only one of the two knows. */
const UNSEEN_READING_NATS = 3
const UNSEEN_WORD_READING_NATS = 0.5

export function readingsOf(text: string, rimeWords: readonly RimeWord[]): Reading[] {
  const signs = [...text].length
  if (signs > WORD_SYLLABLES_MAX) return []
  const counts = new Map<string, number>()
  for (const { syllables, count } of rimeWords) counts.set(syllables.join(' '), Math.max(count, 0.5))
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const costs = new Map([...counts].map(([reading, count]) => [reading, -Math.log(count / all)]))
  for (const [index, reading] of pinyinProReadings(text, signs).entries()) {
    const unseen = signs === 1 ? (index === 0 ? 0.7 : UNSEEN_READING_NATS) : UNSEEN_WORD_READING_NATS
    const nats = costs.size === 0 ? 0 : unseen
    costs.set(reading, Math.min(costs.get(reading) ?? Number.POSITIVE_INFINITY, nats))
  }
  const found = new Map<string, Reading>()
  for (const [reading, nats] of costs) {
    const syllables = reading.split(' ').map(syllableNumber)
    if (syllables.length !== signs || syllables.includes(null)) continue
    const key = syllables.join(' ')
    if (nats < (found.get(key)?.extraNats ?? Number.POSITIVE_INFINITY)) found.set(key, { syllables: syllables.filter((syllable) => syllable !== null), extraNats: nats })
  }
  const readings = [...found.values()].sort((a, b) => a.extraNats - b.extraNats || a.syllables.join(' ').localeCompare(b.syllables.join(' ')))
  const least = readings[0]?.extraNats ?? 0
  return readings.map(({ syllables, extraNats }) => ({ syllables, extraNats: extraNats - least }))
}

function pinyinProReadings(text: string, signs: number): string[] {
  const options = { toneType: 'none', type: 'array', v: true } as const
  return signs === 1 ? pinyin(text, { ...options, multiple: true }) : [pinyin(text, options).join(' ')]
}
