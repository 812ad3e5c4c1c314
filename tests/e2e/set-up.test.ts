// An empty machine becomes a station, with real processes: a code from the operator, scanned at the machine, which writes its
// configuration, ends, and comes back as the station.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { FromStation } from '../../contract/kiosk/station-process.ts'
import { openDemoFolder, readSeededDemo } from '../../scripts/start/demo-folder.ts'
import { temporaryFolder } from '../support/counter.ts'

const root = join(import.meta.dirname, '..', '..')
const READY_MS_MAX = 30_000

function start(entry: string, args: string[]): { child: ChildProcess; said: FromStation[] } {
  const child = spawn(process.execPath, [join(root, entry), ...args], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, DATABASE_URL: undefined } })
  const said: FromStation[] = []
  child.on('message', (message) => said.push(message as FromStation))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, said }
}

async function until(met: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const endMs = performance.now() + READY_MS_MAX
  while (!(await met())) {
    if (performance.now() > endMs) throw new Error(`waited for: ${what}`)
    await new Promise((next) => setTimeout(next, 50))
  }
}

test('an empty machine scans a code, becomes the station, and speaks to central as it', async () => {
  const demo = openDemoFolder(join(temporaryFolder(), 'demo'), false)
  const central = start('central/index.ts', ['--data', demo.centralData, '--port', '0', '--demo', demo.centralOrder])
  await until(() => central.said.length > 0, 'central')
  const { url } = central.said[0] as unknown as { url: string }
  const second = readSeededDemo(demo).stations.find(({ number }) => number === 2)?.id ?? ''
  const ask = async (act: string, body: object): Promise<Record<string, unknown>> => {
    const token = readFileSync(join(demo.centralData, 'operator-token'), 'utf8').trim()
    const response = await fetch(`${url}/operator/v1/${act}`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) })
    return ((await response.json()) as { answer: Record<string, unknown> }).answer
  }

  const data = join(temporaryFolder(), 'station')
  const config = join(data, 'station.json')
  const args = ['--data', data, '--config', config, '--loopback-port', '0', '--no-hid']
  const empty = start('station/index.ts', args)
  await until(() => empty.said.length > 0, 'the empty machine')
  const [ready] = empty.said
  if (ready?.type !== 'ready' || ready.kioskUrl === null) throw new Error(JSON.stringify(ready))
  const { link } = (await ask('enrolment-code', { station: second })) as { link: string }
  expect(existsSync(config)).toBe(false)
  const kiosk = new URL(ready.kioskUrl)
  const exited = once(empty.child, 'exit')
  await fetch(new URL('/scan', kiosk), { method: 'POST', headers: { authorization: `Bearer ${kiosk.hash.replace('#token=', '')}`, 'content-type': 'text/plain' }, body: link })
  expect(await exited).toEqual([0, null])
  const written = JSON.parse(readFileSync(config, 'utf8')) as Record<string, unknown>
  expect({ station: written['station'], centralUrl: written['centralUrl'], mode: statSync(config).mode & 0o777 }).toEqual({ station: second, centralUrl: url, mode: 0o600 })

  const station = start('station/index.ts', args)
  await until(() => station.said.length > 0, 'the station')
  expect(station.said[0]?.type).toBe('ready')
  await until(async () => {
    const { stations } = (await ask('stations', {})) as { stations: { station: string; files: { state: string; helloAtMs: number | null }[] }[] }
    return stations.some((one) => one.station === second && one.files[0]?.state === 'active' && one.files[0].helloAtMs !== null)
  }, 'its hello')
}, 120_000)
