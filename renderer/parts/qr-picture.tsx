// A QR code as one drawing: black on white in day and night, with its quiet zone, so that any phone reads it off this screen.

import { create } from 'qrcode'

/** Modules of white around it, as the standard asks. */
const QUIET = 4

export function QrPicture({ text, spoken }: { text: string; spoken: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * QUIET
  return (
    <svg className="qr-picture" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={spoken} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#ffffff" />
      <path d={darkPath(modules.size, (row, column) => modules.get(row, column) === 1)} fill="#000000" />
    </svg>
  )
}

/** Each run of dark modules of a row as one rectangle. */
function darkPath(size: number, isDark: (row: number, column: number) => boolean): string {
  const runs: string[] = []
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!isDark(row, column)) continue
      let end = column
      while (end < size && isDark(row, end)) end += 1
      runs.push(`M${column + QUIET} ${row + QUIET}h${end - column}v1h${column - end}z`)
      column = end
    }
  }
  return runs.join('')
}
