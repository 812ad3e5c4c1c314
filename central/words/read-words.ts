// Reads what people typed, for whoever may: by reference, each under the key of its person. null: not here yet, or erased.

import type { WordRows } from '../store/central-store.ts'
import { readUnder } from './person-key.ts'

export async function readTexts(rows: Pick<WordRows, 'readWords' | 'readPersonKeys'>, refs: readonly string[]): Promise<Map<string, string | null>> {
  const words = [...(await rows.readWords(refs)).values()]
  const keys = await rows.readPersonKeys([...new Set(words.map(({ rider }) => rider))])
  return new Map(
    words.map(({ ref, rider, kept }) => {
      const key = keys.get(rider)
      return [ref, kept === null || key === undefined ? null : readUnder(key, ref, kept).text]
    }),
  )
}
