// Reads the Debian package `sunpinyin-data`: the words and the word-pair probabilities of the open-gram project as SunPinyin packs
// them. A back-off model whose nodes lie level by level; the pairs of a word are the nodes between its own mark and the next word's.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const PACKED_DIR = 'usr/lib/x86_64-linux-gnu/sunpinyin/data'
const PROBABILITY_LEVELS = 1 << 16
const FALLBACK_LEVELS = 1 << 14
const NODE_BYTES = 12
const WORD_BITS = 0x3ffff

export interface OpenGram {
  /** A word's probability on its own. */
  words: Map<string, number>
  /** For a word: what may follow it, and how likely. */
  pairs: Map<string, Map<string, number>>
}

/** Stands before the first word of a clause. */
export const CLAUSE_START = '，'

export function readOpenGram(packageDir: string): OpenGram {
  const names = readNames(readFileSync(join(packageDir, PACKED_DIR, 'pydict_sc.bin')))
  const file = readFileSync(join(packageDir, PACKED_DIR, 'lm_sc.t3g'))
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const u32 = (at: number): number => view.getUint32(at, true)
  if (u32(0) !== 3 || u32(4) !== 0) throw new Error('lm_sc.t3g is not the three-word model this reads')
  const [wordNodes, pairNodes] = [u32(12), u32(16)]
  const probabilitiesAt = 24
  const wordsAt = probabilitiesAt + 4 * (PROBABILITY_LEVELS + FALLBACK_LEVELS) + NODE_BYTES * u32(8)
  const pairsAt = wordsAt + NODE_BYTES * wordNodes
  const probabilityAt = (node: number): number => view.getFloat32(probabilitiesAt + 4 * (u32(node + 4) & 0xffff), true)
  const firstPairOf = (node: number): number => ((u32(node + 8) >>> 25) << 16) | (u32(node + 4) >>> 16)

  const words = new Map<string, number>()
  const pairs = new Map<string, Map<string, number>>()
  for (let index = 0; index < wordNodes - 1; index++) {
    const node = wordsAt + NODE_BYTES * index
    const name = names[u32(node) & WORD_BITS] ?? ''
    if (name === '') continue
    words.set(name, probabilityAt(node))
    const following = new Map<string, number>()
    const end = Math.min(firstPairOf(node + NODE_BYTES), pairNodes)
    for (let pair = firstPairOf(node); pair < end; pair++) {
      const pairNode = pairsAt + NODE_BYTES * pair
      const follower = names[u32(pairNode) & WORD_BITS] ?? ''
      if (follower !== '') following.set(follower, probabilityAt(pairNode))
    }
    if (following.size > 0) pairs.set(name, following)
  }
  return { words, pairs }
}

/** The words lie at the end of the lexicon, one after the other, each ended by a nought. */
function readNames(lexicon: Buffer): string[] {
  const count = lexicon.readUInt32LE(0)
  const names: string[] = []
  let codes: number[] = []
  for (let at = lexicon.readUInt32LE(8); at + 4 <= lexicon.length && names.length < count; at += 4) {
    const code = lexicon.readUInt32LE(at)
    if (code !== 0) {
      codes.push(code)
      continue
    }
    names.push(String.fromCodePoint(...codes))
    codes = []
  }
  if (names.length !== count) throw new Error(`pydict_sc.bin names ${names.length} of ${count} words`)
  return names
}
