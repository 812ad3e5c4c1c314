// What the screen knows while somebody registers: a part of the flow's state (flow-state.ts). What was typed lies in these two
// screens and nowhere else, so leaving them is forgetting it. Nobody is in session: whoever registers is nobody yet.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { Platform, RedCross } from '../../domain/registering.ts'
import type { Typing, TypingKey } from '../typing/typing.ts'

/** One question each, in this order; `begin` says what it is for and by which way. */
export const REGISTER_STEPS = ['begin', 'consent', 'name', 'phone', 'platform', 'site', 'red_cross', 'team', 'check'] as const
export type RegisterStep = (typeof REGISTER_STEPS)[number]
/** What can be put right on the check page. */
export type RegisterField = Exclude<RegisterStep, 'begin' | 'consent' | 'check'>

/** What is wrong with what was typed, before the station is asked. */
export type RegisterProblem = 'letters_left' | 'name_missing' | 'name_unusable' | 'phone_short' | 'phone_start'

export interface RegisterScreen {
  at: 'register'
  step: RegisterStep
  /** The version of the text that was agreed to; null: none yet. */
  agreed: number | null
  /** The version whose text is on the screen: another one coming in begins anew with its first page. */
  shown: number | null
  /** Of the consent text. */
  page: number
  name: Typing
  /** Digits. */
  phone: string
  platform: Platform | null
  site: Typing
  redCross: RedCross | null
  team: boolean | null
  /** Came from the check page, and goes back there. */
  fixing: boolean
  problem: RegisterProblem | null
  asked: { sinceMs: number } | null
  /** The number it was sent under. While it is set and nothing is asked, nobody knows whether it was recorded: it is sent again as it was. */
  request: string | null
  refusal: Refusal | null
}

/** `waits`: recorded here, without a code yet. `online`: central was within reach all the same. `declined`: nothing was kept. */
export type Registered = { kind: 'pass'; pass: string } | { kind: 'waits'; online: boolean } | { kind: 'declined' }

export interface RegisterDoneScreen {
  at: 'register_done'
  how: Registered
  closesAtMs: number
}

export type RegisterTap =
  /** From the screen that waits, or by somebody whose pass this machine does not know. */
  | { do: 'show_register' }
  | { do: 'register_here' }
  | { do: 'register_decline' }
  | { do: 'register_agree' }
  | { do: 'register_key'; key: TypingKey }
  | { do: 'register_digit'; digit: string }
  | { do: 'register_erase' }
  /** What was typed stands; on to the next question. */
  | { do: 'register_on' }
  | { do: 'register_platform'; platform: Platform }
  | { do: 'register_red_cross'; redCross: RedCross }
  | { do: 'register_team'; team: boolean }
  | { do: 'register_fix'; field: RegisterField }
  | { do: 'register_send' }
  /** After a refusal: to what can be put right, or away where nothing can. */
  | { do: 'register_mend' }
