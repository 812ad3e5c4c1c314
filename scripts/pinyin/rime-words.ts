// Reads the Debian package `rime-data-pinyin-simp`: words with their readings and how often they were seen (from the Android
// pinyin input method). A line is word, syllables, count.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface RimeWord {
  text: string
  syllables: string[]
  count: number
}

export function readRimeWords(packageDir: string): RimeWord[] {
  const lines = readFileSync(join(packageDir, 'usr/share/rime-data/pinyin_simp.dict.yaml'), 'utf8').split('\n')
  return lines.slice(lines.indexOf('...') + 1).flatMap((line) => {
    const [text, reading, count] = line.split('\t')
    return text === undefined || reading === undefined || text === '' ? [] : [{ text, syllables: reading.split(' '), count: Number(count ?? 0) }]
  })
}
