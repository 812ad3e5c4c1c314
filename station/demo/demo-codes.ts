// The demo's codes, as central's seed wrote them: what `npm run scan` and the tray on the demo's screen can scan.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { KIOSK_REQUESTS } from '../../contract/kiosk/kiosk-requests.ts'
import type { DemoCode } from '../desk/desk.ts'

const demoFile = z.object({ codes: KIOSK_REQUESTS.list_demo_codes.output.shape.codes })

export function readDemoCodes(file: string): DemoCode[] {
  return demoFile.parse(JSON.parse(readFileSync(file, 'utf8'))).codes
}
