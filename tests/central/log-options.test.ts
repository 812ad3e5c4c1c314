// The log says what happened at which door, and nothing about whom.

import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { buildCentral } from '../../central/app.ts'
import { describeError } from '../../central/log-options.ts'
import type { Database } from '../../central/store/database.ts'
import { PULL_PATH } from '../../contract/sync/sync-protocol.ts'
import { TestStation } from '../support/station-client.ts'

const SECRET = '张伟强'

function failWithSecret(): never {
  throw Object.assign(new Error(`invalid input for ${SECRET}`), { code: '22P02', detail: SECRET, parameters: [SECRET], query: SECRET })
}

/** Takes what central says at its start, then fails at everything. */
function failingOnceReady(): { database: Database; ready: () => void } {
  let isReady = false
  const database: Database = {
    engine: 'pglite',
    query: failWithSecret,
    execute: failWithSecret,
    transaction: () => (isReady ? failWithSecret() : Promise.resolve(undefined as never)),
    close: () => Promise.resolve(),
  }
  return { database, ready: () => void (isReady = true) }
}

test("an error of the database is logged by its code and place, never with its words or a request's query", async () => {
  const lines: string[] = []
  const logTo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const { database, ready } = failingOnceReady()
  const app = buildCentral({ database, nowMs: () => 0, logTo })
  await app.ready()
  ready()
  const station = new TestStation(randomUUID(), async (path, headers, body) => {
    const response = await app.inject({ method: 'POST', url: `${path}?name=${encodeURIComponent(SECRET)}`, headers: { ...headers, 'x-name': 'secret-header' }, payload: body })
    return { status: response.statusCode, body: response.json<unknown>() }
  })
  const answer = await station.post(PULL_PATH, Buffer.from(SECRET))
  await app.close()
  expect(answer).toEqual({ status: 500, body: { error: 'internal' } })
  const text = lines.join('')
  expect(text).toContain('SQLSTATE 22P02')
  expect(['%E5%BC%A0', SECRET, 'secret-header'].filter((secret) => text.includes(secret))).toEqual([])
})

test('an error of our own keeps its words', () => {
  expect(describeError(new RangeError('a bigint column holds more than a safe integer'))).toMatchObject({
    type: 'RangeError',
    message: 'a bigint column holds more than a safe integer',
  })
})
