// Trainings in the office: all of them in a table, one with everybody on its list, made (one, or one a week), changed, cancelled;
// who came, also where somebody had forgotten the card. Every act says which revision was on the screen.

import { z } from 'zod'
import { cleanText } from '../../domain/clean-text.ts'
import { countCharacters } from '../../domain/count-characters.ts'
import { PLATFORMS } from '../../domain/registering.ts'
import { DOOR_RULES } from '../../domain/training/attendance.ts'
import { RIDER_GROUPS } from '../../domain/training/decide-signup.ts'
import { SIGNUP_NOTES, SIGNUP_REFUSALS, SIGNUP_STANDINGS } from '../../domain/training/training-book.ts'
import { TRAINING_TOPICS, type TrainingTopic } from '../kiosk/training-view.ts'
import { atMs, type Bilingual, bilingual, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'

const count = z.int().min(0)

export const TRAINING_STATES = ['to_come', 'under_way', 'over', 'cancelled'] as const
export type TrainingState = (typeof TRAINING_STATES)[number]

const trainingRow = z.strictObject({
  id: rowId, topic: z.enum(TRAINING_TOPICS), title: bilingual, place: bilingual, host: rowId, station: bilingual, startsAtMs: atMs, endsAtMs: atMs, capacity: z.int(), state: z.enum(TRAINING_STATES),
  /** Who have a place, also those who came; who wait; who were there. */
  seated: count, waiting: count, attended: count,
})
export type TrainingRow = z.infer<typeof trainingRow>

/** Searches by a word of the title or the place. */
export const trainingsDoor = tableDoor('trainings', { sorts: ['starts'], filters: { topic: TRAINING_TOPICS, state: ['not_over', ...TRAINING_STATES], station: 'id' }, row: trainingRow })

/** As pages and certificates call them. */
export const TOPIC_WORDS: Readonly<Record<TrainingTopic, Bilingual>> = {
  first_aid: { zh: '应急救护', en: 'First aid' }, cpr: { zh: '心肺复苏', en: 'CPR' }, trauma: { zh: '创伤包扎', en: 'Wounds' }, health: { zh: '健康', en: 'Health' },
  psychology: { zh: '心理', en: 'Mind' }, law: { zh: '法律', en: 'Law' }, fire_safety: { zh: '消防', en: 'Fire' }, food_safety: { zh: '食品安全', en: 'Food safety' },
  road_safety: { zh: '骑行安全', en: 'Road safety' }, other: { zh: '其他', en: 'Other' },
}

// ── what staff enter ──

export const TITLE_SIGNS_MAX = 40
export const PLACE_SIGNS_MAX = 60
export const CANCEL_REASON_SIGNS_MAX = 60
/** Stations mirror them in columns of so many code units. */
const UNITS_MAX = 200

/** One line that means what it shows: what nobody sees is taken out, scripts and tags stay text. */
function line(signsMin: number, signsMax: number): z.ZodType<string> {
  return z
    .string()
    .max(UNITS_MAX * 2)
    .overwrite(cleanText)
    .refine((text) => text.length <= UNITS_MAX && countCharacters(text) >= signsMin && countCharacters(text) <= signsMax)
}

/** English may be missing: then the Chinese stands for it. */
const named = (signsMax: number): z.ZodType<{ zh: string; en: string }> => z.strictObject({ zh: line(1, signsMax), en: line(0, signsMax) })

/** Smallest, largest, and what a new one begins with. */
export const TRAINING_RANGES = {
  capacity: [1, 300, 20],
  points: [0, 1_000, 10],
  certificateMonths: [1, 120, 24],
  closingMinutes: [0, 10_080, 60],
  answerMinutes: [10, 10_080, 720],
  lateMinutes: [0, 240, DOOR_RULES.lateMinutes],
} as const satisfies Readonly<Record<string, readonly [number, number, number]>>
const within = ([min, max]: readonly [number, number, number]): z.ZodInt => z.int().min(min).max(max)

/** Longer than this it is several. */
export const TRAINING_MS_MAX = 12 * 3_600_000
export const WEEKS_MAX = 26

const audience = z.strictObject({
  platforms: z.array(z.enum(PLATFORMS)).max(PLATFORMS.length),
  stations: z.array(rowId).max(50),
  groups: z.array(z.enum(RIDER_GROUPS)).max(RIDER_GROUPS.length),
})

const terms = {
  topic: z.enum(TRAINING_TOPICS),
  title: named(TITLE_SIGNS_MAX),
  place: named(PLACE_SIGNS_MAX),
  /** The station where it is held and attendance is taken. */
  host: rowId,
  capacity: within(TRAINING_RANGES.capacity),
  points: within(TRAINING_RANGES.points),
  /** null: no certificate comes with it. */
  certificateMonths: within(TRAINING_RANGES.certificateMonths).nullable(),
  audience,
  /** Riders sign up until so long before the start. */
  closingMinutes: within(TRAINING_RANGES.closingMinutes),
  /** So long a rider may take to answer when a place came free. */
  answerMinutes: within(TRAINING_RANGES.answerMinutes),
  /** Who comes so long after the start is late, and places of those who have not come are given away. */
  lateMinutes: within(TRAINING_RANGES.lateMinutes),
  /** Who has no place is let in where one is free. */
  walkIns: z.boolean(),
}
const time = { startsAtMs: atMs, endsAtMs: atMs }

export const trainingForm = z.strictObject({ ...terms, ...time })
export type TrainingEntered = z.infer<typeof trainingForm>

/** One, or one a week: ids are the page's own, so that a repeat makes nothing twice. */
export const makeTrainingsDoor = consoleDoor(
  'make-trainings',
  z.strictObject({ ...terms, series: rowId, trainings: z.array(z.strictObject({ id: rowId, ...time })).min(1).max(WEEKS_MAX) }),
  nothing,
)

/** `surplusIsMeant`: fewer places than people who have one; without it that is refused. */
export const changeTrainingDoor = consoleDoor('change-training', z.strictObject({ training: rowId, revision: z.int().min(1), surplusIsMeant: z.boolean(), form: trainingForm }), nothing)

/** Whoever has signed up reads the reason. */
export const cancelTrainingDoor = consoleDoor('cancel-training', z.strictObject({ training: rowId, revision: z.int().min(1), reason: line(1, CANCEL_REASON_SIGNS_MAX) }), nothing)

// ── one of them ──

/** More are on no list: the rest is counted. */
export const PEOPLE_MAX = 1_000

const person = z.strictObject({
  rider: rowId, maskedName: z.string(), standing: z.enum(SIGNUP_STANDINGS), seat: z.int().nullable(),
  /** In the waiting list, from 1. */
  turn: z.int().nullable(),
  offerEndsAtMs: atMs.nullable(), askedAtMs: atMs, refusal: z.enum(SIGNUP_REFUSALS).nullable(), note: z.enum(SIGNUP_NOTES).nullable(),
  /** He was told of the last change of time or place, or cancelling, and has seen it. */
  hasSeen: z.boolean(),
  /** Where he was there. */
  attended: z
    .strictObject({
      atMs, late: z.boolean(), walkIn: z.boolean(), points: count, certificate: z.strictObject({ id: rowId, number: z.string() }).nullable(),
      /** Where it was recorded, null: in the office; and by whom. */
      station: bilingual.nullable(), account: z.string().nullable(),
    })
    .nullable(),
})
export type TrainingPerson = z.infer<typeof person>

export const trainingDoor = consoleDoor(
  'training',
  z.strictObject({ training: rowId }),
  z.strictObject({
    training: trainingRow,
    revision: z.int().min(1),
    form: trainingForm.omit({ title: true, place: true }).extend({ title: bilingual, place: bilingual, audience: z.strictObject({ ...audience.shape, platforms: z.array(z.string()) }) }),
    cancelReason: z.string().nullable(),
    closesAtMs: atMs,
    /** Where it is one of a series: the others to come, the soonest first. */
    others: z.array(z.strictObject({ id: rowId, startsAtMs: atMs })).max(WEEKS_MAX),
    places: z.strictObject({
      /** Of those that there are: taken, held for an answer, free at central, lent and free as far as central knows, more than the capacity. */
      taken: count, offered: count, free: count, lent: count, surplus: count,
    }),
    /** null: names are told where it is held, and to the district. */
    people: z.array(person).max(PEOPLE_MAX).nullable(),
    isMore: z.boolean(),
  }),
)

// ── who came ──

export const recordAttendanceDoor = consoleDoor(
  'record-attendance',
  z.strictObject({ training: rowId, rider: rowId }),
  z.strictObject({ late: z.boolean(), walkIn: z.boolean(), points: count, certificate: z.boolean() }),
)
