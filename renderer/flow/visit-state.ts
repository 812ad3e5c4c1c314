// What the screen knows around trainings and wishes: the parts of the flow's state (flow-state.ts) that these two have for
// themselves. Every screen holds its rider, so leaving it is wiping it.

import type { HandOffPurpose } from '../../contract/kiosk/hand-off.ts'
import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { TrainingTopic } from '../../contract/kiosk/training-view.ts'
import type { WishCategory } from '../../contract/kiosk/wish-view.ts'
import type { Typing, TypingKey } from '../typing/typing.ts'
import type { Rider } from './flow-state.ts'

/** Which trainings are looked at. */
export type TrainingsBy = { kind: 'all' } | { kind: 'mine' } | { kind: 'certificates' } | { kind: 'topic'; topic: TrainingTopic } | { kind: 'day'; day: number }

export type TrainingAsk = 'sign_up' | 'cancel' | 'accept' | 'decline'

/** What the station was asked about a training and has not answered yet. */
export interface AskedTraining {
  request: string
  training: string
  what: TrainingAsk
  sinceMs: number
}

export type TrainingScreen =
  | { at: 'trainings'; rider: Rider; by: TrainingsBy; page: number; asked: AskedTraining | null }
  | { at: 'training_calendar'; rider: Rider; page: number }
  /** `from`: the list he comes from, where back leads. */
  | { at: 'training'; rider: Rider; training: string; from: { by: TrainingsBy; page: number }; step: 'look' | 'clash' | 'cancel'; asked: AskedTraining | null; refusal: Refusal | null }

export type WishAsk = 'posted' | 'edited' | 'withdrawn' | 'reached' | 'not_yet'

export interface AskedWish {
  request: string
  what: WishAsk
  sinceMs: number
}

export type WishScreen =
  | { at: 'wishes'; rider: Rider; tab: 'wall' | 'mine'; page: number }
  /** One on the wall, whole, with the code by which a partner claims it. `from`: the wall's page behind it. */
  | { at: 'wall_wish'; rider: Rider; wish: string; from: number }
  | { at: 'wish'; rider: Rider; wish: string; step: 'look' | 'withdraw'; asked: AskedWish | null; refusal: Refusal | null }
  /** `editing`: the wish whose words are changed; null: a new one. */
  | { at: 'wish_typing'; rider: Rider; typing: Typing; editing: string | null }
  | {
      at: 'wish_check'
      rider: Rider
      typing: Typing
      editing: string | null
      category: WishCategory
      shown: 'named' | 'anonymous'
      reach: 'station' | 'staff_phone'
      asked: AskedWish | null
      refusal: Refusal | null
    }

/** The station is asked, has answered, and shows it. */
export type HandOffPhase = 'asked' | 'answered' | 'open'

interface HandOffSteps {
  phase: HandOffPhase
  /** When it was asked for. */
  sinceMs: number
  /** When this screen saw that the phone had sent what it was for. */
  receivedAtMs: number | null
}

/** `before`: his things as they stood when it was opened. */
export type HandOverScreen = { at: 'hand_off'; rider: Rider; purpose: Exclude<HandOffPurpose, 'register'>; before: readonly string[] } & HandOffSteps

/** Of nobody yet. */
export type RegisterByPhoneScreen = { at: 'register_by_phone' } & HandOffSteps

export type HandOffScreen = HandOverScreen | RegisterByPhoneScreen

export type HandOffTap =
  | { do: 'show_hand_off'; purpose: Exclude<HandOffPurpose, 'register'> }
  | { do: 'register_by_phone' }
  | { do: 'new_code' }
  /** The same at this screen. */
  | { do: 'without_phone' }
  | { do: 'see_received' }

export type TrainingTap =
  | { do: 'show_trainings'; by: TrainingsBy }
  /** The next way of looking, where there is room for one button only. */
  | { do: 'walk_trainings' }
  | { do: 'walk_topics' }
  | { do: 'show_calendar' }
  | { do: 'show_training'; training: string }
  | { do: 'sign_up'; training: string; despiteClash: boolean }
  /** First what it means, then the one that does it. */
  | { do: 'cancel_signup' }
  | { do: 'keep_signup' }
  | { do: 'answer_offer'; accept: boolean }
  | { do: 'seen_training' }
  /** This one is nothing for him: others of its topic, or all. */
  | { do: 'other_trainings' }

export type WishTap =
  | { do: 'show_wishes'; tab: 'wall' | 'mine' }
  | { do: 'show_wall_wish'; wish: string }
  | { do: 'show_own_wish'; wish: string }
  | { do: 'confirm_wish'; reached: boolean }
  /** First what it means, then the one that does it. */
  | { do: 'withdraw_wish' }
  | { do: 'keep_wish' }

export type WishTypingTap =
  | { do: 'write_wish' }
  | { do: 'edit_wish'; wish: string }
  | { do: 'type_key'; key: TypingKey }
  | { do: 'typing_done' }
  | { do: 'choose_wish_category'; category: WishCategory }
  | { do: 'toggle_wish_name' }
  | { do: 'toggle_wish_reach' }
  | { do: 'post_wish' }
