// The office's table of riders at 100,000 rows on a real PostgreSQL, through the doors as a browser asks them, one question at a
// time: the first page, a page far down, searches, sorts; beside it the same far page by OFFSET, and the whole table as files.

import { randomBytes, randomUUID } from 'node:crypto'
import { buildCentral } from '../central/app.ts'
import { insertAccount, setSecrets } from '../central/console/accounts.ts'
import { hashPassword } from '../central/console/passwords.ts'
import { beginSession } from '../central/console/sessions.ts'
import { officeBoxInMemory } from '../central/keys/office-box.ts'
import { passKeysInMemory } from '../central/keys/pass-key-file.ts'
import { beginHistory } from '../central/store/changes.ts'
import { migrate } from '../central/store/migrate.ts'
import { openPostgres } from '../central/store/postgres-database.ts'
import { type ConsoleDoor, consoleDoorPath, type TableAnswer, type TableQuestion } from '../contract/console/console-door.ts'
import { exportDoor } from '../contract/console/export.ts'
import { overviewDoor } from '../contract/console/overview.ts'
import { type RiderRow, riderDoor, ridersDoor } from '../contract/console/riders.ts'
import { startPostgres } from '../tests/support/postgres.ts'
import { makeDistrict } from './district.ts'

const RIDERS = 100_000
const STATIONS = 100
const TIMES = 40
const PAGE_ROWS = 50
const STEP_ROWS = 100
/** What a person who turns pages would not notice. */
const LIMIT_MS = 100

interface Spread {
  p50: number
  p99: number
}

export async function benchConsole(_folder: string, say: (line: string) => void): Promise<Record<string, unknown>> {
  const server = await startPostgres()
  const database = openPostgres(await server.createDatabase(), (error) => process.stderr.write(`${error.message}\n`))
  try {
    await migrate(database)
    await database.actAs('program')
    await beginHistory(database, randomUUID())
    const nowMs = Date.now()
    const district = await makeDistrict(database, { stationKeys: Array.from({ length: STATIONS }, () => randomBytes(32).toString('base64url')), riders: RIDERS, items: 50, pointsEach: 120, nowMs, isSpread: true })
    await database.actAs('owner')
    await database.execute('VACUUM ANALYZE')
    await database.actAs('program')
    say(`${RIDERS} riders of ${STATIONS} stations`)

    const box = officeBoxInMemory()
    const app = buildCentral({ database, nowMs: () => nowMs, office: { keys: { box, passKeys: passKeysInMemory() }, pages: null } })
    const [account, token] = [randomUUID(), randomBytes(32).toString('base64url')]
    const passwordHash = await hashPassword(randomUUID())
    await database.transaction('write', async (sql) => {
      await insertAccount(sql, { id: account, district: district.id, station: null, partner: null, signInName: 'bench', name: 'bench', role: 'district_staff' }, nowMs)
      await setSecrets(sql, account, { passwordHash, totpBox: box.seal(account, 'A'.repeat(32)), step: 0 })
      await beginSession(sql, { id: randomUUID(), account, token, browser: 'bench' }, nowMs)
    })
    const post = async (name: string, asked: unknown): Promise<{ status: number; bytes: Buffer }> => {
      const headers = { 'origin': 'http://localhost', 'host': 'localhost', 'content-type': 'application/json', 'cookie': `boai_office=${token}` }
      const { statusCode, rawPayload } = await app.inject({ method: 'POST', url: consoleDoorPath(name), headers, payload: JSON.stringify(asked) })
      if (statusCode !== 200) throw new Error(`${name} answers ${statusCode}: ${rawPayload.toString()}`)
      return { status: statusCode, bytes: rawPayload }
    }
    const ask = async <Asked, Answer>(door: ConsoleDoor<string, Asked, Answer>, asked: NoInfer<Asked>): Promise<Answer> =>
      door.answer.parse((JSON.parse((await post(door.name, asked)).bytes.toString()) as { answer: unknown }).answer)
    const page = (more: Partial<TableQuestion> = {}): Promise<TableAnswer<RiderRow>> =>
      ask(ridersDoor, { search: '', sort: 'joined', descending: false, filters: {}, after: null, limit: PAGE_ROWS, ...more })

    const spread = async (name: string, work: () => Promise<unknown>): Promise<Spread> => {
      await work()
      const took: number[] = []
      for (let times = 0; times < TIMES; times += 1) {
        const beganAtMs = performance.now()
        await work()
        took.push(performance.now() - beganAtMs)
      }
      const sorted = took.toSorted((one, other) => one - other)
      const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
      say(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
      return { p50: at(0.5), p99: at(0.99) }
    }

    let rows = 0
    let after: string | null = null
    let deep: string | null = null
    const walkBeganAtMs = performance.now()
    do {
      const answer: TableAnswer<RiderRow> = await page({ after, limit: STEP_ROWS })
      rows += answer.rows.length
      if (answer.next !== null) deep = answer.next
      after = answer.next
    } while (after !== null)
    const walkMs = performance.now() - walkBeganAtMs
    const [some] = (await page({ after: deep, limit: 1 })).rows
    if (rows !== RIDERS || some === undefined) throw new Error(`${rows} rows were found page by page, not ${RIDERS}`)

    const ms: Record<string, Spread> = {
      first_page: await spread('first page, counted', () => page()),
      deep_page: await spread(`the last page (row ${RIDERS - STEP_ROWS} on)`, () => page({ after: deep })),
      search_name: await spread('a surname', () => page({ search: '张' })),
      search_nobody: await spread('a name that nobody has', () => page({ search: '没有这个人' })),
      search_phone: await spread('four digits of a phone', () => page({ search: some.phoneTail })),
      search_rider: await spread('an id', () => page({ search: some.id })),
      filter_station: await spread('riders of one station', () => page({ filters: { station: district.stations[7] ?? '' } })),
      one_rider: await spread('one rider', () => ask(riderDoor, { rider: some.id })),
      overview: await spread('overview', () => ask(overviewDoor, {})),
    }
    for (const sort of ridersDoor.sorts) ms[`sort_${sort}`] = await spread(`sorted by ${sort}, the last first`, () => page({ sort, descending: true }))
    const byOffset = await spread('the same last page by OFFSET, the bare statement', () =>
      database.query('SELECT rider_id, phone_tail, platform, site FROM riders WHERE district_id = $1 ORDER BY rider_id OFFSET $2 LIMIT $3', [district.id, RIDERS - STEP_ROWS, PAGE_ROWS]),
    )

    const files: Record<string, { ms: number; bytes: number }> = {}
    for (const format of ['csv', 'xlsx'] as const) {
      const beganAtMs = performance.now()
      const columns = ['id', 'maskedName', 'phoneTail', 'platform', 'site', 'home', 'points', 'standing'].map((key) => ({ key, heading: key }))
      const { bytes } = await post(exportDoor.name, { table: 'riders', format, language: 'zh', columns, search: '', sort: 'joined', descending: false, filters: {} })
      files[format] = { ms: Math.round(performance.now() - beganAtMs), bytes: bytes.length }
      say(`${format} of ${RIDERS} rows: ${files[format].ms} ms, ${files[format].bytes} bytes`)
    }
    await app.close()
    const worst = Math.max(...Object.values(ms).map(({ p99 }) => p99))
    return { bench: 'console', database: 'postgres', rows, ms, deep_page_by_offset: byOffset, every_page_ms: Math.round(walkMs), files, worst_p99_ms: worst, limit_ms: LIMIT_MS, ok: worst <= LIMIT_MS }
  } finally {
    await database.close()
    await server.stop()
  }
}
