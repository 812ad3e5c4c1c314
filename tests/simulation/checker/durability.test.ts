import { expect, test } from 'vitest'
import { checkDurability } from './durability.ts'
import { rowWhere, soundEvidence, LIFE, STATION } from './sound-evidence.ts'

test('nothing is found where nothing is wrong', () => {
  expect(checkDurability(soundEvidence())).toEqual([])
})

test('an act whose bytes are on a disk and not at central is found, whatever was lost elsewhere', () => {
  const evidence = soundEvidence()
  evidence.central['events'] = evidence.central['events']?.filter((row) => row['seq'] !== 2) ?? []
  evidence.witness.excuses = [{ kind: 'disk_lost', station: STATION, incarnation: LIFE, atMs: 500 }]
  expect(checkDurability(evidence).map(({ what }) => what)).toEqual(['the redemption request-1 of station station-1 life-1 at 100 is on a disk and not at central'])
})

test('an act that is nowhere needs a disk that was lost, after it and under it', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['events'], 'seq', 2)['body'] = Buffer.from('{}')
  rowWhere(evidence.files[0]?.tables['outbox'], 'seq', 2)['body'] = Buffer.from('{}')
  const found = (atMs: number, incarnation: string): number => {
    evidence.witness.excuses = [{ kind: 'disk_lost', station: STATION, incarnation, atMs }]
    return checkDurability(evidence).length
  }
  expect([found(99, LIFE), found(101, 'another'), found(101, LIFE)]).toEqual([1, 1, 0])
})

test('what central acknowledged and has no more is found', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['incarnations'], 'incarnation', LIFE)['last_seq'] = 2
  expect(checkDurability(evidence).map(({ what }) => what)).toEqual(['central acknowledged event 4 of life-1 and has 2'])
})

test('what a restore made central forget is found also where it lies in a file that was kept aside', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['events'], 'seq', 2)['body'] = Buffer.from('{}')
  evidence.witness.restores = [{ atMs: 500, knownLives: [LIFE], isNoticed: true }]
  const [file] = evidence.files
  if (file !== undefined) file.isLive = false
  expect(checkDurability(evidence).length).toBe(1)
})
