// A sheet of cards as a PDF: ten to a page of A4, each of the size of a bank card, with marks to cut by. Knows what is printed and
// where; not who may print it.

import PdfDocument from 'pdfkit'
import { create } from 'qrcode'
import { civilOfDay } from '../../../domain/calendar.ts'
import { openSheetFonts, type SheetFonts } from './sheet-fonts.ts'

export interface PrintedPass {
  /** The text of the QR code. */
  code: string
  maskedName: string
  brand: string
  station: string
  hotline: string
  card: number
  issueDay: number
  lastDay: number
}

const MM = 72 / 25.4
const PAGE = { width: 210 * MM, height: 297 * MM }
const CARD = { width: 85.6 * MM, height: 54 * MM }
const COLUMNS = 2
const ROWS = 5
const LEFT = (PAGE.width - COLUMNS * CARD.width) / 2
const TOP = (PAGE.height - ROWS * CARD.height) / 2
const QR_SIDE = 40 * MM
const INK = '#1d1a17'
const SOFT = '#4d463e'
const ACCENT = '#d8452b'

type Document = InstanceType<typeof PdfDocument>

const dayText = (day: number): string => {
  const { year, month, dayOfMonth } = civilOfDay(day)
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}

interface Line {
  text: string
  size: number
  colour: string
  /** From the card's top, in millimetres. */
  at: number
}

function linesOf(pass: PrintedPass): Line[] {
  return [
    { text: pass.brand, size: 11, colour: ACCENT, at: 6 },
    { text: pass.maskedName, size: 20, colour: INK, at: 13 },
    { text: `骑手码 · 第 ${pass.card} 张`, size: 8, colour: SOFT, at: 24 },
    { text: pass.station, size: 8, colour: SOFT, at: 28.5 },
    { text: `${dayText(pass.issueDay)} — ${dayText(pass.lastDay)}`, size: 8, colour: SOFT, at: 33 },
    { text: `丢失请告知站点 ${pass.hotline}`, size: 7, colour: SOFT, at: 41 },
    { text: `Lost? Tell a station`, size: 6.5, colour: SOFT, at: 45 },
  ]
}

/** The whole document. */
export async function drawPassSheet(passes: readonly PrintedPass[]): Promise<Buffer> {
  const fonts = await openSheetFonts(passes.flatMap((pass) => linesOf(pass).map(({ text }) => text)))
  const [first] = fonts.fonts.values()
  if (first === undefined) throw new RangeError('a sheet has at least one pass')
  // A font of our own from the start: else the document names one that it does not hold.
  const sheet = new PdfDocument({ size: 'A4', margin: 0, autoFirstPage: false, font: first as unknown as string, info: { Title: '骑手码 Passes' } })
  const chunks: Buffer[] = []
  const ended = new Promise<Buffer>((resolve, reject) => {
    sheet.on('data', (chunk: Buffer) => chunks.push(chunk))
    sheet.on('end', () => resolve(Buffer.concat(chunks)))
    sheet.on('error', reject)
  })
  for (const [name, font] of fonts.fonts) sheet.registerFont(name, Buffer.from(font))
  passes.forEach((pass, index) => {
    const place = index % (COLUMNS * ROWS)
    if (place === 0) sheet.addPage({ size: 'A4', margin: 0 })
    drawCard(sheet, fonts, pass, LEFT + (place % COLUMNS) * CARD.width, TOP + Math.floor(place / COLUMNS) * CARD.height)
  })
  sheet.end()
  return ended
}

function drawCard(sheet: Document, fonts: SheetFonts, pass: PrintedPass, left: number, top: number): void {
  sheet.lineWidth(0.3).strokeColor('#b8ad9c').rect(left, top, CARD.width, CARD.height).stroke()
  drawQr(sheet, pass.code, left + CARD.width - QR_SIDE - 4 * MM, top + (CARD.height - QR_SIDE) / 2)
  const widthMax = CARD.width - QR_SIDE - 13 * MM
  for (const { text, size, colour, at } of linesOf(pass)) drawLine(sheet, fonts, { text, size, colour }, { left: left + 5 * MM, top: top + at * MM, widthMax })
}

/** In one line; what is too long is drawn smaller. */
function drawLine(sheet: Document, fonts: SheetFonts, { text, size, colour }: Omit<Line, 'at'>, { left, top, widthMax }: { left: number; top: number; widthMax: number }): void {
  const pieces = fonts.pieces(text)
  const widthOf = (at: number): number => pieces.reduce((width, piece) => width + sheet.font(piece.font).fontSize(at).widthOfString(piece.text), 0)
  const fitting = size * Math.min(1, widthMax / widthOf(size))
  let x = left
  for (const piece of pieces) {
    sheet.font(piece.font).fontSize(fitting).fillColor(colour).text(piece.text, x, top, { lineBreak: false })
    x += sheet.widthOfString(piece.text)
  }
}

function drawQr(sheet: Document, text: string, left: number, top: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const side = QR_SIDE / modules.size
  sheet.fillColor('#000000')
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; ) {
      let run = 0
      while (column + run < modules.size && modules.get(row, column + run) === 1) run += 1
      if (run > 0) sheet.rect(left + column * side, top + row * side, run * side, side)
      column += Math.max(1, run)
    }
  }
  sheet.fill()
}
