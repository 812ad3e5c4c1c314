// Rows as a workbook with one sheet, written as they come: whole workbooks of 100,000 rows need not fit in memory, which is why
// none of the kept libraries was taken for it; the container is fflate's, the sheet is the few elements of ECMA-376 that a table
// needs. All text is text (`inlineStr`), so nothing can be a formula. Another library reads it back in the tests.

import { strToU8, Zip, ZipDeflate } from 'fflate'
import type { ExportCell } from './export-cells.ts'

export interface Workbook {
  row(cells: readonly ExportCell[]): void
  end(): void
}

/** Excel's own. */
export const SHEET_ROWS_MAX = 1_048_576
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const HEADING_STYLE = 1
const TIME_STYLE = 2

const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
}

export function beginWorkbook(headings: readonly string[], send: (bytes: Uint8Array) => void, failed: (error: Error) => void): Workbook {
  const zip = new Zip((error, bytes) => {
    if (error === null) send(bytes)
    else failed(error)
  })
  for (const [name, xml] of Object.entries(PARTS)) {
    const part = new ZipDeflate(name)
    zip.add(part)
    part.push(strToU8(HEAD + xml), true)
  }
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 6 })
  zip.add(sheet)
  let pending = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="${headings.length}" width="18" customWidth="1"/></cols><sheetData>`
  pending += `<row r="1">${headings.map((heading, column) => textCell(heading, addressOf(column, 1), HEADING_STYLE)).join('')}</row>`
  let rows = 1
  const flush = (isLast: boolean): void => {
    sheet.push(strToU8(pending), isLast)
    pending = ''
  }
  return {
    row: (cells) => {
      rows += 1
      pending += `<row r="${rows}">${cells.map((cell, column) => xmlCell(cell, addressOf(column, rows))).join('')}</row>`
      if (pending.length > CHUNK_SIGNS) flush(false)
    },
    end: () => {
      pending += '</sheetData></worksheet>'
      flush(true)
      zip.end()
    },
  }
}

const CHUNK_SIGNS = 64 * 1024

/** A1, B1 … AN1: not every reader counts by itself. */
function addressOf(column: number, row: number): string {
  const letter = (index: number): string => String.fromCharCode(65 + index)
  return `${column < 26 ? '' : letter(Math.floor(column / 26) - 1)}${letter(column % 26)}${row}`
}

function xmlCell(cell: ExportCell, address: string): string {
  switch (cell.kind) {
    case 'number':
      return `<c r="${address}"><v>${cell.value}</v></c>`
    case 'time':
      return `<c r="${address}" s="${TIME_STYLE}"><v>${cell.serial}</v></c>`
    case 'text':
      return textCell(cell.value, address, 0)
  }
}

function textCell(value: string, address: string, style: number): string {
  return `<c r="${address}" t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`
}

const BLANKS = new Set(['\t', '\n', '\r'])
const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Characters that XML can not hold are left out. */
function escapeXml(value: string): string {
  return value.replace(/[\p{Surrogate}\p{Cc}\uFFFE\uFFFF]/gu, (sign) => (BLANKS.has(sign) ? sign : '')).replace(/[&<>]/g, (sign) => NAMES[sign] ?? '')
}
