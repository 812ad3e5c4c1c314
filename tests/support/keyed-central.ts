// A test central with its own keys and a clock that the test moves: for what central's key, the log of bans and time decide.

import type { FastifyInstance } from 'fastify'
import { buildCentral } from '../../central/app.ts'
import type { OpenDatabase } from '../../central/store/database.ts'
import type { TestDatabases } from './central-databases.ts'
import { makeTestKeys, type TestKeys } from './central-keys.ts'
import type { Send, TestStation } from './station-client.ts'
import { NOW_MS, startTestCentral } from './test-central.ts'

export interface KeyedCentral {
  app: FastifyInstance
  database: OpenDatabase
  keys: TestKeys
  first: TestStation
  second: TestStation
  send: Send
  clock: { nowMs: number }
  close(): Promise<void>
}

export async function startKeyedCentral(place: TestDatabases | OpenDatabase): Promise<KeyedCentral> {
  const plain = await startTestCentral(place)
  return openKeyedCentral({ ...plain, keys: makeTestKeys(plain.seedKeys), clock: { nowMs: NOW_MS } }, () => plain.app.close())
}

/** Another central process over a database that is there: after a restore, say. */
export function openKeyedCentral(
  parts: Pick<KeyedCentral, 'database' | 'keys' | 'first' | 'second' | 'clock'>,
  alsoClose: () => Promise<void> = () => Promise.resolve(),
): KeyedCentral {
  const app = buildCentral({ database: parts.database, nowMs: () => parts.clock.nowMs, keys: parts.keys, office: { keys: parts.keys.office, pages: null } })
  const send: Send = async (path, headers, body) => {
    const response = await app.inject({ method: 'POST', url: path, headers, payload: body })
    return { status: response.statusCode, body: response.json<unknown>() }
  }
  return {
    ...parts, app, send, first: parts.first.over(send), second: parts.second.over(send),
    close: async () => {
      await app.close()
      await alsoClose()
    },
  }
}
