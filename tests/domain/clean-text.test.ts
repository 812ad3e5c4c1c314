import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanLines, cleanText } from '../../domain/clean-text.ts'
import { countCharacters } from '../../domain/count-characters.ts'

test.each([
  ['blanks and lines become one blank', '  想要\r\n一双\t手套　谢谢 \u00a0', '想要 一双 手套 谢谢'],
  ['control characters go', 'a\u0000b\u0007c\u009fd', 'abcd'],
  ['direction overrides go', '\u202e套手\u202c\u2066x\u2069\u200e\u061c', '套手x'],
  ['signs that nobody sees go', '手\u200b套\ufeff\u2060\u00ad\u3164\u034f', '手套'],
  ['lone surrogates and noncharacters go', '手\ud83d套\ufffe', '手套'],
  ['tags outside a flag go', `好${String.fromCodePoint(0xe0041, 0xe0042)}`, '好'],
  ['letters are composed', 'e\u0301', 'é'],
  ['scripts and tags are text', '<script>alert(1)</script> & "x"', '<script>alert(1)</script> & "x"'],
  ['a family stays a family', '👨‍👩‍👧‍👦🏳️‍🌈', '👨‍👩‍👧‍👦🏳️‍🌈'],
  ['a flag of tags stays', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ['keycaps and hearts keep their looks', '1️⃣❤️👍🏽', '1️⃣❤️👍🏽'],
  ['Uyghur stays, with its joiners', 'مەن بىر پەلەي ئالماقچى، مى\u200cخوا', 'مەن بىر پەلەي ئالماقچى، مى\u200cخوا'],
  ['a joiner between Chinese letters goes', '手\u200d套\u200c', '手套'],
  ['a heap of marks is one letter', `z${'\u0351'.repeat(500)}a`, 'za'],
  ['nothing is nothing', ' \u200b\u202e\n', ''],
])('%s', (_name, typed, cleaned) => {
  expect(cleanText(typed)).toBe(cleaned)
})

test('what is clean stays as it is, and has nothing in it that could not be seen or could turn the page around', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: fc.constantFrom(...'手a1 👨👩\u200d\u200c\ufe0f🏴\u{e0067}\u{e007f}ئە\u0301\u202e\u200b\ud83d'), maxLength: 30 })), (typed) => {
      const cleaned = cleanText(typed)
      expect(cleanText(cleaned)).toBe(cleaned)
      expect(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(cleaned)).toBe(false)
      expect(Buffer.from(cleaned, 'utf8').toString('utf8')).toBe(cleaned)
    }),
    { numRuns: 2_000 },
  )
})

test('of several lines each is cleaned, and no more than one empty one stays between two', () => {
  expect(cleanLines('\u202e第一行\r\n\n\n\n 第二行\u200b \n')).toBe('第一行\n\n第二行')
  expect(cleanLines(' \n\u202e\n')).toBe('')
})

test('characters are counted as people count them', () => {
  const counted = ['', '手套', 'a\u0301', '👨‍👩‍👧‍👦', '🇨🇳🇨🇳', '1️⃣', '👍🏽', '𠮷', 'پەلەي', 'ก็'].map(countCharacters)
  expect(counted).toEqual([0, 2, 1, 1, 2, 1, 1, 1, 5, 1])
})
