import { expect, test } from 'vitest'
import { checkStock } from './stock.ts'
import { rowWhere, soundEvidence } from './sound-evidence.ts'

test('nothing is found where nothing is wrong', () => {
  expect(checkStock(soundEvidence())).toEqual([])
})

test('goods that are not the sum of their movements are found', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.files[0]?.tables['lots'], 'lot', 1)['quantity_left'] = 3
  expect(checkStock(evidence).map(({ what }) => what)).toEqual([
    'lot 1 of station station-1 has 3 on hand, its movements say 4',
    'lot 1 of station station-1: central believes 4, the shelf has 3',
  ])
})

test('a lot that central does not know is found', () => {
  const evidence = soundEvidence()
  evidence.central['lots_mirror'] = []
  expect(checkStock(evidence).length).toBe(1)
})
