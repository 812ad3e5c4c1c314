// What was found. The properties are the simulation's checker's, which knows only rows; here its evidence is put together, and
// what only this driver can tell is added: every event of every disk is at central to the byte, every receipt that was shown is recorded
// once and as shown, a lost one was on a disk at the very time that was replaced, nobody is fenced without a fault.

import { checkAfterQuiet } from '../../tests/simulation/checker/check.ts'
import { bytesOf, type Evidence, type Excuse, type Restore, hexOf, maybeTextOf, numberOf, type Row, rowsOf, type StationFile, type Tables, textOf, type Violation } from '../../tests/simulation/checker/evidence.ts'
import type { DiskReplaced } from './mischief.ts'
import type { Life } from './operator.ts'
import type { Arrivals, Green, Witnessed } from './witness.ts'

export interface Findings {
  violations: Violation[]
  /** Receipts that went with a disk that was replaced, and were nowhere else. */
  lostWithDisk: number
  /** What the programme lost to images and clones. */
  discrepancyPoints: number
  /** What files that were given up had still to say, and central kept and flagged. */
  lateFacts: number
  /** At stations whose disks nothing happened to. */
  visitorsCompared: Arrivals
}

export interface FoundFile {
  post: string
  /** Whole and in service at the end; else it showed staff that it is not. */
  trouble: string | null
  tables: Tables
}

export interface Told {
  files: readonly FoundFile[]
  central: Tables
  witness: Witnessed
  replaced: readonly DiskReplaced[]
  /** Life of a file and station, of disks that were copied and ran twice. */
  cloned: readonly { station: string; incarnation: string; atMs: number }[]
  /** Files that staff gave up: their slices went home, what they say afterwards is late. */
  writtenOff: readonly (Life & { atMs: number })[]
  /** Central was set back to its backup. */
  restoredAtMs: number | null
  /** Nobody declared it, and what central had marked beside its database was gone as well. */
  isMarkerLost: boolean
  acknowledged: readonly { incarnation: string; seq: number }[]
}

/** A receipt is seen a moment after it was written. */
const SEEN_LATER_MS = 500
/** Central reads its clock before it waits for locks, and for a database that is started again. */
const COMMITS_WITHIN_MS = 60_000
/** A broken rule tends to be broken a hundred times: enough of each to read. */
const OF_EACH_MAX = 10

export function findViolations(told: Told): Findings {
  const files = told.files.map((file) => asStationFile(file, told.central))
  const evidence: Evidence = {
    central: told.central,
    files,
    witness: {
      acts: [
        ...told.witness.greens.map((green) => ({ kind: 'redemption' as const, ...green })),
        ...told.witness.undone.map((undone) => ({ kind: 'undo' as const, rider: null, ...undone })),
        ...told.witness.restocks.map(({ request, station, incarnation, atMs }) => ({ kind: 'restock' as const, request, station, incarnation, rider: null, points: 0, atMs })),
        ...told.witness.said.map((said) => ({ rider: null, points: 0, ...said })),
      ],
      excuses: excusesOf(told),
      restores: restoresOf(told),
      commitsWithinMs: COMMITS_WITHIN_MS,
      // What a refusal was worth only a run without faults can tell: usefulness is the simulation's.
      pointsRefusals: [],
      visits: Object.entries(told.witness.arrivals).map(([station, arrivals]) => ({ station, ...arrivals })),
      acknowledged: told.acknowledged,
      isFaultless: false,
    },
  }
  const lost = findLostReceipts(told)
  const violations = [...checkAfterQuiet(evidence), ...eventsNotAtCentral(told.central, files), ...lost.violations, ...fencedWithoutFault(told)]
  const discrepancy = rowsOf(told.central, 'accounts').filter((row) => textOf(row, 'kind') === 'discrepancy').reduce((sum, row) => sum + numberOf(row, 'balance'), 0)
  const lateFacts = rowsOf(told.central, 'events').filter((row) => maybeTextOf(row, 'code') === 'banned').length
  return { violations: someOfEach(violations), lostWithDisk: lost.withDisk, discrepancyPoints: discrepancy, lateFacts, visitorsCompared: visitorsCompared(told) }
}

function visitorsCompared({ witness, replaced, cloned }: Told): Arrivals {
  const faulty = new Set([...replaced, ...cloned].map(({ station }) => station))
  const compared = Object.entries(witness.arrivals).flatMap(([station, arrivals]) => (faulty.has(station) ? [] : [arrivals]))
  return { counted: compared.reduce((sum, { counted }) => sum + counted, 0), uncertain: compared.reduce((sum, { uncertain }) => sum + uncertain, 0) }
}

function someOfEach(violations: readonly Violation[]): Violation[] {
  const counts = new Map<string, number>()
  return violations.filter(({ property }) => {
    counts.set(property, (counts.get(property) ?? 0) + 1)
    return (counts.get(property) ?? 0) <= OF_EACH_MAX
  })
}

function asStationFile({ tables, trouble }: FoundFile, central: Tables): StationFile {
  const identity = rowsOf(tables, 'identity')[0] ?? {}
  const [station, incarnation] = [textOf(identity, 'station'), textOf(identity, 'incarnation')]
  const state = rowsOf(central, 'incarnations').find((row) => textOf(row, 'incarnation') === incarnation)?.['state']
  return { station, incarnation, tables, isLive: trouble === null && state === 'active' }
}

/** A life that the backup did not know has begun at central since. */
function restoresOf({ restoredAtMs, isMarkerLost, central }: Told): Restore[] {
  if (restoredAtMs === null) return []
  const known = rowsOf(central, 'incarnations').filter((row) => numberOf(row, 'began_at_ms') < restoredAtMs)
  return [{ atMs: restoredAtMs, knownLives: known.map((row) => textOf(row, 'incarnation')), isNoticed: !isMarkerLost }]
}

function excusesOf({ replaced, cloned, writtenOff }: Told): Excuse[] {
  return [
    ...replaced.map(({ kind, station, incarnation, replacedAtMs }): Excuse => ({
      kind: kind === 'restored_image' ? 'old_image' : 'disk_lost', station, incarnation, atMs: replacedAtMs + SEEN_LATER_MS,
    })),
    ...cloned.map((clone): Excuse => ({ kind: 'clone', ...clone })),
    ...writtenOff.map((life): Excuse => ({ kind: 'written_off', ...life })),
  ]
}

/** Booked under the same hash, or kept raw with the same bytes where the file contradicted itself. */
function eventsNotAtCentral(central: Tables, files: readonly StationFile[]): Violation[] {
  const hashes = new Set(rowsOf(central, 'events').map((row) => `${textOf(row, 'incarnation')} ${hexOf(row, 'hash')}`))
  const raw = new Set(rowsOf(central, 'quarantined_events').map((row) => `${textOf(row, 'incarnation')} ${textOf(row, 'header')} ${hexOf(row, 'body')}`))
  return files.flatMap(({ station, incarnation, tables }) =>
    rowsOf(tables, 'outbox')
      .filter((row) => !hashes.has(`${incarnation} ${hexOf(row, 'hash')}`) && !raw.has(`${incarnation} ${headerOf(row)} ${hexOf(row, 'body')}`))
      .map((row) => ({ property: 'every event at central', what: `event ${numberOf(row, 'seq')} (${textOf(row, 'kind')}) of ${station} ${incarnation} is on its disk only` })),
  )
}

function headerOf(row: Row): string {
  return JSON.stringify([row['seq'], row['id'], row['kind'], row['version'], row['wall_ms'], row['monotonic_ms'], row['boot']])
}

function findLostReceipts({ central, witness, replaced }: Told): { violations: Violation[]; withDisk: number } {
  const property = 'receipts'
  const violations: Violation[] = []
  const recorded = new Map<string, number>()
  for (const row of rowsOf(central, 'redemptions')) {
    const key = `${textOf(row, 'station_id')} ${textOf(row, 'request_id')}`
    if (recorded.has(key)) violations.push({ property, what: `${key} is redeemed twice` })
    recorded.set(key, numberOf(row, 'points'))
  }
  const raw = rowsOf(central, 'quarantined_events').map((row) => Buffer.from(bytesOf(row, 'body')).toString('utf8'))
  const wasOnReplacedDisk = (green: Green): boolean =>
    replaced.some((disk) => disk.post === green.post && green.atMs > disk.copiedAtMs - SEEN_LATER_MS && green.atMs < disk.replacedAtMs + SEEN_LATER_MS)
  let withDisk = 0
  for (const green of witness.greens) {
    const points = recorded.get(`${green.station} ${green.request}`)
    if (points === green.points || (points === undefined && raw.some((body) => body.includes(green.request)))) continue
    if (points !== undefined) violations.push({ property, what: `${green.request} at ${green.post} was shown as ${green.points} and is recorded as ${points}` })
    else if (wasOnReplacedDisk(green)) withDisk += 1
    else violations.push({ property, what: `${green.request} at ${green.post}, shown at ${green.atMs}, is nowhere` })
  }
  return { violations, withDisk }
}

function fencedWithoutFault({ files, replaced, cloned, writtenOff, witness }: Told): Violation[] {
  const property = 'in service'
  const faulty = new Set([...replaced, ...cloned, ...writtenOff].map(({ station }) => station))
  const begun = witness.begunAnew.filter(({ station }) => !faulty.has(station)).map(({ post, trouble }) => ({ property, what: `${post} had to begin anew: ${trouble}` }))
  const fenced = files.flatMap(({ post, trouble, tables }) => {
    const station = maybeTextOf(rowsOf(tables, 'identity')[0] ?? {}, 'station') ?? ''
    return trouble === null || faulty.has(station) ? [] : [{ property, what: `${post} is out of order after healing: ${trouble}` }]
  })
  return [...begun, ...fenced]
}
