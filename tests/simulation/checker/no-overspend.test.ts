import { expect, test } from 'vitest'
import { checkNoOverspend } from './no-overspend.ts'
import { LIFE, type OpenEvidence, RIDER, rowWhere, soundEvidence, STATION } from './sound-evidence.ts'

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

/** After a restore at 1,400 the life says that it had been lent forty points, of which central has five no more. */
function forgotten(known: readonly string[]): OpenEvidence {
  const evidence = soundEvidence()
  Object.assign(rowWhere(evidence.central['events'], 'seq', 1), { outcome: 'flagged', code: 'overdrawn' })
  evidence.central['transfers']?.push({ event_id: 'event-1', line: 2, district_id: 'district-1', from_key: 'discrepancy', to_key: 'rider@station', points: 5 })
  evidence.witness.restores = [{ atMs: 1_400, knownLives: known, isNoticed: true }]
  return evidence
}

test('after a restore a discrepancy is what it had forgotten that it lent, flagged, and nothing else', () => {
  expect(checkNoOverspend(forgotten([LIFE]))).toEqual([])
  const before = forgotten([LIFE])
  before.witness.restores = [{ atMs: 1_600, knownLives: [LIFE], isNoticed: true }]
  const unflagged = forgotten([LIFE])
  rowWhere(unflagged.central['events'], 'seq', 1)['code'] = null
  const spent = forgotten([LIFE])
  rowWhere(spent.central['transfers'], 'line', 2)['event_id'] = 'event-2'
  expect([before, unflagged, spent].map((evidence) => checkNoOverspend(evidence).map(({ what }) => what.slice(what.indexOf(':') + 2)))).toEqual([
    ['no fault explains it'], ['it is not flagged'], ['a restore does not explain redemption.recorded'],
  ])
})

test('points that a restored central lent to somebody else before it heard of a file that it knew are lent twice; of a file that it did not know it could not hear', () => {
  const lentAgain = (evidence: OpenEvidence, rider: string, atMs: number): OpenEvidence => {
    evidence.central['grants']?.push({ grant_id: 'grant-2', station_id: 'station-2', rider_id: rider, points: 40, granted_at_ms: atMs })
    return evidence
  }
  expect(checkNoOverspend(lentAgain(forgotten([LIFE]), RIDER, 1_450)).map(({ what }) => what)).toEqual([
    `5 points of ${STATION} ${LIFE} came from discrepancy: what a restore had forgotten was lent twice (grant-2)`,
  ])
  // Somebody else's points, before the restore, afterwards; and a life that is in no backup.
  const sound = [lentAgain(forgotten([LIFE]), 'rider-2', 1_450), lentAgain(forgotten([LIFE]), RIDER, 1_300), lentAgain(forgotten([LIFE]), RIDER, 1_500), lentAgain(forgotten([]), RIDER, 1_450)]
  expect(sound.map(checkNoOverspend)).toEqual(sound.map(() => []))
})
