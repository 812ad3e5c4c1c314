// The fonts of a printed sheet: of the same Noto Sans SC that the screens use, of its companion with rare signs, and of Noto Sans
// Arabic for names and titles in Uyghur, only the signs that are printed, in one weight, as TrueType. A web font is cut into slices;
// which sign lies in which is in its CSS. What none of them draws is no box: signs that say nothing are left out (emoji), and a line
// whose letters can not be drawn is for its user to leave blank.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import subsetFont from 'subset-font'
import { pointsOf } from './font-points.ts'

interface Slice {
  file: string
  ranges: readonly (readonly [number, number])[]
  /** It holds every weight. */
  isVariable: boolean
  isArabic: boolean
}

const WEIGHT = 500
const { resolve } = createRequire(import.meta.url)
/** Before the others: one of these claims letters of it and draws none. Its own list claims more, which they do draw. */
const ARABIC: Slice = {
  file: join(dirname(resolve('@fontsource/noto-sans-arabic/index.css')), `files/noto-sans-arabic-arabic-${WEIGHT}-normal.woff2`),
  ranges: [[0x600, 0x6ff], [0x750, 0x77f], [0x870, 0x8ff], [0xfb50, 0xfdff], [0xfe70, 0xfefc]],
  isVariable: false,
  isArabic: true,
}
const RARE: Slice = {
  file: join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../../..' : '../..', 'resources/fonts/noto-sans-sc-rare.woff2'),
  ranges: [[0x3007, 0x3007], [0x3400, 0x9fff], [0xf900, 0xfaff], [0x20000, 0x323af]],
  isVariable: false,
  isArabic: false,
}

export interface SheetFonts {
  /** By name, to register. */
  fonts: ReadonlyMap<string, Uint8Array>
  /** The text in pieces of one font each, in the order in which they stand on paper from left to right; without what no font draws. */
  pieces(text: string): { font: string; text: string }[]
  /** Whether every letter and every digit of it can be drawn. */
  canPrint(text: string): boolean
}

let known: readonly Slice[] | null = null

/** For all that is going to be printed. */
export async function openSheetFonts(texts: readonly string[]): Promise<SheetFonts> {
  const signs = new Set(texts.join(''))
  const bySlice = new Map<Slice, string>()
  for (const sign of signs) {
    const slice = sliceOf(sign)
    if (slice !== null) bySlice.set(slice, (bySlice.get(slice) ?? '') + sign)
  }
  const fonts = new Map<string, Uint8Array>()
  const drawn = new Map<string, ReadonlySet<number>>()
  for (const [{ file, isVariable }, text] of bySlice) {
    const font = await subsetFont(readFileSync(file), text, { targetFormat: 'sfnt', ...(isVariable ? { variationAxes: { wght: WEIGHT } } : {}) })
    const points = pointsOf(font)
    // A slice may claim signs that it does not draw; one that draws none of them is no font.
    if (points.size === 0) continue
    fonts.set(file, font)
    drawn.set(file, points)
  }
  const fontOf = (point: string): Slice | null => {
    const slice = sliceOf(point)
    return slice !== null && drawn.get(slice.file)?.has(point.codePointAt(0) ?? 0) === true ? slice : null
  }
  return {
    fonts,
    canPrint: (text) => [...text].every((point) => !/[\p{L}\p{N}]/u.test(point) || fontOf(point) !== null),
    pieces(text) {
      const runs: Run[] = []
      for (const point of text) {
        const slice = fontOf(point)
        if (slice === null) continue
        const flow: Run['flow'] = slice.isArabic ? 'to_left' : /[\p{L}\p{N}]/u.test(point) ? 'to_right' : 'either'
        const last = runs.at(-1)
        if (last?.font === slice.file && last.flow === flow) last.text += point
        else runs.push({ font: slice.file, text: point, flow })
      }
      return onPaper(runs).map(({ font, text: shown }) => ({ font, text: shown }))
    },
  }
}

interface Run {
  font: string
  text: string
  /** Letters of a run that flows to the left are turned by the shaping, not here. */
  flow: 'to_left' | 'to_right' | 'either'
}

/** Words that are read from the right stand in that order, with what is between them. */
function onPaper(runs: readonly Run[]): Run[] {
  const placed: Run[] = []
  for (let index = 0; index < runs.length; ) {
    const rest = runs.slice(index)
    const end = rest.findIndex(({ flow }) => flow === 'to_right')
    const stretch = end < 0 ? rest : rest.slice(0, end)
    const from = stretch.findIndex(({ flow }) => flow === 'to_left')
    const until = stretch.findLastIndex(({ flow }) => flow === 'to_left') + 1
    if (from < 0) placed.push(...stretch)
    else placed.push(...stretch.slice(0, from), ...stretch.slice(from, until).toReversed().map(mirrored), ...stretch.slice(until))
    placed.push(...rest.slice(stretch.length, stretch.length + 1))
    index += stretch.length + 1
  }
  return placed
}

const MIRRORED: Readonly<Record<string, string>> = { '(': ')', ')': '(', '[': ']', ']': '[', '<': '>', '>': '<', '«': '»', '»': '«' }

function mirrored(run: Run): Run {
  return run.flow === 'either' ? { ...run, text: [...run.text].toReversed().map((sign) => MIRRORED[sign] ?? sign).join('') } : run
}

function sliceOf(sign: string): Slice | null {
  const point = sign.codePointAt(0) ?? 0
  known ??= [ARABIC, ...readSlices(), RARE]
  return known.find(({ ranges }) => ranges.some(([first, last]) => point >= first && point <= last)) ?? null
}

function readSlices(): Slice[] {
  const css = resolve('@fontsource-variable/noto-sans-sc/index.css')
  return [...readFileSync(css, 'utf8').matchAll(/url\(\.\/(files\/[^)]+)\)[^;]*;\s*unicode-range: ([^;]+);/g)].map(([, file = '', ranges = '']) => ({
    file: join(dirname(css), file),
    isVariable: true,
    isArabic: false,
    ranges: ranges.split(',').map((range): readonly [number, number] => {
      const [first = '', last = first] = range.trim().replace(/^U\+/i, '').split('-')
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
    }),
  }))
}
