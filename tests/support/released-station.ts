// What a released version left behind (tests/fixtures/releases): its station's file, what it sent of it, and what its central answered.

import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { temporaryFolder } from './counter.ts'

const described = z.object({ station: z.uuid(), incarnation: z.uuid(), publicKey: z.string(), privateKey: z.string(), nowMs: z.int(), events: z.int() })
const sent = z.object({ path: z.string(), headers: z.record(z.string(), z.string()), body: z.base64() })
const answered = z.object({ path: z.string(), status: z.int(), headers: z.record(z.string(), z.string()), body: z.base64() })

export interface ReleasedAnswer {
  path: string
  status: number
  headers: Record<string, string>
  body: Buffer
}

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
  /** To all of `wire`, in its order. */
  readonly answers: ReleasedAnswer[]
  /** To the first words of a station of protocol 2. */
  readonly answersToNewer: ReleasedAnswer[]
}

export function releasedStation(version: string): ReleasedStation {
  const from = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures/releases', version, name))
  const folder = temporaryFolder()
  const file = join(folder, 'station.db')
  writeFileSync(file, gunzipSync(from('station.db.gz')))
  const about = described.parse(JSON.parse(from('station.json').toString()))
  const linesOf = (name: string): unknown[] => gunzipSync(from(name)).toString().trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)
  const unpacked = <Line extends { body: string }>(line: Line): Omit<Line, 'body'> & { body: Buffer } => ({ ...line, body: Buffer.from(line.body, 'base64') })
  const wire = linesOf('wire.ndjson.gz').map((line) => unpacked(sent.parse(line)))
  const answers = linesOf('answers.ndjson.gz').map((line) => unpacked(answered.parse(line)))
  return { ...about, privateKey: createPrivateKey(about.privateKey), folder, file, wire, answers: answers.slice(0, wire.length), answersToNewer: answers.slice(wire.length) }
}
