// The doors of central over both stores: one request goes to both, in the same moment, and what they answer must be the same
// bytes. Notes what was seen, so that a test can say what it has compared.

import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { type OutsideLog, outsideLogInMemory } from '../../../central/keys/outside-log.ts'
import { createHash } from 'node:crypto'
import { makeSigner } from '../../../central/keys/signer.ts'
import type { CentralStore } from '../../../central/store/central-store.ts'
import type { BodyPacking } from '../../../central/sync/body-packing.ts'
import { createProcessMemory } from '../../../central/sync/process-memory.ts'
import { answerStation, type DoorContext, type StationAnswer } from '../../../central/sync/sync-doors.ts'
import type { SyncCount } from '../../../central/sync/sync-counters.ts'
import type { SyncNotice } from '../../../central/sync/sync-context.ts'
import type { Send } from '../../support/station-client.ts'
import { FIRST_MS } from './small-town.ts'
import { TWIN_KEYS } from './twin-sealing.ts'
import type { TwinStores } from './twin-stores.ts'

type Said = (SyncNotice | SyncCount)[]

export interface TwinDoors {
  nowMs: number
  /** What lies outside of both databases: each has its own, and what is written here is written to both. */
  readonly outside: OutsideLog
  readonly send: Send
  readonly said: { memory: Said; sql: Said }
}

const signer = makeSigner()
/** The same persons get the same keys. */
const newKeys = (): (() => Uint8Array) => {
  let made = 0
  return () => createHash('sha256').update(`person ${(made += 1)}`).digest()
}
const packing: BodyPacking = {
  gunzip: async (bytes, bytesMax) => gunzipSync(bytes, { maxOutputLength: bytesMax }),
  gzip: async (bytes) => bytes,
}

export function openTwinDoors(twins: TwinStores, seen: Set<string>): TwinDoors {
  const outsides = { memory: outsideLogInMemory(), sql: outsideLogInMemory() }
  const outside: OutsideLog = {
    append: (record) => Object.values(outsides).forEach((log) => log.append(record)),
    read: () => outsides.memory.read(),
  }
  const said: TwinDoors['said'] = { memory: [], sql: [] }
  const contextOf = (store: CentralStore, sayings: Said, own: OutsideLog): DoorContext => ({
    store, packing, signer, outside: own, nowMs: () => doors.nowMs, notice: (notice) => sayings.push(notice), counters: { count: (count) => sayings.push(count) },
    memory: createProcessMemory({ portionEvents: 1 }), sealing: TWIN_KEYS, newPersonKey: newKeys(), index: (words) => createHash('sha256').update(words).digest(), signPass: ({ holderId, card }) => `${holderId} ${card}`,
  })
  const contexts = [contextOf(twins.sql, said.sql, outsides.sql), contextOf(twins.memory, said.memory, outsides.memory)]
  let isRecovering = false
  const doors: TwinDoors = {
    nowMs: FIRST_MS,
    outside,
    said,
    async send(path, headers, body) {
      const answers: { status: number; body: unknown }[] = []
      for (const context of contexts) {
        const answer = await answerStation(context, { path, headers, body })
        answers.push({ status: answer.status, body: readBody(answer) })
      }
      const [sql, memory] = answers
      if (sql === undefined || memory === undefined) throw new Error('two stores, two answers')
      expect(memory).toEqual(sql)
      seen.add(`${path} ${sql.status}`)
      noteWords(sql.body, seen)
      if (isRecovering && isSaidToBe(sql.body, false)) seen.add('recovery is over')
      isRecovering = isSaidToBe(sql.body, true) || (isRecovering && !isSaidToBe(sql.body, false))
      return sql
    },
  }
  return doors
}

function readBody({ headers, body }: StationAnswer): unknown {
  if (headers['content-type']?.startsWith('application/json') !== true) return Buffer.from(body).toString('hex')
  return JSON.parse(Buffer.from(body).toString('utf8'))
}

function isSaidToBe(answer: unknown, recovering: boolean): boolean {
  return typeof answer === 'object' && answer !== null && 'recovering' in answer && answer.recovering === recovering
}

/** Results, outcomes, codes and kinds, wherever they stand in an answer. */
function noteWords(value: unknown, seen: Set<string>): void {
  if (Array.isArray(value)) for (const inner of value) noteWords(inner, seen)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && ['result', 'outcome', 'code', 'kind', 'withheld', 'state', 'error'].includes(name)) seen.add(inner)
    else if (name === 'recovering' && inner === true) seen.add('recovering')
    else noteWords(inner, seen)
  }
}
