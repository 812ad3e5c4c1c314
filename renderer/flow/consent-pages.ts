// A long text in pages that are read without scrolling: broken between sentences, and only a sentence that is longer than a page
// is broken inside, between clauses or words. Room is counted in the width of a Chinese character; a Latin letter takes about half of it.

import { charactersOf } from '../../domain/count-characters.ts'
import type { Language, Layout } from './flow-state.ts'

const SENTENCE = /[^。！？；!?\n]*?(?:[。！？；!?\n]+|[.;](?=\s|$)\s*)|[^。！？；!?\n]+$/gu
const CLAUSE = /[^，、：:,\s]*[，、：:,\s]+|[^，、：:,\s]+$/gu
const LATIN = /^[\n\u0020-\u024f\u2000-\u206f]/u

/** How much of it stands on one page, as styles/register.css sets it. */
export function consentRoom({ orientation, compact }: Layout, language: Language): number {
  const isLatin = language === 'en'
  if (orientation === 'portrait') return isLatin ? 350 : 230
  if (compact) return isLatin ? 80 : 95
  return isLatin ? 150 : 176
}

/** At least one page; an empty text is one empty page. */
export function pagesOf(text: string, room: number): readonly string[] {
  const pages: string[] = []
  let page = ''
  for (const sentence of (text.match(SENTENCE) ?? []).flatMap((whole) => cut(whole, room))) {
    if (page !== '' && widthOf(page + sentence.trimEnd()) > room) {
      pages.push(page.trim())
      page = ''
    }
    page += sentence
  }
  if (page.trim() !== '' || pages.length === 0) pages.push(page.trim())
  return pages
}

/** A sentence that is longer than a page: its clauses and words, and what has none of them by its signs. */
function cut(sentence: string, room: number): string[] {
  if (widthOf(sentence) <= room) return [sentence]
  return (sentence.match(CLAUSE) ?? []).flatMap((clause) => cutInside(clause, room))
}

function cutInside(sentence: string, room: number): string[] {
  if (widthOf(sentence) <= room) return [sentence]
  const pieces: string[] = []
  let piece = ''
  for (const sign of charactersOf(sentence)) {
    if (widthOf(piece + sign) > room) {
      pieces.push(piece)
      piece = ''
    }
    piece += sign
  }
  return [...pieces, piece]
}

function widthOf(text: string): number {
  let width = 0
  for (const sign of charactersOf(text)) width += LATIN.test(sign) ? 0.5 : 1
  return width
}
