// The code by which the demo's empty machine becomes station 2, asked for at the operator's door as an operator would.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import QRCode from 'qrcode'
import { z } from 'zod'
import type { SeededDemo } from './demo-folder.ts'

const ANSWER_MS_MAX = 10_000
const made = z.object({ ok: z.literal(true), answer: z.object({ code: z.string(), keyPrint: z.string(), link: z.string() }) })

export interface EmptyMachine {
  centralUrl: string
  centralData: string
  seed: SeededDemo
  /** It joined at an earlier start. */
  isStation: boolean
  say: (line: string) => void
}

export async function showEnrolmentCode({ centralUrl, centralData, seed, isStation, say }: EmptyMachine): Promise<void> {
  if (isStation) {
    say('\nThis machine has joined already: it is station 2. `npm start -- --set-up --fresh` shows an empty one again.')
    return
  }
  const station = seed.stations.find(({ number }) => number === 2)
  if (station === undefined) throw new Error('the demo has no station 2')
  const response = await fetch(new URL('/operator/v1/enrolment-code', centralUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${readFileSync(join(centralData, 'operator-token'), 'utf8').trim()}` },
    body: JSON.stringify({ station: station.id }),
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  })
  const { answer } = made.parse(await response.json())
  say(`\nThis machine is no station yet. Its code for the next ten minutes: ${answer.code}`)
  say(await QRCode.toString(answer.link, { type: 'terminal', small: true, errorCorrectionLevel: 'M' }))
  say(`Scan it, type it (central is at ${centralUrl}; the machine then shows ${answer.keyPrint}), or: npm run scan -- --text "${answer.link}"`)
  say(`Another one: npm run office -- enrolment-code --central ${centralUrl} --token-file ${join(centralData, 'operator-token')} --station ${station.id}`)
}
