// A training as it stands in a form's fields, all of it text as it was typed; from central's form and back; and what becomes of it
// when somebody else was quicker: what he has not touched follows them, what he has typed stays, and both are told apart.

import { PLATFORMS } from '../../domain/registering.ts'
import { RIDER_GROUPS } from '../../domain/training/decide-signup.ts'
import { TRAINING_TOPICS, type TrainingTopic } from '../../contract/kiosk/training-view.ts'
import type { AnswerOf } from '../../contract/console/console-door.ts'
import type { trainingDoor, TrainingEntered } from '../../contract/console/trainings.ts'
import { showTime } from '../text/times.ts'

export interface TypedTraining {
  topic: TrainingTopic
  titleZh: string
  titleEn: string
  placeZh: string
  placeEn: string
  host: string
  /** YYYY-MM-DD and HH:MM of the district's wall clock. */
  day: string
  from: string
  to: string
  capacity: string
  points: string
  /** Months; empty: no certificate. */
  certificate: string
  closing: string
  answer: string
  /** Minutes after the start. */
  late: string
  walkIns: 'yes' | 'no'
  platforms: readonly string[]
  stations: readonly string[]
  groups: readonly string[]
}
export type TypedField = keyof TypedTraining

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export function typedOf(form: AnswerOf<typeof trainingDoor>['form'], utcOffsetMinutes: number): TypedTraining {
  const [day = '', from = ''] = showTime(form.startsAtMs, utcOffsetMinutes).split(' ')
  const [, to = ''] = showTime(form.endsAtMs, utcOffsetMinutes).split(' ')
  const english = ({ zh, en }: { zh: string; en: string }): string => (en === zh ? '' : en)
  return {
    topic: form.topic, titleZh: form.title.zh, titleEn: english(form.title), placeZh: form.place.zh, placeEn: english(form.place), host: form.host, day, from, to,
    capacity: String(form.capacity), points: String(form.points), certificate: form.certificateMonths === null ? '' : String(form.certificateMonths),
    closing: String(form.closingMinutes), answer: String(form.answerMinutes), late: String(form.lateMinutes), walkIns: form.walkIns ? 'yes' : 'no',
    platforms: form.audience.platforms.toSorted(), stations: form.audience.stations.toSorted(), groups: form.audience.groups.toSorted(),
  }
}

/** When it is, in milliseconds; null: no date, or no time. One that ends before it begins ends on the next day. */
export function timesOf({ day, from, to }: Pick<TypedTraining, 'day' | 'from' | 'to'>, utcOffsetMinutes: number): { startsAtMs: number; endsAtMs: number } | null {
  const at = (time: string): number => Date.parse(`${day}T${time}:00Z`) - utcOffsetMinutes * MINUTE_MS
  const [startsAtMs, endsAtMs] = [at(from), at(to)]
  if (Number.isNaN(startsAtMs) || Number.isNaN(endsAtMs) || startsAtMs < 0) return null
  return { startsAtMs, endsAtMs: endsAtMs < startsAtMs ? endsAtMs + DAY_MS : endsAtMs }
}

/** null: something is missing. Whether it can be so, central says. */
export function enteredOf(typed: TypedTraining, utcOffsetMinutes: number): TrainingEntered | null {
  const times = timesOf(typed, utcOffsetMinutes)
  const missing = [typed.titleZh, typed.placeZh, typed.host, typed.capacity, typed.points, typed.closing, typed.answer, typed.late].some((text) => text.trim() === '')
  if (times === null || missing) return null
  const { topic, host } = typed
  return {
    topic, host, ...times, title: { zh: typed.titleZh, en: typed.titleEn }, place: { zh: typed.placeZh, en: typed.placeEn }, capacity: Number(typed.capacity), points: Number(typed.points),
    certificateMonths: typed.certificate.trim() === '' ? null : Number(typed.certificate), closingMinutes: Number(typed.closing), answerMinutes: Number(typed.answer),
    lateMinutes: Number(typed.late), walkIns: typed.walkIns === 'yes',
    audience: {
      platforms: PLATFORMS.filter((platform) => typed.platforms.includes(platform)), stations: [...typed.stations], groups: RIDER_GROUPS.filter((group) => typed.groups.includes(group)),
    },
  }
}

export interface Theirs {
  field: TypedField
  /** He had typed something else there: his stays until he takes theirs. */
  isClash: boolean
}

const FIELDS: readonly TypedField[] = [
  'topic', 'titleZh', 'titleEn', 'placeZh', 'placeEn', 'host', 'day', 'from', 'to', 'capacity', 'points', 'certificate', 'closing', 'answer', 'late', 'walkIns', 'platforms', 'stations', 'groups',
]
const isSame = (one: TypedTraining, other: TypedTraining, field: TypedField): boolean => String(one[field]) === String(other[field])

/** `before`: as it was when he began; `now`: as it is. Fields that both changed to the same are no news. */
export function mergeTyped(before: TypedTraining, typed: TypedTraining, now: TypedTraining): { merged: TypedTraining; theirs: Theirs[] } {
  const changed = FIELDS.filter((field) => !isSame(before, now, field) && !isSame(typed, now, field))
  const theirs = changed.map((field) => ({ field, isClash: !isSame(before, typed, field) }))
  return { merged: theirs.reduce((merged, { field, isClash }) => (isClash ? merged : taken(merged, now, field)), typed), theirs }
}

/** With that one field as it is there. */
export function taken<Field extends TypedField>(typed: TypedTraining, from: TypedTraining, field: Field): TypedTraining {
  return { ...typed, [field]: from[field] }
}

export function topicOf(text: string): TrainingTopic {
  return TRAINING_TOPICS.find((topic) => topic === text) ?? 'other'
}
