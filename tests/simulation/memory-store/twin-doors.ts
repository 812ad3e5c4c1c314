// The doors of central over both stores: one request goes to both, in the same moment, and what they answer must be the same
// bytes. Notes what was seen, so that a test can say what it has compared.

import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { outsideLogInMemory } from '../../../central/keys/outside-log.ts'
import { makeSigner } from '../../../central/keys/signer.ts'
import type { CentralStore } from '../../../central/store/central-store.ts'
import type { BodyPacking } from '../../../central/sync/body-packing.ts'
import { answerStation, type DoorContext } from '../../../central/sync/sync-doors.ts'
import type { SyncCount } from '../../../central/sync/sync-counters.ts'
import type { SyncNotice } from '../../../central/sync/sync-context.ts'
import type { Send } from '../../support/station-client.ts'
import { FIRST_MS } from './small-town.ts'
import type { TwinStores } from './twin-stores.ts'

type Said = (SyncNotice | SyncCount)[]

export interface TwinDoors {
  nowMs: number
  readonly send: Send
  readonly said: { memory: Said; sql: Said }
}

const signer = makeSigner()
const outside = outsideLogInMemory()
const packing: BodyPacking = {
  gunzip: async (bytes, bytesMax) => gunzipSync(bytes, { maxOutputLength: bytesMax }),
  gzip: async (bytes) => bytes,
}

export function openTwinDoors(twins: TwinStores, seen: Set<string>): TwinDoors {
  const said: TwinDoors['said'] = { memory: [], sql: [] }
  const contextOf = (store: CentralStore, sayings: Said): DoorContext => ({
    store, packing, signer, outside, nowMs: () => doors.nowMs, notice: (notice) => sayings.push(notice), counters: { count: (count) => sayings.push(count) },
  })
  const contexts = [contextOf(twins.sql, said.sql), contextOf(twins.memory, said.memory)]
  const doors: TwinDoors = {
    nowMs: FIRST_MS,
    said,
    async send(path, headers, body) {
      const answers: { status: number; body: unknown }[] = []
      for (const context of contexts) {
        const answer = await answerStation(context, { path, headers, body })
        answers.push({ status: answer.status, body: JSON.parse(Buffer.from(answer.body).toString('utf8')) as unknown })
      }
      const [sql, memory] = answers
      if (sql === undefined || memory === undefined) throw new Error('two stores, two answers')
      expect(memory).toEqual(sql)
      seen.add(`${path} ${sql.status}`)
      noteWords(sql.body, seen)
      return sql
    },
  }
  return doors
}

/** Results, outcomes, codes and kinds, wherever they stand in an answer. */
function noteWords(value: unknown, seen: Set<string>): void {
  if (Array.isArray(value)) for (const inner of value) noteWords(inner, seen)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && ['result', 'outcome', 'code', 'kind', 'withheld', 'state', 'error'].includes(name)) seen.add(inner)
    else noteWords(inner, seen)
  }
}
