// What a released version left behind (tests/fixtures/releases): its station's file, and what it sent of it.

import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { temporaryFolder } from './counter.ts'

const described = z.object({ station: z.uuid(), incarnation: z.uuid(), publicKey: z.string(), privateKey: z.string(), nowMs: z.int(), events: z.int() })
const sent = z.object({ path: z.string(), headers: z.record(z.string(), z.string()), body: z.base64() })

export interface ReleasedStation {
  /** A copy of its file, in a folder of its own. */
  readonly folder: string
  readonly file: string
  readonly station: string
  readonly incarnation: string
  readonly publicKey: string
  readonly privateKey: KeyObject
  readonly nowMs: number
  readonly events: number
  readonly wire: { path: string; headers: Record<string, string>; body: Buffer }[]
}

export function releasedStation(version: string): ReleasedStation {
  const from = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures/releases', version, name))
  const folder = temporaryFolder()
  const file = join(folder, 'station.db')
  writeFileSync(file, gunzipSync(from('station.db.gz')))
  const about = described.parse(JSON.parse(from('station.json').toString()))
  const lines = gunzipSync(from('wire.ndjson.gz')).toString().trimEnd().split('\n')
  const wire = lines.map((line) => sent.parse(JSON.parse(line))).map((request) => ({ ...request, body: Buffer.from(request.body, 'base64') }))
  return { ...about, privateKey: createPrivateKey(about.privateKey), folder, file, wire }
}
