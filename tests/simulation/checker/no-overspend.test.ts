import { expect, test } from 'vitest'
import { checkNoOverspend } from './no-overspend.ts'
import { rowWhere, soundEvidence, LIFE, RIDER, STATION } from './sound-evidence.ts'

test('nothing is found where nothing is wrong', () => {
  expect(checkNoOverspend(soundEvidence())).toEqual([])
})

test('points below zero are found, at central and at a station', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['accounts'], 'account_key', 'rider@station')['balance'] = -1
  rowWhere(evidence.files[0]?.tables['allowances'], 'rider', RIDER)['points'] = -1
  expect(checkNoOverspend(evidence).length).toBe(2)
})

test('a discrepancy needs a fault that explains it, of that very file', () => {
  const evidence = soundEvidence()
  evidence.central['transfers']?.push({ event_id: 'event-2', line: 2, district_id: 'district-1', from_key: 'discrepancy', to_key: 'redeemed', points: 3 })
  expect(checkNoOverspend(evidence).length).toBe(1)
  evidence.witness.excuses = [{ kind: 'clone', station: STATION, incarnation: 'another', atMs: 1 }]
  expect(checkNoOverspend(evidence).length).toBe(1)
  evidence.witness.excuses = [{ kind: 'clone', station: STATION, incarnation: LIFE, atMs: 1 }]
  expect(checkNoOverspend(evidence)).toEqual([])
})
