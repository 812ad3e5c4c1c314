// The words of trainings, wishes, the phone hand-off and registering: a part of the one catalogue.

import type { CivilDate } from '../../domain/calendar.ts'
import type { PersonalKind } from '../../domain/find-personal.ts'
import type { TypingAct } from '../parts/typing-plan.ts'
import type { AttendanceWords } from './catalogue-attendance.ts'
import type { SignupWords } from './catalogue-signup.ts'
import type { Said } from './catalogue.ts'
import type { HandOffPurpose, HandOffRefusal } from '../../contract/kiosk/hand-off.ts'
import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { OwnWishState, WallState, WishCategory } from '../../contract/kiosk/wish-view.ts'
import type { SignupState, TrainingTopic } from '../../contract/kiosk/training-view.ts'

export type VisitRefusalCode = Extract<
  Refusal['code'],
  | 'training_unknown' | 'training_cancelled' | 'training_over' | 'already_signed_up' | 'not_signed_up' | 'clash' | 'offer_over' | 'not_hosted_here' | 'signups_full'
  | 'wish_unknown' | 'words_not_sealable' | 'wish_empty' | 'wish_too_long' | 'wishes_full' | 'wish_not_in_state' | 'consent_outdated' | 'name_unusable' | 'registering_full'
>

export interface TrainingWords {
  title: string
  /** How many there are to come. */
  count: (trainings: number) => string
  all: (trainings: number) => string
  mine: (signups: number) => string
  certificates: (certificates: number) => string
  byTopic: string
  topic: Record<TrainingTopic, string>
  calendar: string
  calendarLine: string
  onDay: (day: string) => string
  trainingsOnDay: (trainings: number) => string
  /** Monday first. */
  weekdays: readonly [string, string, string, string, string, string, string]
  month: (month: number) => string
  today: string
  tomorrow: string
  hours: (from: string, to: string) => string
  empty: string
  emptyNext: string
  noneOfMine: string
  noneOfMineNext: string
  noCertificates: string
  noCertificatesNext: string
  unknownRider: string
  /** What stands beside a training. */
  free: (seats: number) => string
  lastSeat: string
  full: (waiting: number) => string
  cancelled: string
  over: string
  state: Record<Exclude<SignupState, 'waiting' | 'offered'>, string>
  waiting: (place: number | null) => string
  offered: (until: string) => string
  unsent: string
  moved: string
  signUp: string
  joinWaitlist: string
  asking: string
  look: string
  /** On its own page. */
  where: string
  when: string
  seats: (capacity: number) => string
  points: (points: number) => string
  noPoints: string
  certificate: (months: number) => string
  hostedHere: string
  reason: (reason: string) => string
  cancel: string
  cancelSure: string
  cancelSureLine: string
  cancelConfirm: string
  keep: string
  clashWith: (title: string, when: string) => string
  signUpAnyway: string
  offerTitle: string
  offerLine: (until: string) => string
  accept: string
  decline: string
  seen: string
  pendingLine: string
  waitingLine: (place: number) => string
  certificateNumber: (number: string) => string
  validUntil: (day: string) => string
  noExpiry: string
  expired: string
  expiresSoon: string
  /** In the greeting. */
  remind: (title: string, when: string) => string
  remindOffer: (title: string, until: string) => string
  remindCancelled: (title: string) => string
  /** Which of the two was changed, time or place, no station is told. */
  remindMoved: (title: string, when: string) => string
  remindExpiring: (topic: string, day: string) => string
}

export interface WishWords {
  title: string
  line: string
  wall: (wishes: number) => string
  mine: (wishes: number) => string
  category: Record<WishCategory, string>
  /** On the wall. */
  state: Record<WallState, string>
  again: string
  somebody: string
  /** "3 天前". */
  posted: (ago: string) => string
  empty: string
  emptyNext: string
  noneOfMine: string
  noneOfMineNext: string
  unknownRider: string
  write: string
  look: string
  own: Record<OwnWishState, string>
  /** What happens next, or what he can do. */
  ownNext: Record<OwnWishState, string>
  unreadable: string
  /** Of one that he took back: its words are gone from here. */
  takenBack: string
  claimedBy: (names: string, until: string) => string
  litBy: (names: string) => string
  staffSaid: (words: string) => string
  partnerSaid: (words: string) => string
  notYet: string
  claimTitle: string
  claimLine: string
  claimOffline: string
  reached: string
  notReached: string
  edit: string
  withdraw: string
  withdrawSure: string
  withdrawSureLine: string
  withdrawConfirm: string
  keep: string
  asking: string
  remindFulfilled: string
  remindAskedBack: string
  remindRefused: string
  remindClaimed: (names: string) => string
}

/** The keyboard for words. */
export interface TypingWords {
  keyboard: string
  hint: string
  hintEnglish: string
  /** Why there are nine keys, and how they are used. */
  hintNine: string
  byPhone: string
  /** Spoken of the syllables to choose from. */
  readings: string
  more: string
  fewer: string
  pick: string
  signs: string
  letters: string
  toEnglish: string
  toPinyin: string
  space: string
  separator: string
  capitals: string
  /** Spoken. */
  nameDot: string
  left: (left: number, most: number) => string
  /** Spoken; the face of the key may be a sign. */
  key: Record<TypingAct, string>
}

export interface WishTypingWords {
  title: string
  editTitle: string
  line: string
  hint: string
  done: string
  checkTitle: string
  checkLine: string
  kind: string
  anonymous: string
  named: (maskedName: string) => string
  reach: Record<'station' | 'staff_phone', string>
  personal: Record<PersonalKind, string>
  hasPersonal: (kinds: readonly string[]) => string
  post: string
}

export interface HandOffWords {
  title: Record<HandOffPurpose, string>
  registerHint: string
  /** What to do with the code, and what happens then. */
  scan: Record<HandOffPurpose, readonly [string, string]>
  /** Spoken of the code. */
  code: string
  once: string
  /** "4:32" */
  left: (clock: string) => string
  connecting: string
  connectingLine: string
  connected: Record<HandOffPurpose, Said>
  received: Record<HandOffPurpose, Said>
  expired: Said
  noNetwork: Record<HandOffPurpose, Said>
  refused: Record<HandOffRefusal, Said>
  newCode: string
  again: string
  /** The same on this screen. */
  here: Record<HandOffPurpose, string>
  /** The result, before it comes up by itself. */
  see: string
  /** Ways in. */
  write: string
  look: string
  lookShort: string
}

export interface VisitCatalogue {
  handOff: HandOffWords
  typing: TypingWords
  wishTyping: WishTypingWords
  wishes: WishWords
  /** A day of this year or the next, with its weekday. */
  monthDay: (date: CivilDate, weekday: string) => string
  trainings: TrainingWords
  attendance: AttendanceWords
  signup: SignupWords
}
