// `npm run audit`: recomputes central's books from its facts and exits with 1 on a difference of a single point. Reads the
// PostgreSQL of DATABASE_URL, or the embedded one in `--data DIR` (by default the demo's; central must not be running on it).

import { join } from 'node:path'
import { auditBooks } from '../central/audit/audit-books.ts'
import { openPglite } from '../central/store/pglite-database.ts'
import { openPostgres } from '../central/store/postgres-database.ts'
import { readCommandLine } from './command-line.ts'

const { values } = readCommandLine('npm run audit', '[--data DIR]', {
  options: { data: { type: 'string', default: join(import.meta.dirname, '..', '.data', 'demo', 'central') } },
})
const url = process.env['DATABASE_URL']
const say = (line: string): void => void process.stdout.write(`${line}\n`)

try {
  const database = url === undefined ? await openPglite(values.data) : openPostgres(url, (error) => say(String(error)))
  const { differences, ...counts } = await auditBooks(database)
  await database.close()
  for (const difference of differences) say(JSON.stringify(difference))
  say(`${counts.accounts} accounts, ${counts.transfers} transfers, ${counts.events} events, ${counts.wishes} wishes, ${counts.trainings} trainings: ${differences.length} differences`)
  process.exitCode = differences.length === 0 ? 0 : 1
} catch (error) {
  process.stderr.write(`npm run audit: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
