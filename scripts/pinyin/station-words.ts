// Reads resources/pinyin/station-words.txt: a figure in a million, and the words it is said of.

import { readFileSync } from 'node:fs'

export function readStationWords(file: string): Map<string, number> {
  const probabilities = new Map<string, number>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [perMillion, ...words] = line.trim().split(/\s+/)
    for (const word of words) probabilities.set(word, Math.max(probabilities.get(word) ?? 0, Number(perMillion) / 1_000_000))
  }
  return probabilities
}
