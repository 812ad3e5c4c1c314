// A page is read in pieces with a pause after each, and is one page or none.

import { expect, test } from 'vitest'
import { PULL_CHANGES_MAX, type PullAnswer } from '../../../contract/sync/sync-protocol.ts'
import { readPullAnswer, unreadPullAnswer } from '../../../station/sync/read-page.ts'

const HISTORY = '0192f0c0-0000-4000-8000-000000000001'

function pageOf(count: number, spoiled = -1): unknown {
  const changes = Array.from({ length: count }, (_, index) => ({
    kind: 'donor',
    scope: 'district',
    number: index + 1,
    key: `0190b5a2-0000-7000-8000-${String(index).padStart(12, '0')}`,
    row: index === spoiled ? { id: 'nobody' } : null,
  }))
  return {
    result: 'page', cursor: { history: HISTORY, number: count }, more: false, changes, centralWallMs: 1, lastSeq: 0, backedUpSeq: 0, state: 'active',
    recovering: false, differs: [],
  }
}

async function read(page: unknown): Promise<{ answer: PullAnswer | null; pauses: number }> {
  let pauses = 0
  const answer = await readPullAnswer(unreadPullAnswer.parse(page), () => {
    pauses += 1
    return Promise.resolve()
  })
  return { answer, pauses }
}

test('a full page is read as it is, with a pause after every hundred changes', async () => {
  const page = pageOf(PULL_CHANGES_MAX)
  expect(await read(page)).toEqual({ answer: page, pauses: PULL_CHANGES_MAX / 100 })
})

test('a small page waits for nobody', async () => {
  const page = pageOf(100)
  expect(await read(page)).toEqual({ answer: page, pauses: 0 })
})

test('one change in the last piece that is not of the protocol, and there is no page', async () => {
  expect((await read(pageOf(350, 349))).answer).toBeNull()
})

test('a page with more changes than agreed is not even begun', () => {
  expect(unreadPullAnswer.safeParse(pageOf(PULL_CHANGES_MAX + 1)).success).toBe(false)
})

test('another history has no changes to read', async () => {
  const answer = { result: 'cursor_unknown', history: HISTORY }
  expect(await read(answer)).toEqual({ answer, pauses: 0 })
})
