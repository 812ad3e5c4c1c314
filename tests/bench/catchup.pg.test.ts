// The bench of coming back after weeks, in small: the station reaches the end of the log, and each figure is there.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { benchCatchUp } from '../../bench/catchup.ts'

test('a station that missed more than a page catches up in a process of its own, and nothing is left behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'boai-bench-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const figures = await benchCatchUp(folder, () => undefined, { riders: 60, items: 12, changes: 1_200, rounds: 1 })
  const figure: unknown = expect.any(Number)
  expect(figures).toEqual({ changes: 1_200, seconds: figure, longest_block_ms: figure, median_longest_block_ms: figure, longest_block_cpu_ms: figure, median_longest_block_cpu_ms: figure, quiet_block_ms: figure, changes_per_s: figure, rounds: 1 })
  expect([figures.seconds, figures.longest_block_ms, figures.longest_block_cpu_ms, figures.quiet_block_ms].every((value) => value > 0)).toBe(true)
  expect(readdirSync(folder)).toEqual([])
}, 120_000)
