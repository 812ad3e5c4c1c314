// Setting a machine up: its one-time code, typed or scanned, central's address where nobody told it, and after a typed code
// whether the central that answers is the one that made it. What becomes of a try is in the station's view. The code is a
// secret for ten minutes: it is not kept longer.

import { ENROLMENT_CODE_MS_MAX, readEnrolmentCode, readEnrolmentLink } from '../../contract/sync/enrolment.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import type { FlowState, SetUpScreen, SetUpTap } from './flow-state.ts'
import { NOTHING_TYPED } from './nothing-typed.ts'
import { ask, canAsk, isAsking, say, sound } from './steps.ts'

export const CODE_SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const ADDRESS_SIGNS = '0123456789abcdefghijklmnopqrstuvwxyz.:/-'
export const CODE_LENGTH = 12
type JoinProblem = NonNullable<NonNullable<KioskView['setUp']>['problem']>

const ADDRESS_LENGTH_MAX = 200
/** Central was reached: another code is wanted, not another address. */
const OF_THE_CODE: ReadonlySet<string> = new Set<JoinProblem>(['code_unknown', 'code_expired', 'code_used', 'too_many_tries'])

export function tapSetUp(state: FlowState, tap: SetUpTap, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'set_up' || isJoining(state)) return state
  const keyPrint = printToCompare(state)
  // What is typed on after that belongs to the keyboard that is gone.
  if ((keyPrint !== null) !== (tap.do === 'set_up_compared')) return state
  switch (tap.do) {
    case 'set_up_compared':
      return keyPrint === null ? state : ask({ ...state, screen: { ...screen, isNew: false } }, 'confirm_central', { keyPrint, said: tap.said })
    case 'set_up_sign':
      return { ...state, screen: typeSign(screen, tap.sign) }
    case 'set_up_erase':
      return { ...state, screen: screen.field === 'code' ? { ...screen, code: screen.code.slice(0, -1), isNew: true } : { ...screen, address: screen.address.slice(0, -1), isNew: true } }
    case 'set_up_on':
      return goOn(state, screen, atMs)
  }
}

/** What the keyboard wedge read while the machine is being set up: the link of the QR code, or the bare code. */
export function scanSetUp(state: FlowState, text: string, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'set_up' || isJoining(state)) return state
  const link = readEnrolmentLink(text)
  const code = link?.code ?? readEnrolmentCode(text)
  if (code === null) return say(sound(state, 'refused'), { kind: 'not_a_set_up_code' }, atMs)
  const read: SetUpScreen = { ...screen, code, address: link?.centralUrl ?? screen.address, field: 'code', isNew: true }
  const shown = sound({ ...state, screen: read, touchedAtMs: atMs }, 'read')
  if (link !== null) return enrol(shown, read, text.trim(), null, atMs)
  return canJoin(state.view, read) ? goOn(shown, read, atMs) : shown
}

/** Twelve signs, and it is known where central is. */
export function isComplete(screen: SetUpScreen): boolean {
  return screen.field === 'code' ? screen.code.length === CODE_LENGTH : /^https?:\/\/[^\s/]+/.test(screen.address)
}

/** The next touch tries to join; otherwise it leads on to the address. */
export function canJoin(view: KioskView | null, screen: SetUpScreen): boolean {
  return screen.field === 'address' || (view?.setUp?.centralUrl ?? null) !== null
}

export function isJoining(state: FlowState): boolean {
  const at = state.view?.setUp?.state
  return isAsking(state, 'enrol') || isAsking(state, 'confirm_central') || at === 'joining' || at === 'joined'
}

/** Of the central that answers, while a person says whether it is his. */
export function printToCompare(state: FlowState): string | null {
  return state.view?.setUp?.keyPrint ?? null
}

/** A try has come to its end, also one that was scanned past this screen: what was wrong with it is said. */
export function followSetUp(state: FlowState, before: KioskView | null): FlowState {
  const { screen } = state
  const hasEnded = before?.setUp?.state === 'joining' && state.view?.setUp?.state === 'waiting'
  if (screen.at !== 'set_up' || !hasEnded) return state
  const problem = state.view?.setUp?.problem ?? null
  return { ...state, screen: { ...screen, isNew: false, field: problem !== null && OF_THE_CODE.has(problem) ? 'code' : screen.field } }
}

export function passSetUp(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  const keyPrint = printToCompare(state)
  if (screen.at !== 'set_up' || (screen.code === '' && keyPrint === null) || isJoining(state) || atMs - state.touchedAtMs < ENROLMENT_CODE_MS_MAX) return state
  const emptied: FlowState = { ...state, screen: NOTHING_TYPED }
  return keyPrint === null ? emptied : ask(emptied, 'confirm_central', { keyPrint, said: 'nobody' })
}

function typeSign(screen: SetUpScreen, sign: string): SetUpScreen {
  if (screen.field === 'address') return ADDRESS_SIGNS.includes(sign) && screen.address.length < ADDRESS_LENGTH_MAX ? { ...screen, address: screen.address + sign, isNew: true } : screen
  if (!CODE_SIGNS.includes(sign)) return screen
  // After a code that was refused the first sign begins another one.
  const begun = screen.isNew ? screen.code : ''
  return begun.length < CODE_LENGTH ? { ...screen, code: begun + sign, isNew: true } : screen
}

function goOn(state: FlowState, screen: SetUpScreen, atMs: number): FlowState {
  if (!isComplete(screen)) return state
  if (!canJoin(state.view, screen)) return { ...state, screen: { ...screen, field: 'address' }, screenSinceMs: atMs }
  return enrol(state, screen, screen.code, screen.field === 'address' ? screen.address : (state.view?.setUp?.centralUrl ?? null), atMs)
}

function enrol(state: FlowState, screen: SetUpScreen, code: string, centralUrl: string | null, atMs: number): FlowState {
  if (!canAsk(state, 'enrol')) return say(state, { kind: 'station_busy' }, atMs)
  return { ...ask({ ...state, notice: null }, 'enrol', { code, centralUrl }), screen: { ...screen, isNew: false } }
}
