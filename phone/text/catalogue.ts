// Every word of the phone pages, by language. A word that is missing in one of them does not compile.

import type { HandOffPurpose } from '../../contract/kiosk/hand-off.ts'
import type { TrainingTopic } from '../../contract/kiosk/training-view.ts'
import type { OwnWishState, WishCategory } from '../../contract/kiosk/wish-view.ts'
import type { PersonalKind } from '../../domain/find-personal.ts'
import type { Platform, RedCross } from '../../domain/registering.ts'
import type { PhoneSignup } from '../../contract/phone/phone-trainings.ts'
import type { CivilDate } from '../../domain/calendar.ts'
import type { Failure } from '../ask.ts'

export interface Told {
  what: string
  next: string
}

export interface PhoneWords {
  brand: string
  other: { language: string; label: string }
  loading: string
  /** Of two sentences. */
  between: string
  again: string
  minutesLeft: (minutes: number) => string
  purposes: Record<HandOffPurpose, string>
  noCode: Told
  failures: Record<Failure, Told>
  done: { register: Told; wish: Told; confirmed: Told; notYet: Told; already: Told }
  register: {
    consentTitle: string
    agree: string
    mustAgree: string
    name: string
    nameHint: string
    phone: string
    phoneHint: string
    phoneWrong: string
    platform: string
    platforms: Record<Platform, string>
    site: string
    siteHint: string
    redCross: string
    redCrosses: Record<RedCross, string>
    team: string
    teamHint: string
    optional: (what: string) => string
    choose: string
    send: string
    sending: string
  }
  wish: {
    category: string
    categories: Record<WishCategory, string>
    text: string
    textHint: string
    left: (signs: number) => string
    shown: string
    named: (name: string) => string
    anonymous: string
    reach: string
    station: string
    staffPhone: string
    send: string
    sending: string
    personalTitle: string
    personalWhy: string
    kinds: Record<PersonalKind, string>
    change: string
    sendAnyway: string
  }
  points: { balance: string; none: string; reasons: Record<string, string>; at: string }
  wishes: {
    none: string
    states: Record<OwnWishState, string>
    noText: string
    by: (names: string) => string
    until: (day: string) => string
    staff: string
    partner: string
    photo: string
    seePhoto: string
    reached: string
    notYet: string
    saidNotYet: string
  }
  trainings: {
    mine: string
    noneOfMine: string
    toCome: string
    nothingToCome: string
    certificates: string
    noCertificates: string
    topics: Record<TrainingTopic, string>
    weekdays: readonly string[]
    today: string
    tomorrow: string
    date: (day: CivilDate, weekday: string) => string
    fullDate: (day: CivilDate) => string
    states: Record<PhoneSignup['state'], string>
    cancelled: string
    changed: string
    waiting: (place: number) => string
    waitingLine: (place: number) => string
    offerLine: (until: string) => string
    remind: (title: string, when: string) => string
    remindOffer: (title: string, until: string) => string
    changedLine: string
    reason: (reason: string) => string
    /** Why he was refused is said by its reason. */
    notes: Record<Exclude<NonNullable<PhoneSignup['note']>, 'refused'>, string>
    free: (seats: number) => string
    full: (waiting: number) => string
    when: string
    where: string
    points: (points: number) => string
    certificate: (months: number) => string
    signUp: string
    joinList: string
    signUpAnyway: string
    clash: (title: string, when: string) => string
    asking: string
    back: string
    accept: string
    decline: string
    cancel: string
    cancelSure: Told
    cancelConfirm: string
    keep: string
    seen: string
    calendar: string
    number: (number: string) => string
    validUntil: (day: string) => string
    noExpiry: string
    expired: string
    expiresSoon: string
    nextCourse: (when: string) => string
    noCourse: string
    done: { seated: Told; waiting: (place: number) => Told; cancelled: Told; declined: Told }
  }
  calendar: { title: string; inBrowser: string; add: string; inApp: string; steps: readonly string[]; back: string }
}
