// The bench of a new station, in small: it has the whole district in its file, and each figure is there.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { benchBootstrap } from '../../bench/bootstrap.ts'

test('a new station has every rider, every item, every wish of its riders and the wall, and nothing is left behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'boai-bench-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const figures = await benchBootstrap(folder, () => undefined, { riders: 80, items: 12, wishes: 400, trainings: 10, rounds: 1 })
  const figure: unknown = expect.any(Number)
  expect(figures).toEqual({ seconds: figure, bytes: figure, riders: 80, items: 12, wishes: 400, wall: 300, trainings: 10, signups: 230, certificates: 80, longest_block_ms: figure, median_longest_block_ms: figure, longest_block_cpu_ms: figure, median_longest_block_cpu_ms: figure, rounds: 1 })
  expect([figures.seconds > 0, figures.bytes > 1_000, figures.longest_block_ms > 0, figures.longest_block_cpu_ms > 0]).toEqual([true, true, true, true])
  expect(readdirSync(folder)).toEqual([])
}, 120_000)
