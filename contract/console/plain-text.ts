// What people type into the office: one line of text that means what it shows. Emoji and right-to-left letters are welcome;
// control characters, invisible spaces and marks that turn the order of a line around are taken out, for nobody who pasted them
// could find them. Length is counted as people count.

import { z } from 'zod'
import { cleanText } from '../../domain/clean-text.ts'

const CODE_UNITS_A_SIGN = 8

export function countSigns(text: string): number {
  return [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)].length
}

export function plainText(signsMin: number, signsMax: number): z.ZodType<string> {
  return z
    .string()
    .max(signsMax * CODE_UNITS_A_SIGN)
    .overwrite(cleanText)
    .refine((text) => countSigns(text) >= signsMin && countSigns(text) <= signsMax)
}
