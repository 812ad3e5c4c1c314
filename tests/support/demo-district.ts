// A small district for end-to-end tests: a real central process, a real station process on disk, the demo's people and
// goods, in a folder of its own. The test may stop, kill and start each; all of it ends with the test.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { type DemoFolder, openDemoFolder, readSeededDemo, type SeededDemo, writeStationConfig } from '../../scripts/start/demo-folder.ts'
import { temporaryFolder } from './counter.ts'

const root = join(import.meta.dirname, '..', '..')
/** A busy machine takes long to put the demo's past in. */
const READY_MS_MAX = 90_000

export interface RunningProcess {
  readonly pid: number
  /** SIGTERM, and waits. */
  stop(): Promise<void>
  /** SIGKILL, and waits. */
  kill(): Promise<void>
}

export interface DemoDistrict {
  readonly folder: string
  readonly centralData: string
  readonly stationFile: string
  readonly kioskUrl: string
  codeOf(handle: string): string
  /** As the simulated scanner: the text as HID report bytes through the real framing. */
  scan(text: string): Promise<void>
  startCentral(): Promise<RunningProcess>
  startStation(): Promise<RunningProcess>
  central: RunningProcess
  station: RunningProcess
}

/** A demo whose past central has put in, once a run of all the tests or once a test file: copied, it saves each test what a first start takes. */
let seeded: Promise<string> | undefined
const ofThisRun = process.env['BOAI_TEST_RUN_FOLDER']
afterAll(async () => {
  if (seeded !== undefined && ofThisRun === undefined) rmSync(await seeded, { recursive: true, force: true })
})

async function seedOnce(): Promise<string> {
  const shared = ofThisRun === undefined ? null : join(ofThisRun, 'seeded-demo')
  if (shared !== null && existsSync(shared)) return shared
  const home = mkdtempSync(join(tmpdir(), 'boai-seeded-'))
  const central = await startCentralOf(openDemoFolder(home, false), await freePort())
  await central.stop()
  if (shared === null) return home
  try {
    renameSync(home, shared)
  } catch (error) {
    // Another test file was quicker: its demo is as good.
    rmSync(home, { recursive: true })
    if (!existsSync(shared)) throw error
  }
  return shared
}

async function startCentralOf(folder: DemoFolder, port: number): Promise<RunningProcess> {
  const args = ['--data', folder.centralData, '--port', String(port), '--demo', folder.centralOrder]
  return (await start('central', [join(root, 'central/index.ts'), ...args], folder.logOf('central'))).process
}

export async function openDemoDistrict(): Promise<DemoDistrict> {
  const home = join(temporaryFolder(), 'demo')
  cpSync(await (seeded ??= seedOnce()), home, { recursive: true })
  const folder = openDemoFolder(home, false)
  mkdirSync(join(folder.root, 'logs'), { recursive: true })
  const [centralPort, kioskPort] = [await freePort(), await freePort()]
  const startCentral = (): Promise<RunningProcess> => startCentralOf(folder, centralPort)
  const central = await startCentral()
  const seed: SeededDemo = readSeededDemo(folder)
  writeStationConfig(folder, join(root, 'resources/demo'), seed, `http://127.0.0.1:${centralPort}`)
  let kioskUrl = ''
  const startStation = async (): Promise<RunningProcess> => {
    const args = ['--data', folder.stationData, '--config', folder.stationConfig, '--loopback-port', String(kioskPort), '--page', join(root, 'dist/renderer'), '--no-hid']
    const { process, ready } = await start('station', [join(root, 'station/index.ts'), ...args], folder.logOf('station'))
    kioskUrl = String(ready['kioskUrl'])
    return process
  }
  const station = await startStation()
  return {
    folder: folder.root,
    centralData: folder.centralData,
    stationFile: join(folder.stationData, 'station.db'),
    kioskUrl,
    codeOf: (handle) => {
      const code = seed.codes.find((known) => known.handle === handle)
      if (code === undefined) throw new Error(`the demo has no code ${handle}`)
      return code.text
    },
    async scan(text) {
      const address = new URL(kioskUrl)
      const answer = await fetch(new URL('/scan', address.origin), { method: 'POST', body: text, headers: { authorization: `Bearer ${address.hash.replace('#token=', '')}` } })
      if (!answer.ok) throw new Error(`the station answers ${answer.status} to a scan`)
    },
    startCentral,
    startStation,
    central,
    station,
  }
}

async function start(name: string, args: string[], logFile: string): Promise<{ process: RunningProcess; ready: Record<string, unknown> }> {
  appendFileSync(logFile, `--- ${name}\n`)
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, args, { stdio: ['ignore', log, log, 'ipc'] })
  onTestFinished(() => end(child, 'SIGKILL'))
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} was not ready in time:\n${readFileSync(logFile, 'utf8').slice(-4000)}`)), READY_MS_MAX)
    child.on('message', (message) => {
      const said = message as Record<string, unknown>
      if (said['type'] === 'failed') reject(new Error(`${name}: ${String(said['message'])}`))
      if (said['type'] !== 'ready') return
      clearTimeout(timer)
      resolve(said)
    })
    child.once('exit', () => reject(new Error(`${name} ended:\n${readFileSync(logFile, 'utf8').slice(-4000)}`)))
  })
  return { process: { pid: child.pid ?? 0, stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') }, ready }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
