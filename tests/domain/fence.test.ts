import { expect, test } from 'vitest'
import { type FenceQuestion, judgeFence } from '../../domain/fence.ts'

function judge(own: Partial<Omit<FenceQuestion, 'central'>>, central: Partial<FenceQuestion['central']>): ReturnType<typeof judgeFence> {
  return judgeFence({ fence: null, ownLastSeq: 10, mustReachSeq: null, ...own, central: { state: 'active', lastSeq: 10, hashAgrees: true, ...central } })
}

const FREE = { fence: null, mustReachSeq: null }

test.each([
  ['as far as central, with its hash', {}, {}, FREE],
  ['further than central', {}, { lastSeq: 4 }, FREE],
  ['a newer life has begun', {}, { state: 'superseded' }, FREE],
  ['central has not that event any more to compare', {}, { hashAgrees: null }, FREE],
  ['the same place with another hash', {}, { hashAgrees: false }, { fence: 'quarantined', mustReachSeq: null }],
  ['central has more', {}, { lastSeq: 12, hashAgrees: null }, { fence: 'behind', mustReachSeq: 12 }],
  ['central has more, in quarantine', {}, { lastSeq: 12, hashAgrees: null, state: 'quarantined' }, { fence: 'quarantined', mustReachSeq: 12 }],
  ['its marker says more than central has', { mustReachSeq: 14 }, {}, { fence: 'behind', mustReachSeq: 14 }],
  ['its marker says more, central still more', { mustReachSeq: 14 }, { lastSeq: 15 }, { fence: 'behind', mustReachSeq: 15 }],
  ['it has reached its marker', { fence: 'behind', mustReachSeq: 10 }, {}, FREE],
  ['it waits for staff', {}, { state: 'waiting' }, { fence: 'waiting', mustReachSeq: null }],
  ['staff admitted it', { fence: 'waiting' }, {}, FREE],
  ['it is banned', { fence: 'quarantined' }, { state: 'banned' }, { fence: 'banned', mustReachSeq: null }],
  ['quarantine is not lifted by a central that has forgotten it', { fence: 'quarantined' }, { lastSeq: 3 }, { fence: 'quarantined', mustReachSeq: null }],
  ['a file that was behind stays so when central was set back below it', { fence: 'behind', mustReachSeq: 20 }, { lastSeq: 5 }, { fence: 'behind', mustReachSeq: 20 }],
] as const)('%s', (_name, own, central, judged) => {
  expect(judge(own, central)).toEqual(judged)
})
