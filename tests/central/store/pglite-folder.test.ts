// The two traps of the embedded database: it must force every commit to the disk, and let only one process in.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FolderInUseError, lockFolder } from '../../../central/store/folder-lock.ts'
import { openPglite } from '../../../central/store/pglite-database.ts'

const LOCK_MODULE = join(import.meta.dirname, '../../../central/store/folder-lock.ts')

let folder: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'boai-folder-'))
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function holdInAnotherProcess(): Promise<ChildProcess> {
  const script = `import { lockFolder } from ${JSON.stringify(LOCK_MODULE)}; lockFolder(process.argv[1]); process.stdout.write('held'); setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout, 'data')
  return child
}

test('every commit is forced to the disk, and what was committed is there after opening again', async () => {
  const database = await openPglite(folder)
  await database.execute('CREATE TABLE marks (n integer)')
  const before = database.fsyncCount()
  const commits = 20
  for (let n = 1; n <= commits; n += 1) await database.transaction('write', (transaction) => transaction.query('INSERT INTO marks VALUES ($1)', [n]))
  expect(database.fsyncCount() - before).toBeGreaterThanOrEqual(commits)
  expect(await database.query('SHOW fsync')).toEqual([{ fsync: 'on' }])
  await database.close()
  const again = await openPglite(folder)
  expect(await again.query('SELECT count(*)::integer AS kept FROM marks')).toEqual([{ kept: commits }])
  await again.close()
}, 60_000)

test('a second opening of the folder fails with a clear error, and works after the first has closed', async () => {
  const unlock = lockFolder(folder)
  await expect(openPglite(folder)).rejects.toThrow(FolderInUseError)
  unlock()
  expect(existsSync(join(folder, 'central.lock'))).toBe(false)
  lockFolder(folder)()
})

test('while another process holds the folder it is refused; after that one was killed it is free', async () => {
  const holder = await holdInAnotherProcess()
  expect(() => lockFolder(folder)).toThrow(`pid ${holder.pid} `)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  lockFolder(folder)()
}, 30_000)

test('a lock of a process number that now belongs to somebody else is nobody’s', () => {
  const unlock = lockFolder(folder)
  const lock = join(folder, 'central.lock')
  const mine = readFileSync(lock, 'utf8')
  unlock()
  writeFileSync(lock, mine.replace(/started \S+/, 'started 1'))
  lockFolder(folder)()
  writeFileSync(lock, mine.replace(/boot \S+/, 'boot 00000000-0000-0000-0000-000000000000'))
  lockFolder(folder)()
  writeFileSync(lock, '')
  lockFolder(folder)()
})

test('of many processes that start at once after a kill, one gets the folder', async () => {
  writeFileSync(join(folder, 'central.lock'), 'pid 999999999 started 1 boot x')
  const script = `import { lockFolder } from ${JSON.stringify(LOCK_MODULE)}; try { lockFolder(process.argv[1]); process.stdout.write('got it') } catch (error) { process.stdout.write(error.name) }; setTimeout(() => process.exit(), 1500)`
  const said = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
      children.push(child)
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
      await once(child, 'exit')
      return chunk.toString()
    }),
  )
  expect(said.toSorted()).toEqual(['FolderInUseError', 'FolderInUseError', 'FolderInUseError', 'FolderInUseError', 'got it'])
}, 30_000)
