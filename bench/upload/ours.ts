// Ours, all of it: redemptions through the station's own act into its own file, cut off; then its own sync loop over HTTP to a
// central in its own process, which checks chain and signatures, books the double entry and numbers the changes.

import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { beginHistory } from '../../central/store/changes.ts'
import { auditBooks } from '../../central/audit/audit-books.ts'
import { openSigner } from '../../central/keys/signer.ts'
import type { Database } from '../../central/store/database.ts'
import { migrate } from '../../central/store/migrate.ts'
import { openPostgres } from '../../central/store/postgres-database.ts'
import { encodeHeader } from '../../contract/sync/event-envelope.ts'
import type { Counter } from '../../station/acts/act.ts'
import { redeem } from '../../station/acts/redeem.ts'
import { restock } from '../../station/acts/restock.ts'
import { publicKeyOf } from '../../station/station-config.ts'
import { eventsAfter, lastEvent } from '../../station/store/outbox.ts'
import { acknowledgedSeq } from '../../station/store/sync-state.ts'
import { wantAllowance, openRequests } from '../../station/sync/allowance-requests.ts'
import { exchangeOverHttp } from '../../station/sync/http-exchange.ts'
import { type District, makeDistrict } from '../district.ts'
import { movedClock, openCounter, type StationOfBench, syncUntil } from '../offline-station.ts'
import { centralKeyFile, type ServerProcess, startCentral } from '../server-process.ts'
import type { Contender, OutboxEvent } from './contender.ts'
import { openCountingRelay } from '../counting-relay.ts'

export interface OursOptions {
  work: string
  redemptions: number
  riders: number
  newDatabase(): Promise<string>
  copyDatabase(url: string): Promise<string>
}

export interface Recorded {
  contender: Contender
  /** The redemptions as they wait in the outbox. */
  events: OutboxEvent[]
  recordedPerSecond: number
  /** Bytes up for all of them: the bodies of the pushes, and with line and headers. */
  countBytes(): Promise<{ body: number; withHeaders: number }>
  /** What central holds after the last round, recomputed. */
  audit(): Promise<void>
}

const ITEMS = 40
const RESTOCK_UNITS = 5_000
const POINTS_EACH = 100_000
const SYNC_MS_MAX = 120_000
/** A shift begins on this day; the redemptions of weeks follow. */
const FIRST_DAY_MS = Date.UTC(2026, 9, 20, 1)
const EXPIRY_DAY = Math.floor(FIRST_DAY_MS / 86_400_000) + 700
/** Between two redemptions at one counter. */
const PAUSE_MS_MIN = 20_000
const PAUSE_MS_MAX = 240_000

export async function recordOffline(options: OursOptions): Promise<Recorded> {
  const { work } = options
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const template = await options.newDatabase()
  const clock = movedClock(FIRST_DAY_MS)
  const district = await withDatabase(template, async (database) => {
    await migrate(database)
    await beginHistory(database, randomUUID())
    const stationKeys = [publicKey.export({ format: 'jwk' }).x ?? '']
    return makeDistrict(database, { stationKeys, riders: options.riders, items: ITEMS, pointsEach: POINTS_EACH, nowMs: FIRST_DAY_MS })
  })
  const centralKey = publicKeyOf(openSigner(centralKeyFile(work)).publicKey)
  const of: StationOfBench = { file: join(work, 'station.db'), station: district.stations[0] ?? '', privateKey, centralKey, clock }
  await withCentral(template, work, ({ url }) => prepareStation(of, district, url))

  const counter = openCounter(of)
  const before = lastEvent(counter.database.read)?.seq ?? 0
  const beganAtMs = performance.now()
  for (let index = 0; index < options.redemptions; index += 1) {
    clock.advance(PAUSE_MS_MIN + Math.floor(Math.random() * (PAUSE_MS_MAX - PAUSE_MS_MIN)))
    redeemSomething(counter, district, index)
  }
  const recordedPerSecond = (options.redemptions / (performance.now() - beganAtMs)) * 1000
  const events = eventsAfter(counter.database.read, before, { countMax: options.redemptions, bytesMax: Number.MAX_SAFE_INTEGER })
  const last = events.at(-1)?.seq ?? 0
  if (last - before !== options.redemptions) throw new Error('not every redemption is one event')
  counter.database.close()

  let used = ''
  const upload = async (way: (url: string) => Promise<{ url: string; stop(): Promise<void> }>): Promise<number> => {
    const file = join(work, 'station-round.db')
    copyFileSync(of.file, file)
    used = await options.copyDatabase(template)
    return withCentral(used, work, async (central) => {
      const relay = await way(central.url)
      const mine = openCounter({ ...of, file })
      try {
        return await syncUntil({ ...of, file }, mine, exchangeOverHttp(relay.url), () => acknowledgedSeq(mine.database.read) >= last, SYNC_MS_MAX)
      } finally {
        mine.database.close()
        await relay.stop()
      }
    })
  }

  return {
    events: events.map((event) => ({ seq: event.seq, id: event.id, header: encodeHeader(event), body: Buffer.from(event.body).toString('utf8') })),
    recordedPerSecond,
    contender: {
      name: 'ours',
      round: () => upload((url) => Promise.resolve({ url, stop: () => Promise.resolve() })),
      stop: () => Promise.resolve(),
    },
    async countBytes() {
      const bytes = { body: 0, withHeaders: 0 }
      await upload(async (url) => {
        const relay = await openCountingRelay(url)
        return {
          url: relay.url,
          async stop() {
            Object.assign(bytes, { body: relay.bodyBytes(), withHeaders: relay.pushBytes() })
            await relay.stop()
          },
        }
      })
      return bytes
    },
    async audit() {
      await withDatabase(used, async (database) => {
        const [row] = await database.query<{ recorded: number }>("SELECT count(*) AS recorded FROM events WHERE outcome = 'recorded' AND seq > $1", [before])
        if (row?.recorded !== options.redemptions) throw new Error(`central recorded ${row?.recorded} of ${options.redemptions} redemptions`)
        const { differences } = await auditBooks(database)
        if (differences.length > 0) throw new Error(`the books do not agree: ${JSON.stringify(differences[0])}`)
      })
    },
  }
}

/** The station as it stands before the network goes: goods on the shelf, every rider's slice here, nothing unsent. */
async function prepareStation(of: StationOfBench, district: District, url: string): Promise<void> {
  const counter = openCounter(of)
  const { read } = counter.database
  const isQuiet = (): boolean => openRequests(read, 1).length === 0 && acknowledgedSeq(read) === (lastEvent(read)?.seq ?? 0)
  const hasItems = (): boolean => (read.get<{ count: number }>('SELECT count(*) AS count FROM items')?.count ?? 0) === district.items.length
  await syncUntil(of, counter, exchangeOverHttp(url), () => hasItems() && isQuiet(), SYNC_MS_MAX)
  const [staff] = read.all<{ id: string }>('SELECT id FROM staff LIMIT 1')
  for (let lot = 0; lot < 3; lot += 1) {
    const lines = district.items.map((item) => ({ item: item.id, quantity: RESTOCK_UNITS + lot, expiryDay: EXPIRY_DAY, donor: null }))
    if (!restock(counter, { request: randomUUID(), staff: staff?.id ?? '', lines }).ok) throw new Error("the bench's goods are refused")
  }
  for (const rider of district.riders) wantAllowance(counter, rider)
  await syncUntil(of, counter, exchangeOverHttp(url), isQuiet, SYNC_MS_MAX)
  counter.database.close()
}

/** Mostly one or two lines, as at a counter. */
function redeemSomething(counter: Counter, { riders, items }: District, index: number): void {
  const rider = riders[Math.floor(Math.random() * riders.length)] ?? ''
  const wanted = [...new Set(Array.from({ length: index % 5 === 0 ? 2 : 1 }, () => Math.floor(Math.random() * items.length)))].flatMap((at) => items[at] ?? [])
  const lines = wanted.map((item, line) => ({ item: item.id, quantity: line === 0 && index % 10 === 0 ? 2 : 1 }))
  const pointsShown = wanted.reduce((sum, item, line) => sum + item.pricePoints * (lines[line]?.quantity ?? 0), 0)
  const result = redeem(counter, { request: randomUUID(), rider, lines, pointsShown })
  if (!result.ok) throw new Error(`the bench's redemption is refused: ${result.refusal.code}`)
}

async function withDatabase<Result>(url: string, work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = openPostgres(url, (error) => void process.stderr.write(`${error.message}\n`))
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

async function withCentral<Result>(databaseUrl: string, work: string, during: (central: ServerProcess) => Promise<Result>): Promise<Result> {
  const central = await startCentral(databaseUrl, work)
  try {
    return await during(central)
  } finally {
    await central.stop()
  }
}
