import { expect, test } from 'vitest'
import { checkExactlyOnce } from './exactly-once.ts'
import { rowWhere, soundEvidence } from './sound-evidence.ts'

test('nothing is found where nothing is wrong', () => {
  expect(checkExactlyOnce(soundEvidence())).toEqual([])
})

test('a hole, a byte that changed, an event that is another at the station, and one booked twice are found', () => {
  const hole = soundEvidence()
  hole.central['events']?.splice(1, 1)
  const changed = soundEvidence()
  rowWhere(changed.central['events'], 'seq', 2)['body'] = Buffer.from('{}')
  const other = soundEvidence()
  rowWhere(other.files[0]?.tables['outbox'], 'seq', 3)['hash'] = Buffer.alloc(32)
  const twice = soundEvidence()
  twice.central['redemptions']?.push({ ...rowWhere(twice.central['redemptions'], 'request_id', 'request-1') })
  expect([hole, changed, other, twice].map((evidence) => checkExactlyOnce(evidence).map(({ what }) => what))).toEqual([
    ['the events of station-1 life-1 are no dense prefix up to 4'],
    ['event 2 of station-1 life-1 breaks the chain', 'the last hash of station-1 life-1 is not its chain\'s'],
    ['event 3 of station-1 life-1 is another at central'],
    ['redemption station-1 event-2 is there twice'],
  ])
})
