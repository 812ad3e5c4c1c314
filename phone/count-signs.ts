// How many characters a text has as people count them, by rules that old phones know (`Intl.Segmenter` is newer than some): what is
// joined to a sign, varies it or stands on it is no sign of its own, and two letters of a flag are one. Central counts for good.

export function countSigns(text: string): number {
  const signs = text
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim()
    .replace(/\u200d[\u{2190}-\u{2bff}\u{1f000}-\u{1faff}]/gu, '')
    .replace(/\u200c|\u200d|\p{Emoji_Modifier}|[\u{e0020}-\u{e007f}]|\p{M}/gu, '')
    .replace(/[\u{1f1e6}-\u{1f1ff}]{2}/gu, '-')
  return [...signs].length
}
