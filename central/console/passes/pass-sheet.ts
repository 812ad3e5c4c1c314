// A sheet of cards as a PDF: ten to a page of A4, each of the size of a bank card, with marks to cut by. Knows what is printed and
// where; not who may print it.

import { create } from 'qrcode'
import { ACCENT, CUT, dayText, type Document, drawLine, INK, MM, openSheet, SOFT } from './pdf-sheet.ts'
import type { SheetFonts } from './sheet-fonts.ts'

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

const PAGE = { width: 210 * MM, height: 297 * MM }
const CARD = { width: 85.6 * MM, height: 54 * MM }
const COLUMNS = 2
const ROWS = 5
const LEFT = (PAGE.width - COLUMNS * CARD.width) / 2
const TOP = (PAGE.height - ROWS * CARD.height) / 2
const QR_SIDE = 40 * MM

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
  if (passes.length === 0) throw new RangeError('a sheet has at least one pass')
  const { sheet, fonts, finish } = await openSheet(passes.flatMap((pass) => linesOf(pass).map(({ text }) => text)), '骑手码 Passes')
  passes.forEach((pass, index) => {
    const place = index % (COLUMNS * ROWS)
    if (place === 0) sheet.addPage({ size: 'A4', margin: 0 })
    drawCard(sheet, fonts, pass, LEFT + (place % COLUMNS) * CARD.width, TOP + Math.floor(place / COLUMNS) * CARD.height)
  })
  return finish()
}

function drawCard(sheet: Document, fonts: SheetFonts, pass: PrintedPass, left: number, top: number): void {
  sheet.lineWidth(0.3).strokeColor(CUT).rect(left, top, CARD.width, CARD.height).stroke()
  drawQr(sheet, pass.code, left + CARD.width - QR_SIDE - 4 * MM, top + (CARD.height - QR_SIDE) / 2)
  const widthMax = CARD.width - QR_SIDE - 13 * MM
  for (const { text, size, colour, at } of linesOf(pass)) drawLine(sheet, fonts, { text, size, colour }, { left: left + 5 * MM, top: top + at * MM, widthMax })
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
