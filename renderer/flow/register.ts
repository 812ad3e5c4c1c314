// Registering at the touchscreen: what is kept and what for, a few questions, a look at all of it, the one touch that sends. The
// station is asked once under one number, so a repeat after a broken line registers nobody twice. Leaving forgets all of it.

import type { KioskAnswer, KioskInput } from '../../contract/kiosk/kiosk-requests.ts'
import { cleanText } from '../../domain/clean-text.ts'
import { NAME_SIGNS_MAX, readPersonName } from '../../domain/person-name.ts'
import { emptyTyping, isTypingDone, pressKey, textOf, type Typing } from '../typing/typing.ts'
import { consentRoom, pagesOf } from './consent-pages.ts'
import { DONE_MS, PASS_SHOWN_MS, REGISTER_WAIT_MS } from './flow-limits.ts'
import type { FlowState, ScreenAt } from './flow-state.ts'
import { REGISTER_STEPS, type Registered, type RegisterField, type RegisterProblem, type RegisterScreen, type RegisterStep, type RegisterTap } from './register-state.ts'
import { ask, canAsk, endSession, felt, goTo, isRiderScreen, leave, say, sound } from './steps.ts'

export const PHONE_DIGITS = 11
const SITE_SIGNS_MAX = 40
const FIRST_QUESTION = REGISTER_STEPS.indexOf('name')

export function tapRegister(state: FlowState, tap: RegisterTap, atMs: number, freshId: string): FlowState {
  if (tap.do === 'show_register') return begin(state, atMs)
  const { screen } = state
  if (screen.at !== 'register' || screen.asked !== null) return state
  switch (tap.do) {
    case 'register_here':
      return screen.step === 'begin' && (state.view?.consent ?? null) !== null ? toStep(state, screen, 'consent', atMs) : state
    case 'register_decline':
      return screen.step === 'consent' ? registered(state, { kind: 'declined' }, atMs) : state
    case 'register_agree':
      return screen.step === 'consent' ? agree(state, screen, atMs) : state
    case 'register_key':
      return typeKey(state, screen, tap)
    case 'register_digit':
      return screen.step === 'phone' && /^\d$/.test(tap.digit) && screen.phone.length < PHONE_DIGITS ? changed(state, { ...screen, phone: screen.phone + tap.digit }) : state
    case 'register_erase':
      return screen.step === 'phone' ? changed(state, { ...screen, phone: screen.phone.slice(0, -1) }) : state
    case 'register_on':
      return goOn(state, screen, atMs)
    case 'register_platform':
      return screen.step === 'platform' ? onward(state, { ...screen, platform: tap.platform }, atMs) : state
    case 'register_red_cross':
      return screen.step === 'red_cross' ? onward(state, { ...screen, redCross: tap.redCross }, atMs) : state
    case 'register_team':
      return screen.step === 'team' ? onward(state, { ...screen, team: tap.team }, atMs) : state
    case 'register_fix':
      return screen.step === 'check' && screen.request === null ? toStep(state, { ...screen, fixing: true }, tap.field, atMs) : state
    case 'register_send':
      return screen.step === 'check' && screen.refusal === null ? send(state, screen, atMs, freshId) : state
    case 'register_mend':
      return screen.refusal === null ? state : mend(state, screen, screen.refusal.code, atMs)
  }
}

/** Whoever has a pass that this machine does not know leaves that session: the two have nothing to do with each other. */
function begin(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  if (state.view === null) return state
  const asUnknown = isRiderScreen(screen) && screen.rider.session.standing === 'unknown'
  if (screen.at !== 'attract' && !asUnknown) return state
  return beginRegister(asUnknown ? endSession(state, screen.rider.session.session, atMs) : state, atMs)
}

export function beginRegister(state: FlowState, atMs: number): FlowState {
  return goTo({ ...state, notice: null }, emptyRegister(), atMs)
}

/** Past the choice of a way, where this machine has the text that is agreed to. */
export function registerHere(state: FlowState, atMs: number): FlowState {
  return (state.view?.consent ?? null) === null ? beginRegister(state, atMs) : toStep(state, emptyRegister(), 'consent', atMs)
}

export function emptyRegister(): RegisterScreen {
  return {
    at: 'register', step: 'begin', agreed: null, shown: null, page: 0, name: emptyTyping(NAME_SIGNS_MAX, '', true), phone: '', platform: null, site: emptyTyping(SITE_SIGNS_MAX), redCross: null, team: null,
    fixing: false, problem: null, asked: null, request: null, refusal: null,
  }
}

// ── from question to question ──

function toStep(state: FlowState, screen: RegisterScreen, step: RegisterStep, atMs: number): FlowState {
  const inEnglish = state.language === 'en'
  const shown = step === 'consent' ? (state.view?.consent?.version ?? null) : screen.shown
  // Whoever reads English writes his name in Latin letters, most times.
  const typed = (step === 'name' || step === 'site') && isEmpty(screen[step]) ? { [step]: { ...screen[step], language: inEnglish ? ('english' as const) : ('pinyin' as const), capitals: inEnglish && step === 'name' } } : {}
  const next: RegisterScreen = { ...screen, ...typed, step, shown, page: 0, problem: null, refusal: null, fixing: screen.fixing && step !== 'check' }
  return { ...goTo({ ...state, notice: null }, next, atMs), screenSinceMs: atMs }
}

function onward(state: FlowState, screen: RegisterScreen, atMs: number): FlowState {
  return toStep(state, screen, screen.fixing ? 'check' : (REGISTER_STEPS[REGISTER_STEPS.indexOf(screen.step) + 1] ?? 'check'), atMs)
}

function changed(state: FlowState, screen: RegisterScreen): FlowState {
  return { ...state, screen: { ...screen, problem: null } }
}

function refused(state: FlowState, screen: RegisterScreen, problem: RegisterProblem): FlowState {
  return sound({ ...state, screen: { ...screen, problem } }, 'refused')
}

/** Only what was read to its end is agreed to; before that it turns the page. */
function agree(state: FlowState, screen: RegisterScreen, atMs: number): FlowState {
  const consent = state.view?.consent ?? null
  if (consent === null || consent.version !== screen.shown) return state
  const { page, pages } = consentPage(state, screen)
  if (page + 1 < pages.length) return { ...state, screen: { ...screen, page: page + 1 }, screenSinceMs: atMs }
  const agreed = { ...screen, agreed: consent.version }
  // After a refusal everything else has been said already.
  return toStep(state, agreed, isComplete(agreed) ? 'check' : 'name', atMs)
}

export function consentPage(state: FlowState, screen: RegisterScreen): { page: number; pages: readonly string[] } {
  const pages = pagesOf(state.view?.consent?.text[state.language] ?? '', consentRoom(state.layout, state.language))
  return { page: Math.min(screen.page, pages.length - 1), pages }
}

/** Another text came while this one was read: it begins anew, and a finger on its way agrees to nothing. */
export function followConsent(state: FlowState, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'register' || screen.step !== 'consent' || screen.shown === (state.view?.consent?.version ?? null)) return state
  return toStep(state, screen, 'consent', atMs)
}

function typeKey(state: FlowState, screen: RegisterScreen, tap: Extract<RegisterTap, { do: 'register_key' }>): FlowState {
  if (screen.step !== 'name' && screen.step !== 'site') return state
  return changed(state, { ...screen, [screen.step]: pressKey(screen[screen.step], tap.key, state.dictionary) })
}

function goOn(state: FlowState, screen: RegisterScreen, atMs: number): FlowState {
  switch (screen.step) {
    case 'name': {
      const problem = nameProblem(screen.name)
      return problem === null ? onward(state, screen, atMs) : refused(state, screen, problem)
    }
    case 'site': {
      // What is still being composed becomes its best candidate: nobody has to touch it once more.
      const site = settled(screen.site, state)
      return isTypingDone(site) ? onward(state, { ...screen, site }, atMs) : refused(state, { ...screen, site }, 'letters_left')
    }
    case 'phone': {
      const problem = phoneProblem(screen.phone)
      return problem === null ? onward(state, screen, atMs) : refused(state, screen, problem)
    }
    case 'begin':
    case 'consent':
    case 'platform':
    case 'red_cross':
    case 'team':
    case 'check':
      return state
  }
}

function settled(typing: Typing, state: FlowState): Typing {
  return isTypingDone(typing) ? typing : pressKey(typing, { kind: 'space' }, state.dictionary)
}

/** Which signs a name is written with, nobody guesses: each is picked. */
function nameProblem(typing: Typing): RegisterProblem | null {
  if (!isTypingDone(typing)) return 'letters_left'
  if (cleanText(textOf(typing)) === '') return 'name_missing'
  return readPersonName(textOf(typing)) === null ? 'name_unusable' : null
}

function phoneProblem(phone: string): RegisterProblem | null {
  if (phone !== '' && !phone.startsWith('1')) return 'phone_start'
  return phone.length === PHONE_DIGITS ? null : 'phone_short'
}

/** As they will be kept. */
export function registerName(screen: RegisterScreen): string {
  return readPersonName(textOf(screen.name)) ?? ''
}

export function registerSite(screen: RegisterScreen): string {
  return cleanText(textOf(screen.site))
}

/** Which of how many questions; null: it is none. */
export function questionOf(step: RegisterStep): { number: number; of: number } | null {
  const number = REGISTER_STEPS.indexOf(step) - FIRST_QUESTION + 1
  const of = REGISTER_STEPS.length - FIRST_QUESTION - 1
  return number < 1 || number > of ? null : { number, of }
}

// ── back and away ──

/** One question back, from a question put right to the check page, from the beginning away; typed words go only at the second touch. */
export function leaveRegister(state: FlowState, screen: RegisterScreen, atMs: number): FlowState {
  if (screen.asked !== null) return state
  if (screen.refusal !== null) return toStep(state, screen, 'check', atMs)
  if (screen.step === 'consent' && screen.page > 0) return { ...state, screen: { ...screen, page: consentPage(state, screen).page - 1 } }
  if (screen.fixing) return toStep(state, screen, 'check', atMs)
  const before = screen.request === null ? REGISTER_STEPS[REGISTER_STEPS.indexOf(screen.step) - 1] : undefined
  if (before !== undefined) return toStep(state, screen, before, atMs)
  return hasRegisterWords(state) && state.notice?.notice.kind !== 'register_unsent' ? say(state, { kind: 'register_unsent' }, atMs) : leave(state, atMs)
}

/** Words that leaving would lose. */
export function hasRegisterWords({ screen }: FlowState): boolean {
  return screen.at === 'register' && (screen.phone !== '' || !isEmpty(screen.name) || !isEmpty(screen.site))
}

function isEmpty(typing: Typing): boolean {
  return textOf(typing) === '' && isTypingDone(typing)
}

// ── sending ──

function isComplete({ phone, name, platform, redCross, team, agreed }: RegisterScreen): boolean {
  return agreed !== null && nameProblem(name) === null && phoneProblem(phone) === null && platform !== null && redCross !== null && team !== null
}

function send(state: FlowState, screen: RegisterScreen, atMs: number, freshId: string): FlowState {
  const { agreed, phone, platform, redCross, team } = screen
  if (!isComplete(screen) || agreed === null || platform === null || redCross === null || team === null) return state
  if (!canAsk(state, 'register')) return say(state, { kind: 'station_busy' }, atMs)
  const request = screen.request ?? freshId
  const input: KioskInput<'register'> = { request, consentVersion: agreed, name: registerName(screen), phone, platform, site: registerSite(screen), redCross, volunteerTeam: team }
  return { ...ask({ ...state, notice: null }, 'register', input), screen: { ...screen, request, asked: { sinceMs: atMs } } }
}

export function takeRegisterAnswer(state: FlowState, request: string, answer: KioskAnswer<'register'>, atMs: number): FlowState {
  const { screen } = state
  if (screen.at !== 'register' || screen.request !== request) return state
  if (!answer.ok) return sound({ ...state, touchedAtMs: atMs, screenSinceMs: atMs, screen: { ...screen, asked: null, request: null, refusal: answer.refusal } }, 'refused')
  const { pass } = answer.output
  return sound(registered(state, pass === null ? { kind: 'waits', online: state.view?.link.state === 'online' } : { kind: 'pass', pass }, atMs), 'done')
}

/** What was typed is gone with the screen before. A code is on the screen for as long as it takes to photograph it. */
export function registered(state: FlowState, how: Registered, atMs: number): FlowState {
  const closesAtMs = atMs + felt(state, how.kind === 'pass' ? PASS_SHOWN_MS : DONE_MS)
  return goTo({ ...state, notice: null, idle: null, touchedAtMs: atMs }, { at: 'register_done', how, closesAtMs }, atMs)
}

export function passRegister(state: FlowState, screen: ScreenAt<'register'>, atMs: number): FlowState {
  if (screen.asked === null || atMs - screen.asked.sinceMs < REGISTER_WAIT_MS) return state
  return { ...state, screen: { ...screen, asked: null } }
}

const MENDED_AT: Readonly<Partial<Record<string, RegisterField | 'consent'>>> = { consent_outdated: 'consent', name_unusable: 'name', bad_request: 'phone' }

/** null: nothing that is typed here would change it. */
export function mendedAt(code: string): RegisterField | 'consent' | null {
  return MENDED_AT[code] ?? null
}

function mend(state: FlowState, screen: RegisterScreen, code: string, atMs: number): FlowState {
  const step = mendedAt(code)
  if (step === null) return leave(state, atMs)
  return step === 'consent' ? toStep(state, { ...screen, agreed: null }, step, atMs) : toStep(state, { ...screen, fixing: true }, step, atMs)
}
