// `fleet`: thousands of stations, each with its own key and a stream of wake-ups, at one central process on a real PostgreSQL
// with fsync on. Memory a station at central; the time until all have pulled one published change; then every station pushes
// signed batches for a while, waiting for each answer: facts a second durable. In the end the books are recomputed and every
// acknowledged fact is looked for: a figure over wrong books is none.

import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { auditBooks } from '../central/audit/audit-books.ts'
import { appendChanges, beginHistory, DISTRICT_SCOPE } from '../central/store/changes.ts'
import type { Database } from '../central/store/database.ts'
import { migrate } from '../central/store/migrate.ts'
import { openPostgres } from '../central/store/postgres-database.ts'
import { startPostgres } from '../tests/support/postgres.ts'
import { type District, makeDistrict } from './district.ts'
import type { BatchShape } from './fleet/bare-station.ts'
import type { CrowdMember, CrowdOrder, CrowdWord, PushFigures } from './fleet/crowd.ts'
import { median } from './median.ts'
import { type ServerProcess, startCentral } from './server-process.ts'

export interface FleetSize {
  stations: number
  /** That were there before, and have gone: see `warmUp`. */
  before: number
  pushMs: number
  batchesEach: number
  rounds: number
  /** Memory is read where it has fallen no more for so long: until idle connections are gone and V8 has collected what it does when nothing happens. */
  quietMs: number
}

export interface FleetFigures {
  stations: number
  kb_per_station: number
  wake_all_ms: number
  wake_all_rounds_ms: number[]
  /** Batches of 20 check-ins and 5 redemptions. */
  facts_per_s: number
  answer_ms: { p50: number; p99: number }
  /** The same while every station also pulls whenever it is woken. */
  facts_per_s_with_pulls: number
  facts_per_s_checkins_only: number
  batch: BatchShape
  /** Of central's process, without the database: what the machine's other work cannot change. */
  cpu_ms_per_1000_facts: number
  uploads_per_group: number
  busy: number
  cut: number
  listening: number
  /** `cold`: nobody has ever asked it anything; `none`: stations were there and have gone, and memory a station counts from here. */
  rss_mb: { cold: number; none: number; all: number; pushed: number }
  load: { before: number; after: number }
}

const FULL_SIZE: FleetSize = { stations: 2_000, before: 200, pushMs: 20_000, batchesEach: 8, rounds: 3, quietMs: 12_000 }
const MIXED: BatchShape = { checkIns: 20, redemptions: 5 }
const CHECK_INS: BatchShape = { checkIns: 25, redemptions: 0 }
const RIDERS_EACH = 2
const ITEMS = 40
const POINTS_EACH = 1_000_000
const QUIET_MS_MAX = 60_000
const CLOCK_TICK_MS = 10
const WORD_MS_MAX = 300_000

export async function benchFleet(folder: string, say: (line: string) => void, size: FleetSize = FULL_SIZE): Promise<FleetFigures> {
  const work = mkdtempSync(join(folder, 'bench-fleet-'))
  const loadBefore = loadavg()[0] ?? 0
  const server = await startPostgres({ fsync: 'on' })
  const crowd = openCrowd(join(work, 'crowd.log'))
  const crowdBefore = openCrowd(join(work, 'crowd-before.log'))
  let central: ServerProcess | null = null
  let database: Database | null = null
  try {
    const url = await server.createDatabase()
    database = openPostgres(url, (error) => void process.stderr.write(`${error.message}\n`))
    await migrate(database)
    await beginHistory(database, randomUUID())
    const { keys } = await crowd.ask({ order: 'make_keys', stations: size.stations }, 'keys')
    const { keys: keysBefore } = await crowdBefore.ask({ order: 'make_keys', stations: size.before }, 'keys')
    const stationKeys = [...keys, ...keysBefore]
    const order = { stationKeys, riders: stationKeys.length * RIDERS_EACH, items: ITEMS, pointsEach: POINTS_EACH, nowMs: Date.now(), isSpread: true }
    const district = await makeDistrict(database, order)

    central = await startCentral(url, work)
    const members = district.stations.map((station, index) => ({
      station,
      riders: Array.from({ length: RIDERS_EACH }, (_, turn) => district.riders[index + turn * stationKeys.length] ?? ''),
      item: district.items[index % ITEMS] ?? { id: '', pricePoints: 1 },
    }))
    const cold = residentMb(central)
    await warmUp(crowdBefore, central, members.slice(size.stations))
    const none = await quietMb(central, size.quietMs)
    const { listening } = await crowd.ask({ order: 'join', url: central.url, members: members.slice(0, size.stations) }, 'joined')
    if (listening !== size.stations) throw new Error(`${listening} of ${size.stations} stations listen`)
    const all = await quietMb(central, size.quietMs)
    say(`${size.stations} stations listen; central ${cold.toFixed(1)} MB cold, ${none.toFixed(1)} MB without, ${all.toFixed(1)} MB with them: ${await describeMemory(central)}`)

    const wakes: number[] = []
    for (let round = 0; round < size.rounds; round += 1) wakes.push(await publish(database, district, crowd, round))
    say(`all have pulled one change: ${wakes.join(', ')} ms`)

    const cpuBefore = cpuMs(central)
    const mixed = await pushAll(crowd, size, MIXED, false)
    const cpuPerFact = (cpuMs(central) - cpuBefore) / Math.max(1, mixed.facts)
    say(`mixed: ${describe(mixed)}; ${(cpuPerFact * 1000).toFixed(0)} ms of central's processor for 1,000 facts`)
    const pulling = await pushAll(crowd, size, MIXED, true)
    say(`mixed, with pulls: ${describe(pulling)}`)
    const checkIns = await pushAll(crowd, size, CHECK_INS, false)
    say(`check-ins: ${describe(checkIns)}`)
    const groups = await groupsOf(central)
    const pushed = residentMb(central)

    const acknowledged = mixed.facts + pulling.facts + checkIns.facts + stationKeys.length
    const [recorded] = await database.query<{ events: number }>('SELECT count(*) AS events FROM events')
    if ((recorded?.events ?? 0) < acknowledged) throw new Error(`${acknowledged} facts were acknowledged, ${recorded?.events} are there`)
    const { differences } = await auditBooks(database)
    if (differences.length > 0) throw new Error(`the books do not agree: ${JSON.stringify(differences[0])}`)
    const failures = [mixed, pulling, checkIns].flatMap((figures) => figures.failures)
    if (failures.length > 0) throw new Error(`${failures.length} stations failed: ${[...new Set(failures)].slice(0, 5).join('; ')}`)
    return {
      stations: size.stations,
      kb_per_station: Number((((all - none) * 1024) / size.stations).toFixed(1)),
      wake_all_ms: Math.round(median(wakes)),
      wake_all_rounds_ms: wakes,
      facts_per_s: perSecond(mixed),
      answer_ms: mixed.answerMs,
      facts_per_s_with_pulls: perSecond(pulling),
      facts_per_s_checkins_only: perSecond(checkIns),
      batch: MIXED,
      cpu_ms_per_1000_facts: Math.round(cpuPerFact * 1000),
      uploads_per_group: groups,
      busy: mixed.busy + pulling.busy + checkIns.busy,
      cut: mixed.cut + pulling.cut + checkIns.cut,
      listening: checkIns.stationsListening,
      rss_mb: { cold: Math.round(cold), none: Math.round(none), all: Math.round(all), pushed: Math.round(pushed) },
      load: { before: loadBefore, after: loadavg()[0] ?? 0 },
    }
  } finally {
    crowd.end()
    crowdBefore.end()
    await central?.stop()
    await database?.close()
    await server.stop()
    rmSync(work, { recursive: true, force: true })
  }
}

function perSecond({ factsInTime, seconds }: PushFigures): number {
  return Math.round(factsInTime / seconds)
}

function describe(figures: PushFigures): string {
  const { answerMs, busy, cut, notRecorded, pulls } = figures
  return `${perSecond(figures)} facts/s, answer p50 ${answerMs.p50} p99 ${answerMs.p99} ms, ${busy} times busy, ${cut} cut, ${notRecorded} not recorded, ${pulls} pulls`
}

/**
 * What a process takes once, whoever comes: code that is compiled when it is first used, connections to the database, a heap as large
 * as a busy moment needs. It is no station's. So some come as all the others will, and go, before memory is looked at.
 */
async function warmUp(crowd: Crowd, central: ServerProcess, members: readonly CrowdMember[]): Promise<void> {
  const { listening } = await crowd.ask({ order: 'join', url: central.url, members }, 'joined')
  if (listening !== members.length) throw new Error(`${listening} of the ${members.length} stations before listen`)
  crowd.end()
}

/** One change that concerns every station, in one transaction, as the office makes it. From just before the commit. */
async function publish(database: Database, district: District, crowd: Crowd, round: number): Promise<number> {
  const item = district.items[round % district.items.length]?.id ?? ''
  const tint = `#00000${round}`
  await crowd.ask({ order: 'watch', itemKey: item, tint }, 'watching')
  const pulled = crowd.hear('all_pulled')
  const beganAtMs = Date.now()
  await database.transaction('write', async (transaction) => {
    await transaction.query('UPDATE items SET tint = $3 WHERE district_id = $1 AND item_id = $2', [district.id, item, tint])
    await appendChanges(transaction, [{ district: district.id, scope: DISTRICT_SCOPE, kind: 'item', key: item }])
  })
  const { atMs } = await pulled
  await pause(2_000)
  return atMs - beganAtMs
}

async function pushAll(crowd: Crowd, size: FleetSize, shape: BatchShape, pullsWhenWoken: boolean): Promise<PushFigures> {
  const { figures } = await crowd.ask({ order: 'push', shape, ms: size.pushMs, batchesEach: size.batchesEach, pullsWhenWoken }, 'pushed')
  return figures
}

async function readMetrics({ url }: ServerProcess): Promise<(name: string) => number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0)
}

/** Where the memory is. */
async function describeMemory(central: ServerProcess): Promise<string> {
  const value = await readMetrics(central)
  const mb = (name: string): string => `${(value(name) / 1_048_576).toFixed(0)} MB`
  return `heap ${mb('nodejs_heap_size_used_bytes')} of ${mb('nodejs_heap_size_total_bytes')}, outside of it ${mb('nodejs_external_memory_bytes')}`
}

/** As central itself counts. */
async function groupsOf(central: ServerProcess): Promise<number> {
  const value = await readMetrics(central)
  return Number((value('boai_group_uploads_sum') / Math.max(1, value('boai_group_uploads_count'))).toFixed(1))
}

/** The smallest it comes to when nothing is asked of it. */
async function quietMb(central: ServerProcess, quietMs: number): Promise<number> {
  let least = residentMb(central)
  let [waitedMs, sinceLeastMs] = [0, 0]
  while (sinceLeastMs < quietMs && waitedMs < QUIET_MS_MAX) {
    await pause(1_000)
    waitedMs += 1_000
    const now = residentMb(central)
    sinceLeastMs = now < least * 0.99 ? 0 : sinceLeastMs + 1_000
    least = Math.min(least, now)
  }
  return least
}

/** Processor time of central so far. */
function cpuMs({ child }: ServerProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS
}

function residentMb({ child }: ServerProcess): number {
  const kb = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? Number.NaN)
  return kb / 1024
}

interface Crowd {
  ask<Word extends CrowdWord['word']>(order: CrowdOrder, word: Word): Promise<Extract<CrowdWord, { word: Word }>>
  hear<Word extends CrowdWord['word']>(word: Word): Promise<Extract<CrowdWord, { word: Word }>>
  end(): void
}

function openCrowd(logFile: string): Crowd {
  const child: ChildProcess = fork(join(import.meta.dirname, 'fleet', 'crowd-process.ts'), [], { stdio: ['ignore', 'ignore', openSync(logFile, 'a'), 'ipc'] })
  const hear: Crowd['hear'] = (word) =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(late)
        child.off('message', look)
        child.off('exit', gone)
      }
      const late = setTimeout(() => {
        end()
        reject(new Error(`the crowd does not say ${word}`))
      }, WORD_MS_MAX)
      const gone = (): void => {
        end()
        reject(new Error(`the crowd is gone: ${readFileSync(logFile, 'utf8').slice(-2_000)}`))
      }
      const look = (said: CrowdWord): void => {
        if (said.word === 'failed') {
          end()
          reject(new Error(said.message))
        } else if (said.word === word) {
          end()
          resolve(said as Extract<CrowdWord, { word: typeof word }>)
        }
      }
      child.on('message', look)
      child.on('exit', gone)
    })
  return {
    hear,
    ask(order, word) {
      const answer = hear(word)
      child.send(order)
      return answer
    },
    end() {
      if (child.connected) child.send({ order: 'end' } satisfies CrowdOrder)
    },
  }
}
