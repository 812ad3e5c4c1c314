import { expect, test } from 'vitest'
import { checkNothingLeftBehind, checkNoZombie } from './no-zombie.ts'
import { rowWhere, soundEvidence, LIFE } from './sound-evidence.ts'

test('nothing is found where nothing is wrong', () => {
  expect(checkNoZombie(soundEvidence())).toEqual([])
})

test('a fact of a banned life that moved points, or is not flagged, and points left with it are found', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['events'], 'seq', 2)['code'] = 'banned'
  rowWhere(evidence.central['incarnations'], 'incarnation', LIFE)['state'] = 'banned'
  expect(checkNoZombie(evidence).map(({ what }) => what)).toEqual([
    'event event-2 of a banned life is recorded',
    'event event-2 of a banned life moved 10 points from rider@station',
  ])
  expect(checkNothingLeftBehind(evidence).map(({ what }) => what)).toEqual([
    '30 points still lie in rider@station of a banned life',
  ])
})
