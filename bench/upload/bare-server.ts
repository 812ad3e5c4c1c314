// The limit for this shape: takes gzipped lines, inserts them into PostgreSQL in one transaction a batch, answers how far it
// has got. No ledger, no signatures, no checks, no chain.

import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import pg from 'pg'

const gunzipAsync = promisify(gunzip)
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] ?? '', max: 4 })
await pool.query('CREATE TABLE outbox (seq bigint PRIMARY KEY, header text NOT NULL, body text NOT NULL)')

async function take(bytes: Buffer): Promise<number> {
  const [first, ...lines] = (await gunzipAsync(bytes)).toString('utf8').split('\n')
  const seqs: number[] = []
  const headers: string[] = []
  const bodies: string[] = []
  for (let index = 0; index + 1 < lines.length; index += 2) {
    seqs.push(Number(first) + index / 2)
    headers.push(lines[index] ?? '')
    bodies.push(lines[index + 1] ?? '')
  }
  await pool.query({
    name: 'insert',
    text: 'INSERT INTO outbox (seq, header, body) SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING',
    values: [seqs, headers, bodies],
  })
  return seqs.at(-1) ?? 0
}

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    take(Buffer.concat(parts)).then(
      (lastSeq) => response.end(JSON.stringify({ lastSeq })),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`)
        response.writeHead(500).end()
      },
    )
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string') process.send?.({ type: 'ready', url: `http://127.0.0.1:${address.port}` })
})
process.on('disconnect', () => process.exit(0))
