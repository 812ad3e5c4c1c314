import { expect, test } from 'vitest'
import { checkClaims, checkWishesEverywhere } from './claims.ts'
import { rowWhere, soundEvidence } from './sound-evidence.ts'

const said = (violations: { what: string }[]): string[] => violations.map(({ what }) => what)

test('nothing is found where nothing is wrong', () => {
  expect([checkClaims(soundEvidence()), checkWishesEverywhere(soundEvidence())]).toEqual([[], []])
})

test('two leases that hold at once are found, and one that holds what nobody claimed', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['claims'], 'number', 1)['ended_at_ms'] = null
  expect(said(checkClaims(evidence))).toEqual(['wish wish-1 is claimed and is held by 2'])
  const other = soundEvidence()
  rowWhere(other.central['wishes'], 'wish_id', 'wish-1')['stage'] = 'open'
  expect(said(checkClaims(other))).toEqual(['wish wish-1 is open and is held by 1', 'wish wish-1 is open, and its lines say claimed'])
})

test('a step that can not follow on the one before, and a number that comes again, are found', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['wish_history'], 'act', 'lapsed')['act'] = 'confirmed'
  expect(said(checkClaims(evidence))).toEqual(['wish wish-1 was confirmed when it was claimed', 'wish wish-1 was claimed when it was confirmed'])
  const again = soundEvidence()
  rowWhere(again.central['wish_history'], 'line', 5)['claim'] = 1
  expect(said(checkClaims(again))).toEqual(['wish wish-1 was claimed under 1 after 1'])
})

test('a fact of another lease that took effect is found', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['wish_history'], 'act', 'handed_over')['flag'] = null
  expect(said(checkClaims(evidence))).toEqual(['wish wish-1 was handed_over under 1, and 2 held it', 'wish wish-1 is claimed, and its lines say fulfilled'])
})

test('a lease that was granted while central waited for stations is found', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['claims'], 'number', 2)['granted_at_ms'] = 1_500
  expect(said(checkClaims(evidence))).toEqual(['wish wish-1 was granted at 1500, while central waited for stations'])
})

test('a fact that no history has, and a station that shows another state or another wall, are found', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['wish_history'], 'line', 1)['event_id'] = null
  rowWhere(evidence.files[0]?.tables['own_wishes'], 'id', 'wish-1')['state'] = 'open'
  for (const { tables } of evidence.files) tables['wall_wishes'] = []
  expect(said(checkWishesEverywhere(evidence))).toEqual([
    'the event event-4 (wish.posted) is in no wish’s history', 'station station-1: own wish wish-1 is open 2 false, at central claimed 2 false',
    'station station-1: wall wish wish-1 is missing, at central claimed 2',
  ])
})
