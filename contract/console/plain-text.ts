// What people type into the office: one line of text that means what it shows. Emoji and right-to-left letters are welcome;
// control characters, invisible spaces and marks that turn the order of a line around are not. Length is counted as people count.

import { z } from 'zod'

/** U+200D and U+200C stay: emoji and some scripts are joined by them. */
const HIDDEN = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/u
const CODE_UNITS_A_SIGN = 8

export function countSigns(text: string): number {
  return [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)].length
}

export function plainText(signsMin: number, signsMax: number): z.ZodType<string> {
  return z
    .string()
    .max(signsMax * CODE_UNITS_A_SIGN)
    .normalize('NFC')
    .trim()
    .refine((text) => !HIDDEN.test(text) && countSigns(text) >= signsMin && countSigns(text) <= signsMax)
}
