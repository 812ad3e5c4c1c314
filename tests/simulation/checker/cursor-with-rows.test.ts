import { expect, test } from 'vitest'
import { checkCursorWithRows } from './cursor-with-rows.ts'
import { rowWhere, soundEvidence } from './sound-evidence.ts'

test('what is not read yet is not missed', () => {
  expect(checkCursorWithRows(soundEvidence())).toEqual([])
})

test('a cursor beyond a row that is not there, or is there in an older version, is found', () => {
  const beyond = soundEvidence()
  rowWhere(beyond.files[0]?.tables['sync_state'], 'cursor_number', 9)['cursor_number'] = 10
  const older = soundEvidence()
  rowWhere(older.files[0]?.tables['mirror_versions'], 'number', 9)['number'] = 8
  expect([beyond, older].map((evidence) => checkCursorWithRows(evidence).map(({ what }) => what))).toEqual([
    ['station station-1 has its cursor at 10 and not the item soap of number 10'],
    ['station station-1 has its cursor at 9 and not the rider rider-1 of number 9'],
  ])
})
