// Central's database goes back to its backup. An orderly operator says so before any station is answered (`restored`, by the token
// beside central's key); a forgetful one says nothing, and the marker beside that key must be enough; where it is lost too, the
// first station that was told more than central knows.

import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestPostgres } from '../../tests/support/postgres.ts'
import type { Centrals } from './centrals.ts'
import type { RoughLine } from './rough-line.ts'

const UP_MS_MAX = 60_000

export interface SetBack {
  centrals: Centrals
  postgres: TestPostgres
  lines: readonly RoughLine[]
  keyFile: string
  isDeclared: boolean
  isMarkerLost: boolean
}

export async function setBack({ centrals, postgres, lines, keyFile, isDeclared, isMarkerLost }: SetBack): Promise<void> {
  for (const line of lines) line.cut = 'cut_off'
  await centrals.whileDown(async () => {
    await postgres.halt()
    postgres.restore()
    if (isMarkerLost) rmSync(join(dirname(keyFile), 'marker.json'))
    await postgres.startAgain()
  })
  if (isDeclared) await declare(centrals, readFileSync(join(dirname(keyFile), 'operator-token'), 'utf8').trim())
  for (const line of lines) line.cut = 'open'
}

async function declare(centrals: Centrals, token: string): Promise<void> {
  for (const beganAtMs = Date.now(); centrals.urls().length === 0; await pause(50)) {
    if (Date.now() - beganAtMs > UP_MS_MAX) throw new Error('no central comes up after it was set back')
  }
  const answer = await fetch(new URL('/operator/v1/restored', centrals.urls()[0]), { method: 'POST', body: '{}', headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`central does not take it that it was restored: ${answer.status} ${await answer.text()}`)
}
