import { expect, test } from 'vitest'
import { recoveryPage } from '../../../central/operator/pages/recovery-page.ts'
import type { AwaitedView, BannedView, RecoveryView } from '../../../central/store/operator-views.ts'

const NOW_MS = 1_795_000_000_000
const NAME = { zh: '南湖站', en: 'South Lake' }
const LIFE = '0192f0c0-0000-4000-8000-00000000aaaa'

const awaited = (change: Partial<AwaitedView>): AwaitedView => ({
  station: 'station-1', number: 1, name: NAME, incarnation: LIFE, heardAtMs: NOW_MS, helloAtMs: null, claimedSeq: null, lastSeq: 3, backAtMs: null, state: 'active', ...change,
})
const banned: BannedView = { station: 'station-1', number: 1, name: NAME, incarnation: LIFE, points: 120, riders: 3, programPoints: 460 }
const pageOf = (view: Partial<RecoveryView>): string => recoveryPage({ recoveringSinceMs: NOW_MS, restoredAtMs: NOW_MS, files: [], bannedFiles: [], ...view }, NOW_MS)

/** The English words of each cell that says what to do. */
const todo = (page: string): string[] => [...page.matchAll(/<td class="todo">.*?lang="en">([^<:]*)/g)].map(([, words]) => words ?? '')

test('of each file it is said what to do; stations are counted once, files each', () => {
  const page = pageOf({
    files: [
      awaited({}), awaited({ state: 'superseded' }), awaited({ state: 'superseded', claimedSeq: 9 }), awaited({ helloAtMs: NOW_MS, claimedSeq: 9 }),
      awaited({ station: 'station-2', state: 'quarantined' }), awaited({ station: 'station-2', state: 'waiting' }), awaited({ station: 'station-3', backAtMs: NOW_MS, claimedSeq: 3 }),
    ],
  })
  expect(todo(page)).toEqual([
    'Switch it on and give it a network', 'A former file', 'Its station keeps this former file aside and sends what is missing', 'It is sending its records',
    'There are two copies of it', 'It has a new file', 'back',
  ])
  expect([page.includes('2 stations are still missing'), page.includes('<progress max="7" value="1">'), page.includes('Banned files')]).toEqual([true, true, false])
})

test('banned files that hold points are listed whether central recovers or not, with what they hold and what to do', () => {
  for (const recoveringSinceMs of [NOW_MS, null]) {
    const page = pageOf({ recoveringSinceMs, bannedFiles: [banned] })
    expect([...page.matchAll(/<td class="number"[^>]*>(\d+)</g)].map(([, figure]) => figure)).toEqual(['120', '3', '460'])
    expect({ todo: todo(page), names: page.includes(LIFE.slice(0, 8)) }).toEqual({ todo: ['Two people write it off on the stations page'], names: true })
  }
})
