// `redeem`: redemptions committed a second through the station's own use case, beside the bare SQL: the very statements with
// their bound values, each prepared once and replayed, one transaction a redemption, same pragmas, same file system. What is
// replayed is checked against better-sqlite3's `verbose`: statement for statement what SQLite ran for the use case. Both
// alternate in blocks in one run; `ratio` is the median of the blocks' ratios.
//
// Statements with their values written into the text (as `verbose` gives them) would be an easier limit: thousands of them
// cost more to step through than a few that are bound again, and the use case came out faster than its "limit".

import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Change } from '../contract/sync/sync-protocol.ts'
import type { Counter } from '../station/acts/act.ts'
import { receiveGrant } from '../station/acts/receive-grant.ts'
import { redeem } from '../station/acts/redeem.ts'
import { restock } from '../station/acts/restock.ts'
import { machineClock } from '../station/station-clock.ts'
import { machineIds } from '../station/station-ids.ts'
import { openStationDatabase } from '../station/store/database.ts'
import { beginBoot } from '../station/store/identity.ts'
import { applyChanges } from '../station/sync/apply-answers.ts'

const STATION = '0190b5a2-0000-7000-8000-000000000001'
const STAFF = '0190b5a2-0000-7000-8000-0000000000b1'
const RIDERS = Array.from({ length: 200 }, (_, index) => `0190b5a2-0000-7000-8000-${String(index).padStart(12, '0')}`)
const ITEMS = Array.from({ length: 24 }, (_, index) => `item-${index}`)
const BLOCKS = 60
const REDEMPTIONS_A_BLOCK = 80
const POINTS = 20

export interface RedeemFigures {
  ours_per_s: number
  limit_per_s: number
  ratio: number
}

export function benchRedeem(folder: string, say: (line: string) => void): RedeemFigures {
  const work = mkdtempSync(join(folder, 'bench-redeem-'))
  try {
    return measure(work, say)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

interface Wish {
  rider: string
  item: string
  request: string
}

function measure(work: string, say: (line: string) => void): RedeemFigures {
  const stocked = join(work, 'stocked.db')
  stock(stocked)
  const wishes = Array.from({ length: BLOCKS * REDEMPTIONS_A_BLOCK }, (_, index): Wish => ({
    rider: RIDERS[(index * 7) % RIDERS.length] ?? '',
    item: ITEMS[(index * 5) % ITEMS.length] ?? '',
    request: randomUUID(),
  }))
  const captured = capture(stocked, join(work, 'captured.db'), wishes)

  copyFileSync(stocked, join(work, 'ours.db'))
  copyFileSync(stocked, join(work, 'bare.db'))
  const ours = openCounter(join(work, 'ours.db'))
  const bare = new Database(join(work, 'bare.db'))
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'trusted_schema = OFF']) bare.pragma(pragma)

  const prepared = new Map<string, Database.Statement>()
  const blocks: { ours: number; bare: number }[] = []
  for (let block = 0; block < BLOCKS; block += 1) {
    const from = block * REDEMPTIONS_A_BLOCK
    const to = from + REDEMPTIONS_A_BLOCK
    const runOurs = (): number => perSecond(() => wishes.slice(from, to).forEach((wish) => redeemOne(ours, wish)))
    const replay = prepareReplay(bare, captured.slice(from, to), prepared)
    const runBare = (): number => perSecond(replay)
    // Who goes first changes from block to block, so that neither always finds the disk warm.
    const figures = block % 2 === 0 ? { ours: runOurs(), bare: runBare() } : { bare: runBare(), ours: runOurs() }
    blocks.push(figures)
    if (block % 10 === 9) say(`block ${block + 1}: ours ${Math.round(figures.ours)}/s, bare ${Math.round(figures.bare)}/s, ratio ${(figures.ours / figures.bare).toFixed(2)}`)
  }
  const same = countRedemptions(ours.database.read.get('SELECT count(*) AS count FROM redemptions')) === countRedemptions(bare.prepare('SELECT count(*) AS count FROM redemptions').get())
  if (!same) throw new Error('the two files do not hold the same redemptions: the comparison is void')
  ours.database.close()
  bare.close()
  return {
    ours_per_s: Math.round(median(blocks.map((block) => block.ours))),
    limit_per_s: Math.round(median(blocks.map((block) => block.bare))),
    ratio: Number(median(blocks.map((block) => block.ours / block.bare)).toFixed(3)),
  }
}

function redeemOne(counter: Counter, wish: Wish): void {
  const result = redeem(counter, { request: wish.request, rider: wish.rider, lines: [{ item: wish.item, quantity: 1 }], pointsShown: POINTS })
  if (!result.ok) throw new Error(`the bench's redemption is refused: ${result.refusal.code}`)
}

type Value = string | number | Uint8Array | null

interface Statement {
  sql: string
  values: Value[]
}

/** The statements of each redemption with their values; BEGIN and COMMIT are the replay's own. */
function capture(stocked: string, file: string, wishes: readonly Wish[]): Statement[][] {
  copyFileSync(stocked, file)
  let statements: Statement[] = []
  let ran: string[] = []
  const counter = openCounter(file, (sql) => ran.push(sql))
  const listening = { ...counter, database: { ...counter.database, write: listenToWrites(counter, (statement) => statements.push(statement)) } }
  const captured = wishes.map((wish) => {
    statements = []
    ran = []
    redeemOne(listening, wish)
    const verbose = ran.filter((sql) => !/^(BEGIN|COMMIT)/.test(sql))
    if (verbose.length !== statements.length || !verbose.every((sql, index) => isFilledIn(sql, statements[index]?.sql ?? ''))) {
      throw new Error('what would be replayed is not what SQLite ran')
    }
    return statements
  })
  counter.database.close()
  return captured
}

function listenToWrites(counter: Counter, heard: (statement: Statement) => void): Counter['database']['write'] {
  return (act) =>
    counter.database.write((writer) =>
      act({
        all: (sql, ...values) => {
          heard({ sql, values })
          return writer.all(sql, ...values)
        },
        get: (sql, ...values) => {
          heard({ sql, values })
          return writer.get(sql, ...values)
        },
        run: (sql, ...values) => {
          heard({ sql, values })
          return writer.run(sql, ...values)
        },
      }),
    )
}

/** Whether `filled` is `sql` with a value at each question mark. */
function isFilledIn(filled: string, sql: string): boolean {
  let at = 0
  for (const piece of sql.split('?')) {
    const found = filled.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return true
}

function prepareReplay(bare: Database.Database, redemptions: readonly Statement[][], prepared: Map<string, Database.Statement>): () => void {
  const steps = redemptions.map((statements) =>
    statements.map(({ sql, values }) => {
      const statement = prepared.get(sql) ?? bare.prepare(sql)
      prepared.set(sql, statement)
      return statement.reader ? () => void statement.all(...values) : () => void statement.run(...values)
    }),
  )
  const begin = bare.prepare('BEGIN IMMEDIATE')
  const commit = bare.prepare('COMMIT')
  return () => {
    for (const redemption of steps) {
      begin.run()
      for (const run of redemption) run()
      commit.run()
    }
  }
}

function stock(file: string): void {
  const counter = openCounter(file)
  applyChanges(counter, [...ITEMS.map(itemChange), ...RIDERS.map(riderChange)])
  counter.database.write((writer) => {
    for (const rider of RIDERS) receiveGrant(counter, writer, { id: randomUUID(), rider, points: 100_000 })
  })
  for (let lots = 0; lots < 3; lots += 1) {
    const result = restock(counter, { request: randomUUID(), staff: STAFF, lines: ITEMS.map((item) => ({ item, quantity: 5_000 + lots, expiryDay: null, donor: null })) })
    if (!result.ok) throw new Error(`the bench's goods are refused: ${result.refusal.code}`)
  }
  counter.database.close()
}

function openCounter(file: string, onStatement?: (sql: string) => void): Counter {
  const database = openStationDatabase({ file, ...(onStatement === undefined ? {} : { onStatement }) })
  return { database, identity: beginBoot(database, STATION, machineIds), clock: machineClock, ids: machineIds }
}

function itemChange(id: string, position: number): Change {
  const limit = position % 4 === 0 ? { quantity: 100_000, period: 'month' as const } : null
  return {
    kind: 'item',
    scope: 'district',
    number: position + 1,
    key: id,
    row: { id, name: { zh: id, en: id }, category: 'home', pricePoints: POINTS, picture: `${id}.svg`, tint: 'sky', limit, perishable: false, offered: true, position, barcodes: [] },
  }
}

function riderChange(id: string): Change {
  const row = { id, maskedName: '张*', standing: 'active' as const, hideBalance: false, balance: 100_000, includedSeq: 0, atCentral: 0, home: true }
  return { kind: 'rider', scope: 'riders', number: 1, key: id, row }
}

function perSecond(run: () => void): number {
  const startedAtMs = performance.now()
  run()
  return (REDEMPTIONS_A_BLOCK * 1000) / (performance.now() - startedAtMs)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? 0
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper
}

function countRedemptions(row: unknown): number {
  return (row as { count: number }).count
}
