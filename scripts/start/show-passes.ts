// The demo's passes for people: as QR codes in the terminal and as PNGs to print or to hold before a scanner.

import { join } from 'node:path'
import QRCode from 'qrcode'
import type { SeededDemo } from './demo-folder.ts'

const SHOWN = ['zhang', 'li', 'rouzi', 'wang']

export async function showPasses(seed: SeededDemo, folder: string, say: (line: string) => void): Promise<void> {
  for (const code of seed.codes.filter((known) => known.kind !== 'item')) {
    await QRCode.toFile(join(folder, `${code.handle}.png`), code.text, { errorCorrectionLevel: 'M', margin: 4, scale: 8 })
  }
  for (const handle of SHOWN) {
    const code = seed.codes.find((known) => known.handle === handle)
    if (code === undefined) throw new Error(`the demo has no pass of ${handle}`)
    say(`\n${code.label.zh} · ${code.label.en}   (npm run scan -- ${handle})`)
    say(await QRCode.toString(code.text, { type: 'terminal', small: true, errorCorrectionLevel: 'M' }))
  }
  say(`All passes as PNGs: ${folder}`)
}
