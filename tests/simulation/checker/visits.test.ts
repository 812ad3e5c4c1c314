import { expect, test } from 'vitest'
import { type OpenEvidence, soundEvidence, STATION } from './sound-evidence.ts'
import { checkVisits } from './visits.ts'

/** One who was recorded, and two who were counted and told of. */
function threeCame(counted: number, uncertain = 0): OpenEvidence {
  const evidence = soundEvidence()
  const told = (kind: string, body: object): Record<string, unknown> => ({ station_id: STATION, kind, body: Buffer.from(JSON.stringify(body)) })
  evidence.central['events']?.push(told('checkin.recorded', { known: true }), told('checkin.counted', { day: 1, count: 2 }))
  evidence.witness.visits = [{ station: STATION, counted, uncertain }]
  return evidence
}

test('nothing is found where nothing is wrong; people who are still only counted are known too', () => {
  expect([checkVisits(soundEvidence()), checkVisits(threeCame(3)), checkVisits(threeCame(2, 1))]).toEqual([[], [], []])
  const waiting = threeCame(7)
  waiting.files[0]?.tables['uncounted_checkins']?.push({ day: 2, people: 4 })
  expect(checkVisits(waiting)).toEqual([])
})

test.each([2, 4])('people who are told nowhere, or told twice, are found (%i came); a lost disk explains it', (counted) => {
  const evidence = threeCame(counted)
  expect(checkVisits(evidence)).toHaveLength(1)
  evidence.witness.excuses = [{ kind: 'disk_lost', station: STATION, incarnation: 'any', atMs: 1 }]
  expect(checkVisits(evidence)).toEqual([])
})
