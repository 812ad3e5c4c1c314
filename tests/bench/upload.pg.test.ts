// The bench of uploads in small: every contender brings all events, the books agree afterwards, and each figure is there.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { benchUpload } from '../../bench/upload.ts'

test('ours, the bare outbox and both peers are measured in one run, and nothing is left behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'boai-bench-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const said: string[] = []
  const figures = await benchUpload(folder, (line) => said.push(line), { redemptions: 120, riders: 6, rounds: 1 })
  const figure: unknown = expect.any(Number)
  expect(figures).toEqual({
    ours_per_s: figure,
    bare_per_s: figure,
    ratio_to_bare: figure,
    ratio_to_best_peer: figure,
    peers: { tinybase: figure, pouchdb: figure },
    bytes_per_event: figure,
    bytes_per_event_with_headers: figure,
    raw_bytes_per_event: figure,
    recorded_offline_per_s: figure,
    events: 120,
    rounds: 1,
  })
  expect([figures.ours_per_s, figures.bare_per_s, figures.peers.tinybase, figures.peers.pouchdb, figures.recorded_offline_per_s].every((rate) => rate > 0)).toBe(true)
  expect([figures.bytes_per_event > 50, figures.bytes_per_event < figures.bytes_per_event_with_headers, figures.bytes_per_event_with_headers < figures.raw_bytes_per_event]).toEqual([true, true, true])
  expect([said.length > 0, readdirSync(folder)]).toEqual([true, []])
}, 120_000)
