// Registering in every state, for the gallery.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { FIRST_CONSENT } from '../../domain/first-consent.ts'
import { NAME_SIGNS_MAX } from '../../domain/person-name.ts'
import { emptyRegister } from '../flow/register.ts'
import type { Registered, RegisterScreen } from '../flow/register-state.ts'
import { emptyComposition } from '../pinyin/composition.ts'
import { emptyTyping, type Typing } from '../typing/typing.ts'
import { GALLERY_AT_MS, GALLERY_WALL_MS } from './demo-view.ts'
import type { Draw } from './gallery-states.ts'

const CONSENT: KioskView['consent'] = { version: 1, text: FIRST_CONSENT }
/** As long as nobody writes, and as the contract allows. */
const LONG_CONSENT: KioskView['consent'] = { version: 2, text: { zh: FIRST_CONSENT.zh.repeat(4), en: FIRST_CONSENT.en.repeat(4) } }
const OFFLINE: Partial<KioskView> = { consent: CONSENT, link: { state: 'offline', lastSyncAtMs: GALLERY_WALL_MS - 3_600_000 } }
const PASS = 'BXZ1:R:019ca7b3000070008000000000000042:K7M2Q9XB05HRE4TWW8N3PDJ6:01'
const LONGEST_NAME = '阿卜杜克热木江·买买提吐尔逊·阿布都热依木江'

const typed = (text: string, letters = '', over: Partial<Typing> = {}): Typing => ({ ...emptyTyping(NAME_SIGNS_MAX, text, true), composition: { ...emptyComposition(), letters }, ...over })
const at = (over: Partial<RegisterScreen>, view: Partial<KioskView> = { consent: CONSENT }): Draw => () => ({ screen: { ...emptyRegister(), shown: CONSENT.version, agreed: 1, ...over }, view })
const FILLED: Partial<RegisterScreen> = { step: 'check', name: typed('王建国'), phone: '13800138000', platform: 'meituan', site: typed('南湖站'), redCross: 'volunteer', team: true }
const refused = (refusal: Refusal): Draw => at({ ...FILLED, refusal })
const done = (how: Registered, view: Partial<KioskView> = {}): Draw => () => ({ screen: { at: 'register_done', how, closesAtMs: GALLERY_AT_MS + 52_000 }, view })

export const REGISTER_DRAWS: Readonly<Record<string, Draw>> = {
  'register-begin': at({ step: 'begin', agreed: null }),
  'register-begin-offline': at({ step: 'begin', agreed: null }, OFFLINE),
  'register-not-yet': at({ step: 'begin', agreed: null }, { consent: null, link: { state: 'offline', lastSyncAtMs: null } }),
  'register-consent': at({ step: 'consent', agreed: null }),
  'register-consent-long': at({ step: 'consent', agreed: null, shown: 2, page: 1 }, { consent: LONG_CONSENT }),
  'register-name': at({ step: 'name' }),
  'register-name-typing': at({ step: 'name', name: typed('', 'wang') }),
  'register-name-found': at({ step: 'name', name: typed('', 'wangxiaoming') }),
  'register-name-sheet': at({ step: 'name', name: typed('', 'li', { page: 1 }) }),
  'register-name-letters': at({ step: 'name', name: typed('王', 'jianguo'), problem: 'letters_left' }),
  'register-name-missing': at({ step: 'name', problem: 'name_missing' }),
  'register-name-unusable': at({ step: 'name', name: typed('王建国 007'), problem: 'name_unusable' }),
  'register-phone': at({ step: 'phone' }),
  'register-phone-typing': at({ step: 'phone', phone: '138001' }),
  'register-phone-short': at({ step: 'phone', phone: '138001', problem: 'phone_short' }),
  'register-phone-start': at({ step: 'phone', phone: '09914567890', problem: 'phone_start' }),
  'register-knock': at({ step: 'phone', phone: '138001' }, { consent: CONSENT, held: true, knock: { number: 1, kind: 'rider' } }),
  'register-platform': at({ step: 'platform' }),
  'register-platform-fix': at({ step: 'platform', platform: 'meituan', fixing: true }),
  'register-site': at({ step: 'site' }),
  'register-red-cross': at({ step: 'red_cross' }),
  'register-team': at({ step: 'team' }),
  'register-check': at(FILLED),
  'register-check-long': at({ ...FILLED, name: typed(LONGEST_NAME), site: typed('经济技术开发区头屯河区喀什西路万达广场北区三号配送站'), redCross: 'none', team: false }),
  'register-check-sending': at({ ...FILLED, asked: { sinceMs: GALLERY_AT_MS }, request: 'r' }),
  'register-check-unsure': at({ ...FILLED, request: 'r' }),
  'register-refused-name': refused({ code: 'name_unusable' }),
  'register-refused-consent': refused({ code: 'consent_outdated' }),
  'register-refused-full': refused({ code: 'registering_full', waitingMax: 200 }),
  'register-refused-key': refused({ code: 'words_not_sealable' }),
  'register-refused-order': refused({ code: 'out_of_order' }),
  'register-refused-request': refused({ code: 'bad_request' }),
  'register-done': done({ kind: 'pass', pass: PASS }),
  'register-done-knock': done({ kind: 'pass', pass: PASS }, { held: true, knock: { number: 1, kind: 'staff' } }),
  'register-done-offline': done({ kind: 'waits', online: false }, OFFLINE),
  'register-done-waits': done({ kind: 'waits', online: true }),
  'register-declined': done({ kind: 'declined' }),
}
