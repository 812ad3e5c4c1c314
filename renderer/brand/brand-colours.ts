// The colours of one station's brand, turned into tokens that keep the contrast the screens promise (7:1 for text, 3:1 for
// shapes), whatever two colours a brand brings. Pure. Knows nothing of screens; refuses a brand that would be illegible by
// darkening or lightening it, never by showing it as it came.

export type Rgb = readonly [red: number, green: number, blue: number]

export type BrandColours = { readonly accent: string; readonly accentDeep: string; readonly tint: string }

/** Names are CSS custom properties, set on the root of the screen. */
export type BrandTokens = {
  '--accent': string
  '--accent-fill': string
  '--accent-text': string
  '--accent-tint': string
}

const WHITE: Rgb = [255, 255, 255]
const PAPER: Rgb = [0xfa, 0xf6, 0xef]
const NIGHT_SURFACE: Rgb = [0x24, 0x20, 0x1b]
const NIGHT_PAPER: Rgb = [0x15, 0x12, 0x0f]
/** A hair above 7 and 3, so that rounding to whole colour steps never falls below. */
const TEXT_CONTRAST_MIN = 7.1
const SHAPE_CONTRAST_MIN = 3.05
const STEPS_MAX = 100

const NEUTRAL: BrandColours = { accent: '#D8452B', accentDeep: '#862411', tint: '#F7DFD2' }

export function brandTokens(brand: BrandColours | null, night: boolean): BrandTokens {
  const { accent, accentDeep, tint } = brand ?? NEUTRAL
  const bright = parseHex(accent)
  const fill = mixUntil(bright, [0, 0, 0], (colour) => contrastRatio(colour, WHITE) >= TEXT_CONTRAST_MIN)
  if (night) {
    return {
      '--accent': toHex(mixUntil(bright, WHITE, (colour) => contrastRatio(colour, NIGHT_PAPER) >= SHAPE_CONTRAST_MIN)),
      '--accent-fill': toHex(fill),
      '--accent-text': toHex(mixUntil(bright, WHITE, (colour) => contrastRatio(colour, NIGHT_SURFACE) >= TEXT_CONTRAST_MIN)),
      '--accent-tint': toHex(mix(bright, NIGHT_PAPER, 0.76)),
    }
  }
  const quiet = parseHex(tint)
  const readable = (colour: Rgb): boolean => contrastRatio(colour, PAPER) >= TEXT_CONTRAST_MIN && contrastRatio(colour, quiet) >= TEXT_CONTRAST_MIN
  return {
    '--accent': toHex(mixUntil(bright, [0, 0, 0], (colour) => contrastRatio(colour, PAPER) >= SHAPE_CONTRAST_MIN)),
    '--accent-fill': toHex(fill),
    '--accent-text': toHex(mixUntil(parseHex(accentDeep), [0, 0, 0], readable)),
    '--accent-tint': toHex(quiet),
  }
}

/** WCAG 2 contrast, 1 to 21. */
export function contrastRatio(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

export function parseHex(hex: string): Rgb {
  const digits = /^#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})$/.exec(hex)
  if (digits === null) throw new Error(`not a colour: ${hex}`)
  return [Number.parseInt(digits[1] ?? '', 16), Number.parseInt(digits[2] ?? '', 16), Number.parseInt(digits[3] ?? '', 16)]
}

function mixUntil(from: Rgb, towards: Rgb, enough: (colour: Rgb) => boolean): Rgb {
  for (let step = 0; step <= STEPS_MAX; step += 1) {
    const colour = mix(from, towards, step / STEPS_MAX)
    if (enough(colour)) return colour
  }
  return towards
}

function mix(from: Rgb, towards: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2): number => Math.round(from[index] + (towards[index] - from[index]) * share)
  return [channel(0), channel(1), channel(2)]
}

function luminance(colour: Rgb): number {
  const linear = (channel: number): number => {
    const value = channel / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

function toHex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
