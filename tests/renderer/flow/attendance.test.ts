// Staff at the door of a training: today's list, each scan somebody who came, whoever has no pass noted by hand, and an end that
// loses nothing however it comes.

import { expect, test } from 'vitest'
import type { AttendanceOutcome, AttendeeShown, TrainingShown } from '../../../contract/kiosk/training-view.ts'
import type { StaffSession } from '../../../contract/kiosk/kiosk-view.ts'
import { AT_THE_DOOR_IDLE_MS } from '../../../renderer/flow/flow-limits.ts'
import { attendanceSaid, attendeeCounts, attendeesOf, hostedPage, hostedRows } from '../../../renderer/flow/attendance.ts'
import { noticeTone } from '../../../renderer/flow/notice-tone.ts'
import { type DrivenFlow, SESSION, SHELF, SIGNED_IN, signInStaff, WALL_MS } from './driven-flow.ts'

const HOUR_MS = 3_600_000
const idOf = (number: number): string => `00000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`
const NOON = idOf(1)

function training(number: number, startsInMs: number, change: Partial<TrainingShown> = {}): TrainingShown {
  const startsAtMs = WALL_MS + startsInMs
  return {
    training: idOf(number), topic: 'cpr', title: { zh: `培训${number}`, en: `Training ${number}` }, place: { zh: '二楼', en: 'Upstairs' }, startsAtMs, endsAtMs: startsAtMs + 2 * HOUR_MS, closesAtMs: startsAtMs - HOUR_MS,
    capacity: 20, seatsFree: { here: 0, central: 0 }, waiting: 0, points: 5, certificateMonths: null, lateMinutes: 15, hostedHere: true, forSome: false, state: 'open', cancelReason: null, ...change,
  }
}

const EARLY = training(2, 3 * HOUR_MS)
const CALLED_OFF = training(3, -HOUR_MS, { state: 'cancelled', cancelReason: '老师生病' })
const TRAININGS = [CALLED_OFF, training(1, HOUR_MS / 2), EARLY]
const HOSTED = TRAININGS.map((one) => ({ training: one.training, came: 0, signedUp: 2 }))
const person = (number: number, state: AttendeeShown['state'], late = false): AttendeeShown => ({ rider: idOf(number), maskedName: `骑${number}*`, state, late })
const EXPECTED = [person(51, 'expected'), person(52, 'expected')]
const came = (change: Partial<Extract<AttendanceOutcome, { result: 'attended' }>> = {}): AttendanceOutcome => ({ result: 'attended', maskedName: '骑51*', late: false, walkIn: false, points: 5, certificate: false, ...change })

function withHosted(session: Partial<StaffSession> = {}): StaffSession {
  return { ...SIGNED_IN, hosted: HOSTED, ...session }
}

function attendance(attendees: AttendeeShown[], last: AttendanceOutcome | null = null): StaffSession {
  return withHosted({ attendance: { training: NOON, attendees, last } })
}

function amongHosted(): DrivenFlow {
  const flow = signInStaff()
  flow.show({ session: withHosted(), trainings: TRAININGS })
  flow.tap({ do: 'show_attendance' })
  return flow
}

/** Attendance is taken, and nobody came yet. */
function atTheDoor(): DrivenFlow {
  const flow = amongHosted()
  flow.tap({ do: 'begin_attendance', training: NOON })
  flow.answer('begin_attendance', { attendees: EXPECTED })
  flow.show({ session: attendance(EXPECTED) })
  return flow
}

test('Two touches from the staff’s home to the door: what is on now comes first, what is not says when or why', () => {
  const flow = amongHosted()
  expect(hostedRows(flow.state(), flow.screen('attendance_list').staff).map(({ training, door }) => [training.training, door])).toEqual([[NOON, 'open'], [CALLED_OFF.training, 'cancelled'], [EARLY.training, 'early']])
  flow.tap({ do: 'begin_attendance', training: NOON })
  expect(flow.asked('begin_attendance')).toEqual({ session: SESSION, training: NOON })
  flow.answer('begin_attendance', { attendees: EXPECTED })
  expect([flow.screen('attendance').training, attendeesOf(flow.screen('attendance'), 'missing')]).toEqual([NOON, EXPECTED])
  expect(attendanceSaid(flow.screen('attendance'))).toEqual({ kind: 'nothing_yet' })
})

test('A training is over at its end by the wall, whatever the last view said', () => {
  const flow = amongHosted()
  flow.send({ type: 'beat_came', nowMs: WALL_MS + 3 * HOUR_MS })
  expect(hostedRows(flow.state(), flow.screen('attendance_list').staff).map(({ training, door }) => [training.training, door])).toEqual([[EARLY.training, 'open'], [CALLED_OFF.training, 'cancelled'], [NOON, 'over']])
})

test('Nothing is asked twice, and what cannot begin says why and leads back to the list', () => {
  const flow = amongHosted()
  flow.taps({ do: 'begin_attendance', training: NOON }, { do: 'begin_attendance', training: NOON }, { do: 'back' })
  expect(flow.state().asks.filter(({ name }) => name === 'begin_attendance')).toHaveLength(1)
  flow.refuse('begin_attendance', { code: 'training_cancelled' })
  expect([flow.screen('attendance_list').refusal, flow.state().sound?.name]).toEqual([{ code: 'training_cancelled' }, 'refused'])
  flow.tap({ do: 'back' })
  expect(flow.screen('attendance_list')).toMatchObject({ refusal: null, asked: null })
  flow.tap({ do: 'back' })
  flow.screen('staff_home')
})

test('Each scan is heard once, when the station has it on disk, by what became of it', () => {
  const flow = atTheDoor()
  const heard = (last: AttendanceOutcome, attendees = EXPECTED): unknown => {
    const before = flow.state().sound?.number ?? 0
    flow.scan({ kind: 'attendance' })
    expect(flow.state().sound?.number ?? 0).toBe(before)
    flow.show({ session: attendance(attendees, last) })
    flow.show({ session: attendance(attendees, last) })
    const { sound } = flow.state()
    return [(sound?.number ?? 0) - before, sound?.name, attendanceSaid(flow.screen('attendance')).kind]
  }
  expect(heard(came(), [person(51, 'attended'), person(52, 'expected')])).toEqual([1, 'done', 'came'])
  expect(heard(came({ late: true }))).toEqual([1, 'done', 'late'])
  expect(heard(came({ late: true, walkIn: true }))).toEqual([1, 'done', 'walk_in'])
  expect(heard({ result: 'already', maskedName: '骑51*' })).toEqual([1, 'warning', 'already'])
  for (const why of ['too_early', 'too_late', 'full', 'no_walk_ins', 'cancelled', 'rider_unknown', 'out_of_order'] as const) expect(heard({ result: 'refused', why })).toEqual([1, 'refused', why])
})

test('A code that is no pass is said in the same place and covers nothing; the next pass takes its place', () => {
  const flow = atTheDoor()
  flow.scan({ kind: 'refused', verdict: 'foreign', detail: 'payment' })
  expect([attendanceSaid(flow.screen('attendance')), flow.state().sound?.name]).toEqual([{ kind: 'misread', verdict: 'foreign', word: 'payment' }, 'refused'])
  flow.scan({ kind: 'attendance' })
  flow.show({ session: attendance([person(51, 'attended'), person(52, 'expected')], came()) })
  expect(attendanceSaid(flow.screen('attendance')).kind).toBe('came')
  flow.scan({ kind: 'item', item: SHELF[0]?.item ?? '', units: 1 })
  expect([flow.screen('attendance').staff.lines, flow.state().notice?.notice.kind]).toEqual([[], 'attendance_running'])
})

test('Who is missing stands in the list’s order, who came with the latest first, and the counts say both', () => {
  const flow = atTheDoor()
  flow.show({ session: attendance([person(53, 'walk_in'), person(51, 'attended', true), person(52, 'expected'), person(54, 'waiting')], came()) })
  const at = flow.screen('attendance')
  expect([attendeesOf(at, 'came'), attendeesOf(at, 'missing')].map((list) => list.map(({ rider }) => rider))).toEqual([[idOf(51), idOf(53)], [idOf(52), idOf(54)]])
  expect(attendeeCounts(at)).toEqual({ missing: 1, waiting: 1, came: 2, signedUp: 2 })
})

test('Whoever has no pass with him is noted by two touches on his own row, and heard like a scan', () => {
  const flow = atTheDoor()
  flow.taps({ do: 'mark_attended', rider: idOf(51) }, { do: 'mark_attended', rider: idOf(52) })
  expect([flow.screen('attendance').sure, flow.asked('mark_attended')]).toEqual([idOf(52), undefined])
  flow.tap({ do: 'mark_attended', rider: idOf(52) })
  expect(flow.asked('mark_attended')).toEqual({ session: SESSION, request: expect.any(String) as string, rider: idOf(52) })
  flow.tap({ do: 'mark_attended', rider: idOf(52) })
  expect(flow.state().asks.filter(({ name }) => name === 'mark_attended')).toHaveLength(1)
  flow.answer('mark_attended', { outcome: came({ maskedName: '骑52*' }) })
  flow.show({ session: attendance([person(52, 'attended'), person(51, 'expected')], came({ maskedName: '骑52*' })) })
  expect([flow.screen('attendance').sure, flow.screen('attendance').asked, flow.state().sound?.name]).toEqual([null, null, 'done'])
})

test('A touch right after the first one on the same row is a slip', () => {
  const flow = atTheDoor()
  flow.tap({ do: 'mark_attended', rider: idOf(51) })
  flow.send({ type: 'tapped', tap: { do: 'mark_attended', rider: idOf(51) } })
  expect(flow.asked('mark_attended')).toBeUndefined()
})

test('An answer that does not come is waited for no longer, and the row asks anew', () => {
  const flow = atTheDoor()
  flow.taps({ do: 'mark_attended', rider: idOf(51) }, { do: 'mark_attended', rider: idOf(51) })
  flow.wait(8_500)
  expect([flow.screen('attendance').asked, flow.screen('attendance').sure, flow.state().notice?.notice.kind]).toEqual([null, null, 'station_busy'])
})

test('The end is told to the station, says how many came, and the list follows', () => {
  const flow = atTheDoor()
  flow.show({ session: attendance([person(51, 'attended'), person(52, 'expected')], came()) })
  flow.tap({ do: 'end_attendance' })
  expect([flow.asked('end_attendance'), flow.state().notice?.notice]).toEqual([{ session: SESSION }, { kind: 'attendance_ended', came: 1 }])
  expect(noticeTone({ kind: 'attendance_ended', came: 1 })).toBe('good')
  expect(hostedPage(flow.state(), flow.screen('attendance_list')).rows).toHaveLength(3)
})

test('A station that still listens for arrivals after the end is told once more', () => {
  const flow = atTheDoor()
  flow.tap({ do: 'end_attendance' })
  flow.show({ session: attendance(EXPECTED) })
  expect(flow.state().asks.filter(({ name }) => name === 'end_attendance')).toHaveLength(1)
  flow.refuse('end_attendance', { code: 'out_of_order' })
  flow.show({ session: attendance(EXPECTED) })
  expect(flow.state().asks.filter(({ name }) => name === 'end_attendance')).toHaveLength(1)
  flow.answer('end_attendance', {})
  flow.show({ session: withHosted() })
  expect(flow.asked('end_attendance')).toBeUndefined()
})

test('A view that comes between asking to begin and the answer ends nothing', () => {
  const flow = amongHosted()
  flow.tap({ do: 'begin_attendance', training: NOON })
  flow.show({ session: attendance(EXPECTED) })
  flow.answer('begin_attendance', { attendees: EXPECTED })
  flow.screen('attendance')
  expect(flow.asked('end_attendance')).toBeUndefined()
})

test('Where the station takes attendance no more, the screen says so by going back to the list', () => {
  const flow = atTheDoor()
  flow.show({ session: withHosted() })
  flow.screen('attendance_list')
})

test('Nobody touches or is scanned: a warning, then the session ends; an arrival is somebody who is there', () => {
  const flow = atTheDoor()
  flow.wait(AT_THE_DOOR_IDLE_MS - 10_000)
  flow.scan({ kind: 'attendance' })
  flow.show({ session: attendance([person(51, 'attended'), person(52, 'expected')], came()) })
  flow.wait(AT_THE_DOOR_IDLE_MS - 10_000)
  expect([flow.state().screen.at, flow.state().idle]).toEqual(['attendance', null])
  flow.wait(35_000)
  expect([flow.state().screen.at, flow.asked('end_session')]).toEqual(['attract', { session: SESSION }])
  expect(JSON.stringify({ ...flow.state(), view: null })).not.toContain('骑51')
})

test('A broken line keeps the list out of sight, and a session that ended meanwhile is not taken up again', () => {
  const flow = atTheDoor()
  flow.send({ type: 'link_down' })
  expect(flow.state().screen).toMatchObject({ at: 'out_of_order', behind: { at: 'attendance' } })
  flow.send({ type: 'link_up' })
  flow.show({ session: null })
  expect([flow.state().screen.at, flow.state().notice?.notice.kind]).toEqual(['attract', 'session_ended'])
})

test('Who is signed in no more takes no attendance', () => {
  const flow = amongHosted()
  flow.tap({ do: 'begin_attendance', training: NOON })
  flow.refuse('begin_attendance', { code: 'session_ended' })
  flow.show({ session: null })
  expect([flow.state().screen.at, flow.state().notice?.notice.kind]).toEqual(['attract', 'session_ended'])
})
