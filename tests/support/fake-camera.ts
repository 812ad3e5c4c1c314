// A film for Chromium's pretended camera: QR codes held before it one after the other, with nothing in between. Raw YUV 4:2:0 frames
// in a YUV4MPEG2 file, which Chromium plays over and over.

import { writeFileSync } from 'node:fs'
import { create } from 'qrcode'

const [WIDTH, HEIGHT] = [640, 480]
const FRAMES_A_SECOND = 4
/** Each code and each pause. */
const SECONDS = 2
const MODULE_PIXELS = 7
const LIGHT = 225
const DARK = 30

export function filmOfCodes(file: string, codes: readonly string[]): void {
  const frames = codes.flatMap((code) => [...Array.from({ length: FRAMES_A_SECOND * SECONDS }, () => frameOf(null)), ...Array.from({ length: FRAMES_A_SECOND * SECONDS }, () => frameOf(code))])
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`), ...frames.flatMap((frame) => [Buffer.from('FRAME\n'), frame])]))
}

function frameOf(code: string | null): Buffer {
  const frame = Buffer.alloc(WIDTH * HEIGHT * 1.5, 128)
  frame.fill(LIGHT, 0, WIDTH * HEIGHT)
  if (code === null) return frame
  const { modules } = create(code, { errorCorrectionLevel: 'M' })
  const [left, top] = [Math.floor((WIDTH - modules.size * MODULE_PIXELS) / 2), Math.floor((HEIGHT - modules.size * MODULE_PIXELS) / 2)]
  for (let y = 0; y < modules.size * MODULE_PIXELS; y += 1) {
    for (let x = 0; x < modules.size * MODULE_PIXELS; x += 1) {
      if (modules.get(Math.floor(y / MODULE_PIXELS), Math.floor(x / MODULE_PIXELS)) === 1) frame[(top + y) * WIDTH + left + x] = DARK
    }
  }
  return frame
}
