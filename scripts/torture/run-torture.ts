// One torture from start to verdict: PostgreSQL, two centrals, five stations with their bad lines, people at every counter and
// mischief for so long; then everything heals, is left until quiet, is ended cleanly and looked at. Leaves nothing behind: no
// process, no mount, no folder (unless something was found wrong: then the folder stays, to be read).

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openSigner } from '../../central/keys/signer.ts'
import { beginHistory } from '../../central/store/changes.ts'
import { migrate } from '../../central/store/migrate.ts'
import { openPostgres } from '../../central/store/postgres-database.ts'
import type { Violation } from '../../tests/simulation/checker/evidence.ts'
import { startPostgres } from '../../tests/support/postgres.ts'
import { readAcknowledgements } from './acknowledgements.ts'
import { type Centrals, openCentrals } from './centrals.ts'
import { killAllChildren } from './child.ts'
import { liveAtCounter } from './counter-life.ts'
import { makeSmallDisk } from './disks.ts'
import { drawFrom } from './draw.ts'
import { type Counter, KILLS, makeMischief } from './mischief.ts'
import { waitUntilQuiet } from './quiet.ts'
import { keepCentralTables, readCentralTables, readStationFiles } from './read-rows.ts'
import { openOffice } from './office.ts'
import { openOperator } from './operator.ts'
import { openRoughLine } from './rough-line.ts'
import { setBack } from './set-back.ts'
import { openStationPost, type StationPost } from './station-post.ts'
import { findViolations } from './verdict.ts'
import { type Arrivals, emptyWitness } from './witness.ts'
import { makeWorld, seedWorld } from './world.ts'

export interface TortureOptions {
  seed: string
  /** How long people and mischief last; healing and looking come on top, bounded. */
  durationMs: number
  say: (line: string) => void
  /** Ends it early, and tidily. */
  signal?: AbortSignal
}

export interface TortureReport {
  seed: string
  seconds: number
  /** Events that central has. */
  acts: number
  redemptions: number
  restocks: number
  undone: number
  begunAnew: number
  visits: number
  /** Of stations without a fault of their disks, what the checker compares. */
  visitorsCompared: Arrivals
  signups: number
  /** Of the places at central, how many somebody has, or was offered. */
  placesGiven: number
  wishes: number
  /** Leases that central granted, also what it forgot when it was set back. */
  claims: number
  refusals: Record<string, number>
  troubles: Record<string, number>
  kills: Record<string, number>
  faults: Record<string, number>
  lostWithDisk: number
  discrepancyPoints: number
  /** Of a file that staff had given up. */
  lateFacts: number
  quietAfterSeconds: number
  violations: Violation[]
}

const STATIONS = 5
const CENTRALS = 2
/** Of the time, how much people live with a central that was set back. */
const RESTORED_SHARE = 0.2
const QUIET_MS_MAX = 90_000
/** All centrals and all stations are there for the first time. */
const START_MS_MAX = 60_000

export async function runTorture(options: TortureOptions): Promise<TortureReport> {
  const folder = mkdtempSync(join(tmpdir(), 'boai-torture-'))
  /** From the last to the first, whatever happened. */
  const closing: (() => unknown)[] = [() => killAllChildren()]
  const tidy = async (): Promise<void> => {
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close()
  }
  let keep = false
  const interrupted = failure()
  options.signal?.addEventListener('abort', () => interrupted.reject(new Error('interrupted')), { once: true })
  try {
    const report = await Promise.race([torture(options, folder, closing), interrupted.promise])
    keep = report.violations.length > 0
    return report
  } catch (error) {
    keep = options.signal?.aborted !== true
    throw error
  } finally {
    await tidy()
    if (keep) options.say(`its files stay in ${folder}`)
    else rmSync(folder, { recursive: true, force: true })
  }
}

async function torture(options: TortureOptions, folder: string, closing: (() => unknown)[]): Promise<TortureReport> {
  const { say } = options
  const draw = drawFrom(options.seed)
  const beganAtMs = Date.now()
  const counts = new Map<string, number>()
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1)
  /** Something of the torture itself is broken: there is no verdict. */
  const broken = failure()

  const postgres = await startPostgres({ fsync: 'on' })
  closing.push(() => postgres.stop())
  const databaseUrl = await postgres.createDatabase()
  const world = makeWorld(draw.stream('world'), STATIONS, beganAtMs)
  await prepareCentral(databaseUrl, draw.stream('history').uuid(), world, beganAtMs)

  const keyFile = join(folder, 'central-keys', 'central-key.json')
  mkdirSync(dirname(keyFile))
  const centralKey = openSigner(keyFile).publicKey
  const centrals = openCentrals({ count: CENTRALS, folder, databaseUrl, keyFile, draw: draw.stream('centrals'), onBroken: broken.reject })
  closing.push(() => centrals.retire())
  const small = makeSmallDisk(join(folder, `disk-of-S${STATIONS}`))
  closing.push(() => small.remove())
  say(`seed ${options.seed}; PostgreSQL ${new URL(databaseUrl).port}, a small disk ${small.kind}`)

  const witness = emptyWitness()
  const acknowledgements = readAcknowledgements()
  const lives: Promise<void>[] = []
  const counters: Counter[] = []
  let isMischiefOver = false
  let over = false
  const openCounter = async (name: string, station: (typeof world.stations)[number], dataFolder: string): Promise<void> => {
    const line = await openRoughLine({ centrals: () => centrals.urls(), draw: draw.stream(`line of ${name}`), count, onAnswer: acknowledgements.note })
    closing.push(() => line.close())
    const post = openStationPost({
      name, station, folder, dataFolder, centralUrl: line.url, centralKey, draw: draw.stream(`post ${name}`), onRefused: (code) => count(`start_refused_${code}`),
      onBroken: broken.reject,
    })
    closing.push(() => post.retire())
    counters.push({ post, line })
    const life = liveAtCounter({ post, world, draw: draw.stream(`people of ${name}`), witness, isOver: () => over })
    life.catch(broken.reject)
    lives.push(life)
  }
  for (const station of world.stations) await openCounter(`S${station.number}`, station, join(folder, `disk-of-S${station.number}`))
  await untilAllUp(counters, centrals)
  const office = openOffice({ databaseUrl, keyFile, world, draw: draw.stream('office'), isOver: () => over, onBroken: broken.reject })
  closing.push(() => office.close())
  await office.makeTrainings()

  const originals = [...counters]
  const smallPost = originals.at(-1)?.post
  if (smallPost === undefined) throw new Error('no station')
  const operator = openOperator({ centrals, keyFile, world })
  const mischief = makeMischief({
    counters: originals, centrals, postgres, operator, smallDisk: { disk: small, post: smallPost }, folder, draw: draw.stream('mischief'), count, isOver: () => isMischiefOver, onBroken: broken.reject,
    runClone: async (original, disk) => {
      const line = counters.length
      await openCounter(`${original.name}-b`, original.station, disk)
      const opened = counters[line]
      if (opened !== undefined) opened.line.roughness = 0.1
    },
  })
  mischief.done.catch(broken.reject)
  const goOn = (ms: number): Promise<void> => Promise.race([pause(ms), broken.promise])
  await goOn(options.durationMs * (1 - RESTORED_SHARE))
  isMischiefOver = true
  await mischief.done
  const restoredAtMs = mischief.isBackedUp() ? Date.now() : null
  let isMarkerLost = false
  if (restoredAtMs !== null) {
    const operator = draw.stream('operator')
    const isDeclared = operator.chance(0.5)
    isMarkerLost = !isDeclared && operator.chance(0.5)
    say(`${Math.round((restoredAtMs - beganAtMs) / 1000)} s: central is set back to its backup, and the operator ${isDeclared ? 'says so' : 'says nothing'}${isMarkerLost ? "; central's marker is lost" : ''}`)
    await office.whileClosed(() => setBack({ centrals, postgres, lines: counters.map(({ line }) => line), keyFile, isDeclared, isMarkerLost }))
    acknowledgements.forget()
    count(isDeclared ? 'central_restored' : 'central_restored_unsaid')
    if (isMarkerLost) count('central_marker_lost')
  }
  await goOn(options.durationMs * RESTORED_SHARE)
  over = true
  say(`${Math.round((Date.now() - beganAtMs) / 1000)} s: healing`)
  await Promise.all(lives)
  for (const { line } of counters) {
    line.roughness = 0
    line.cut = 'open'
  }
  const healedAtMs = Date.now()
  await untilAllUp(counters, centrals)
  const posts = counters.map(({ post }) => post)
  // A restore brings back what was written off; the ban lies outside the database.
  if (restoredAtMs !== null) for (const { station, incarnation } of mischief.writtenOff) await operator.writeOff({ station, incarnation })
  const unquiet = await waitUntilQuiet({ posts, databaseUrl, tend: office.tend, msMax: QUIET_MS_MAX })
  const quietAfterSeconds = Math.round((Date.now() - healedAtMs) / 1000)
  say(`${Math.round((Date.now() - beganAtMs) / 1000)} s: quiet after ${quietAfterSeconds} s; looking`)

  const violations: Violation[] = unquiet.map((what) => ({ property: 'quiet after healing', what }))
  const troubles = new Map(posts.map((post) => [post.name, post.kiosk()?.view()?.trouble?.code ?? null]))
  if (!(await endAll(posts)) || !(await centrals.retire())) violations.push({ property: 'clean end', what: 'a process had to be killed at the end' })
  const central = await readCentralTables(databaseUrl)
  keepCentralTables(central, join(folder, 'evidence'))
  const found = findViolations({
    files: posts.flatMap((post) =>
      readStationFiles(post.dataFolder, join(folder, 'evidence', post.name)).map(({ isCurrent, tables }) => ({
        post: post.name, trouble: isCurrent ? (troubles.get(post.name) ?? null) : 'kept_aside', tables,
      })),
    ),
    central, witness, replaced: mischief.replaced, cloned: mischief.cloned, writtenOff: mischief.writtenOff, restoredAtMs, isMarkerLost, acknowledged: acknowledgements.highest(),
  })
  const isKill = (name: string): boolean => (KILLS as readonly string[]).includes(name)
  return {
    seed: options.seed,
    seconds: Math.round((Date.now() - beganAtMs) / 1000),
    acts: (central['events'] ?? []).length,
    redemptions: witness.redemptions,
    restocks: witness.restocks.length,
    undone: witness.undone.length,
    begunAnew: witness.begunAnew.length,
    visits: witness.visits,
    visitorsCompared: found.visitorsCompared,
    signups: witness.signups,
    placesGiven: (central['training_seats'] ?? []).filter((row) => row['rider_id'] !== null || row['offered_to'] !== null).length,
    wishes: witness.wishes,
    claims: office.claims(),
    refusals: witness.refusals,
    troubles: witness.troubles,
    kills: Object.fromEntries([...counts].filter(([name]) => isKill(name))),
    faults: Object.fromEntries([...counts].filter(([name]) => !isKill(name))),
    lostWithDisk: found.lostWithDisk,
    discrepancyPoints: found.discrepancyPoints,
    lateFacts: found.lateFacts,
    quietAfterSeconds,
    violations: [...violations, ...found.violations],
  }
}

interface Failure {
  readonly promise: Promise<never>
  reject: (error: unknown) => void
}

/** Rejects when it is told to; nobody has to listen. */
function failure(): Failure {
  let reject: Failure['reject'] = () => undefined
  const promise = new Promise<never>((_resolve, whenBroken) => {
    reject = whenBroken
  })
  promise.catch(() => undefined)
  return { promise, reject }
}

async function prepareCentral(databaseUrl: string, history: string, world: ReturnType<typeof makeWorld>, nowMs: number): Promise<void> {
  const database = openPostgres(databaseUrl, (error) => process.stderr.write(`${error.message}\n`))
  await migrate(database)
  await beginHistory(database, history)
  await seedWorld(database, world, nowMs)
  await database.close()
}

async function untilAllUp(counters: readonly Counter[], centrals: Centrals): Promise<void> {
  for (const beganAtMs = Date.now(); ; await pause(100)) {
    const missing = counters.filter(({ post }) => (post.kiosk()?.view() ?? null) === null).map(({ post }) => post.name)
    if (missing.length === 0 && centrals.allUp()) return
    if (Date.now() - beganAtMs < START_MS_MAX) continue
    throw new Error(`not up within ${START_MS_MAX} ms: ${missing.join(', ')}${centrals.allUp() ? '' : `; a central: ${centrals.lastWord()}`}`)
  }
}

async function endAll(posts: readonly StationPost[]): Promise<boolean> {
  const clean = await Promise.all(posts.map((post) => post.retire()))
  return clean.every(Boolean)
}
