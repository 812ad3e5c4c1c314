// A typed text as it may be kept and shown: one line, composed (NFC), without control characters, direction overrides and signs
// that nobody sees. Joiners stay where a script needs them: inside emoji and between Arabic letters (Uyghur); variation
// selectors stay behind what they vary. Nothing else is touched: scripts and tags are text and stay text.

import { charactersOf } from './count-characters.ts'

/** A sign of more code units than this is no letter and no emoji but a heap of marks; its first code point stays. */
const SIGN_UNITS_MAX = 24

/** Controls (white space was made blanks before), formats, lone surrogates, noncharacters, fillers that look like nothing. */
const UNSEEN = /\u034f|[\p{Cc}\p{Cs}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0001}]|\p{Noncharacter_Code_Point}/gu
const BLANKS = /[\p{White_Space}]+/gu

const EMOJI_BEFORE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u
const ARABIC_BEFORE = /[\p{Script=Arabic}\p{Mn}]$/u
const ARABIC_AFTER = /^\p{Script=Arabic}/u
const VARIED_BEFORE = /[\p{Extended_Pictographic}0-9#*]$/u
const HAN_BEFORE = /\p{Script=Han}$/u
/** The black flag, or a tag behind it. */
const TAGGED_BEFORE = /[\u{1f3f4}\u{e0020}-\u{e007e}]$/u

export function cleanText(typed: string): string {
  let text = typed
  // What is taken away may bring two signs together that were apart: until nothing changes, and it soon does not.
  for (let before = ''; before !== text; ) {
    before = text
    text = cleanOnce(text)
  }
  return text
}

/** The same for a text of several lines: they stay, and of several empty ones one. */
export function cleanLines(typed: string): string {
  return typed.split(/\r\n?|[\n\u2028\u2029]/u).map(cleanText).join('\n').replace(/\n{3,}/g, '\n\n').trim()
}

function cleanOnce(typed: string): string {
  const seen = typed.replace(BLANKS, ' ').replace(UNSEEN, '').normalize('NFC')
  const points = [...seen]
  let kept = ''
  for (const [index, point] of points.entries()) if (belongs(point, kept.slice(-2), points[index + 1] ?? '')) kept += point
  return charactersOf(kept).map((sign) => (sign.length > SIGN_UNITS_MAX ? ([...sign][0] ?? '') : sign)).join('').replace(BLANKS, ' ').trim()
}

function belongs(point: string, before: string, after: string): boolean {
  const code = point.codePointAt(0) ?? 0
  if (code === 0x200d) return (EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) || (ARABIC_BEFORE.test(before) && ARABIC_AFTER.test(after))
  if (code === 0x200c) return ARABIC_BEFORE.test(before) && ARABIC_AFTER.test(after)
  if (code === 0xfe0e || code === 0xfe0f) return VARIED_BEFORE.test(before)
  if (code >= 0xfe00 && code <= 0xfe0d) return false
  if (code >= 0xe0100 && code <= 0xe01ef) return HAN_BEFORE.test(before)
  if (code >= 0xe0020 && code <= 0xe007f) return TAGGED_BEFORE.test(before)
  return true
}
