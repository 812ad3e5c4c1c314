// Wake-ups: whoever commits, whoever listens, at whichever process; only those whom it concerns; and a stream that is taken over.
// Over real sockets, on both databases.

import { createHash, randomUUID, sign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCentral, type CentralOptions } from '../../../central/app.ts'
import { appendChanges, DISTRICT_SCOPE, ridersScope } from '../../../central/store/changes.ts'
import type { OpenDatabase } from '../../../central/store/database.ts'
import { createWakeupHub } from '../../../central/sync/wakeup-hub.ts'
import { WAKEUPS_PATH } from '../../../contract/sync/hello.ts'
import { REQUEST_HEADER, requestSigningText, SIGNATURE_HEADER, STATION_HEADER, type MirrorKind } from '../../../contract/sync/sync-protocol.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const PATIENCE_MS = 10_000

interface Stream {
  status: number
  /** Wake-ups heard so far; the first is the greeting. */
  pulls(): number
  heard(pulls: number): Promise<void>
  ended: Promise<void>
  close(): void
}

async function openStream(url: string, station: string, privateKey: KeyObject, closing = new AbortController()): Promise<Stream> {
  const requestId = randomUUID()
  const bodySha256 = createHash('sha256').update('').digest('hex')
  const response = await fetch(new URL(WAKEUPS_PATH, url), {
    signal: closing.signal,
    headers: {
      [STATION_HEADER]: station,
      [REQUEST_HEADER]: requestId,
      [SIGNATURE_HEADER]: sign(null, Buffer.from(requestSigningText({ path: WAKEUPS_PATH, station, requestId, bodySha256 })), privateKey).toString('base64url'),
    },
  })
  let pulls = 0
  let tell: () => void = () => undefined
  const ended = (async () => {
    if (response.body === null) return
    try {
      for await (const bytes of response.body) {
        pulls += Buffer.from(bytes).toString('utf8').split('event: pull').length - 1
        tell()
      }
    } catch (error) {
      if (!closing.signal.aborted) throw error
    }
  })()
  return {
    status: response.status,
    pulls: () => pulls,
    heard: (wanted) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${pulls} of ${wanted} wake-ups`)), PATIENCE_MS)
        tell = () => {
          if (pulls < wanted) return
          clearTimeout(timer)
          resolve()
        }
        tell()
      }),
    ended,
    close: () => closing.abort(),
  }
}

/** What is said of requests that are over. */
function answeredLines(): { lines: Record<string, unknown>[]; logTo: Writable } {
  const lines: Record<string, unknown>[] = []
  const logTo = new Writable({
    write(part: Buffer, _encoding, done) {
      for (const line of part.toString().split('\n').filter((text) => text.includes('"answered"'))) lines.push(JSON.parse(line) as Record<string, unknown>)
      done()
    },
  })
  return { lines, logTo }
}

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

/** As central counts them. */
async function openStreams(url: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return Number(/^boai_wakeup_streams (\d+)$/m.exec(text)?.[1] ?? Number.NaN)
}

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral
  let database: OpenDatabase
  const keys = generateKeyPairSync('ed25519')
  const apps: ReturnType<typeof buildCentral>[] = []

  async function serve(more: Partial<CentralOptions> = {}): Promise<string> {
    // Each as a process has it, with connections of its own: where there are several, nothing but the database carries a word from one to the other.
    const own = await databases.openAgain(database)
    if (own !== database) await own.actAs('program')
    const app = buildCentral({ database: own, nowMs: () => NOW_MS, listen: (listener) => own.listen(listener), ...more })
    apps.push(app)
    await app.listen({ host: '127.0.0.1', port: 0 })
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  }

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
    database = central.database
    await database.query('UPDATE stations SET public_key = $1', [keys.publicKey.export({ format: 'jwk' }).x ?? ''])
  }, 120_000)

  afterAll(async () => {
    for (const app of apps) await app.close()
    await central.app.close()
    await databases.stop()
  }, 60_000)

  const change = (scope: string, kind: MirrorKind = 'item') =>
    database.transaction('write', async (transaction) => {
      const [row] = await transaction.query<{ district: string }>('SELECT district_id AS district FROM stations WHERE station_id = $1', [central.first.station])
      await appendChanges(transaction, [{ district: row?.district ?? '', scope, kind, key: 'soap-two-bars' }])
    })

  test('a change is heard by the stations it concerns, at every process, and by no other', async () => {
    const [here, there] = [await serve(), await serve()]
    const first = await openStream(here, central.first.station, keys.privateKey)
    const second = await openStream(there, central.second.station, keys.privateKey)
    await Promise.all([first.heard(1), second.heard(1)])
    await change(ridersScope(central.second.station))
    await second.heard(2)
    await change(DISTRICT_SCOPE)
    await first.heard(2)
    expect(first.pulls()).toBe(2)
    first.close()
    second.close()
    await Promise.all([first.ended, second.ended])
  })

  test('a place taken or a wish taken on does not wake a whole district; whom it is about is woken, and it is there to be pulled', async () => {
    const stream = await openStream(await serve(), central.first.station, keys.privateKey)
    await stream.heard(1)
    await change(DISTRICT_SCOPE, 'training')
    await change(DISTRICT_SCOPE, 'wall_wish')
    await change(ridersScope(central.first.station), 'signup')
    await stream.heard(2)
    await change(DISTRICT_SCOPE)
    await stream.heard(3)
    expect(stream.pulls()).toBe(3)
    const kinds = await database.query<{ kind: string }>("SELECT DISTINCT kind FROM changes WHERE key = 'soap-two-bars' ORDER BY kind")
    expect(kinds.map(({ kind }) => kind)).toEqual(['item', 'signup', 'training', 'wall_wish'])
    stream.close()
  })

  test('what is rolled back wakes nobody', async () => {
    const stream = await openStream(await serve(), central.first.station, keys.privateKey)
    await stream.heard(1)
    await expect(
      database.transaction('write', async (transaction) => {
        const [row] = await transaction.query<{ district: string }>('SELECT district_id AS district FROM stations LIMIT 1')
        await appendChanges(transaction, [{ district: row?.district ?? '', scope: DISTRICT_SCOPE, kind: 'item', key: 'soap-two-bars' }])
        throw new Error('rolled back')
      }),
    ).rejects.toThrow('rolled back')
    await change(DISTRICT_SCOPE)
    await stream.heard(2)
    expect(stream.pulls()).toBe(2)
    stream.close()
  })

  test('a station has one stream: the newer one ends the older', async () => {
    const url = await serve()
    const older = await openStream(url, central.first.station, keys.privateKey)
    await older.heard(1)
    const newer = await openStream(url, central.first.station, keys.privateKey)
    await newer.heard(1)
    await older.ended
    await change(DISTRICT_SCOPE)
    await newer.heard(2)
    newer.close()
  })

  test('who is not signed, or is revoked, hears nothing', async () => {
    const url = await serve()
    const stranger = await openStream(url, central.first.station, generateKeyPairSync('ed25519').privateKey)
    expect(stranger.status).toBe(401)
    const unsigned = await fetch(new URL(WAKEUPS_PATH, url))
    expect(unsigned.status).toBeGreaterThanOrEqual(400)
    await database.query("UPDATE stations SET status = 'revoked' WHERE station_id = $1", [central.second.station])
    expect((await openStream(url, central.second.station, keys.privateKey)).status).toBe(403)
  })

  test('a stream leaves one line and one count when it is over, whoever ends it; until then it holds nothing of its request', async () => {
    const { lines, logTo } = answeredLines()
    const url = await serve({ logTo })
    const responses: ServerResponse[] = []
    apps.at(-1)?.server.on('request', (_request, response) => responses.push(response))
    const left = await openStream(url, central.first.station, keys.privateKey)
    await left.heard(1)
    // Node's own listener of `finish` by which it ends the line, ours of `close`, and one that hears of a broken line.
    const [response] = responses
    expect(response?.listeners('finish').map(({ name }) => name)).toEqual(['bound resOnFinish'])
    expect([response?.listenerCount('close'), response?.listenerCount('error')]).toEqual([1, 1])
    expect([await openStreams(url), lines.length]).toEqual([1, 0])
    left.close()
    await left.ended
    const kept = await openStream(url, central.first.station, keys.privateKey)
    await kept.heard(1)
    await expect.poll(() => lines.length, { timeout: PATIENCE_MS }).toBe(1)
    expect(await openStreams(url)).toBe(1)
    await apps.pop()?.close()
    await kept.ended
    const line = { level: 30, door: WAKEUPS_PATH, status: 200, bytesIn: 0, bytesOut: 0, station: central.first.station, msg: 'answered' }
    expect(lines).toMatchObject([{ ...line, verdict: 'aborted' }, { ...line, verdict: 'ok' }])
    expect(new Set(lines.map(({ request }) => request)).size).toBe(2)
  })

  test('one that has gone before it is known who it was is kept nowhere', async () => {
    const { lines, logTo } = answeredLines()
    const [looked, found] = [gate(), gate()]
    const slow: OpenDatabase = {
      ...database,
      query: async (sql, values) => {
        const rows = await database.query<never>(sql, values)
        if (!sql.includes('FROM stations WHERE station_id')) return rows
        looked.open()
        await found.opened
        return rows
      },
    }
    const url = await serve({ database: slow, logTo })
    const closing = new AbortController()
    const asked = openStream(url, central.first.station, keys.privateKey, closing)
    await looked.opened
    closing.abort()
    await expect(asked).rejects.toThrow('aborted')
    await expect.poll(() => lines.length, { timeout: PATIENCE_MS }).toBe(1)
    found.open()
    const next = await openStream(url, central.first.station, keys.privateKey)
    await next.heard(1)
    expect(await openStreams(url)).toBe(1)
    next.close()
    await next.ended
    await expect.poll(() => openStreams(url), { timeout: PATIENCE_MS }).toBe(0)
    expect(lines.map(({ verdict }) => verdict)).toEqual(['aborted', 'aborted'])
  })

  test('a closing process ends its streams instead of waiting for them', async () => {
    const url = await serve()
    const stream = await openStream(url, central.first.station, keys.privateKey)
    await stream.heard(1)
    // Closed here, and so not once more when all is over.
    await apps.pop()?.close()
    await stream.ended
  })
})

test('as many may listen as the limit says, and one that listens already is never the one too many', () => {
  const hub = createWakeupHub(2)
  const quiet = { wake: () => undefined, end: () => undefined }
  const join = (station: string) => hub.join({ station, district: 'D' }, quiet)
  expect([join('a') === null, join('b') === null, join('c') === null, join('a') === null, hub.size]).toEqual([false, false, true, false, 2])
})
