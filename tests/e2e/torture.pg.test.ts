// The torture for a short fixed time, with a fresh seed that it prints: the long one is `npm run torture -- --minutes N`.

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { runTorture } from '../../scripts/torture/run-torture.ts'

const DURATION_MS = 35_000
/** Starting, healing, quiet and looking come on top; on a machine that is busy with other things, a multiple. */
const MS_MAX = 240_000

test('two centrals, five stations and their PostgreSQL are killed, cut off, given up and given old disks, and when it is quiet again not one act is lost, doubled or overspent', async () => {
  const seed = process.env['BOAI_TORTURE_SEED'] ?? randomBytes(4).toString('hex')
  const report = await runTorture({ seed, durationMs: DURATION_MS, say: (line) => void process.stdout.write(`${line}\n`) })
  process.stdout.write(`${JSON.stringify(report)}\n`)
  expect(report.violations).toEqual([])
  // A run in which nothing happened would prove nothing.
  const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, count) => all + count, 0)
  expect([report.signups > 0, report.placesGiven > 0, report.wishes > 0, report.claims > 0, report.visitorsCompared.counted > 0]).toEqual([true, true, true, true, true])
  expect([report.redemptions > 0, sum(report.kills) > 2, sum(report.faults) > 10, 'written_off' in report.faults, 'central_restored' in report.faults || 'central_restored_unsaid' in report.faults]).toEqual([true, true, true, true, true])
}, MS_MAX)
