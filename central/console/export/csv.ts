// Rows as CSV that a spreadsheet opens as text: with a mark that says UTF-8, and nothing in it that a spreadsheet would take for
// a formula (a name that begins with an equals sign is a name).

import type { ExportCell } from './export-cells.ts'

export const CSV_BEGIN = '\ufeff'
const RISKY = /^[\s]*[=+\-@\t\r]/
const QUOTED = /[",\r\n]|^\s|\s$/

export function csvLine(cells: readonly ExportCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: ExportCell): string {
  if (cell.kind === 'number') return String(cell.value)
  const text = cell.kind === 'time' ? cell.text : cell.value
  const harmless = cell.kind === 'text' && RISKY.test(text) ? `'${text}` : text
  return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
