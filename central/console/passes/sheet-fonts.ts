// The fonts of a printed sheet: of the same Noto Sans SC that the screens use, and of its companion with rare signs, only the signs
// that are printed, in one weight, as TrueType. A web font is cut into a hundred slices; which sign lies in which is in its CSS.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import subsetFont from 'subset-font'
import { charactersOf } from '../../../domain/count-characters.ts'
import { pointsOf } from './font-points.ts'

const WEIGHT = 500
const RARE = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../../..' : '../..', 'resources/fonts/noto-sans-sc-rare.woff2')

interface Slice {
  file: string
  ranges: readonly (readonly [number, number])[]
}

export interface SheetFonts {
  /** By name, to register. */
  fonts: ReadonlyMap<string, Uint8Array>
  /** The text in pieces of one font each; a sign that no font has is a hollow box. */
  pieces(text: string): { font: string; text: string }[]
}

let known: readonly Slice[] | null = null

/** For all that is going to be printed. */
export async function openSheetFonts(texts: readonly string[]): Promise<SheetFonts> {
  const signs = new Set([...texts.join(''), BOX])
  const byFile = new Map<string, string>()
  for (const sign of signs) {
    const file = fileOf(sign)
    if (file !== null) byFile.set(file, (byFile.get(file) ?? '') + sign)
  }
  const fonts = new Map<string, Uint8Array>()
  const drawn = new Map<string, ReadonlySet<number>>()
  for (const [file, text] of byFile) {
    const font = await subsetFont(readFileSync(file), text, { targetFormat: 'sfnt', ...(file === RARE ? {} : { variationAxes: { wght: WEIGHT } }) })
    const points = pointsOf(font)
    // A slice may claim signs that it does not draw; one that draws none of them is no font.
    if (points.size === 0) continue
    fonts.set(file, font)
    drawn.set(file, points)
  }
  const fontOf = (point: string): string | null => {
    const file = fileOf(point)
    return file !== null && drawn.get(file)?.has(point.codePointAt(0) ?? 0) === true ? file : null
  }
  return {
    fonts,
    pieces(text) {
      const pieces: { font: string; text: string }[] = []
      const add = (font: string, shown: string): void => {
        const last = pieces.at(-1)
        if (last?.font === font) last.text += shown
        else pieces.push({ font, text: shown })
      }
      for (const sign of charactersOf(text)) {
        const points = [...sign].flatMap((point) => {
          const font = fontOf(point)
          return font === null ? [] : [{ font, point }]
        })
        // However many code points it is made of: one sign, one box.
        if (points.length === 0) add(fileOf(BOX) ?? '', BOX)
        for (const { font, point } of points) add(font, point)
      }
      return pieces
    },
  }
}

const BOX = '□'
const RARE_RANGES = [[0x3007, 0x3007], [0x3400, 0x9fff], [0xf900, 0xfaff], [0x20000, 0x323af]] as const

function fileOf(sign: string): string | null {
  const point = sign.codePointAt(0) ?? 0
  const isIn = ([first, last]: readonly [number, number]): boolean => point >= first && point <= last
  known ??= readSlices()
  return known.find(({ ranges }) => ranges.some(isIn))?.file ?? (RARE_RANGES.some(isIn) ? RARE : null)
}

function readSlices(): Slice[] {
  const css = createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/index.css')
  return [...readFileSync(css, 'utf8').matchAll(/url\(\.\/(files\/[^)]+)\)[^;]*;\s*unicode-range: ([^;]+);/g)].map(([, file = '', ranges = '']) => ({
    file: join(dirname(css), file),
    ranges: ranges.split(',').map((range): readonly [number, number] => {
      const [first = '', last = first] = range.trim().replace(/^U\+/i, '').split('-')
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
    }),
  }))
}
