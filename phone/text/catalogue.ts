// Every word of the phone pages, by language. A word that is missing in one of them does not compile.

import type { HandOffPurpose } from '../../contract/kiosk/hand-off.ts'
import type { OwnWishState, WishCategory } from '../../contract/kiosk/wish-view.ts'
import type { PersonalKind } from '../../domain/find-personal.ts'
import type { Platform, RedCross } from '../../domain/registering.ts'
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
    reached: string
    notYet: string
    saidNotYet: string
  }
}
