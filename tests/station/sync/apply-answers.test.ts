// A long page of news goes in by slices: what was cut off in between comes once more and changes nothing twice.

import { expect, test } from 'vitest'
import type { Change, PullAnswer } from '../../../contract/sync/sync-protocol.ts'
import { lastEvent } from '../../../station/store/outbox.ts'
import { allowancePoints } from '../../../station/store/rider-points.ts'
import { currentCursor } from '../../../station/store/sync-state.ts'
import { applyPullAnswer } from '../../../station/sync/apply-answers.ts'
import { openEmptyCounter, type TestCounter, ZHANG } from '../../support/counter.ts'

const HISTORY = '0192f0c0-0000-4000-8000-000000000001'
const GRANT = '0190b5a2-0000-7000-8000-0000000000c1'

function longPage(donors: number): PullAnswer {
  const grant: Change = { kind: 'grant', scope: 'riders', number: 1, key: GRANT, row: { id: GRANT, rider: ZHANG, points: 30 } }
  const rows = Array.from({ length: donors }, (_, index): Change => {
    const id = `0190b5a2-0000-7000-8000-${String(index).padStart(12, '0')}`
    return { kind: 'donor', scope: 'district', number: index + 2, key: id, row: { id, name: { zh: '书店', en: 'Books' } } }
  })
  return {
    result: 'page', cursor: { history: HISTORY, number: donors + 1 }, more: false, changes: [grant, ...rows], centralWallMs: 1, lastSeq: 0, backedUpSeq: 0,
    state: 'active', recovering: false, differs: [],
  }
}

function standing({ database: { read } }: TestCounter): { donors: number | undefined; points: number; events: number; cursor: number | null } {
  return {
    donors: read.get<{ count: number }>('SELECT count(*) AS count FROM donors')?.count,
    points: allowancePoints(read, ZHANG),
    events: lastEvent(read)?.seq ?? 0,
    cursor: currentCursor(read)?.number ?? null,
  }
}

test('the cursor stands only when the last slice does, and a page that was cut off is taken once more without doing anything twice', async () => {
  const counter = openEmptyCounter()
  const page = longPage(450)
  const killed = (): Promise<void> => Promise.reject(new Error('killed'))
  await expect(applyPullAnswer(counter, page, killed)).rejects.toThrow('killed')
  expect(standing(counter)).toEqual({ donors: 199, points: 30, events: 1, cursor: null })

  await applyPullAnswer(counter, page, () => Promise.resolve())
  expect(standing(counter)).toEqual({ donors: 450, points: 30, events: 1, cursor: 451 })
})

test('between two slices somebody at the counter has his turn, and a short page makes nobody wait', async () => {
  const counter = openEmptyCounter()
  const seen: (number | null)[] = []
  const look = (): Promise<void> => {
    seen.push(standing(counter).donors ?? null)
    return Promise.resolve()
  }
  await applyPullAnswer(counter, longPage(450), look)
  expect(seen).toEqual([199, 399])
  await applyPullAnswer(counter, longPage(199), look)
  expect(seen).toEqual([199, 399])
})
