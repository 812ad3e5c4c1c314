// The first things that must hold once all is quiet, from plain rows and from what the driver alone knows. Imports nothing of the
// product: the envelope's bytes and the chain are written down here once more.

import { createHash } from 'node:crypto'
import type { Green } from './counter-life.ts'
import type { DiskReplaced } from './mischief.ts'
import type { Row, Tables } from './read-rows.ts'

export interface Evidence {
  /** One for each disk that still exists, by the name of the post it ran at. */
  stations: readonly { post: string; tables: Tables }[]
  central: Tables
  greens: readonly Green[]
  replaced: readonly DiskReplaced[]
  /** Stations whose disk was an image or ran twice. */
  doubtful: ReadonlySet<string>
}

export interface Violation {
  rule: string
  detail: string
}

export interface Found {
  violations: Violation[]
  /** Acts that went with a disk that the driver replaced, and were nowhere else. */
  lostWithDisk: number
  discrepancyPoints: number
}

/** Green was seen a moment after it was written. */
const SEEN_LATER_MS = 500
/** Enough to read; a broken rule tends to be broken a thousand times. */
const VIOLATIONS_PER_RULE_MAX = 20

const text = (row: Row, column: string): string => String(row[column])
const figure = (row: Row, column: string): number => Number(row[column])
const bytes = (row: Row, column: string): Buffer => {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw new TypeError(`${column} holds no bytes`)
  return Buffer.from(value)
}

export function checkBasics(evidence: Evidence): Found {
  const violations: Violation[] = []
  const said = new Map<string, number>()
  const violate = (rule: string, detail: string): void => {
    said.set(rule, (said.get(rule) ?? 0) + 1)
    if ((said.get(rule) ?? 0) <= VIOLATIONS_PER_RULE_MAX) violations.push({ rule, detail })
  }
  checkChains(evidence, violate)
  checkEveryEventHeld(evidence, violate)
  const discrepancyPoints = checkLedger(evidence, violate)
  checkSlices(evidence, violate)
  checkStock(evidence, violate)
  const lostWithDisk = checkGreens(evidence, violate)
  checkMirrors(evidence, violate)
  return { violations, lostWithDisk, discrepancyPoints }
}

type Violate = (rule: string, detail: string) => void

function table(tables: Tables, name: string): readonly Row[] {
  return tables[name] ?? []
}

/** Files that central books and that are as far as central: the others are fenced, and their figures are nobody's any more. */
function soundStations({ stations, central, doubtful }: Evidence): { post: string; tables: Tables; station: string; incarnation: string }[] {
  const lives = new Map(table(central, 'incarnations').map((life) => [text(life, 'incarnation'), life]))
  return stations.flatMap(({ post, tables }) => {
    const identity = table(tables, 'identity')[0] ?? {}
    const [station, incarnation] = [text(identity, 'station'), text(identity, 'incarnation')]
    const life = lives.get(incarnation)
    const lastSeq = Math.max(0, ...table(tables, 'outbox').map((event) => figure(event, 'seq')))
    const isFenced = life === undefined || text(life, 'state') !== 'active' || (lastSeq < figure(life, 'last_seq') && doubtful.has(station))
    return isFenced ? [] : [{ post, tables, station, incarnation }]
  })
}

function headerOf(row: Row): string {
  return JSON.stringify([row['seq'], row['id'], row['kind'], row['version'], row['wall_ms'], row['monotonic_ms'], row['boot']])
}

/** Exactly once: applied sequences are a dense prefix of each incarnation, and every hash follows from the bytes. */
function checkChains({ central }: Evidence, violate: Violate): void {
  for (const life of table(central, 'incarnations')) {
    const name = `${text(life, 'station_id')}/${text(life, 'incarnation')}`
    const events = table(central, 'events').filter((event) => event['incarnation'] === life['incarnation'] && event['station_id'] === life['station_id']).toSorted((a, b) => figure(a, 'seq') - figure(b, 'seq'))
    if (events.some((event, index) => figure(event, 'seq') !== index + 1) || events.length !== figure(life, 'last_seq')) violate('dense_prefix', `${name}: ${events.length} events, last ${figure(life, 'last_seq')}`)
    let hash = createHash('sha256').update(`boai/outbox/1\n${text(life, 'station_id')}\n${text(life, 'incarnation')}`).digest()
    const broken = events.find((event) => {
      hash = createHash('sha256').update(hash).update(`${text(event, 'header')}\n`).update(bytes(event, 'body')).digest()
      return !hash.equals(bytes(event, 'hash'))
    })
    if (broken !== undefined) violate('chain', `${name} breaks at ${figure(broken, 'seq')}`)
  }
}

/** Durability: what lies in any outbox lies at central, hash for hash, or raw where the incarnation contradicted itself. */
function checkEveryEventHeld({ stations, central }: Evidence, violate: Violate): void {
  const booked = new Map(table(central, 'events').map((event) => [`${text(event, 'incarnation')} ${figure(event, 'seq')}`, event]))
  const raw = new Set(table(central, 'quarantined_events').map((event) => `${text(event, 'incarnation')} ${text(event, 'header')} ${bytes(event, 'body').toString('hex')}`))
  for (const { post, tables } of stations) {
    const incarnation = text(table(tables, 'identity')[0] ?? {}, 'incarnation')
    for (const event of table(tables, 'outbox')) {
      const same = booked.get(`${incarnation} ${figure(event, 'seq')}`)
      if (same !== undefined && bytes(same, 'hash').equals(bytes(event, 'hash'))) continue
      if (raw.has(`${incarnation} ${headerOf(event)} ${bytes(event, 'body').toString('hex')}`)) continue
      violate('event_not_at_central', `${post} ${incarnation} seq ${figure(event, 'seq')} ${text(event, 'kind')}`)
    }
  }
}

/** Conservation and no overspend; what came from `discrepancy` is what redemptions took from it, at stations with a counted fault. */
function checkLedger({ central, doubtful }: Evidence, violate: Violate): number {
  const moved = new Map<string, number>()
  for (const transfer of table(central, 'transfers')) {
    moved.set(text(transfer, 'from_key'), (moved.get(text(transfer, 'from_key')) ?? 0) - figure(transfer, 'points'))
    moved.set(text(transfer, 'to_key'), (moved.get(text(transfer, 'to_key')) ?? 0) + figure(transfer, 'points'))
  }
  let sum = 0
  let discrepancyPoints = 0
  for (const account of table(central, 'accounts')) {
    const balance = figure(account, 'balance')
    sum += balance
    if (balance !== (moved.get(text(account, 'account_key')) ?? 0)) violate('conservation', `${text(account, 'account_key')} holds ${balance}, its transfers ${moved.get(text(account, 'account_key')) ?? 0}`)
    if (balance < 0 && !['program', 'discrepancy'].includes(text(account, 'kind'))) violate('overspent', `${text(account, 'account_key')} is ${balance}`)
    if (text(account, 'kind') === 'discrepancy') discrepancyPoints += balance
  }
  if (sum !== 0) violate('conservation', `all accounts together are ${sum}`)
  let overdrawn = 0
  for (const redemption of table(central, 'redemptions')) {
    overdrawn += figure(redemption, 'overdrawn_points')
    if (figure(redemption, 'overdrawn_points') > 0 && !doubtful.has(text(redemption, 'station_id'))) violate('overdrawn_without_fault', `${text(redemption, 'event_id')} by ${figure(redemption, 'overdrawn_points')}`)
  }
  if (doubtful.size === 0 && discrepancyPoints !== -overdrawn) violate('discrepancy_unexplained', `${discrepancyPoints} against ${overdrawn} overdrawn`)
  return discrepancyPoints
}

/** A station's slices are central's account of them, to the point. */
function checkSlices(evidence: Evidence, violate: Violate): void {
  const accounts = new Map(table(evidence.central, 'accounts').map((account) => [text(account, 'account_key'), figure(account, 'balance')]))
  const byIncarnation = [...accounts.keys()].some((key) => key.includes('#'))
  for (const { post, tables, station, incarnation } of soundStations(evidence)) {
    const suffix = byIncarnation ? `#${incarnation}` : ''
    for (const slice of table(tables, 'allowances')) {
      const key = `rider:${text(slice, 'rider')}@${station}${suffix}`
      if ((accounts.get(key) ?? 0) !== figure(slice, 'points')) violate('slice_differs', `${post} ${key}: station ${figure(slice, 'points')}, central ${accounts.get(key) ?? 0}`)
    }
  }
}

function checkStock(evidence: Evidence, violate: Violate): void {
  const { stations, central } = evidence
  const sound = new Set(soundStations(evidence).map(({ post }) => post))
  const mirrored = new Map(table(central, 'lots_mirror').map((lot) => [`${text(lot, 'incarnation')} ${figure(lot, 'lot')}`, figure(lot, 'on_hand')]))
  for (const { post, tables } of stations) {
    const incarnation = text(table(tables, 'identity')[0] ?? {}, 'incarnation')
    const moved = new Map<number, number>()
    for (const movement of table(tables, 'stock_movements')) moved.set(figure(movement, 'lot'), (moved.get(figure(movement, 'lot')) ?? 0) + figure(movement, 'quantity'))
    for (const lot of table(tables, 'lots')) {
      const left = figure(lot, 'quantity_left')
      if (left !== (moved.get(figure(lot, 'lot')) ?? 0)) violate('stock_not_its_movements', `${post} lot ${figure(lot, 'lot')}: ${left} against ${moved.get(figure(lot, 'lot')) ?? 0}`)
      if (left < 0) violate('stock_below_zero', `${post} lot ${figure(lot, 'lot')}: ${left}`)
      if (sound.has(post) && mirrored.get(`${incarnation} ${figure(lot, 'lot')}`) !== left) violate('stock_mirror', `${post} lot ${figure(lot, 'lot')}: ${left}, central ${mirrored.get(`${incarnation} ${figure(lot, 'lot')}`) ?? 'nothing'}`)
    }
  }
}

/** Every receipt that was seen is recorded at central once, or went with a disk that was replaced; answers how many did. */
function checkGreens({ central, greens, replaced }: Evidence, violate: Violate): number {
  const recorded = new Map<string, number>()
  for (const redemption of table(central, 'redemptions')) {
    const key = `${text(redemption, 'station_id')} ${text(redemption, 'request_id')}`
    if (recorded.has(key)) violate('redeemed_twice', key)
    recorded.set(key, figure(redemption, 'points'))
  }
  const raw = table(central, 'quarantined_events').map((event) => bytes(event, 'body').toString('utf8'))
  let lost = 0
  for (const green of greens) {
    const points = recorded.get(`${green.station} ${green.request}`)
    if (points === green.points) continue
    if (points !== undefined) violate('green_differs', `${green.post} ${green.request}: shown ${green.points}, recorded ${points}`)
    else if (raw.some((body) => body.includes(green.request))) continue
    else if (replaced.some((disk) => disk.post === green.post && green.atMs > disk.copiedAtMs - SEEN_LATER_MS && green.atMs < disk.replacedAtMs + SEEN_LATER_MS)) lost += 1
    else violate('green_lost', `${green.post} ${green.request} of ${new Date(green.atMs).toISOString()}`)
  }
  return lost
}

/** Convergence: a station's row of a rider, with its own later entries on top, is the sum of what he holds anywhere. */
function checkMirrors(evidence: Evidence, violate: Violate): void {
  const { central } = evidence
  const held = new Map<string, number>()
  for (const account of table(central, 'accounts')) if (account['rider_id'] !== null) held.set(text(account, 'rider_id'), (held.get(text(account, 'rider_id')) ?? 0) + figure(account, 'balance'))
  for (const { post, tables, station } of soundStations(evidence)) {
    const scope = new Set(table(central, 'station_riders').filter((row) => row['station_id'] === station).map((row) => text(row, 'rider_id')))
    const riders = table(tables, 'riders')
    for (const rider of riders) {
      const later = table(tables, 'entries').filter((entry) => entry['rider'] === rider['id'] && entry['seq'] !== null && figure(entry, 'seq') > figure(rider, 'included_seq'))
      const shown = figure(rider, 'balance') + later.reduce((sum, entry) => sum + figure(entry, 'points'), 0)
      if (shown !== (held.get(text(rider, 'id')) ?? 0)) violate('balance_mirror', `${post} rider ${text(rider, 'id')}: ${shown}, central ${held.get(text(rider, 'id')) ?? 0}`)
      scope.delete(text(rider, 'id'))
    }
    if (scope.size > 0) violate('scope_mirror', `${post} lacks ${scope.size} riders of its scope`)
  }
}
