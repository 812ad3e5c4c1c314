// Large answers go out packed to those who can unpack them, over a real socket.

import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PULL_PATH } from '../../contract/sync/sync-protocol.ts'
import { startDatabases, type TestDatabases } from '../support/central-databases.ts'
import type { Send } from '../support/station-client.ts'
import { startTestCentral, type TestCentral } from '../support/test-central.ts'

let databases: TestDatabases
let central: TestCentral

beforeAll(async () => {
  databases = await startDatabases('pglite')
  central = await startTestCentral(databases)
  await central.app.listen({ host: '127.0.0.1', port: 0 })
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await databases.stop()
}, 60_000)

test('the first pull of a station is packed to less than a third, and reads the same', async () => {
  const { port } = central.app.server.address() as AddressInfo
  const sizes: Record<string, number> = {}
  const bodies: string[] = []
  for (const encoding of ['identity', 'gzip']) {
    const sendOverSocket: Send = async (path, headers, body) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { ...headers, 'accept-encoding': encoding }, body: new Uint8Array(body) })
      sizes[encoding] = Number(response.headers.get('content-length'))
      expect(response.headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null)
      return { status: response.status, body: await response.json() }
    }
    const station = central.first.over(sendOverSocket)
    const { body } = await station.post(PULL_PATH, Buffer.from(JSON.stringify({ cursor: null, incarnation: station.incarnation, checksums: [] })))
    bodies.push(JSON.stringify(body))
  }
  expect(bodies[0]).toBe(bodies[1])
  expect(sizes['gzip']).toBeLessThan((sizes['identity'] ?? 0) / 3)
})
