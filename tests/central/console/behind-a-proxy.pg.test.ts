// Behind a proxy that is named, tries are counted by who asks, not by the proxy; nobody else's word about an address is believed.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildCentral } from '../../../central/app.ts'
import { consoleDoorPath } from '../../../contract/console/console-door.ts'
import { beginHistory } from '../../../central/store/changes.ts'
import type { OpenDatabase } from '../../../central/store/database.ts'
import { migrate } from '../../../central/store/migrate.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { ORIGIN } from '../../support/office.ts'
import { HISTORY, NOW_MS } from '../../support/test-central.ts'

let databases: TestDatabases
let database: OpenDatabase

beforeAll(async () => {
  databases = await startDatabases('pglite')
  database = await databases.create()
  await migrate(database)
  await database.actAs('program')
  await beginHistory(database, HISTORY)
}, 60_000)

afterAll(() => databases.stop(), 60_000)

test.each([
  { proxies: '192.0.2.9', another: 'unknown_invitation' },
  { proxies: undefined, another: 'too_many_tries' },
  { proxies: '192.0.2.77', another: 'too_many_tries' },
])('proxies $proxies: thirty wrong tries of one, then another hears $another', async ({ proxies, another }) => {
  const app = buildCentral({ database, nowMs: () => NOW_MS, trustedProxies: proxies })
  const open = async (from: string): Promise<string> => {
    const response = await app.inject({
      method: 'POST', url: consoleDoorPath('open-invitation'), remoteAddress: '192.0.2.9', payload: '{"code":"0"}',
      headers: { 'origin': ORIGIN, 'host': 'localhost', 'content-type': 'application/json', 'x-forwarded-for': from },
    })
    return response.json<{ error: string }>().error
  }
  for (let tries = 1; tries <= 30; tries += 1) expect(await open('198.51.100.1')).toBe('unknown_invitation')
  expect(await open('198.51.100.1')).toBe('too_many_tries')
  expect(await open('198.51.100.2')).toBe(another)
  await app.close()
})
