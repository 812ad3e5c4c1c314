// `npm start` as its reader meets it: the ready line, two side by side, Ctrl-C, and the data found again.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../support/counter.ts'

const root = join(import.meta.dirname, '..', '..')
const START_MS_MAX = 60_000

interface RunningStart {
  output: () => string
  ready: { kiosk: string; central: string }
  /** As Ctrl-C in a terminal: to the whole group. */
  interrupt: () => Promise<number | null>
}

async function start(data: string, portBase: number, ...more: string[]): Promise<RunningStart> {
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts'), '--no-window', '--data', data, '--port-base', String(portBase), ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  onTestFinished(() => killGroup(child, 'SIGKILL'))
  let output = ''
  child.stdout.on('data', (part: Buffer) => (output += part.toString()))
  child.stderr.on('data', (part: Buffer) => (output += part.toString()))
  for (const beganAtMs = performance.now(); !output.includes('\nready '); ) {
    if (performance.now() - beganAtMs > START_MS_MAX || child.exitCode !== null) throw new Error(`npm start did not become ready:\n${output}`)
    await new Promise((next) => setTimeout(next, 50))
  }
  const line = output.split('\n').find((candidate) => candidate.startsWith('ready ')) ?? ''
  return {
    output: () => output,
    ready: JSON.parse(line.slice('ready '.length)) as RunningStart['ready'],
    async interrupt() {
      const exit = once(child, 'exit')
      killGroup(child, 'SIGINT')
      const [code] = (await exit) as [number | null]
      return code
    },
  }
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    // The group is gone already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function eventCount(data: string): number {
  const file = new Database(join(data, 'station-1', 'station.db'), { readonly: true })
  const row = file.prepare('SELECT count(*) AS count FROM outbox').get() as { count: number }
  file.close()
  return row.count
}

test('two starts run side by side, end by Ctrl-C, and the next start finds the data again; --fresh begins anew', { timeout: 180_000 }, async () => {
  const [one, two] = [join(temporaryFolder(), 'one'), join(temporaryFolder(), 'two')]
  const first = await start(one, 46_110)
  const second = await start(two, 46_120)
  expect([first.ready.central, second.ready.central]).toEqual(['http://127.0.0.1:46111', 'http://127.0.0.1:46121'])
  expect(first.ready.kiosk).toMatch(/^http:\/\/127\.0\.0\.1:46110\/#token=[\w-]{32}$/)
  expect((await fetch(first.ready.kiosk)).status).toBe(200)
  expect(first.output()).toContain('window: none, as asked')
  expect(readdirSync(join(one, 'passes'))).toEqual(expect.arrayContaining(['zhang.png', 'li.png', 'rouzi.png', 'wang.png']))
  expect(await second.interrupt()).toBe(0)

  const token = new URL(first.ready.kiosk).hash.replace('#token=', '')
  const refused = await fetch(new URL('/scan', first.ready.kiosk), { method: 'POST', body: 'https://example.com/', headers: { authorization: `Bearer ${token}` } })
  expect(refused.status).toBe(204)
  expect(await first.interrupt()).toBe(0)
  expect(first.output()).not.toContain('starts again')
  const before = eventCount(one)
  expect(before).toBeGreaterThan(1)

  const again = await start(one, 46_110)
  expect(await again.interrupt()).toBe(0)
  expect(eventCount(one)).toBe(before)
  const fresh = await start(one, 46_110, '--fresh')
  expect(await fresh.interrupt()).toBe(0)
  expect(eventCount(one)).toBeLessThan(before)
})

test('--fresh does not remove a folder that it did not make', async () => {
  const folder = temporaryFolder()
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts'), '--no-window', '--data', folder, '--fresh'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const said: Buffer[] = []
  child.stderr.on('data', (part: Buffer) => said.push(part))
  const [code] = (await once(child, 'exit')) as [number]
  expect([code, existsSync(folder), Buffer.concat(said).toString()]).toEqual([1, true, expect.stringContaining('was not made by npm start')])
})
