// One run: a town, its central, its stations, its people and its troubles, over one scheduler. Begins, runs its days, heals,
// lets the queues empty, and hands what is left to the checker.

import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import type { StationDatabase } from '../../../station/store/database.ts'
import { markerInMemory } from '../../../central/keys/marker.ts'
import { outsideLogInMemory } from '../../../central/keys/outside-log.ts'
import { type SealingKeys, sealingKeysOf } from '../../../central/keys/sealing-keys.ts'
import { signerOf } from '../../../central/keys/signer.ts'
import type { CentralStore } from '../../../central/store/central-store.ts'
import { noticingSetBack } from '../../../central/sync/notice-set-back.ts'
import { tellSealingKey } from '../../../central/sync/sealing-key.ts'
import type { SyncCount } from '../../../central/sync/sync-counters.ts'
import { ALLOWANCE_PATH, type AllowanceAnswer, PULL_PATH, PUSH_PATH, type PushAnswer, STATION_HEADER } from '../../../contract/sync/sync-protocol.ts'
import { checkAfterQuiet, checkAtAnyMoment, checkBalances } from '../checker/check.ts'
import type { Acknowledgement, Evidence, Excuse, GreenAct, PointsRefusal, Restore, StationFile, Tables, Violation } from '../checker/evidence.ts'
import { numberOf, rowsOf, textOf } from '../checker/evidence.ts'
import { Counts } from '../engine/counts.ts'
import { type Random, randomOf } from '../engine/random.ts'
import { createScheduler, type Scheduler } from '../engine/scheduler.ts'
import { createTrace, type Trace } from '../engine/trace.ts'
import { CentralNode } from './central-node.ts'
import type { CentralState } from './central-state.ts'
import { keysOf, sealingKeyOf } from './keys.ts'
import { openCentralUpdates } from './central-updates.ts'
import { DistrictOffice } from './district-office.ts'
import { dumpStation } from './dump-station.ts'
import type { FaultName } from './fault-names.ts'
import type { PlantedBug } from './planted-bug.ts'
import { type DiskImage, type OpenImage, StationDisk } from './station-disk.ts'
import { StationNode } from './station-node.ts'
import { TrainingLife } from './training-life.ts'
import { WishLife } from './wish-life.ts'
import { buildTown, type Site, type Town, TOWN_RULES, type TownRules } from './town.ts'

export interface WorldOptions {
  seed: string
  stations: number
  riders: number
  days: number
  faults: ReadonlySet<FaultName>
  bug: PlantedBug | null
  traceLinesKept: number
  /** Of each fault so many times what is usual. */
  faultFactor: number
  checkEveryMs: number
  rules?: Partial<TownRules>
  /** What the stations' databases lie in; memory where it is not said. */
  openImage?: OpenImage
}

/** Monday 00:00 in the town's own time. */
export const BEGINS_MS = Date.UTC(2026, 10, 22, 16)
export const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const VIOLATIONS_KEPT = 20
/** A busy station of a run asks about two hundred times. */
const REQUESTS_AN_HOUR_MAX = 3_000
export const CHECK_EVERY_MS = 12 * HOUR_MS
const WAKE_MS = 1_000
const PULL_EVERY_MS = 60 * 60_000
const HEALED_CHECK_EVERY_MS = 30 * 60_000
const HEALED_MS_MAX = 8 * HOUR_MS

/** What the run begins with, decided by the seed. */
export function townOf(options: WorldOptions): Town {
  return buildTown(randomOf(options.seed).fork('town'), options, BEGINS_MS, { ...TOWN_RULES, ...options.rules })
}

export class World {
  readonly options: WorldOptions
  readonly random: Random
  readonly scheduler: Scheduler
  readonly trace: Trace
  readonly faults = new Counts()
  readonly sometimes = new Counts()
  readonly refusals = new Counts()
  readonly town: Town
  readonly state: CentralState
  readonly central: CentralNode
  /** What outlives a restore of central. */
  readonly outside = outsideLogInMemory()
  readonly marker = markerInMemory()
  /** As central works with it: it notices where its database was set back. */
  readonly store: CentralStore
  readonly nodes: StationNode[]
  readonly district: DistrictOffice
  readonly wishes: WishLife
  readonly trainings: TrainingLife
  readonly violations: Violation[] = []
  readonly excuses: Excuse[] = []
  readonly restores: Restore[] = []
  readonly acts: GreenAct[] = []
  readonly #pointsRefusals: PointsRefusal[] = []
  readonly #visits = new Map<string, { counted: number; uncertain: number }>()
  readonly #grants = new Set<string>()
  readonly #asked = new Map<string, { hour: number; count: number }>()
  /** By station. */
  readonly #pulledAtMs = new Map<string, number>()
  /** Something may have been committed since the balances were looked at. */
  #isWritten = false
  #seen: { steps: number; evidence: Evidence } | null = null
  readonly #acknowledged = new Map<string, Acknowledgement>()
  readonly #endsMs: number
  readonly #centralKey: KeyObject
  readonly #sealing: SealingKeys
  actCount = 0

  constructor(options: WorldOptions, town: Town, state: CentralState) {
    this.options = options
    this.random = randomOf(options.seed)
    this.scheduler = createScheduler(BEGINS_MS, () => this.#lookAtBalances())
    this.trace = createTrace(options.traceLinesKept)
    this.#endsMs = BEGINS_MS + options.days * DAY_MS
    this.town = town
    this.state = state
    const centralKeys = keysOf(this.random.fork('central'))
    this.#centralKey = createPublicKey(centralKeys.privateKey)
    this.#sealing = sealingKeysOf([sealingKeyOf(this.random.fork('sealing'))])
    const personKeys = this.random.fork('person keys')
    const { bug } = options
    const histories = this.random.fork('histories')
    const bare = bug?.wrapStore?.(state.store, this.random.fork('bug')) ?? state.store
    const noticing = bug?.isSetBackUnseen === true ? bare : {
      ...bare,
      transaction: noticingSetBack(bare.transaction.bind(bare), {
        storeOf: (transaction) => transaction, marker: this.marker, outside: this.outside, newHistory: () => histories.uuid(), nowMs: () => this.scheduler.nowMs(),
        noticed: () => this.sometimes.add('set_back_noticed'),
      }),
    }
    this.store = { ...noticing, transaction: (mode, work) => {
      if (mode === 'write') this.#isWritten = true
      return noticing.transaction(mode, work)
    } }
    this.central = new CentralNode({
      scheduler: this.scheduler,
      store: this.store,
      signer: signerOf(centralKeys.privateKey),
      outside: this.outside,
      sealing: this.#sealing,
      newPersonKey: () => personKeys.bytes(32),
      onNotice: ({ notice }) => this.sometimes.add(notice),
      onProblem: (problem) => this.violated('no surprise', `central: ${problem}`),
      onChanged: (scopes) => this.#wake(scopes),
      onCount: (count) => this.#counted(count),
      onRequest: (request) => bug?.onRequest?.(request),
      onAnswered: (request, answer) => this.#answered(request, answer),
    })
    this.district = new DistrictOffice(this, this.random.fork('district office'))
    this.wishes = new WishLife(this, this.random.fork('wishes'))
    this.trainings = new TrainingLife(this, this.random.fork('trainings'))
    this.nodes = this.town.sites.map((site) => this.makeNode(site, `station ${site.number}`))
  }

  makeDisk(image: DiskImage | null): StationDisk {
    return new StationDisk(image, this.options.bug?.synchronousMax, this.options.openImage)
  }

  makeNode(site: Site, name: string, disk: StationDisk = this.makeDisk(null)): StationNode {
    const { bug } = this.options
    const parts = {
      scheduler: this.scheduler, random: this.random.fork(name), central: this.central, sometimes: this.sometimes, faults: this.faults, pullEveryMs: PULL_EVERY_MS,
      centralKey: this.#centralKey, isNobodyEverThere: bug?.isNobodyEverThere === true, isAsideForgotten: bug?.isAsideForgotten === true,
      wrapDatabase: (database: StationDatabase) => bug?.wrapDatabase?.(database) ?? database,
      onProblem: (station: string, problem: string) => this.#stationProblem(station, problem),
    }
    return new StationNode(site, parts, disk)
  }

  nodeOf(site: string): StationNode {
    const node = this.nodes.find((candidate) => candidate.site.id === site && !candidate.isRetired && !candidate.isSpare)
    if (node === undefined) throw new Error(`no machine stands at ${site}`)
    return node
  }

  /** The days are not over yet. */
  isOpen(): boolean {
    return this.scheduler.nowMs() < this.#endsMs
  }

  endsMs(): number {
    return this.#endsMs
  }

  acted(line: string): void {
    this.actCount += 1
    this.trace.note(`${this.scheduler.nowMs()} ${line}`)
  }

  saw(act: GreenAct): void {
    this.acts.push(act)
  }

  /** `people`: by how many the file's own count went up; null: nobody can say. */
  visited(station: string, people: number | null): void {
    const { counted, uncertain } = this.#visits.get(station) ?? { counted: 0, uncertain: 0 }
    this.#visits.set(station, { counted: counted + (people ?? 0), uncertain: uncertain + (people === null ? 1 : 0) })
  }

  refused(code: string): void {
    this.refusals.add(code)
  }

  async refusedForPoints(refusal: Omit<PointsRefusal, 'balancePoints'>): Promise<void> {
    const accounts = rowsOf(await this.state.tables(['accounts']), 'accounts')
    const balancePoints = accounts.filter((row) => row['rider_id'] === refusal.rider).reduce((sum, row) => sum + numberOf(row, 'balance'), 0)
    this.#pointsRefusals.push({ ...refusal, balancePoints })
  }

  violated(property: string, what: string): void {
    // One is enough to know; a thousand of the same hide it.
    if (this.violations.length < VIOLATIONS_KEPT && !this.violations.some((known) => known.what === what)) this.violations.push({ property, what })
    this.scheduler.stop()
    this.trace.note(`${this.scheduler.nowMs()} VIOLATION ${property}: ${what}`)
  }

  /** What is to happen so much later, but while the days last. */
  whileOpen(delayMs: number, run: () => void | Promise<void>): void {
    this.scheduler.after(Math.max(0, Math.min(delayMs, (this.#endsMs - this.scheduler.nowMs()) * 0.8)), run)
  }

  /** Central was declared restored: what it acknowledged before counts no more. */
  forgetAcknowledgements(): void {
    this.#acknowledged.clear()
  }

  /** As long as nothing has happened since, what was seen last. */
  async evidence(): Promise<Evidence> {
    const steps = this.scheduler.steps()
    if (this.#seen?.steps !== steps) this.#seen = { steps, evidence: await this.#look() }
    return this.#seen.evidence
  }

  async #look(): Promise<Evidence> {
    const central = await this.state.tables()
    return {
      central,
      files: this.nodes.flatMap((node): StationFile[] => [
        ...node.filesAtRest(),
        ...(node.process === null ? [] : [dumpStation(node.process.counter.database.read, isServing(central, node))]),
      ]),
      witness: {
        acts: this.acts, excuses: this.excuses, restores: this.restores, commitsWithinMs: 0, pointsRefusals: this.#pointsRefusals, acknowledged: [...this.#acknowledged.values()],
        isFaultless: this.options.faults.size === 0, visits: [...this.#visits].map(([station, visits]) => ({ station, ...visits })),
      },
    }
  }

  async run(plan: { people: (world: World) => void; office: (world: World) => void; troubles: (world: World) => void; heal: (world: World) => void }): Promise<void> {
    await tellSealingKey(this.store, this.#sealing, BEGINS_MS)
    for (const node of this.nodes) node.start()
    // Every station has heard of the catalogue before its doors open.
    await this.scheduler.runUntil(BEGINS_MS + 60_000)
    if (this.violations.length > 0) return
    plan.people(this)
    plan.office(this)
    this.district.open()
    this.wishes.open()
    await this.trainings.open()
    openCentralUpdates(this)
    this.#letBugRun()
    plan.troubles(this)
    for (let untilMs = BEGINS_MS + this.options.checkEveryMs; untilMs < this.#endsMs && this.violations.length === 0; untilMs += this.options.checkEveryMs) {
      await this.scheduler.runUntil(untilMs)
      this.#keep(checkAtAnyMoment(await this.evidence()))
    }
    if (this.violations.length > 0) return
    await this.scheduler.runUntil(this.#endsMs)
    if (this.violations.length > 0) return
    plan.heal(this)
    let found: Violation[] = []
    for (let waitedMs = 0; waitedMs < HEALED_MS_MAX; waitedMs += HEALED_CHECK_EVERY_MS) {
      await this.scheduler.runUntil(this.scheduler.nowMs() + HEALED_CHECK_EVERY_MS)
      found = checkAfterQuiet(await this.evidence())
      if (found.length === 0) break
    }
    this.#keep(found)
    const { central, files } = await this.evidence()
    this.trace.note(digestOf(central))
    for (const file of files) this.trace.note(digestOf(file.tables))
  }

  /** At any moment: after each step in which central may have committed. */
  async #lookAtBalances(): Promise<void> {
    if (!this.#isWritten) return
    this.#isWritten = false
    this.#keep(checkBalances(rowsOf(await this.state.tables(['accounts']), 'accounts')))
  }

  #letBugRun(): void {
    const everyHour = this.options.bug?.everyHour
    if (everyHour === undefined) return
    const random = this.random.fork('bug by the hour')
    const run = async (): Promise<void> => {
      await everyHour(this.store, this.scheduler.nowMs(), random, () => this.state.tables())
      if (this.isOpen()) this.scheduler.after(HOUR_MS, run)
    }
    this.scheduler.after(HOUR_MS, run)
  }

  /** Central says to whoever listens that there is something to be pulled. It may be lost; who has asked meanwhile needs none. */
  #wake(scopes: ReadonlySet<string>): void {
    const committedAtMs = this.scheduler.nowMs()
    for (const node of this.nodes) {
      if (!scopes.has('district') && !scopes.has(`station@${node.site.id}`) && !scopes.has(`riders@${node.site.id}`)) continue
      if (node.link.cut !== 'none' || node.link.isUnlucky()) continue
      this.scheduler.after(WAKE_MS, () => {
        if ((this.#pulledAtMs.get(node.site.id) ?? 0) <= committedAtMs) node.process?.sync.nudge()
      })
    }
  }

  #keep(found: readonly Violation[]): void {
    for (const { property, what } of found) this.violated(property, what)
  }

  #answered({ path, headers, body: sent }: { path: string; headers: Readonly<Record<string, string>>; body: Uint8Array }, { status, body }: { status: number; body: Uint8Array }): void {
    this.trace.note(`${this.scheduler.nowMs()} ${path} ${sent.length} ${status} ${body.length}`)
    if (path === ALLOWANCE_PATH && status === 200) this.#noteGrant(body)
    this.#noteRequest(headers[STATION_HEADER] ?? '')
    if (path === PULL_PATH && status === 200) this.#pulledAtMs.set(headers[STATION_HEADER] ?? '', this.scheduler.nowMs())
    if (path !== PUSH_PATH || status !== 200) return
    const answer = readJson(body) as PushAnswer
    if (answer.result !== 'applied') return
    const { incarnation, batches, lastSeq } = readPushed(sent)
    if (batches > 1) this.sometimes.add(answer.lastSeq < lastSeq ? 'push_not_whole' : 'push_of_batches')
    if (this.nodes.some(({ disk }) => disk.aside.some(({ dump }) => dump.incarnation === incarnation))) this.sometimes.add('aside_told')
    const known = this.#acknowledged.get(incarnation)
    if ((known?.seq ?? -1) < answer.lastSeq) this.#acknowledged.set(incarnation, { incarnation, seq: answer.lastSeq })
  }

  /** A station that asks without end never comes to rest. */
  #noteRequest(station: string): void {
    const hour = Math.floor(this.scheduler.nowMs() / HOUR_MS)
    const known = this.#asked.get(station)
    const count = known?.hour === hour ? known.count + 1 : 1
    this.#asked.set(station, { hour, count })
    if (count > REQUESTS_AN_HOUR_MAX) this.violated('bounded time', `station ${station} has asked ${count} times within an hour`)
  }

  #noteGrant(body: Uint8Array): void {
    const { grant, withheld, elsewhere } = readJson(body) as AllowanceAnswer
    if (elsewhere.length > 0) this.sometimes.add('points_elsewhere')
    if (withheld !== null) this.sometimes.add(withheld === 'recovering' ? 'central_in_recovery' : `withheld_${withheld}`)
    if (grant === null) return
    if (this.#grants.has(grant.id)) this.sometimes.add('grant_replayed')
    this.#grants.add(grant.id)
  }

  #counted(count: SyncCount): void {
    if (count.what === 'push') this.sometimes.add(`push_${count.result}`)
    if (count.what === 'page' && count.result === 'cursor_unknown') this.sometimes.add('cursor_unknown')
    if (count.what === 'snapshot') this.sometimes.add('snapshot_taken')
    if (count.what === 'events' && count.outcomes.some(({ outcome }) => outcome === 'parked')) this.sometimes.add('event_parked')
    if (count.what === 'refusal') this.sometimes.add(`refused_${count.code}`)
  }

  /** What the station tells its log: no answer is a day's weather, anything else is a bug. */
  #stationProblem(station: string, problem: string): void {
    this.trace.note(`${this.scheduler.nowMs()} problem ${problem.split('\n')[0] ?? ''}`)
    // A restored file that meets an event of a broken or newer program again can not go on before it is updated; staff begin anew.
    if (/^event \d+ of this file, which central kept, can not be read/.test(problem)) this.sometimes.add('reread_met_poison')
    if (!problem.includes('\n    at ') || /^(ProcessGone|StorageError|Error: the process is gone|Error: killed)/.test(problem)) return
    this.violated('no surprise', `station ${station}: ${problem}`)
  }
}

/** The file that the station's place works with: no copy of it, and central books what it sends. */
function isServing(central: Tables, node: StationNode): boolean {
  const incarnation = node.process?.counter.identity.incarnation
  const life = rowsOf(central, 'incarnations').find((row) => row['incarnation'] === incarnation)
  return !node.isSpare && (life === undefined || textOf(life, 'state') === 'active')
}

function digestOf(tables: Tables): string {
  const hash = createHash('sha256')
  for (const [name, rows] of Object.entries(tables)) {
    hash.update(`${name}\n`)
    for (const row of rows) hash.update(JSON.stringify(Object.entries(row).map(([column, value]) => [column, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value])))
  }
  return hash.digest('hex')
}

/** Of the batches that stand one behind the other in a push. */
function readPushed(sent: Uint8Array): { incarnation: string; batches: number; lastSeq: number } {
  const lines = Buffer.from(sent).toString('latin1').split('\n')
  const pushed = { incarnation: '', batches: 0, lastSeq: 0 }
  for (let line = 0; line < lines.length - 1; ) {
    const head = JSON.parse(lines[line] ?? '') as { incarnation: string; firstSeq: number; lastSeq: number }
    Object.assign(pushed, { incarnation: head.incarnation, batches: pushed.batches + 1, lastSeq: head.lastSeq })
    line += 1 + (head.lastSeq - head.firstSeq + 1) * 2
  }
  return pushed
}

/** The station reads it by its schema; here only what central has really said is looked at. */
function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'))
}
