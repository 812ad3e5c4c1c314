import { expect, test } from 'vitest'
import { checkConvergence } from './convergence.ts'
import { rowWhere, soundEvidence } from './sound-evidence.ts'

test('nothing is found where nothing is wrong', () => {
  expect(checkConvergence(soundEvidence())).toEqual([])
})

test.each([
  ['a queue that is not empty', 'outbox', (row: Record<string, unknown>) => Object.assign(row, { seq: 9 })],
  ['an answer that was not heard', 'sync_state', (row: Record<string, unknown>) => Object.assign(row, { acknowledged_seq: 2 })],
  ['a cursor of another history', 'sync_state', (row: Record<string, unknown>) => Object.assign(row, { history: 'another' })],
  ['another balance', 'riders', (row: Record<string, unknown>) => Object.assign(row, { balance: 91 })],
  ['another slice', 'allowances', (row: Record<string, unknown>) => Object.assign(row, { points: 31 })],
  ['another price', 'items', (row: Record<string, unknown>) => Object.assign(row, { price_points: 11 })],
  ['staff who are gone', 'staff', (row: Record<string, unknown>) => Object.assign(row, { id: 'staff-2' })],
  ['a revoked card that is not known', 'revoked_cards', (row: Record<string, unknown>) => Object.assign(row, { card: 2 })],
  ['a rider of another scope', 'riders', (row: Record<string, unknown>) => Object.assign(row, { id: 'rider-2' })],
])('%s is found', (_name, table, spoil) => {
  const evidence = soundEvidence()
  spoil(evidence.files[0]?.tables[table]?.[0] ?? {})
  expect(checkConvergence(evidence).length).toBeGreaterThan(0)
})

test('own later events count on top of the balance that central told', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.files[0]?.tables['riders'], 'id', 'rider-1')['included_seq'] = 1
  rowWhere(evidence.files[0]?.tables['riders'], 'id', 'rider-1')['balance'] = 100
  expect(checkConvergence(evidence)).toEqual([])
})
