// A PDF in memory, in fonts of our own only, with lines of text that stay inside their width. What is drawn is its users' matter.

import PdfDocument from 'pdfkit'
import { civilOfDay } from '../../../domain/calendar.ts'
import { openSheetFonts, type SheetFonts } from './sheet-fonts.ts'

export const MM = 72 / 25.4
export const INK = '#1d1a17'
export const SOFT = '#4d463e'
export const ACCENT = '#d8452b'
export const CUT = '#b8ad9c'

export type Document = InstanceType<typeof PdfDocument>

export interface OpenSheet {
  sheet: Document
  fonts: SheetFonts
  /** Ends it and answers the whole document. */
  finish(): Promise<Buffer>
}

/** `texts`: all that is going to be printed. */
export async function openSheet(texts: readonly string[], title: string): Promise<OpenSheet> {
  const fonts = await openSheetFonts([...texts, BY_HAND])
  const [first] = fonts.fonts.values()
  if (first === undefined) throw new RangeError('a sheet has at least one text')
  // A font of our own from the start: else the document names one that it does not hold.
  const sheet = new PdfDocument({ size: 'A4', margin: 0, autoFirstPage: false, font: first as unknown as string, info: { Title: title } })
  const chunks: Buffer[] = []
  const ended = new Promise<Buffer>((resolve, reject) => {
    sheet.on('data', (chunk: Buffer) => chunks.push(chunk))
    sheet.on('end', () => resolve(Buffer.concat(chunks)))
    sheet.on('error', reject)
  })
  for (const [name, font] of fonts.fonts) sheet.registerFont(name, Buffer.from(font))
  return {
    sheet,
    fonts,
    finish: () => {
      sheet.end()
      return ended
    },
  }
}

export interface SheetLine {
  text: string
  size: number
  colour: string
}

export interface LinePlace {
  left: number
  top: number
  widthMax: number
  align?: 'start' | 'centre'
}

/** Of Noto Sans SC, in sizes: what stands beside it in another script stands on the same line. */
const ASCENT = 1.16
const BY_HAND = '请手写 Write it by hand'

/** In one line; what is too long is drawn smaller. What has letters that no font of ours draws is a line to write on. */
export function drawLine(sheet: Document, fonts: SheetFonts, { text, size, colour }: SheetLine, { left, top, widthMax, align = 'start' }: LinePlace): void {
  if (text === '') return
  if (!fonts.canPrint(text)) {
    const [width, base] = [Math.min(widthMax, 60 * MM), top + size * 1.15]
    const from = left + (align === 'centre' ? (widthMax - width) / 2 : 0)
    sheet.lineWidth(0.4).strokeColor(colour).moveTo(from, base).lineTo(from + width, base).stroke()
    drawLine(sheet, fonts, { text: BY_HAND, size: Math.min(size, 6), colour: SOFT }, { left, top: base + 1, widthMax, align })
    return
  }
  const pieces = fonts.pieces(text)
  if (pieces.length === 0) return
  const widthOf = (at: number): number => pieces.reduce((width, piece) => width + sheet.font(piece.font).fontSize(at).widthOfString(piece.text), 0)
  const fitting = size * Math.min(1, widthMax / widthOf(size))
  let x = left + (align === 'centre' ? (widthMax - widthOf(fitting)) / 2 : 0)
  for (const piece of pieces) {
    sheet.font(piece.font).fontSize(fitting).fillColor(colour).text(piece.text, x, top + fitting * ASCENT, { lineBreak: false, baseline: 'alphabetic' })
    x += sheet.widthOfString(piece.text)
  }
}

export function dayText(day: number): string {
  const { year, month, dayOfMonth } = civilOfDay(day)
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}
