import { expect, test } from 'vitest'
import { checkSeats, checkSeatsEverywhere } from './seats.ts'
import { rowWhere, soundEvidence } from './sound-evidence.ts'

const said = (violations: { what: string }[]): string[] => violations.map(({ what }) => what)

test('nothing is found where nothing is wrong', () => {
  expect([checkSeats(soundEvidence()), checkSeatsEverywhere(soundEvidence())]).toEqual([[], []])
})

test('more people than places, and a rider on two, are found', () => {
  const evidence = soundEvidence()
  Object.assign(rowWhere(evidence.central['training_seats'], 'seat', 2), { rider_id: 'rider-1', offered_to: null })
  rowWhere(evidence.central['trainings'], 'training_id', 'training-1')['capacity'] = 1
  expect(said(checkSeats(evidence))).toEqual([
    'training training-1 has 2 people on 1 places', 'training training-1 has 2 places and room for 1', 'training training-1 has rider rider-1 on two places',
    'training training-1 says rider-1 sits on 1, and he sits on 2',
  ])
})

test('a sign-up that names another place, and a place of somebody who gave it up, are found', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['signups'], 'rider_id', 'rider-1')['standing'] = 'cancelled'
  expect(said(checkSeats(evidence))).toEqual(['training training-1 has a place for rider-1, who is cancelled'])
})

test('a list that is not in the order of the requests is found, and one who never asked', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['signups'], 'rider_id', 'rider-2')['number'] = 9
  expect(said(checkSeats(evidence))).toEqual(['training training-1 has a list that is not in the order of the requests'])
  rowWhere(evidence.central['signups'], 'rider_id', 'rider-2')['signup_id'] = 'never'
  expect(said(checkSeats(evidence))).toEqual(['training training-1 has somebody on its list who has asked for nothing'])
})

test('a place that a station gave away and that somebody else has at central is found, unless a file was lost or copied', () => {
  const evidence = soundEvidence()
  for (const { tables } of evidence.files) tables['signup_acts'] = [{ seq: 5, training: 'training-1', rider: 'rider-9', act: 'seated', signup: 's', seat: 1 }]
  expect(said(checkSeats(evidence))).toEqual(['training training-1 has promised place 1 to rider-9 and to somebody else'])
  evidence.witness.excuses = [{ kind: 'clone', station: 'station-1', incarnation: 'life-1', atMs: 1 }]
  expect(checkSeats(evidence)).toEqual([])
})

test('a free place beside somebody who waits is found, a place that a file holds by itself, an attendance that nobody has, another standing at a station', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['training_seats'], 'seat', 2)['offered_to'] = null
  rowWhere(evidence.files[0]?.tables['held_seats'], 'seat', 3)['seat'] = 4
  rowWhere(evidence.files[0]?.tables['signups'], 'rider', 'rider-1')['standing'] = 'waiting'
  evidence.central['service_records'] = [{ record_id: 'r', kind: 'training', subject_id: 'training-1', rider_id: 'rider-1' }]
  expect(said(checkSeatsEverywhere(evidence))).toEqual([
    'training training-1 has 1 places free while somebody waits', 'service records are not the attendances', 'station station-1 does not hold place training-2 3',
    'station station-1 holds place training-2 4, which is not lent to it', 'station station-1 shows sign-up training-1 rider-1 as waiting 1 null, at central it is seated 1 null',
  ])
  evidence.central['centrals'] = [{ recovering_since_ms: 1 }]
  expect(said(checkSeatsEverywhere(evidence))[0]).toBe('service records are not the attendances')
})
