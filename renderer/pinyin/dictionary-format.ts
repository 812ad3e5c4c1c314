// How the dictionary lies in its file: columns of small numbers, each with its length before it, gzipped as a whole. The packer
// (scripts/pinyin) and the reader share this page and nothing else.

export const FORMAT_MARK = 'BOAIPY01'

/** A cost is a negative natural logarithm of a probability, in so many parts of one. */
export const COST_PER_NAT = 12
export const COST_MAX = 255

/** What a pair of words saves against the two apart is kept in steps of so many parts of a cost. */
export const GAIN_STEP = 6
/** A row's fallback cost may be a little below nought; it is kept with this added. */
export const FALLBACK_SHIFT = 40

/** So many classes of words, by what follows them and by what they follow, and one more for words nothing is known of. */
export const CLASS_COUNT = 128
export const CLASS_UNKNOWN = CLASS_COUNT
/** A class's cost after another is kept with this added. */
export const CLASS_SHIFT = 128

/** In the column of lengths: the low bits are the syllables, this bit marks a further reading of a word that is there already. */
export const FURTHER_READING = 0x10
export const WORD_SYLLABLES_MAX = 8

/** The columns in the order in which they lie in the file. */
export const COLUMNS = [
  'hanzi',
  'lengths',
  'shared',
  'syllables',
  'hanziNumbers',
  'costs',
  'furtherOf',
  'beforeClasses',
  'afterClasses',
  'classCosts',
  'rowLengths',
  'rowFallbacks',
  'followers',
  'gains',
] as const
export type ColumnName = (typeof COLUMNS)[number]
