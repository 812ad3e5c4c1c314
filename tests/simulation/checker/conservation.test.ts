import { expect, test } from 'vitest'
import { checkConservation } from './conservation.ts'
import { LIFE, RIDER, rowWhere, soundEvidence, STATION } from './sound-evidence.ts'

test('nothing is found where nothing is wrong', () => {
  expect(checkConservation(soundEvidence())).toEqual([])
})

test('a point that came from nowhere is found', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['accounts'], 'account_key', 'rider')['balance'] = 61
  expect(checkConservation(evidence).map(({ what }) => what)).toEqual([
    'the accounts of district district-1 sum to 1',
    'account district-1 rider says 61, its transfers 60',
    'issued 100 is not held 91 + redeemed 10 + discrepancy 0',
    'rider rider-1 has 91 and his entries say 90',
  ])
})

test('a transfer of an account that is not there is found', () => {
  const evidence = soundEvidence()
  evidence.central['transfers']?.push({ district_id: 'district-1', event_id: 'x', line: 1, from_key: 'elsewhere', to_key: 'elsewhere too', points: 1 })
  expect(checkConservation(evidence).length).toBe(2)
})

test('a redemption that is the transfer itself is one: without it, or with another beside it, the books are wrong', () => {
  const evidence = soundEvidence()
  const transfer = evidence.central['transfers']?.pop()
  const entry = evidence.central['entries']?.pop()
  const row = rowWhere(evidence.central['redemptions'], 'event_id', 'event-2')
  expect(checkConservation(evidence).length).toBe(3)
  rowWhere(evidence.central['accounts'], 'account_key', 'rider@station')['account_key'] = `rider:${RIDER}@${STATION}#${LIFE}`
  rowWhere(evidence.central['accounts'], 'account_key', 'redeemed')['account_key'] = `redeemed@${STATION}`
  rowWhere(evidence.central['transfers'], 'to_key', 'rider@station')['to_key'] = `rider:${RIDER}@${STATION}#${LIFE}`
  Object.assign(row, { ledger_id: 'district-1', rider_id: RIDER, points: 10 })
  expect(checkConservation(evidence)).toEqual([])
  evidence.central['transfers']?.push({ ...transfer, points: 1 })
  evidence.central['entries']?.push({ ...entry, points: -1 })
  expect(checkConservation(evidence).map(({ what }) => what)).toContain('redemption event-2 of 10 points is booked twice or below zero')
})
