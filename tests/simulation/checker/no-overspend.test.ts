import { expect, test } from 'vitest'
import type { Excuse } from './evidence.ts'
import { checkNoOverspend } from './no-overspend.ts'
import { LIFE, type OpenEvidence, RIDER, rowWhere, soundEvidence, STATION } from './sound-evidence.ts'

const excuse = (kind: Excuse['kind'], more: Partial<Excuse> = {}): Excuse => ({ kind, station: STATION, incarnation: LIFE, atMs: 1_000, ...more })
const drawn = (event_id: string, line: number, to_key: string, points: number): Record<string, unknown> => ({
  event_id, line, district_id: 'district-1', from_key: 'discrepancy', to_key, points, booked_at_ms: 1_500,
})
const whysOf = (evidence: OpenEvidence): string[] => checkNoOverspend(evidence).map(({ what }) => what.slice(what.indexOf(':') + 2))

test('nothing is found where nothing is wrong', () => {
  expect(checkNoOverspend(soundEvidence())).toEqual([])
})

test('points below zero are found, at central and at a station', () => {
  const evidence = soundEvidence()
  rowWhere(evidence.central['accounts'], 'account_key', 'rider@station')['balance'] = -1
  rowWhere(evidence.files[0]?.tables['allowances'], 'rider', RIDER)['points'] = -1
  expect(checkNoOverspend(evidence).map(({ what }) => what)).toEqual([
    'account rider@station is at -1', `station ${STATION} holds -1 points of rider ${RIDER}`, `${STATION} ${LIFE} holds -1 points of rider ${RIDER}, by its own events 30`,
  ])
})

test('a file has handed out what it was lent and not a point more, whatever became of it', () => {
  const evidence = soundEvidence()
  evidence.witness.excuses = [excuse('clone'), excuse('old_image'), excuse('written_off')]
  const [received] = evidence.files[0]?.tables['outbox'] ?? []
  if (received !== undefined) received['body'] = Buffer.from(JSON.stringify({ grant: 'grant-1', rider: RIDER, points: 9 }))
  expect(checkNoOverspend(evidence).map(({ what }) => what)).toEqual([
    `${STATION} ${LIFE} spends 1 points of rider ${RIDER} at event 2 that it does not hold`, `${STATION} ${LIFE} holds 30 points of rider ${RIDER}, by its own events -1`,
  ])
  const toldOnly = soundEvidence()
  const [told] = toldOnly.central['events'] ?? []
  if (told !== undefined) told['body'] = Buffer.from(JSON.stringify({ grant: 'grant-1', rider: RIDER, points: 9 }))
  expect(checkNoOverspend(toldOnly).map(({ what }) => what)).toEqual([`what ${STATION} ${LIFE} told spends 1 points of rider ${RIDER} at event 2 that it does not hold`])
})

/** The redemption of ten points came after its file had been written off: nothing is paid from a slice. */
function late(): OpenEvidence {
  const evidence = soundEvidence()
  Object.assign(rowWhere(evidence.central['events'], 'seq', 2), { outcome: 'flagged', code: 'banned' })
  Object.assign(rowWhere(evidence.central['transfers'], 'event_id', 'event-2'), { from_key: 'discrepancy' })
  evidence.witness.excuses = [excuse('written_off')]
  return evidence
}

test('a write-off explains the facts of that very file that came after it, whole, each once, and not a point more', () => {
  expect(checkNoOverspend(late())).toEqual([])
  const tooMuch = late()
  rowWhere(tooMuch.central['transfers'], 'event_id', 'event-2')['points'] = 11
  const tooLittle = late()
  rowWhere(tooLittle.central['transfers'], 'event_id', 'event-2')['points'] = 9
  const twice = late()
  twice.central['transfers']?.push(drawn('event-2', 2, 'redeemed', 10))
  const told = late()
  Object.assign(rowWhere(told.central['events'], 'seq', 3), { outcome: 'flagged', code: 'banned', body: rowWhere(told.central['events'], 'seq', 2)['body'] })
  told.central['transfers']?.push(drawn('event-3', 1, 'redeemed', 10))
  const received = late()
  Object.assign(rowWhere(received.central['events'], 'seq', 1), { outcome: 'flagged', code: 'banned' })
  received.central['transfers']?.push(drawn('event-1', 1, 'rider@station', 40))
  expect([tooMuch, tooLittle, twice, received].map(whysOf)).toEqual([
    ['its fact says 10'], ['its fact says 10'], ['it has drawn already'], ['a write-off does not explain allowance.received'],
  ])
  expect(whysOf(told)).toContain('request-1 has drawn already')
  const unexplained: Excuse[][] = [[excuse('written_off', { atMs: 1_501 })], [excuse('written_off', { incarnation: 'another' })], [excuse('clone'), excuse('old_image'), excuse('disk_lost')]]
  for (const excuses of unexplained) {
    const evidence = late()
    evidence.witness.excuses = excuses
    expect(whysOf(evidence)).toEqual(['nobody had written it off'])
  }
  const unflagged = late()
  Object.assign(rowWhere(unflagged.central['events'], 'seq', 2), { outcome: 'recorded' })
  expect(whysOf(unflagged)).toEqual(['it is not flagged'])
})

test('a copied disk alone explains nothing: what one of two copies tells is what it was lent, the other is not booked', () => {
  const evidence = soundEvidence()
  evidence.witness.excuses = [excuse('clone'), excuse('old_image'), excuse('written_off')]
  Object.assign(rowWhere(evidence.central['events'], 'seq', 2), { outcome: 'flagged', code: 'overdrawn' })
  evidence.central['transfers']?.push(drawn('event-2', 2, 'redeemed', 1))
  expect(whysOf(evidence)).toEqual(['no fault explains it'])
})

/** After a restore at 1,400 the life says that it had been lent forty points, of which central has five no more. */
function forgotten(known: readonly string[]): OpenEvidence {
  const evidence = soundEvidence()
  Object.assign(rowWhere(evidence.central['events'], 'seq', 1), { outcome: 'flagged', code: 'overdrawn' })
  const { central } = evidence
  rowWhere(central['transfers'], 'event_id', 'opening')['points'] = 35
  Object.assign(rowWhere(central['transfers'], 'event_id', 'grant-1'), { event_id: 'event-1', points: 35 })
  central['transfers']?.push(drawn('event-1', 2, 'rider@station', 5))
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
  Object.assign(rowWhere(spent.central['transfers'], 'line', 2), { event_id: 'event-2' })
  expect([before, unflagged, spent].map(whysOf)).toEqual([['no fault explains it'], ['it is not flagged'], ['a restore does not explain redemption.recorded']])
})

test('of what a restore had forgotten, what is there is taken first, and the rest is what is missing, to the point, of a copied disk too', () => {
  for (const excuses of [[], [excuse('clone')], [excuse('old_image')]]) {
    const tooMuch = forgotten([LIFE])
    rowWhere(tooMuch.central['transfers'], 'line', 2)['points'] = 6
    const left = forgotten([LIFE])
    rowWhere(left.central['transfers'], 'event_id', 'event-1')['points'] = 34
    rowWhere(left.central['transfers'], 'line', 2)['points'] = 6
    const twice = forgotten([LIFE])
    twice.central['transfers']?.push(drawn('event-1', 3, 'rider@station', 5))
    const again = forgotten([LIFE])
    const [said, other] = [rowWhere(again.central['events'], 'seq', 1), rowWhere(again.central['events'], 'seq', 4)]
    Object.assign(other, { kind: 'allowance.received', body: said['body'], outcome: 'flagged', code: 'overdrawn' })
    again.central['transfers']?.push(drawn('event-4', 1, 'rider@station', 40))
    for (const evidence of [tooMuch, left, twice, again]) evidence.witness.excuses = excuses
    expect([tooMuch, left, twice, again].map(whysOf)).toEqual([
      ['its fact says 40 and moves 41'], ['1 points of his lay at central'], ['its fact says 40 and moves 45', 'its fact says 40 and moves 45', 'it has drawn already'], ['grant-1 has drawn already'],
    ])
  }
})

test('what came to central or left it in the very moment may have come before or after', () => {
  const moved = (from_key: string, to_key: string, booked_at_ms: number): OpenEvidence => {
    const evidence = forgotten([LIFE])
    evidence.central['transfers']?.push({ event_id: 'event-9', line: 1, district_id: 'district-1', from_key, to_key, points: 3, booked_at_ms })
    return evidence
  }
  expect([moved('program', 'rider', 1_500), moved('program', 'rider', 1_501)].map(whysOf)).toEqual([[], []])
  expect([moved('program', 'rider', 1_499), moved('rider', 'program', 1_499)].map(whysOf)).toEqual([['3 points of his lay at central'], ['only 32 points of his lay at central']])
  const unsure = moved('program', 'rider', 1_499)
  unsure.witness.commitsWithinMs = 2
  expect(whysOf(unsure)).toEqual([])
})

test('points that a restored central lent to somebody else before it heard of a file that it knew are lent twice; of a file that it did not know it could not hear, nor of one in whose place a copy spoke', () => {
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
  const ofCopies = (['clone', 'old_image'] as const).map((kind) => {
    const evidence = lentAgain(forgotten([LIFE]), RIDER, 1_450)
    evidence.witness.excuses = [excuse(kind)]
    return evidence
  })
  expect(ofCopies.map(checkNoOverspend)).toEqual([[], []])
})
