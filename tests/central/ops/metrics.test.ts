// The figures: each thing that is counted comes out under its name, and no label can hold what somebody sent.

import { expect, test } from 'vitest'
import { createMetrics } from '../../../central/ops/metrics.ts'
import type { SyncCount } from '../../../central/sync/sync-counters.ts'
import { readMetrics } from '../../support/scraped-metrics.ts'

const DAY_MS = 86_400_000

test('what is counted comes out under its name', async () => {
  const metrics = createMetrics({ poolUse: () => ({ open: 7, idle: 3, waiting: 2, max: 10 }) })
  const counts: SyncCount[] = [
    { what: 'refusal', code: 'archive_too_large' },
    { what: 'push', result: 'applied' },
    { what: 'push', result: 'quarantined' },
    { what: 'events', outcomes: [{ seq: 1, outcome: 'recorded' }, { seq: 2, outcome: 'recorded' }, { seq: 3, outcome: 'flagged', code: 'overdrawn' }] },
    { what: 'events_ahead', events: 2 },
    { what: 'visits', people: 1 },
    { what: 'visits', people: 31 },
    { what: 'grant', points: 40 },
    { what: 'page', result: 'page', changes: 12 },
    { what: 'snapshot', bytes: 1000 },
    { what: 'group', uploads: 3 },
    { what: 'wakeup_stream', change: 1 },
    { what: 'wakeup_stream', change: 1 },
    { what: 'wakeup_stream', change: -1 },
    { what: 'clock', offsetMs: 5_000 },
    { what: 'clock', offsetMs: -2 * DAY_MS },
  ]
  for (const one of counts) metrics.count(one)
  metrics.requestBegan()
  metrics.requestBegan()
  metrics.requestAnswered({ door: '/v1/push', verdict: 'ok', ms: 30, bytesIn: 100, bytesOut: 20 })
  metrics.databaseWorked('write', 3)
  const series = readMetrics(await metrics.text())
  const figures = Object.fromEntries([...series].filter(([name]) => !/_(bucket|sum|count)[{ ]|_bucket\{|_sum$|_count$/.test(name)))
  expect(figures).toEqual({
    'boai_requests_total{door="/v1/push",verdict="ok"}': 1,
    boai_requests_now: 1,
    'boai_received_bytes_total{door="/v1/push"}': 100,
    'boai_sent_bytes_total{door="/v1/push"}': 20,
    'boai_refusals_total{code="archive_too_large"}': 1,
    'boai_pushes_total{result="applied"}': 1,
    'boai_pushes_total{result="quarantined"}': 1,
    'boai_events_total{outcome="recorded",code=""}': 2,
    'boai_events_total{outcome="flagged",code="overdrawn"}': 1,
    boai_events_ahead_total: 2,
    boai_visits_total: 32,
    boai_grants_total: 1,
    boai_granted_points_total: 40,
    'boai_pages_total{result="page"}': 1,
    boai_changes_sent_total: 12,
    boai_snapshots_total: 1,
    boai_snapshot_bytes_total: 1000,
    boai_wakeup_streams: 1,
    'boai_clocks_off_total{direction="behind"}': 1,
    'boai_pool_connections{state="idle"}': 3,
    'boai_pool_connections{state="busy"}': 4,
    'boai_pool_connections{state="allowed"}': 10,
    boai_pool_waiting: 2,
  })
  const histograms = Object.fromEntries([...series].filter(([name]) => name.includes('_sum')))
  expect(histograms).toEqual({
    'boai_request_seconds_sum{door="/v1/push"}': 0.03,
    boai_group_uploads_sum: 3,
    'boai_clock_offset_seconds_sum{direction="ahead"}': 5,
    'boai_clock_offset_seconds_sum{direction="behind"}': 172_800,
    'boai_database_seconds_sum{work="write"}': 0.003,
  })
})

test('two apps in one process count apart, and only the one that is the process counts the process', async () => {
  const one = createMetrics({ ofProcess: true })
  const other = createMetrics()
  one.count({ what: 'push', result: 'gap' })
  expect(readMetrics(await one.text()).get('boai_pushes_total{result="gap"}')).toBe(1)
  expect(await other.text()).not.toContain('result="gap"')
  const ofProcess = readMetrics(await one.text())
  expect(['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'].filter((name) => !ofProcess.has(name))).toEqual([])
  expect(await other.text()).not.toContain('process_')
})
