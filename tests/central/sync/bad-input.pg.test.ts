// Bad input over real sockets, on both databases: the answer is of the closed list, no row of any table changes (or, where a
// fact is taken all the same, only its own), and the metrics count it by its kind.

import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PUSH_PATH, SIGNATURE_HEADER } from '../../../contract/sync/sync-protocol.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { grown, readMetrics, type Series } from '../../support/scraped-metrics.ts'
import { type Send, TestStation } from '../../support/station-client.ts'
import { balancesOf, demoRider, NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const YEAR_MS = 365 * 86_400_000
const GZIP = { 'content-encoding': 'gzip' }
const COUNTED = /^boai_(refusals|pushes|events|events_ahead)_total/

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral
  let port: number
  let station: TestStation
  let other: TestStation

  const send: Send = async (path, headers, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: new Uint8Array(body) })
    return { status: response.status, body: await response.json() }
  }

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
    await central.app.listen({ host: '127.0.0.1', port: 0 })
    port = (central.app.server.address() as AddressInfo).port
    station = central.first.over(send).begin()
    other = central.second.over(send).begin()
    station.record('checkin.recorded/1', { rider: demoRider('li'), card: 1, known: true })
    await station.push()
    // Whoever speaks for the first time is met; what follows is to change nothing.
    other.record('checkin.recorded/1', { rider: demoRider('li'), card: 1, known: true })
    await other.push()
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    await databases.stop()
  }, 60_000)

  async function checksums(): Promise<Record<string, string>> {
    const tables = await central.database.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1`)
    const sums: Record<string, string> = {}
    for (const { name } of tables) {
      const [row] = await central.database.query<{ sum: string }>(`SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, ';' ORDER BY r::text)), '') AS sum FROM "${name}" AS r`)
      sums[name] = row?.sum ?? ''
    }
    return sums
  }

  async function scrape(): Promise<Series> {
    return readMetrics(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())
  }

  /** What the act answered, the tables it changed, and what was counted. */
  async function consequencesOf(act: () => Promise<unknown>): Promise<{ answer: unknown; changed: string[]; counted: Record<string, number> }> {
    const [before, countedBefore] = [await checksums(), await scrape()]
    const answer = await act()
    const after = await checksums()
    return { answer, changed: Object.keys(after).filter((table) => after[table] !== before[table]), counted: grown(countedBefore, await scrape(), COUNTED) }
  }

  const refused = (status: number, error: string, code = error) => ({
    answer: { status, body: { error } },
    changed: [],
    counted: { [`boai_refusals_total{code="${code}"}`]: 1 },
  })

  test('a wrong signature', async () => {
    station.record('scan.refused/1', { verdict: 'forged', count: 1 })
    const forge = () => station.post(PUSH_PATH, gzipSync(station.batchBytes(2, 2)), { ...GZIP, [SIGNATURE_HEADER]: 'A'.repeat(86) })
    expect(await consequencesOf(forge)).toEqual(refused(401, 'bad_signature'))
    station.events.pop()
  })

  test("another station's batch under one's own name", async () => {
    expect(await consequencesOf(() => other.pushBytes(station.batchBytes(1, 1)))).toEqual(refused(401, 'bad_signature', 'batch_not_signed_by_sender'))
  })

  test('a batch that is replayed, to the byte', async () => {
    const { changed, counted, answer } = await consequencesOf(() => station.pushBytes(station.batchBytes(1, 1)))
    expect(answer).toEqual({ status: 200, body: { result: 'applied', lastSeq: 1, outcomes: [{ seq: 1, outcome: 'recorded' }] } })
    expect([changed, counted]).toEqual([[], { 'boai_pushes_total{result="repeated"}': 1 }])
  })

  test("a sequence that is not the sender's next one", async () => {
    const ahead = other.clone()
    for (let count = 0; count < 4; count += 1) ahead.record('scan.refused/1', { verdict: 'forged', count: 1 })
    const { changed, counted, answer } = await consequencesOf(() => ahead.pushBytes(ahead.batchBytes(4, 5)))
    expect(answer).toEqual({ status: 200, body: { result: 'gap', lastSeq: 1 } })
    expect([changed, counted]).toEqual([[], { 'boai_pushes_total{result="gap"}': 1 }])
  })

  test('a body of 100 MB, announced or in pieces: it is refused before it is read', async () => {
    const announced = await consequencesOf(() => station.post(PUSH_PATH, Buffer.alloc(100 * 1024 * 1024, 0x20)).catch(() => 'cut off'))
    expect([refused(413, 'too_large').answer, 'cut off']).toContainEqual(announced.answer)
    expect([announced.changed, announced.counted]).toEqual([[], refused(413, 'too_large').counted])

    const pieces = await consequencesOf(() => sendRaw(port, chunkedHead(), Array.from({ length: 100 }, () => chunk(Buffer.alloc(1024 * 1024, 0x20)))))
    expect(String(pieces.answer)).toMatch(/^(HTTP\/1\.1 413 |cut off)/)
    expect([pieces.changed, pieces.counted]).toEqual([[], refused(413, 'too_large').counted])
  }, 90_000)

  test('an archive of 64 kB that would unpack to 64 MB', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    expect(await consequencesOf(() => station.post(PUSH_PATH, bomb, GZIP))).toEqual(refused(413, 'too_large', 'archive_too_large'))
  })

  test('a body that was cut in the middle: by the sender, by the line, within its archive', async () => {
    const packed = gzipSync(station.batchBytes(1, 1))
    expect(await consequencesOf(() => station.post(PUSH_PATH, packed.subarray(0, packed.length >> 1), GZIP))).toEqual(refused(400, 'bad_request', 'body_cut'))

    const whole = station.batchBytes(1, 1)
    const lastLine = whole.lastIndexOf('\n', whole.length - 2)
    expect(await consequencesOf(() => station.pushBytes(whole.subarray(0, lastLine)))).toEqual(refused(400, 'bad_request', 'body_cut'))

    const line = await consequencesOf(async () => {
      const socket = connect(port, '127.0.0.1')
      socket.write(`POST ${PUSH_PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\nhalf`)
      await once(socket, 'connect')
      setTimeout(() => socket.destroy(), 100)
      await once(socket, 'close')
      await expect.poll(async () => (await scrape()).get('boai_refusals_total{code="body_cut"}')).toBe(3)
      return 'nobody is there to answer'
    })
    expect([line.changed, line.counted]).toEqual([[], { 'boai_refusals_total{code="body_cut"}': 1 }])
  })

  test('a kind that nobody knows is kept and parked: nothing is booked, and the queue goes on', async () => {
    const newer = station.clone()
    newer.recordRaw('points.doubled', 7, JSON.stringify({ rider: demoRider('li'), points: 1_000_000 }))
    const { changed, counted, answer } = await consequencesOf(() => newer.push(2, 2))
    expect(answer).toEqual({ result: 'applied', lastSeq: 2, outcomes: [{ seq: 2, outcome: 'parked', code: 'kind_unknown' }] })
    expect(changed).toEqual(['batches', 'events', 'incarnations'])
    expect(counted).toEqual({ 'boai_pushes_total{result="applied"}': 1, 'boai_events_total{outcome="parked",code="kind_unknown"}': 1 })
    station.events = newer.events
  })

  test('a clock that is a year off stops nothing and gives nothing: the fact is recorded, no limit is used up in years to come', async () => {
    const rider = demoRider('li')
    const before = await balancesOf(central.database, rider)
    for (const wallMs of [NOW_MS + YEAR_MS, NOW_MS - YEAR_MS]) station.record('checkin.recorded/1', { rider, card: 1, known: true }, wallMs)
    const { changed, counted, answer } = await consequencesOf(() => station.push(3, 4))
    expect(answer).toEqual({ result: 'applied', lastSeq: 4, outcomes: [{ seq: 3, outcome: 'recorded' }, { seq: 4, outcome: 'recorded' }] })
    expect(changed).toEqual(['batches', 'events', 'incarnations'])
    expect(counted).toEqual({ boai_events_ahead_total: 1, 'boai_pushes_total{result="applied"}': 1, 'boai_events_total{outcome="recorded",code=""}': 2 })
    expect(await balancesOf(central.database, rider)).toEqual(before)

    station.recordRaw('redemption.recorded', 1, JSON.stringify({
      request: '0192f0c0-0000-4000-8000-00000000cafe', rider, points: 0, receipt: '1-00001-0', lines: [{ item: 'soap-two-bars', quantity: 1, points: 0, lots: [[1, 1]] }],
    }), { wallMs: NOW_MS + YEAR_MS })
    await station.push(5, 5)
    expect(await central.database.query('SELECT at_ms FROM every_entry WHERE entry_id = $1', [station.events.at(-1)?.header.id ?? ''])).toEqual([{ at_ms: NOW_MS }])
  })
})

function chunkedHead(): string {
  return `POST ${PUSH_PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`
}

function chunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

/** Writes until the other side has had enough; its first words, or that it cut the line. */
async function sendRaw(port: number, head: string, parts: readonly Buffer[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const heard: Buffer[] = []
  let isOver = false
  const over = new Promise<void>((resolve) => {
    socket.on('data', (part: Buffer) => {
      heard.push(part)
      resolve()
    })
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
  }).then(() => {
    isOver = true
  })
  socket.write(head)
  for (const part of parts) {
    if (isOver) break
    if (!socket.write(part)) await Promise.race([over, once(socket, 'drain')])
  }
  await over
  socket.destroy()
  return heard.length === 0 ? 'cut off' : Buffer.concat(heard).toString('latin1')
}
