// The bare outbox: the same bytes in a plain SQLite table, read 500 at a time, gzipped at level 1, sent over HTTP, what is
// acknowledged noted with a full sync. What any outbox of this shape must do, and nothing else.

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { startServer } from '../server-process.ts'
import type { Contender, OutboxEvent } from './contender.ts'

const gzipAsync = promisify(gzip)
const BATCH_EVENTS = 500

export function bareOutbox(work: string, events: readonly OutboxEvent[], newDatabase: () => Promise<string>, logFile: string): Contender {
  const station = new Database(join(work, 'bare.db'))
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) station.pragma(pragma)
  station.exec('CREATE TABLE outbox (seq INTEGER PRIMARY KEY, header TEXT NOT NULL, body BLOB NOT NULL); CREATE TABLE state (acknowledged INTEGER NOT NULL); INSERT INTO state VALUES (0)')
  const insert = station.prepare('INSERT INTO outbox VALUES (?, ?, ?)')
  station.transaction(() => {
    for (const { seq, header, body } of events) insert.run(seq, header, Buffer.from(body))
  })()
  const read = station.prepare<[number, number], { seq: number; header: string; body: Buffer }>('SELECT seq, header, body FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?')
  const acknowledge = station.prepare('UPDATE state SET acknowledged = ?')

  return {
    name: 'bare',
    async round() {
      acknowledge.run((events[0]?.seq ?? 1) - 1)
      const server = await startServer({ entry: 'bench/upload/bare-server.ts', env: { DATABASE_URL: await newDatabase() }, logFile })
      try {
        const beganAtMs = performance.now()
        let acknowledged = (events[0]?.seq ?? 1) - 1
        for (let batch = read.all(acknowledged, BATCH_EVENTS); batch.length > 0; batch = read.all(acknowledged, BATCH_EVENTS)) {
          const parts: Buffer[] = [Buffer.from(`${acknowledged + 1}\n`)]
          for (const { header, body } of batch) parts.push(Buffer.from(`${header}\n`), body, NEW_LINE)
          const response = await fetch(server.url, { method: 'POST', body: new Uint8Array(await gzipAsync(Buffer.concat(parts), { level: 1 })) })
          const { lastSeq } = (await response.json()) as { lastSeq: number }
          if (!response.ok || lastSeq <= acknowledged) throw new Error('the bare server does not get on')
          acknowledge.run(lastSeq)
          acknowledged = lastSeq
        }
        return performance.now() - beganAtMs
      } finally {
        await server.stop()
      }
    },
    stop: () => Promise.resolve(void station.close()),
  }
}

const NEW_LINE = Buffer.from('\n')
