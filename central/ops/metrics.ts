// Central's own figures for Prometheus, one registry an app. Labels hold closed lists only: no station, no rider, no path
// that nobody registered, so the number of series is bounded whatever is sent.

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { EventOutcome } from '../../contract/sync/sync-protocol.ts'
import type { PoolUse } from '../store/database.ts'
import { CLOCK_OFF_MS, type SyncCount, type SyncCounters } from '../sync/sync-counters.ts'

const REQUEST_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const DATABASE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60]
const GROUP_UPLOADS = [1, 2, 4, 8, 16, 32, 64, 128, 256]
/** Two seconds to ten years. */
const CLOCK_SECONDS = [2, 10, 60, 300, 3_600, 21_600, 86_400, 604_800, 2_592_000, 31_536_000, 315_360_000]

export type DatabaseWork = 'query' | 'write' | 'snapshot'

export interface AnsweredRequest {
  door: string
  verdict: string
  ms: number
  bytesIn: number
  bytesOut: number
}

export interface Metrics extends SyncCounters {
  requestBegan(): void
  requestAnswered(request: AnsweredRequest): void
  databaseWorked(work: DatabaseWork, ms: number): void
  contentType: string
  text(): Promise<string>
}

export interface MetricsOptions {
  poolUse?: (() => PoolUse) | undefined
  /** Memory, processor, event loop lag and garbage of the whole process: for the one app that is the process. */
  ofProcess?: boolean | undefined
}

export function createMetrics({ poolUse, ofProcess = false }: MetricsOptions = {}): Metrics {
  const register = new Registry()
  const registers = [register]
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> =>
    new Counter({ name: `boai_${name}`, help, labelNames, registers })
  const histogram = <Label extends string>(name: string, help: string, buckets: number[], labelNames: readonly Label[] = []): Histogram<Label> =>
    new Histogram({ name: `boai_${name}`, help, labelNames, buckets, registers })
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> =>
    new Gauge({ name: `boai_${name}`, help, labelNames, registers })

  const requests = counter('requests_total', 'Requests answered, by door and verdict (ok, or the code of the refusal).', ['door', 'verdict'])
  const requestSeconds = histogram('request_seconds', 'Time from the request to the end of its answer.', REQUEST_SECONDS, ['door'])
  const requestsNow = gauge('requests_now', 'Requests that are being answered.')
  const bytesIn = counter('received_bytes_total', 'Bytes of request bodies as they came over the wire.', ['door'])
  const bytesOut = counter('sent_bytes_total', 'Bytes of answers as they went over the wire.', ['door'])
  const refusals = counter('refusals_total', 'Refused requests by closed code; finer than the verdict where one answer covers several kinds of bad input.', ['code'])
  const pushes = counter('pushes_total', 'Pushes, of one batch or several, that were taken, repeated, after a gap, or in quarantine.', ['result'])
  const events = counter('events_total', 'New events by outcome; code says why where it is not recorded.', ['outcome', 'code'])
  const eventsAhead = counter('events_ahead_total', 'New events that say they happen more than a day after now.')
  const visits = counter('visits_total', 'People who came to a station, by new check-ins; also those whom a station could only count.')
  const grants = counter('grants_total', 'Slices of points that were answered with; a question that is asked again counts again.')
  const grantPoints = counter('granted_points_total', 'Points in those slices.')
  const pages = counter('pages_total', 'Answers to pulls.', ['result'])
  const changes = counter('changes_sent_total', 'Changes in those pages.')
  const snapshots = counter('snapshots_total', 'Snapshots made.')
  const snapshotBytes = counter('snapshot_bytes_total', 'Bytes of those snapshots, packed.')
  const words = counter('words_total', 'Boxes of words by what became of them.', ['result'])
  const streams = gauge('wakeup_streams', 'Open wake-up streams.')
  const groups = histogram('group_uploads', 'Uploads that one database transaction took.', GROUP_UPLOADS)
  const clocks = histogram('clock_offset_seconds', 'How far clocks of stations are from central, at each hello.', CLOCK_SECONDS, ['direction'])
  const clocksOff = counter('clocks_off_total', 'Hellos of stations whose clock is off by more than a day.', ['direction'])
  const database = histogram('database_seconds', 'Time of a question or a whole transaction, the wait for a connection inside.', DATABASE_SECONDS, ['work'])
  streams.set(0)
  requestsNow.set(0)
  if (poolUse !== undefined) gaugePool(register, poolUse)
  if (ofProcess) collectDefaultMetrics({ register })

  const count = (what: SyncCount): void => {
    switch (what.what) {
      case 'refusal':
        return refusals.inc({ code: what.code })
      case 'push':
        return pushes.inc({ result: what.result })
      case 'events':
        for (const { outcome, code, events: howMany } of tally(what.outcomes)) events.inc({ outcome, code }, howMany)
        return
      case 'events_ahead':
        return eventsAhead.inc(what.events)
      case 'visits':
        return visits.inc(what.people)
      case 'grant':
        grants.inc()
        return grantPoints.inc(what.points)
      case 'page':
        pages.inc({ result: what.result })
        return changes.inc(what.changes)
      case 'snapshot':
        snapshots.inc()
        return snapshotBytes.inc(what.bytes)
      case 'group':
        return groups.observe(what.uploads)
      case 'words':
        return words.inc({ result: what.result })
      case 'wakeup_stream':
        return streams.inc(what.change)
      case 'clock': {
        const direction = what.offsetMs < 0 ? 'behind' : 'ahead'
        clocks.observe({ direction }, Math.abs(what.offsetMs) / 1000)
        if (Math.abs(what.offsetMs) > CLOCK_OFF_MS) clocksOff.inc({ direction })
      }
    }
  }

  return {
    count,
    requestBegan: () => requestsNow.inc(),
    requestAnswered: ({ door, verdict, ms, ...bytes }) => {
      requestsNow.dec()
      requests.inc({ door, verdict })
      requestSeconds.observe({ door }, ms / 1000)
      bytesIn.inc({ door }, bytes.bytesIn)
      bytesOut.inc({ door }, bytes.bytesOut)
    },
    databaseWorked: (work, ms) => database.observe({ work }, ms / 1000),
    contentType: register.contentType,
    text: () => register.metrics(),
  }
}

/** How often each outcome comes: a counter that is told each by itself looks its labels up five hundred times a batch. */
function tally(outcomes: readonly EventOutcome[]): Iterable<{ outcome: EventOutcome['outcome']; code: string; events: number }> {
  const tallies = new Map<string, { outcome: EventOutcome['outcome']; code: string; events: number }>()
  for (const one of outcomes) {
    const code = 'code' in one ? one.code : ''
    const key = code === '' ? one.outcome : `${one.outcome} ${code}`
    const known = tallies.get(key)
    if (known === undefined) tallies.set(key, { outcome: one.outcome, code, events: 1 })
    else known.events += 1
  }
  return tallies.values()
}

/** Looked at when it is scraped. */
function gaugePool(register: Registry, poolUse: () => PoolUse): void {
  const connections = new Gauge({
    name: 'boai_pool_connections',
    help: 'Connections to the database: idle, busy, and how many there may be.',
    labelNames: ['state'],
    registers: [],
    collect() {
      const { open, idle, max } = poolUse()
      this.set({ state: 'idle' }, idle)
      this.set({ state: 'busy' }, open - idle)
      this.set({ state: 'allowed' }, max)
    },
  })
  const waiting = new Gauge({
    name: 'boai_pool_waiting',
    help: 'Questions that wait for a connection.',
    registers: [],
    collect() {
      this.set(poolUse().waiting)
    },
  })
  for (const metric of [connections, waiting]) register.registerMetric(metric)
}
