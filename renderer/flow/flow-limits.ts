// How long the screen waits and how much it holds. Slow mode doubles every duration that a person feels.

export const READING_IDLE_MS = 60_000
export const TYPING_IDLE_MS = 90_000
/** While he has the page on his phone: it is filled in there, and nobody touches this screen. */
export const ON_PHONE_IDLE_MS = 240_000
/** At a training's door minutes pass between two who come; a volunteer who left it open is signed out all the same. */
export const AT_THE_DOOR_IDLE_MS = 240_000
export const IDLE_WARNING_MS = 20_000
export const DONE_MS = 15_000
/** So long a new pass is on the screen: a phone is found, held up and has its picture. */
export const PASS_SHOWN_MS = 60_000
export const NOT_UNDERSTOOD_MS = 10_000
export const NOTICE_MS = 5_000
export const ATTRACT_PANEL_MS = 8_000
/** Nobody touched the attract screen for so long: language and reach are as the next person expects them. */
export const ATTRACT_RESET_MS = 60_000

/** A second tap on the same committing button, or a first one on a button that only just appeared, is a slip. */
export const SLIP_MS = 300
export const KEEP_SESSION_EVERY_MS = 30_000
/** An `end_session` that did not help is asked again, not more often than this. */
export const END_SESSION_AGAIN_MS = 2_000
/** A redemption without an answer is looked for after this. */
export const ANSWER_WAIT_MS = 8_000
/** The station waits a few seconds for central's word about a new pass. */
export const REGISTER_WAIT_MS = 15_000
/** What a phone sent is with central; so long this machine waits until it has it too. */
export const HAND_OFF_RESULT_MS = 2_000
/** Central is asked for the pass of whoever has just registered; the station itself waits a little less for the answer. */
export const PASS_WAIT_MS = 5_000
/** So long a broken line is waited for before what hung on it is forgotten. */
export const LINE_WAIT_MS = 60_000
/** A new file is made and opened, the process perhaps begun again: then it is done or it is not. */
export const BEGIN_ANEW_WAIT_MS = 90_000
/** So long a question to central may last before anybody is told of it. */
export const QUIET_ASKING_MS = 2_000
/** From program start to a first word of the station. */
export const START_WAIT_MS = 15_000

export const ASKS_MAX = 16
/** Of these, the last places are for ending and committing: a flood of scans must not block them. */
export const ASKS_FOR_SCANS_MAX = 8
export const CART_LINES_MAX = 50
export const RESTOCK_LINES_MAX = 100
/** As the station's own limit for one line. */
export const RESTOCK_UNITS_MAX = 9_999
export const PIN_DIGITS = 6
export const PAGE_MAX = 10_000
