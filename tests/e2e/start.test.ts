// `npm start` as its reader meets it: the ready line, two side by side, Ctrl-C, and the data found again.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
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
  if (child.pid === undefined) return
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
  const first = await start(one, 26_110)
  const second = await start(two, 26_120)
  expect([first.ready.central, second.ready.central]).toEqual(['http://127.0.0.1:26111', 'http://127.0.0.1:26121'])
  expect(first.ready.kiosk).toMatch(/^http:\/\/127\.0\.0\.1:26110\/#token=[\w-]{32}$/)
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

  const again = await start(one, 26_110)
  expect(await again.interrupt()).toBe(0)
  expect(eventCount(one)).toBe(before)
  const fresh = await start(one, 26_110, '--fresh')
  expect(await fresh.interrupt()).toBe(0)
  expect(eventCount(one)).toBeLessThan(before)
})

test('a signal that reaches npm alone ends everything too: npm’s shell does not hand it on', { timeout: 120_000 }, async () => {
  const child = spawn('npm', ['start', '--', '--no-window', '--data', join(temporaryFolder(), 'demo'), '--port-base', '26190'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  onTestFinished(() => killGroup(child, 'SIGKILL'))
  let output = ''
  child.stdout.on('data', (part: Buffer) => (output += part.toString()))
  const ends = once(child.stdout, 'end')
  for (const beganAtMs = performance.now(); !output.includes('\nready ') && performance.now() - beganAtMs < START_MS_MAX; ) await new Promise((next) => setTimeout(next, 50))
  child.kill('SIGTERM')
  await ends
  expect(output).toContain('ended; the data stays')
})

/** What a command that can not do its work says on both streams, and how it ends. */
async function runRefused(script: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts', script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => said.push(part))
  child.stderr.on('data', (part: Buffer) => said.push(part))
  const [code] = (await once(child, 'close')) as [number]
  return { code, said: Buffer.concat(said).toString() }
}

test('an option that does not exist, or a number that is none, is one line that says what there is', async () => {
  const there = '[--fresh] [--no-window] [--port-base N] [--data DIR] [--set-up]'
  expect(await runRefused('start.ts', '--prot-base', '5000')).toEqual({ code: 2, said: `npm start: Unknown option '--prot-base'; there is: ${there}\n` })
  expect(await runRefused('start.ts', 'extra')).toEqual({ code: 2, said: `npm start: Unexpected argument 'extra'; there is: ${there}\n` })
  expect(await runRefused('start.ts', '--port-base', 'x')).toEqual({ code: 2, said: 'npm start: --port-base is a number from 1024 to 65000, not x\n' })
  expect(await runRefused('scan.ts', '--daat', 'x')).toEqual({ code: 2, said: "npm run scan: Unknown option '--daat'; there is: NAME [NAME ...] [--text TEXT] [--data DIR]\n" })
  expect(await runRefused('audit.ts', '--help')).toEqual({ code: 2, said: "npm run audit: Unknown option '--help'; there is: [--data DIR]\n" })
  expect(await runRefused('torture.ts', '--minute', '1')).toEqual({ code: 2, said: "npm run torture: Unknown option '--minute'; there is: --minutes N [--seed TEXT] [--json]\n" })
  expect(await runRefused('torture.ts', '--minutes', 'x')).toEqual({ code: 2, said: 'npm run torture: --minutes is a number above 0 and at most 1440\n' })
  expect(await runRefused('shots.ts', '--only', '[')).toEqual({ code: 1, said: expect.stringMatching(/^npm run shots: Invalid regular expression.*\n$/) as string })
})

test('a data folder that can not be, and a port that is taken, are one line each', async () => {
  const file = join(temporaryFolder(), 'a-file')
  writeFileSync(file, '')
  const unwritable = await runRefused('start.ts', '--no-window', '--port-base', '26150', '--data', file)
  expect(unwritable).toEqual({ code: 1, said: expect.stringMatching(/^npm start: the data folder .* can not be written: ENOTDIR.*\n$/) as string })
  const holder = createServer().listen(26_161, '127.0.0.1')
  onTestFinished(() => void holder.close())
  await once(holder, 'listening')
  const taken = await runRefused('start.ts', '--no-window', '--port-base', '26160', '--data', join(temporaryFolder(), 'demo'))
  expect(taken).toEqual({ code: 1, said: 'npm start: port 26161 is taken, by another start or another program: --port-base N moves the ports\n' })
})

test('a folder on which a demo runs is left alone, by --fresh above all', { timeout: 120_000 }, async () => {
  const data = join(temporaryFolder(), 'demo')
  const running = await start(data, 26_170)
  for (const more of [[], ['--fresh']]) {
    const refused = await runRefused('start.ts', '--no-window', '--port-base', '26180', '--data', data, ...more)
    expect(refused).toEqual({ code: 1, said: `npm start: another npm start runs on ${data}: end it, or name another folder with --data DIR\n` })
  }
  expect((await fetch(running.ready.kiosk)).status).toBe(200)
  expect(await running.interrupt()).toBe(0)
})

test('--fresh does not remove a folder that it did not make', async () => {
  const folder = temporaryFolder()
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts'), '--no-window', '--data', folder, '--fresh'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const said: Buffer[] = []
  child.stderr.on('data', (part: Buffer) => said.push(part))
  const [code] = (await once(child, 'exit')) as [number]
  expect([code, existsSync(folder), Buffer.concat(said).toString()]).toEqual([1, true, expect.stringContaining('was not made by npm start')])
})
