// How the pages of a handed-over phone ask central: one door a question or act. The session's cookie says for whom and for what;
// nothing else does. Every refusal is a word of one closed list.

import { z } from 'zod'
import { HAND_OFF_PURPOSES, type HandOffPurpose } from '../kiosk/hand-off.ts'
import { OWN_WISH_STATES, WISH_CATEGORIES } from '../kiosk/wish-view.ts'
import { HAND_OFF_CODE } from '../sync/hand-off.ts'
import { PERSON_ROWS } from '../sync/person-rows.ts'
import { PERSONAL_KINDS } from '../../domain/find-personal.ts'
import { PLATFORMS, RED_CROSS } from '../../domain/registering.ts'
import { answerOffer, cancelSignup, myTrainings, sawTraining, signedUp, signUp } from './phone-trainings.ts'

export const PHONE_DOOR_PATH = '/phone/v1'
export const phoneDoorPath = (name: string): string => `${PHONE_DOOR_PATH}/${name}`

export const PHONE_REFUSALS = [
  'foreign_request', 'bad_request', 'too_large', 'busy', 'internal', 'too_many_tries',
  // The code, and the session that it opens.
  'code_unknown', 'code_expired', 'code_used', 'session_over', 'other_purpose', 'already_received',
  // Registering.
  'consent_outdated', 'name_unusable',
  // Wishes.
  'wish_empty', 'wish_too_long', 'wishes_full', 'wish_unknown', 'wish_not_in_state', 'photo_gone',
  // Trainings.
  'training_unknown', 'training_cancelled', 'training_over', 'already_signed_up', 'not_invited', 'list_full', 'signups_full', 'not_signed_up', 'offer_over',
] as const
export type PhoneRefusal = (typeof PHONE_REFUSALS)[number]

export const phoneRefusal = z.strictObject({ ok: z.literal(false), error: z.enum(PHONE_REFUSALS) })
export type PhoneAnswer<Answer> = { ok: true; answer: Answer } | { ok: false; error: PhoneRefusal }

export interface PhoneDoor<Name extends string = string, Asked = unknown, Answer = unknown> {
  readonly name: Name
  /** In which sessions it may be asked; null: to begin one. */
  readonly purposes: readonly HandOffPurpose[] | null
  readonly request: z.ZodType<Asked>
  readonly answer: z.ZodType<Answer>
}

export function phoneDoor<const Name extends string, Asked, Answer>(
  name: Name, purposes: PhoneDoor['purposes'], request: z.ZodType<Asked>, answer: z.ZodType<Answer>,
): PhoneDoor<Name, Asked, Answer> {
  return { name, purposes, request, answer }
}

export type AskedOf<Door> = Door extends PhoneDoor<string, infer Asked> ? Asked : never
export type AnswerOf<Door> = Door extends PhoneDoor<string, unknown, infer Answer> ? Answer : never

const uuid = z.uuid().lowercase()
const bilingual = z.strictObject({ zh: z.string(), en: z.string() })
const nothing = z.strictObject({})

/** What the page begins with: whose, what for, until when. */
const opened = z.strictObject({
  purpose: z.enum(HAND_OFF_PURPOSES),
  stationName: bilingual,
  /** null: somebody who registers. */
  maskedName: z.string().nullable(),
  leftMs: z.int(),
  /** To register with. */
  consent: PERSON_ROWS.consent.nullable(),
  /** It was done with this code. */
  received: z.boolean(),
})
export type Opened = z.infer<typeof opened>

export const openDoor = phoneDoor('open', null, z.strictObject({ code: z.string().regex(HAND_OFF_CODE) }), opened)
/** The page was loaded again. */
export const resumeDoor = phoneDoor('resume', HAND_OFF_PURPOSES, nothing, opened)

export const registerDoor = phoneDoor(
  'register',
  ['register'],
  z.strictObject({
    consentVersion: z.int().min(1), name: z.string().min(1).max(200), phone: z.string().regex(/^1\d{10}$/), platform: z.enum(PLATFORMS), site: z.string().max(200),
    redCross: z.enum(RED_CROSS), volunteerTeam: z.boolean(),
  }),
  nothing,
)

export const postWishDoor = phoneDoor(
  'post-wish',
  ['wish'],
  z.strictObject({
    category: z.enum(WISH_CATEGORIES), text: z.string().max(20_000), shown: z.enum(['named', 'anonymous']), reach: z.enum(['station', 'staff_phone']),
    /** He has seen what may say who he is, and sends it all the same. */
    despitePersonal: z.boolean(),
  }),
  z.discriminatedUnion('result', [
    z.strictObject({ result: z.literal('posted') }),
    /** Nothing was kept: this may say who somebody is. */
    z.strictObject({ result: z.literal('personal'), text: z.string(), spans: z.array(z.strictObject({ kind: z.enum(PERSONAL_KINDS), start: z.int(), end: z.int() })) }),
  ]),
)

const entry = z.strictObject({ id: z.string(), atMs: z.int(), points: z.int(), reason: z.string(), what: bilingual.nullable(), stationName: bilingual.nullable() })
export const myPointsDoor = phoneDoor('my-points', ['my_points'], nothing, z.strictObject({ balance: z.int(), entries: z.array(entry) }))

const ownWish = z.strictObject({
  wish: uuid, category: z.enum(WISH_CATEGORIES), text: z.string().nullable(), state: z.enum(OWN_WISH_STATES), staffWords: z.string().nullable(), claim: z.int(),
  by: z.array(z.string()), untilMs: z.int().nullable(), fulfilmentWords: z.string().nullable(), photo: z.string().nullable(), postedAtMs: z.int(), notYet: z.boolean(),
})
export type PhoneWish = z.infer<typeof ownWish>
export const myWishesDoor = phoneDoor('my-wishes', ['my_wishes'], nothing, z.strictObject({ wishes: z.array(ownWish) }))
export const confirmWishDoor = phoneDoor('confirm-wish', ['my_wishes'], z.strictObject({ wish: uuid, claim: z.int().min(0), reached: z.boolean() }), nothing)

/** Of a wish of his that was lit. Answers with the picture itself, or with where it is for a few minutes. */
export const wishPhotoDoor = phoneDoor('wish-photo', ['my_wishes'], z.strictObject({ wish: uuid }), z.strictObject({ url: z.string() }))

export const myTrainingsDoor = phoneDoor('my-trainings', ['my_trainings'], nothing, myTrainings)
export const signUpDoor = phoneDoor('sign-up', ['my_trainings'], signUp, signedUp)
export const cancelSignupDoor = phoneDoor('cancel-signup', ['my_trainings'], cancelSignup, nothing)
export const answerOfferDoor = phoneDoor('answer-offer', ['my_trainings'], answerOffer, nothing)
export const sawTrainingDoor = phoneDoor('saw-training', ['my_trainings'], sawTraining, nothing)

export const PHONE_DOORS = [
  openDoor, resumeDoor, registerDoor, postWishDoor, myPointsDoor, myWishesDoor, confirmWishDoor, myTrainingsDoor, signUpDoor, cancelSignupDoor, answerOfferDoor, sawTrainingDoor, wishPhotoDoor,
] as const
