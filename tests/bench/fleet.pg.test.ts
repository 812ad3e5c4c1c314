// The fleet's bench in small: twenty stations join, listen, pull what is published and push; the figures are there and agree.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { benchFleet } from '../../bench/fleet.ts'

test('twenty stations: all listen, all pull one change, all push, nothing is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'boai-fleet-'))
  try {
    const figures = await benchFleet(folder, () => undefined, { stations: 20, before: 5, pushMs: 1_000, batchesEach: 2, rounds: 1, quietMs: 2_000 })
    expect(figures).toMatchObject({ stations: 20, listening: 20, busy: 0 })
    expect(figures.facts_per_s).toBeGreaterThan(0)
    expect(figures.facts_per_s_with_pulls).toBeGreaterThan(0)
    expect(figures.facts_per_s_checkins_only).toBeGreaterThan(0)
    expect(figures.uploads_per_group).toBeGreaterThanOrEqual(1)
    expect(figures.rss_mb.none).toBeGreaterThan(figures.rss_mb.cold)
    expect(figures.wake_all_ms).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 180_000)
