// Certificates as a PDF: two to a page of A4, each of the size of A5, to cut apart. Chinese first, English beneath it. Knows what is
// printed and where; not who may print it. No emblem stands on it: the station's own name does.

import { ACCENT, CUT, dayText, type Document, drawLine, INK, MM, openSheet, SOFT } from '../passes/pdf-sheet.ts'
import type { SheetFonts } from '../passes/sheet-fonts.ts'

interface Both {
  zh: string
  en: string
}

export interface PrintedCertificate {
  number: string
  name: string
  topic: Both
  title: Both
  issuedDay: number
  /** null: for good. */
  expiresDay: number | null
  brand: Both
  station: Both
}

const PAGE_WIDTH = 210 * MM
const SHEET_HEIGHT = 148.5 * MM
const A_PAGE = 2
const EDGE = 9 * MM
const SIDE = 24 * MM
const FOOT = 120 * MM

interface Line {
  text: string
  size: number
  colour: string
  /** From the top, in millimetres. */
  at: number
}

/** In the middle of the sheet, from the top. */
function linesOf({ brand, name, title, topic }: PrintedCertificate): Line[] {
  return [
    { text: brand.zh, size: 13, colour: ACCENT, at: 19 },
    { text: '培训证书', size: 30, colour: INK, at: 28 },
    { text: `Training certificate · ${brand.en}`, size: 9, colour: SOFT, at: 43 },
    { text: name, size: 26, colour: INK, at: 55 },
    { text: '参加并完成了以下培训  has taken part in', size: 9.5, colour: SOFT, at: 71 },
    { text: title.zh, size: 19, colour: INK, at: 79 },
    { text: title.en === title.zh ? '' : title.en, size: 11, colour: SOFT, at: 91 },
    { text: `${topic.zh}  ${topic.en}`, size: 10, colour: SOFT, at: title.en === title.zh ? 92 : 99 },
  ]
}

/** Along the foot: what it is, and its value. */
function factsOf({ number, issuedDay, expiresDay, station }: PrintedCertificate): readonly { label: string; value: string }[] {
  return [
    { label: '证书编号 No.', value: number },
    { label: '培训日期 Date', value: dayText(issuedDay) },
    { label: '有效期至 Valid until', value: expiresDay === null ? '长期 For good' : dayText(expiresDay) },
    { label: '举办驿站 Held at', value: station.zh },
  ]
}

/** The whole document. */
export async function drawCertificateSheet(certificates: readonly PrintedCertificate[]): Promise<Buffer> {
  if (certificates.length === 0) throw new RangeError('a sheet has at least one certificate')
  const texts = certificates.flatMap((one) => [...linesOf(one).map(({ text }) => text), ...factsOf(one).flatMap(({ label, value }) => [label, value])])
  const { sheet, fonts, finish } = await openSheet(texts, '培训证书 Training certificates')
  certificates.forEach((certificate, index) => {
    const place = index % A_PAGE
    if (place === 0) sheet.addPage({ size: 'A4', margin: 0 })
    drawCertificate(sheet, fonts, certificate, place * SHEET_HEIGHT)
  })
  return finish()
}

function drawCertificate(sheet: Document, fonts: SheetFonts, certificate: PrintedCertificate, top: number): void {
  if (top > 0) sheet.lineWidth(0.3).strokeColor(CUT).dash(3, { space: 3 }).moveTo(0, top).lineTo(PAGE_WIDTH, top).stroke().undash()
  const frame = { width: PAGE_WIDTH - 2 * EDGE, height: SHEET_HEIGHT - 2 * EDGE }
  sheet.lineWidth(1.2).strokeColor(ACCENT).rect(EDGE, top + EDGE, frame.width, frame.height).stroke()
  sheet.lineWidth(0.4).strokeColor(CUT).rect(EDGE + 1.6 * MM, top + EDGE + 1.6 * MM, frame.width - 3.2 * MM, frame.height - 3.2 * MM).stroke()
  const widthMax = PAGE_WIDTH - 2 * SIDE
  for (const { text, size, colour, at } of linesOf(certificate)) drawLine(sheet, fonts, { text, size, colour }, { left: SIDE, top: top + at * MM, widthMax, align: 'centre' })
  sheet.lineWidth(0.4).strokeColor(CUT).moveTo(SIDE, top + FOOT - 4 * MM).lineTo(PAGE_WIDTH - SIDE, top + FOOT - 4 * MM).stroke()
  const facts = factsOf(certificate)
  const column = widthMax / facts.length
  for (const [index, { label, value }] of facts.entries()) {
    const left = SIDE + index * column
    drawLine(sheet, fonts, { text: label, size: 7.5, colour: SOFT }, { left, top: top + FOOT, widthMax: column - 3 * MM })
    drawLine(sheet, fonts, { text: value, size: 11, colour: INK }, { left, top: top + FOOT + 4.5 * MM, widthMax: column - 3 * MM })
  }
}
