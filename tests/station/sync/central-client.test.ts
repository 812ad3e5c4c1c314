// The client against servers that are wrong in every way: each answer becomes a value, and changes nothing.

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { randomBytes, randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { type CentralAnswer } from '../../../station/sync/central-client.ts'
import { PULL_PATH, RIDER_PATH } from '../../../contract/sync/sync-protocol.ts'
import { exchangeOverHttp } from '../../../station/sync/http-exchange.ts'
import { clientOf, openSyncingStation } from './syncing-station.ts'
import { openTalking, standIn } from './talking-station.ts'

async function openLiar(listener: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    listener(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

const askPull = (url: string): Promise<CentralAnswer<unknown>> => clientOf(url).pull({ cursor: null, incarnation: randomUUID(), checksums: [] })
const SEVENTEEN_MEGABYTES = 17 * 1024 * 1024

const PACKED_PAGE = gzipSync(JSON.stringify({ result: 'page', cursor: { history: randomUUID(), number: 1 }, more: false, centralWallMs: 1, changes: [] }))

function saying(archive: Buffer, bytes: number): Buffer {
  const lie = Buffer.from(archive)
  lie.writeUInt32LE(bytes, lie.length - 4)
  return lie
}

const LIES: [string, RequestListener][] = [
  ['a page of a hotel’s login', (_request, response) => void response.end('<html>please log in</html>')],
  ['nothing', (_request, response) => void response.end()],
  ['JSON of another protocol', (_request, response) => void response.end('{"ok":true}')],
  ['a page with a row that is none', (_request, response) => void response.end(JSON.stringify({ result: 'page', cursor: { history: randomUUID(), number: 1 }, more: false, centralWallMs: 1, changes: [{ kind: 'rider', key: 'x', row: { id: 'x' } }] }))],
  ['seventeen megabytes', (_request, response) => void response.end(Buffer.alloc(SEVENTEEN_MEGABYTES, 0x20))],
  ['seventeen megabytes packed into a few', (_request, response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(SEVENTEEN_MEGABYTES, 0x20)))],
  ['bytes that are said to be packed and are not', (_request, response) => void response.setHeader('content-encoding', 'gzip').end('{}')],
  ['half an archive that is said to be whole', (_request, response) => void response.setHeader('content-encoding', 'gzip').end(PACKED_PAGE.subarray(0, PACKED_PAGE.length / 2))],
  ['an archive that says it is small and is not', (_request, response) => void response.setHeader('content-encoding', 'gzip').end(saying(gzipSync(Buffer.alloc(SEVENTEEN_MEGABYTES, 0x20)), 100))],
  ['an archive that says it is large and is not', (_request, response) => void response.setHeader('content-encoding', 'gzip').end(saying(PACKED_PAGE, SEVENTEEN_MEGABYTES))],
  ['a way elsewhere', (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
  ['a failure without a code of ours', (_request, response) => void response.writeHead(502).end('Bad Gateway')],
  ['half an answer', (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"result":')
    setTimeout(() => response.destroy(), 20)
  }],
]

test.each(LIES)('%s is no answer, and changes nothing at the station', async (_name, lie) => {
  const url = await openLiar(lie)
  expect(await askPull(url)).toEqual({ kind: 'unreachable', reason: expect.any(String) as string })
  const station = await openSyncingStation(clientOf(url))
  expect(station.counter.database.read.get('SELECT history, cursor_number AS number, last_sync_ms AS synced FROM sync_state')).toEqual({ history: null, number: 0, synced: null })
  expect([station.sync.isOnline(), station.timers.alive()]).toEqual([false, 1])
})

test('the reason for an answer that is not JSON repeats no piece of it: it goes into the log', async () => {
  const url = await openLiar((_request, response) => void response.end('["张*",张伟强]'))
  expect(await askPull(url)).toEqual({ kind: 'unreachable', reason: 'an answer that is not JSON' })
})

test('nobody there is no answer', async () => {
  expect(await askPull('http://127.0.0.1:9')).toEqual({ kind: 'unreachable', reason: 'connect ECONNREFUSED 127.0.0.1:9' })
})

test('an answer comes packed where it is asked for so, and is unpacked', async () => {
  const url = await openLiar((request, response) => {
    if (request.headers['accept-encoding'] !== 'gzip') response.writeHead(500).end()
    else response.writeHead(503, { 'content-encoding': 'gzip', 'retry-after': '5' }).end(gzipSync('{"error":"busy"}'))
  })
  expect(await askPull(url)).toEqual({ kind: 'refused', error: 'busy', retryAfterMs: 5_000 })
})

test.each([['whole', true], ['by and by', false]])('a packed answer of any size is unpacked, sent %s', async (_name, isWhole) => {
  for (const length of [10, 100_000, 140_000, 3_000_000]) {
    // The smaller half of it packs badly, so that the archive is small or large as well.
    const words = randomBytes(Math.floor(length / 4)).toString('hex').padEnd(length, '0')
    const url = await openLiar((_request, response) => {
      response.setHeader('content-encoding', 'gzip')
      const archive = gzipSync(words)
      if (isWhole) response.end(archive)
      else {
        response.write(archive.subarray(0, 5))
        setTimeout(() => response.end(archive.subarray(5)), 5)
      }
    })
    const answer = await exchangeOverHttp(url)({ path: '/', headers: {}, body: new Uint8Array(), withinMs: 10_000, signal: new AbortController().signal })
    expect(Buffer.from(answer.body).equals(Buffer.from(words)), String(length)).toBe(true)
  }
})

test('an answer that points elsewhere is none, and nobody goes there', async () => {
  const asked: string[] = []
  const elsewhere = await openLiar((request, response) => {
    asked.push(request.url ?? '')
    response.end('{}')
  })
  const url = await openLiar((_request, response) => void response.writeHead(307, { location: `${elsewhere}/v1/pull` }).end())
  expect(await askPull(url)).toMatchObject({ kind: 'unreachable' })
  expect(asked).toEqual([])
})

test('a refusal of central is its code, and how long it asks to be left alone, at most an hour', async () => {
  for (const [retryAfter, retryAfterMs] of [['5', 5_000], ['99999', 3_600_000], ['tomorrow', null], ['-1', null]] as const) {
    const url = await openLiar((_request, response) => void response.writeHead(503, { 'retry-after': retryAfter }).end('{"error":"busy"}'))
    expect(await askPull(url)).toEqual({ kind: 'refused', error: 'busy', retryAfterMs })
  }
})

test('a nudge does not break the quiet that central asked for', async () => {
  const url = await openLiar((_request, response) => void response.writeHead(503, { 'retry-after': '30' }).end('{"error":"busy"}'))
  const station = await openSyncingStation(clientOf(url))
  expect(station.timers.delays).toEqual([30_000])
  station.counter.clock.advance(10_000)
  station.sync.nudge()
  expect([station.timers.delays, station.timers.alive()]).toEqual([[30_000, 20_000], 1])
  station.counter.clock.advance(25_000)
  station.sync.nudge()
  expect(station.timers.delays.at(-1)).toBe(50)
})

test('what is abandoned ends at once as no answer', async () => {
  const url = await openLiar(() => undefined)
  const client = clientOf(url)
  const asking = client.pull({ cursor: null, incarnation: randomUUID(), checksums: [] })
  await new Promise((next) => setTimeout(next, 50))
  client.abandon()
  expect(await asking).toEqual({ kind: 'unreachable', reason: 'the station stops' })
})

test('one rider whom central can not answer for does not keep the pull of all others waiting', async () => {
  const central = standIn()
  const station = await openTalking(central)
  central.requests.length = 0
  central.refusals.set(RIDER_PATH, 'internal')
  station.sync.wantRider(randomUUID())
  for (let round = 0; round < 2; round += 1) await station.timers.round()
  expect(central.requests).toEqual([RIDER_PATH, PULL_PATH, RIDER_PATH])
})
