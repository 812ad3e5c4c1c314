// Real child processes; what they run is a few lines, because the station itself cannot be asked to die in every way.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepStationRunning, type StationChild } from '../../main/station-child.ts'

let dir: string
let child: StationChild | null = null
let log: string[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'boai-child-'))
  log = []
})
afterEach(async () => {
  await child?.stop()
  child = null
  rmSync(dir, { recursive: true })
})

function start(script: string): StationChild {
  const stationEntry = join(dir, 'station.mjs')
  writeFileSync(stationEntry, script)
  child = keepStationRunning({
    nodeBinary: process.execPath,
    stationEntry,
    stationArguments: ['--data', dir],
    stationEnvironment: { PATH: process.env['PATH'] },
    say: (event) => log.push(event),
    onRunning: () => log.push('running'),
    onGone: () => log.push('gone'),
    onFrame: (screen, text) => log.push(`${screen}: ${text}`),
  })
  return child
}

const echoing = `
  import { writeFileSync } from 'node:fs'
  process.on('message', (message) => {
    if (message.type === 'stop') { writeFileSync(process.argv[3] + '/stopped', process.argv.slice(2).join(' ')); process.exit(0) }
    if (message.type === 'frame') process.send({ type: 'frame', screen: message.screen, text: message.text + ' back' })
  })
  process.send({ type: 'ready', kioskUrl: null })`

test('frames go to the station and come back as text', async () => {
  const running = start(echoing)
  await vi.waitFor(() => expect(log).toContain('running'))
  running.send({ type: 'frame', screen: 3, text: 'there' })
  await vi.waitFor(() => expect(log).toContain('3: there back'))
})

test('a killed station is started again, and both are told', async () => {
  const running = start(echoing)
  await vi.waitFor(() => expect(log).toContain('running'))
  const pid = running.pid()
  if (pid === null) throw new Error('no station')
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(log.filter((line) => line === 'running')).toHaveLength(2), { timeout: 5_000 })
  expect(log).toEqual(['station_running', 'running', 'gone', 'station_gone', 'station_running', 'running'])
  expect(running.restarts()).toBe(1)
})

test('a stop is asked for, with the station’s own arguments known to it, and nothing is started after it', async () => {
  const running = start(echoing)
  await vi.waitFor(() => expect(log).toContain('running'))
  await running.stop()
  expect(readFileSync(join(dir, 'stopped'), 'utf8')).toBe(`--data ${dir}`)
  expect([running.pid(), running.restarts()]).toEqual([null, 0])
})

test('a station that does not stop is killed after five seconds', async () => {
  const running = start(`process.on('message', () => undefined); process.send({ type: 'ready', kioskUrl: null })`)
  await vi.waitFor(() => expect(log).toContain('running'))
  const askedAtMs = performance.now()
  await running.stop()
  expect(Math.round((performance.now() - askedAtMs) / 1_000)).toBe(5)
  expect(log).toContain('station_killed')
}, 10_000)

test('a station that says why it will not run is tried again with growing pauses', async () => {
  const running = start(`process.send({ type: 'failed', code: 'disk_full', message: 'no room' }); process.exitCode = 1; process.disconnect()`)
  await vi.waitFor(() => expect(running.restarts()).toBe(2), { timeout: 5_000 })
  expect(log).toEqual(['station_failed', 'gone', 'station_gone', 'station_failed', 'gone', 'station_gone'])
})

test('a message that is none of the contract’s is not passed on', async () => {
  start(`process.on('message', () => process.exit(0)); process.send({ type: 'frame', screen: 0, text: 'x' }); process.send('run'); process.send({ type: 'ready', kioskUrl: null })`)
  await vi.waitFor(() => expect(log).toContain('running'))
  expect(log).toEqual(['station_message_not_understood', 'station_message_not_understood', 'station_running', 'running'])
})

test('a Node that is not there is tried again, not crashed over', async () => {
  const running = keepStationRunning({
    nodeBinary: join(dir, 'no-node'),
    stationEntry: join(dir, 'none.mjs'),
    stationArguments: [],
    stationEnvironment: {},
    say: (event) => log.push(event),
    onRunning: () => log.push('running'),
    onGone: () => log.push('gone'),
    onFrame: () => undefined,
  })
  child = running
  await vi.waitFor(() => expect(running.restarts()).toBe(2), { timeout: 5_000 })
  expect(log).toEqual(['station_channel_failed', 'gone', 'station_gone', 'station_channel_failed', 'gone', 'station_gone'])
})
