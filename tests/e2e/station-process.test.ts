// The station as its starter meets it: a real child process, its last words, its clean ends, and its file after kill -9.

import { KIOSK_PROTOCOL_VERSION } from '../../contract/kiosk/kiosk-frames.ts'
import { type ChildProcess, fork } from 'node:child_process'
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { fromStation, type FromStation } from '../../contract/kiosk/station-process.ts'
import type { Receipt } from '../../contract/kiosk/kiosk-requests.ts'
import { encodeHeader } from '../../contract/sync/event-envelope.ts'
import { restock } from '../../station/acts/restock.ts'
import { openStationDatabase } from '../../station/store/database.ts'
import { chainSeed, eventsAfter } from '../../station/store/outbox.ts'
import { applyChanges } from '../../station/sync/apply-answers.ts'
import { catalogue, giveAllowance, openEmptyCounter, signPass, STATION, STRANGER, temporaryFolder, TODAY, WANG, ZHANG } from '../support/counter.ts'

const ENTRY = join(import.meta.dirname, '../../station/index.ts')
const READY_MS_MAX = 15_000

interface Started {
  child: ChildProcess
  said: FromStation[]
  /** Code and signal. */
  exit: Promise<[number | null, NodeJS.Signals | null]>
}

function writeConfig(folder: string, more: Record<string, unknown> = {}): string {
  const file = join(folder, 'station.json')
  const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  // Nobody listens there.
  writeFileSync(file, JSON.stringify({ station: STATION, centralUrl: 'http://127.0.0.1:9', privateKey, centralKey: 'A'.repeat(43), demo: null, ...more }))
  return file
}

function start(data: string, config: string, ...more: string[]): Started {
  const child = fork(ENTRY, ['--data', data, '--config', config, '--no-hid', ...more], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    env: { ...process.env, BOAI_LOG_LEVEL: 'silent' },
  })
  const said: FromStation[] = []
  child.on('message', (message) => said.push(fromStation.parse(message)))
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await exit
  })
  return { child, said, exit }
}

async function until(holds: () => boolean, msMax = READY_MS_MAX): Promise<void> {
  for (const beganAtMs = performance.now(); !holds(); await new Promise((next) => setTimeout(next, 10))) {
    if (performance.now() - beganAtMs > msMax) throw new Error(`not within ${msMax} ms`)
  }
}

async function startReady(data: string, config: string, ...more: string[]): Promise<Started & { kioskUrl: string }> {
  const started = start(data, config, ...more)
  await until(() => started.said.length > 0)
  const [ready] = started.said
  if (ready?.type !== 'ready') throw new Error(`the station said ${JSON.stringify(ready)}`)
  return { ...started, kioskUrl: ready.kioskUrl ?? '' }
}

/** The exit, or what stands in for it where the process does not go. */
async function exitWithin(started: Started, msMax: number): Promise<unknown> {
  return Promise.race([started.exit, new Promise((resolve) => setTimeout(() => resolve('still running'), msMax).unref())])
}

const failedWith = (code: string): unknown => [{ type: 'failed', code, message: expect.any(String) as string }]

test('with a configuration that is none its last word is not_configured, and it exits with 1', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'broken.json'), '{"station": 1}')
  const started = start(folder, join(folder, 'broken.json'))
  expect([await exitWithin(started, READY_MS_MAX), started.said]).toEqual([[1, null], failedWith('not_configured')])
})

test('started with words it does not know it says that as its last word too', async () => {
  const folder = temporaryFolder()
  const started = start(folder, writeConfig(folder), '--no-such-option')
  expect([await exitWithin(started, READY_MS_MAX), started.said]).toEqual([[1, null], failedWith('not_configured')])
})

test('on a folder that another station has it says in_use and exits with 1; the other one stays', async () => {
  const folder = temporaryFolder()
  const first = await startReady(folder, writeConfig(folder))
  const second = start(folder, join(folder, 'station.json'))
  expect([await exitWithin(second, READY_MS_MAX), second.said]).toEqual([[1, null], failedWith('in_use')])
  expect(first.child.exitCode).toBeNull()
})

test('on a file of a newer program it says database_newer, and on another station’s file database_foreign', async () => {
  const folder = temporaryFolder()
  const config = writeConfig(folder)
  const newer = new Database(join(folder, 'station.db'))
  newer.pragma('user_version = 99')
  newer.close()
  const started = start(folder, config)
  expect([await exitWithin(started, READY_MS_MAX), started.said]).toEqual([[1, null], failedWith('database_newer')])

  const other = openEmptyCounter()
  other.database.close()
  const foreign = start(other.folder, writeConfig(other.folder, { station: STRANGER }))
  expect([await exitWithin(foreign, READY_MS_MAX), foreign.said]).toEqual([[1, null], failedWith('database_foreign')])
})

test('where its port is taken, or the demo’s codes are missing, it says so, exits with 1 and leaves the file free', async () => {
  const folder = temporaryFolder()
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  onTestFinished(() => void taken.close())
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const onTakenPort = start(folder, writeConfig(folder), '--loopback-port', String(port))
  expect([await exitWithin(onTakenPort, READY_MS_MAX), onTakenPort.said]).toEqual([[1, null], failedWith('bug')])

  const missing = join(folder, 'missing.json')
  const withoutCodes = start(folder, writeConfig(folder, { demo: { codesFile: missing, stockFile: missing } }))
  expect([await exitWithin(withoutCodes, READY_MS_MAX), withoutCodes.said]).toEqual([[1, null], failedWith('bug')])
  openStationDatabase({ file: join(folder, 'station.db'), busyMsMax: 100 }).close()
}, 40_000)

const CLEAN_ENDS: [string, (child: ChildProcess) => unknown][] = [
  ['a stop of its starter', (child) => child.send({ type: 'stop' })],
  ['SIGTERM', (child) => child.kill('SIGTERM')],
  ['SIGINT', (child) => child.kill('SIGINT')],
  ['its starter letting go', (child) => child.disconnect()],
]
test.each(CLEAN_ENDS)('%s ends it cleanly: exit 0, no log left beside the file, the file free', async (_how, end) => {
  const folder = temporaryFolder()
  const { child, exit } = await startReady(folder, writeConfig(folder), '--loopback-port', '0')
  const askedAtMs = performance.now()
  end(child)
  expect(await exit).toEqual([0, null])
  expect(performance.now() - askedAtMs).toBeLessThan(3_000)
  expect(existsSync(join(folder, 'station.db-wal'))).toBe(false)
  openStationDatabase({ file: join(folder, 'station.db'), busyMsMax: 100 }).close()
})

test('a starter that is gone while the station is still starting leaves no station behind', async () => {
  const folder = temporaryFolder()
  const started = start(folder, writeConfig(folder), '--loopback-port', '0')
  await new Promise((next) => setTimeout(next, 30))
  started.child.disconnect()
  expect(await exitWithin(started, READY_MS_MAX)).toEqual([0, null])
})

test('a starter that says rubbish, and frames of pages that are not open, change nothing', async () => {
  const folder = temporaryFolder()
  const { child, said } = await startReady(folder, writeConfig(folder))
  for (const rubbish of ['run', { type: 'frame' }, { type: 'frame', screen: 3, text: JSON.stringify({ type: 'hello', protocol: KIOSK_PROTOCOL_VERSION }) }, { type: 'frame', screen: 3, text: 'x'.repeat(70_000) }]) child.send(rubbish)
  child.send({ type: 'screen_opened', screen: 4 })
  child.send({ type: 'frame', screen: 4, text: JSON.stringify({ type: 'hello', protocol: KIOSK_PROTOCOL_VERSION }) })
  await until(() => said.length >= 3)
  expect(said.slice(1, 3).map((message) => (message.type === 'frame' ? [message.screen, (JSON.parse(message.text) as { type: string }).type] : message))).toEqual([
    [4, 'welcome'],
    [4, 'view'],
  ])
})

interface Hammering {
  /** Receipts that the screen has seen, by request. */
  receipts: Map<string, Receipt>
  close(): void
}

/** A screen that scans in and redeems soap as fast as it is answered, until the line is gone. */
async function hammer(kioskUrl: string, pass: string, receipts: Map<string, Receipt>): Promise<Hammering> {
  const { host, hash } = new URL(kioskUrl)
  const socket = new WebSocket(`ws://${host}/ws`, [`boai.${hash.replace('#token=', '')}`], { origin: `http://${host}` })
  socket.on('error', () => socket.terminate())
  const say = (id: number, name: string, input: unknown): void => socket.send(JSON.stringify({ type: 'request', id, name, input }))
  let nextId = 0
  let asked: string[] = []
  const redeemOnce = (session: string): void => {
    const request = randomUUID()
    nextId += 1
    asked[nextId] = request
    say(nextId, 'redeem', { session, request, lines: [{ item: 'soap', quantity: 1 }], pointsShown: 20 })
  }
  await once(socket, 'open')
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as { type: string; id: number; view?: { session: { session: string } | null }; output?: { receipt?: Receipt } }
    if (frame.type === 'welcome') say(1_000_000, 'scan', { text: pass, source: 'simulated' })
    const session = frame.view?.session?.session
    if (frame.type === 'view' && session !== undefined && nextId === 0) {
      for (let abreast = 0; abreast < 4; abreast += 1) redeemOnce(session)
      sessionNow = session
    }
    if (frame.type !== 'answer' || frame.output?.receipt === undefined) return
    receipts.set(asked[frame.id] ?? '', frame.output.receipt)
    if (sessionNow !== null) redeemOnce(sessionNow)
  })
  let sessionNow: string | null = null
  socket.send(JSON.stringify({ type: 'hello', protocol: KIOSK_PROTOCOL_VERSION }))
  return {
    receipts,
    close: () => {
      asked = []
      socket.terminate()
    },
  }
}

test('killed at any moment while redemptions pour in, it loses none whose receipt was seen, and every sum holds', async () => {
  const counter = openEmptyCounter()
  applyChanges(counter, catalogue)
  const given = 200_000
  giveAllowance(counter, ZHANG, given)
  for (let part = 0; part < 2; part += 1) restock(counter, { request: randomUUID(), staff: WANG, lines: [{ item: 'soap', quantity: 5_000, expiryDay: part === 0 ? null : TODAY + 9_000, donor: null }] })
  counter.database.close()
  const config = writeConfig(counter.folder)
  const pass = signPass({ holderId: ZHANG })
  const receipts = new Map<string, Receipt>()
  let kills = 0
  for (const beganAtMs = performance.now(); performance.now() - beganAtMs < 6_000; kills += 1) {
    const station = await startReady(counter.folder, config, '--loopback-port', '0')
    const before = receipts.size
    const hammering = await hammer(station.kioskUrl, pass, receipts)
    await until(() => receipts.size > before)
    await new Promise((next) => setTimeout(next, Math.random() * 250))
    station.child.kill('SIGKILL')
    expect(await station.exit).toEqual([null, 'SIGKILL'])
    hammering.close()
  }
  expect(kills).toBeGreaterThan(2)
  expect(receipts.size).toBeGreaterThan(kills)

  const database = openStationDatabase({ file: join(counter.folder, 'station.db') })
  onTestFinished(() => database.close())
  const { read } = database
  const kept = new Map(read.all<{ request: string; receipt: string; points: number }>('SELECT request, receipt, points FROM redemptions').map((row) => [row.request, row]))
  expect([...receipts].filter(([request, receipt]) => kept.get(request)?.receipt !== receipt.code || kept.get(request)?.points !== receipt.points)).toEqual([])
  const spent = [...kept.values()].reduce((sum, { points }) => sum + points, 0)
  expect({
    allowance: read.all('SELECT rider, points FROM allowances'),
    received: read.get('SELECT sum(points) AS points FROM grants'),
    entries: read.get('SELECT sum(points) AS points FROM entries'),
    soap: read.get("SELECT sum(quantity_left) AS units FROM lots WHERE item = 'soap'"),
    lotsUnlikeTheirMovements: read.all('SELECT lot FROM lots WHERE quantity_left <> (SELECT coalesce(sum(quantity), 0) FROM stock_movements WHERE stock_movements.lot = lots.lot)'),
    redemptionsWithoutEvent: read.all("SELECT seq FROM redemptions WHERE seq NOT IN (SELECT seq FROM outbox WHERE kind = 'redemption.recorded')"),
    eventsWithoutRedemption: read.all("SELECT seq FROM outbox WHERE kind = 'redemption.recorded' AND seq NOT IN (SELECT seq FROM redemptions)"),
    integrity: read.all('PRAGMA integrity_check'),
    foreignKeys: read.all('PRAGMA foreign_key_check'),
  }).toEqual({
    allowance: [{ rider: ZHANG, points: given - spent }],
    received: { points: given },
    entries: { points: -spent },
    soap: { units: 10_000 - kept.size },
    lotsUnlikeTheirMovements: [],
    redemptionsWithoutEvent: [],
    eventsWithoutRedemption: [],
    integrity: [{ integrity_check: 'ok' }],
    foreignKeys: [],
  })
  const events = eventsAfter(read, 0, { countMax: 1e6, bytesMax: 1e9 })
  expect(events.every((event, index) => event.seq === index + 1)).toBe(true)
  let hash: Buffer = Buffer.from(chainSeed(counter.identity))
  for (const event of events) hash = createHash('sha256').update(hash).update(`${encodeHeader(event)}\n`).update(event.body).digest()
  expect(Buffer.from(events.at(-1)?.hash ?? []).equals(hash)).toBe(true)
  process.stdout.write(`killed ${kills} times; ${receipts.size} receipts seen, ${kept.size} recorded\n`)
}, 40_000)

test('the loopback token is the same after a restart, and a file cut short by a power cut becomes a new one', async () => {
  const folder = temporaryFolder()
  const config = writeConfig(folder)
  const tokenOf = async (): Promise<string> => {
    const station = await startReady(folder, config, '--loopback-port', '0')
    station.child.kill('SIGTERM')
    await station.exit
    return new URL(station.kioskUrl).hash.replace('#token=', '')
  }
  const first = await tokenOf()
  expect([first, await tokenOf()]).toEqual([expect.stringMatching(/^[\w-]{32}$/), first])
  writeFileSync(join(folder, 'loopback-token'), '')
  const second = await tokenOf()
  expect(second).toMatch(/^[\w-]{32}$/)
  expect([second === first, readFileSync(join(folder, 'loopback-token'), 'utf8')]).toEqual([false, `${second}\n`])
})
