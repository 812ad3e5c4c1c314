// The process as it is started: ready with an address, ends cleanly on a signal and when its starter is gone, and finds its
// data again after a kill.

import { type ChildProcess, fork, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const ENTRY = join(import.meta.dirname, '../../central/index.ts')
const READY_MS_MAX = 40_000

let folder: string
const children: ChildProcess[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'boai-central-'))
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
  writeFileSync(join(folder, 'order.json'), JSON.stringify({ stations: [{ number: 1, publicKey: x }], write: join(folder, 'written.json') }))
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, DATABASE_URL: undefined })
const options = (): string[] => ['--data', join(folder, 'data'), '--port', '0', '--demo', join(folder, 'order.json')]

async function startAsChild(...more: readonly string[]): Promise<{ child: ChildProcess; url: string; log: () => string }> {
  const child = fork(ENTRY, [...options(), ...more], { env: environment(), stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  children.push(child)
  const logged: Buffer[] = []
  child.stderr?.on('data', (part: Buffer) => logged.push(part))
  const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(READY_MS_MAX) })) as [{ type: string; url: string }]
  expect(message).toEqual({ type: 'ready', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string })
  return { child, url: message.url, log: () => Buffer.concat(logged).toString() }
}

test('it says when it is ready, answers, and ends cleanly on a signal', async () => {
  const { child, url } = await startAsChild()
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ ok: true })
  const page = await fetch(url)
  expect([page.headers.get('content-type'), await page.text()]).toEqual(['text/html; charset=utf-8', expect.stringContaining('博爱小站 · 中心')])
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
}, 60_000)

test('after a kill the next start finds the same history, and it ends by itself when its starter is gone', async () => {
  const { child } = await startAsChild()
  const first = readFileSync(join(folder, 'written.json'), 'utf8')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const again = await startAsChild()
  expect(readFileSync(join(folder, 'written.json'), 'utf8')).toBe(first)
  again.child.disconnect()
  expect(await once(again.child, 'exit')).toEqual([0, null])
}, 90_000)

test('asked to end, it says that it is not ready for as long as it was told, goes on answering, and then ends', async () => {
  const { child, url } = await startAsChild('--drain-ms', '1500')
  const ready = async (): Promise<unknown> => (await fetch(`${url}/ready`)).json()
  expect(await ready()).toEqual({ ready: true })
  const metrics = await (await fetch(`${url}/metrics`)).text()
  const expected = ['process_resident_memory_bytes ', 'nodejs_eventloop_lag_p99_seconds ', 'boai_pool_waiting 0', 'boai_requests_total{door="/ready",verdict="ok"} 1']
  expect(expected.filter((line) => !metrics.includes(line))).toEqual([])
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await expect.poll(ready).toEqual({ ready: false, code: 'stopping' })
  expect(await ended).toEqual([0, null])
}, 60_000)

test('a backup in the place of its database is noticed at the start, though nobody says so, and what happened since to stations is played back', async () => {
  const data = join(folder, 'data')
  const operate = async (url: string, act: string, body: object = {}): Promise<{ answer: { stations: { station: string; number: number; status: string }[]; restoredAtMs: number | null } }> => {
    const headers = { authorization: `Bearer ${readFileSync(join(data, 'operator-token'), 'utf8').trim()}` }
    const answer = await fetch(`${url}/operator/v1/${act}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as Awaited<ReturnType<typeof operate>>
  }
  const first = async (url: string): Promise<{ station: string; status: string } | undefined> => (await operate(url, 'stations')).answer.stations.find(({ number }) => number === 1)
  const end = async (child: ChildProcess): Promise<void> => {
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  }
  const before = await startAsChild()
  await end(before.child)
  cpSync(join(data, 'pgdata'), join(folder, 'backup'), { recursive: true })

  const one = await startAsChild()
  const station = await first(one.url)
  expect([station?.status, (await operate(one.url, 'recovery')).answer.restoredAtMs, one.log()]).toEqual(['active', null, expect.not.stringContaining('restored')])
  await operate(one.url, 'revoke-station', { station: station?.station })
  await end(one.child)
  rmSync(join(data, 'pgdata'), { recursive: true })
  renameSync(join(folder, 'backup'), join(data, 'pgdata'))

  const other = await startAsChild()
  expect(other.log()).toContain('the database holds less than it once did: central was restored and recovers')
  expect([(await first(other.url))?.status, (await operate(other.url, 'recovery')).answer.restoredAtMs]).toEqual(['revoked', expect.any(Number)])
  await end(other.child)
  // And it is the database now.
  const again = await startAsChild()
  expect(again.log()).not.toContain('restored')
}, 120_000)

test('without a starter it prints its address and ends on Ctrl-C', async () => {
  const child = spawn(process.execPath, [ENTRY, ...options()], { env: environment(), stdio: ['ignore', 'pipe', 'ignore'] })
  children.push(child)
  const [line] = (await once(child.stdout, 'data', { signal: AbortSignal.timeout(READY_MS_MAX) })) as [Buffer]
  expect(line.toString()).toMatch(/^central http:\/\/127\.0\.0\.1:\d+\n$/)
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
}, 60_000)

test('without a database it says why it does not run', async () => {
  const child = spawn(process.execPath, [ENTRY], { env: environment(), stdio: ['ignore', 'ignore', 'pipe'] })
  children.push(child)
  const [words] = (await once(child.stderr, 'data')) as [Buffer]
  expect(words.toString()).toBe('central does not run: Error: --data DIR or DATABASE_URL says where the database is\n')
  expect(await once(child, 'exit')).toEqual([1, null])
}, 60_000)
