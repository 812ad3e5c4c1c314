// The gallery's states of attendance: today's trainings at this station, and one of them with every outcome that a scan can have.

import type { AttendanceOutcome, AttendeeShown, TrainingShown } from '../../contract/kiosk/training-view.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import type { Staff, Screen } from '../flow/flow-state.ts'
import { demoStaff, GALLERY_AT_MS, GALLERY_WALL_MS } from './demo-view.ts'
import type { Draw } from './gallery-states.ts'
import { TRAININGS } from './training-states.ts'

const HOUR_MS = 3_600_000
const NANHU = { zh: '南湖站二楼会议室', en: 'Nanhu Station, 2nd floor' }

function held(index: number, startsInMinutes: number, over: Partial<TrainingShown> = {}): TrainingShown {
  const shown = TRAININGS[index]
  if (shown === undefined) throw new Error('the gallery has ten trainings')
  const startsAtMs = GALLERY_WALL_MS + startsInMinutes * 60_000
  return { ...shown, startsAtMs, endsAtMs: startsAtMs + 2 * HOUR_MS, closesAtMs: startsAtMs - HOUR_MS, place: NANHU, hostedHere: true, state: 'open', cancelReason: null, ...over }
}

const SOON = held(0, 34)
const HELD: readonly TrainingShown[] = [
  held(5, -56, { state: 'cancelled', cancelReason: '老师临时要出差' }),
  SOON,
  held(6, 214),
  held(4, -236, { state: 'over' }),
]
const VIEW: Partial<KioskView> = { trainings: [...HELD] }
const HOSTED = HELD.map(({ training }, index) => ({ training, came: [0, 3, 0, 17][index] ?? 0, signedUp: [6, 11, 9, 18][index] ?? 0 }))

const idOf = (number: number): string => `019ca7b2-0000-7000-8000-${String(number).padStart(12, '0')}`
const person = (number: number, maskedName: string | null, state: AttendeeShown['state'], late = false): AttendeeShown => ({ rider: idOf(number), maskedName, state, late })
const LIST: readonly AttendeeShown[] = [
  person(1, '张*', 'attended'), person(2, '阿卜杜克热木江·*', 'attended', true), person(3, '李*', 'walk_in'), person(4, '王*', 'expected'), person(5, '肉孜艾力·*', 'expected'), person(6, '欧阳*', 'expected'),
  person(7, '马*', 'expected'), person(8, '赵*', 'expected'), person(9, null, 'expected'), person(10, '古丽*', 'expected'), person(11, '陈*', 'expected'), person(12, '周*', 'expected'), person(13, '吴*', 'waiting'),
]

const staff = (attendees: readonly AttendeeShown[] | null = null, last: AttendanceOutcome | null = null, hosted = HOSTED): Staff => ({
  session: demoStaff({ hosted, attendance: attendees === null ? null : { training: SOON.training, attendees: [...attendees], last } }), lines: [], nextLine: 1,
})

const today = (over: Partial<Extract<Screen, { at: 'attendance_list' }>> = {}, view = VIEW): Draw => () => ({ screen: { at: 'attendance_list', staff: staff(), page: 0, asked: null, refusal: null, ...over }, view })

type DoorScreen = Extract<Screen, { at: 'attendance' }>
const door = (last: AttendanceOutcome | null, over: Partial<DoorScreen> = {}, attendees = LIST, view: Partial<KioskView> = {}): Draw => () => ({
  screen: { at: 'attendance', staff: staff(attendees, last), training: SOON.training, shown: 'came', page: 0, sure: null, asked: null, misread: null, due: false, ...over },
  view: { ...VIEW, ...view },
})

const attended = (over: Partial<Extract<AttendanceOutcome, { result: 'attended' }>> = {}): AttendanceOutcome => ({ result: 'attended', maskedName: '李*', late: false, walkIn: false, points: 10, certificate: true, ...over })
const refused = (why: Extract<AttendanceOutcome, { result: 'refused' }>['why'], view: Partial<KioskView> = {}): Draw => door({ result: 'refused', why }, { shown: 'missing' }, LIST, view)
const misread = (verdict: NonNullable<DoorScreen['misread']>['verdict'], detail: NonNullable<DoorScreen['misread']>['detail'] = null): Draw => door(null, { shown: 'missing', misread: { kind: 'refused', verdict, detail } })

export const ATTENDANCE_DRAWS: Readonly<Record<string, Draw>> = {
  'staff-home-trainings': () => ({ screen: { at: 'staff_home', staff: staff() }, view: VIEW }),
  'attendance-today': today(),
  'attendance-today-beginning': today({ asked: { training: SOON.training, sinceMs: GALLERY_AT_MS } }),
  'attendance-today-none': today({ staff: staff(null, null, []) }, { trainings: [] }),
  'attendance-today-refused': today({ refusal: { code: 'training_cancelled' } }),
  attendance: door(null, { shown: 'missing' }),
  'attendance-nobody': door(null, {}, LIST.slice(3)),
  'attendance-all-here': door(attended(), { shown: 'missing' }, LIST.slice(0, 3)),
  'attendance-came': door(attended()),
  'attendance-came-long-name': door(attended({ maskedName: '阿卜杜克热木江·*' })),
  'attendance-came-plain': door(attended({ points: 0, certificate: false, maskedName: null })),
  'attendance-late': door(attended({ late: true, maskedName: '阿卜杜克热木江·*' })),
  'attendance-walk-in': door(attended({ walkIn: true })),
  'attendance-already': door({ result: 'already', maskedName: '张*' }),
  'attendance-too-early': refused('too_early'),
  'attendance-too-late': refused('too_late'),
  'attendance-full': refused('full'),
  'attendance-no-walk-ins': refused('no_walk_ins'),
  'attendance-cancelled': refused('cancelled'),
  'attendance-unknown': refused('rider_unknown'),
  'attendance-unknown-offline': refused('rider_unknown', { link: { state: 'offline', lastSyncAtMs: null } }),
  'attendance-not-noted': refused('out_of_order'),
  'attendance-misread': misread('foreign', 'payment'),
  'attendance-revoked': misread('revoked'),
  'attendance-forged': misread('forged'),
  'attendance-sure': door(null, { shown: 'missing', sure: idOf(5) }),
  'attendance-marking': door(null, { shown: 'missing', sure: idOf(5), asked: { request: 'r', sinceMs: GALLERY_AT_MS } }),
}
