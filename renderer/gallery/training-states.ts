// The gallery's states of trainings: the list by every way of looking, the calendar, one training in every standing.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { CertificateShown, SignupShown, TrainingShown, TrainingTopic } from '../../contract/kiosk/training-view.ts'
import type { KioskView, RiderSession } from '../../contract/kiosk/kiosk-view.ts'
import type { Rider, Screen } from '../flow/flow-state.ts'
import type { AskedTraining, TrainingsBy } from '../flow/visit-state.ts'
import { demoRider, GALLERY_AT_MS, GALLERY_WALL_MS } from './demo-view.ts'
import type { Draw } from './gallery-states.ts'
import { WALL } from './wish-states.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const TODAY = Math.floor(GALLERY_WALL_MS / DAY_MS)
const idOf = (number: number): string => `019ca7b2-0000-7000-8000-${String(number).padStart(12, '0')}`

const NANHU = { zh: '南湖站二楼会议室', en: 'Nanhu Station, 2nd floor' }
const REDCROSS = { zh: '区红十字会培训中心，三楼大教室', en: 'District Red Cross centre, 3rd floor' }

function training(number: number, topic: TrainingTopic, title: TrainingShown['title'], inDays: number, over: Partial<TrainingShown> = {}): TrainingShown {
  const startsAtMs = GALLERY_WALL_MS - (GALLERY_WALL_MS % DAY_MS) + inDays * DAY_MS + 7 * HOUR_MS
  return {
    training: idOf(number), topic, title, place: REDCROSS, startsAtMs, endsAtMs: startsAtMs + 2 * HOUR_MS, closesAtMs: startsAtMs - 2 * HOUR_MS, capacity: 20, seatsFree: { here: 2, central: 7 }, waiting: 0, points: 5,
    certificateMonths: null, lateMinutes: 15, hostedHere: false, forSome: false, state: 'open', cancelReason: null, ...over,
  }
}

export const TRAININGS: readonly TrainingShown[] = [
  training(1, 'cpr', { zh: '心肺复苏与除颤仪，一人一假人', en: 'CPR and defibrillator, hands on' }, 1, { hostedHere: true, place: NANHU, certificateMonths: 24, seatsFree: { here: 1, central: 0 } }),
  training(2, 'road_safety', { zh: '冬天骑车怎么不摔', en: 'Riding in winter without a fall' }, 2),
  training(3, 'law', { zh: '工伤了找谁，合同怎么看', en: 'Injured at work: whom to ask' }, 4, { seatsFree: { here: 0, central: 0 }, waiting: 6 }),
  training(4, 'trauma', { zh: '止血包扎', en: 'Stopping a bleeding' }, 6, { certificateMonths: 12, points: 10 }),
  training(5, 'psychology', { zh: '被骂了别憋着：情绪怎么放下来', en: 'Shouted at? How to let it go' }, 9, { points: 0 }),
  training(6, 'food_safety', { zh: '餐品安全', en: 'Food in your box' }, 12, { state: 'cancelled', cancelReason: '老师临时要出差' }),
  training(7, 'fire_safety', { zh: '电瓶车起火怎么办', en: 'When a battery burns' }, 13),
  training(8, 'first_aid', { zh: '应急救护员取证班', en: 'First-aider course' }, 20, { certificateMonths: 36, capacity: 40 }),
  training(9, 'cpr', { zh: '心肺复苏', en: 'CPR' }, 24),
  training(10, 'health', { zh: '腰腿保养', en: 'Backs and knees' }, 33),
]

const signup = (number: number, state: SignupShown['state'], over: Partial<SignupShown> = {}): SignupShown => ({ training: idOf(number), state, place: null, offerEndsAtMs: null, unsent: false, moved: false, refusal: null, note: null, ...over })

const certificate = (number: number, title: CertificateShown['title'], topic: TrainingTopic, expiresDay: number | null): CertificateShown => ({
  certificate: idOf(100 + number), number: `HT-2025-0${140 + number}`, topic, title, issuedDay: TODAY - 300, expiresDay,
})
const CERTIFICATES: readonly CertificateShown[] = [
  certificate(1, { zh: '应急救护员', en: 'First-aider' }, 'first_aid', TODAY + 800),
  certificate(2, { zh: '心肺复苏', en: 'CPR' }, 'cpr', TODAY + 30),
  certificate(3, { zh: '创伤包扎', en: 'Wounds' }, 'trauma', TODAY - 20),
  certificate(4, { zh: '消防志愿者', en: 'Fire volunteer' }, 'fire_safety', null),
]

const MINE: readonly SignupShown[] = [
  signup(1, 'seated'), signup(3, 'waiting', { place: 3 }), signup(4, 'offered', { offerEndsAtMs: GALLERY_WALL_MS + 11 * HOUR_MS }), signup(6, 'seated'), signup(7, 'pending', { unsent: true }),
]

const FROM = { by: { kind: 'all' as const }, page: 0 }
const VIEW: Partial<KioskView> = { trainings: [...TRAININGS] }
const rider = (session: Partial<RiderSession> = {}): Rider => ({ session: demoRider({ signups: [...MINE], certificates: [...CERTIFICATES], ...session }), cart: [], balanceShown: true })

const list = (by: TrainingsBy, session: Partial<RiderSession> = {}, view: Partial<KioskView> = VIEW, asked: AskedTraining | null = null): Draw => () => ({
  screen: { at: 'trainings', rider: rider(session), by, page: 0, asked },
  view,
})

const one = (number: number, over: { signups?: readonly SignupShown[]; step?: 'look' | 'clash' | 'cancel'; refusal?: Refusal | null } = {}): Draw => () => ({
  screen: { at: 'training', rider: rider({ signups: [...(over.signups ?? [])] }), training: idOf(number), from: FROM, step: over.step ?? 'look', asked: null, refusal: over.refusal ?? null },
  view: VIEW,
})

const greeting = (session: Partial<RiderSession>): Draw => () => ({ screen: { at: 'greeting', rider: rider(session) }, view: VIEW })

const moved = TRAININGS.map((shown) => (shown.training === idOf(2) ? { ...shown, startsAtMs: shown.startsAtMs + 3 * DAY_MS, endsAtMs: shown.endsAtMs + 3 * DAY_MS } : shown))

/** One of them is not for everybody. */
const SOME = TRAININGS.map((shown) => (shown.training === idOf(2) ? { ...shown, forSome: true } : shown))
const TOLD: SignupShown[] = [
  signup(1, 'waiting', { place: 1, note: 'place_lost' }), signup(4, 'seated', { note: 'seated_twice' }), signup(6, 'seated', { moved: true }), signup(2, 'refused', { refusal: 'not_invited', note: 'refused' }),
  signup(5, 'seated', { moved: true }), signup(7, 'seated', { note: 'place_lost' }), signup(3, 'refused', { refusal: 'rider_unknown', note: 'refused' }),
]
const told = (number: number, signups: SignupShown[]): Draw => () => ({ screen: { at: 'training', rider: rider({ signups }), training: idOf(number), from: FROM, step: 'look', asked: null, refusal: null }, view: { trainings: [...SOME] } })

const WITH_OFFERS = (panel: 'portrait' | 'landscape' | 'compact', turn: number): Screen => ({ at: 'attract', panel: panel === 'portrait' ? turn : turn + 1, panelSinceMs: GALLERY_AT_MS })

export const TRAINING_DRAWS: Readonly<Record<string, Draw>> = {
  'attract-trainings': ({ panel }) => ({ screen: WITH_OFFERS(panel, 1), view: VIEW }),
  'attract-wishes': ({ panel }) => ({ screen: WITH_OFFERS(panel, 2), view: { ...VIEW, wall: [...WALL] } }),
  trainings: list({ kind: 'all' }, { signups: [signup(2, 'seated')] }),
  'trainings-asking': list({ kind: 'all' }, { signups: [] }, VIEW, { request: 'r', training: idOf(2), what: 'sign_up', sinceMs: GALLERY_AT_MS }),
  'trainings-mine': list({ kind: 'mine' }),
  'trainings-mine-none': list({ kind: 'mine' }, { signups: [] }),
  'trainings-certificates': list({ kind: 'certificates' }),
  'trainings-certificates-none': list({ kind: 'certificates' }, { certificates: [] }),
  'trainings-topic': list({ kind: 'topic', topic: 'cpr' }),
  'trainings-day': list({ kind: 'day', day: Math.floor((TRAININGS[3]?.startsAtMs ?? 0) / DAY_MS) }),
  'trainings-none': list({ kind: 'all' }, { signups: [] }, { trainings: [] }),
  'trainings-unknown': list({ kind: 'all' }, { maskedName: null, standing: 'unknown', points: null, signups: [], certificates: [] }),
  'training-calendar': () => ({ screen: { at: 'training_calendar', rider: rider(), page: 0 }, view: VIEW }),
  'training-calendar-today': () => ({ screen: { at: 'training_calendar', rider: rider(), page: 0 }, view: { trainings: [training(11, 'cpr', { zh: '心肺复苏', en: 'CPR' }, 0), ...TRAININGS] } }),
  'training-open': one(2),
  'training-certificate': one(1),
  'training-full': one(3),
  'training-seated': one(1, { signups: [signup(1, 'seated')] }),
  'training-pending': one(7, { signups: [signup(7, 'pending', { unsent: true })] }),
  'training-waiting': one(3, { signups: [signup(3, 'waiting', { place: 3 })] }),
  'training-offered': one(4, { signups: [signup(4, 'offered', { offerEndsAtMs: GALLERY_WALL_MS + 11 * HOUR_MS })] }),
  'training-cancelled': one(6, { signups: [signup(6, 'seated', { moved: true })] }),
  'training-cancelled-seen': one(6, { signups: [signup(6, 'seated')] }),
  'training-moved': () => ({ screen: { at: 'training', rider: rider({ signups: [signup(2, 'seated', { moved: true })] }), training: idOf(2), from: FROM, step: 'look', asked: null, refusal: null }, view: { trainings: moved } }),
  'trainings-told': list({ kind: 'mine' }, { signups: TOLD }, { trainings: [...SOME] }),
  'trainings-for-some': list({ kind: 'all' }, { signups: [] }, { trainings: [...SOME] }),
  'training-for-some': told(2, []),
  'training-place-lost': told(1, [signup(1, 'waiting', { place: 1, note: 'place_lost' })]),
  'training-place-again': told(1, [signup(1, 'seated', { note: 'place_lost' })]),
  'training-seated-twice': told(4, [signup(4, 'seated', { note: 'seated_twice' })]),
  'training-not-invited': told(2, [signup(2, 'refused', { refusal: 'not_invited', note: 'refused' })]),
  'training-not-known-then': told(3, [signup(3, 'refused', { refusal: 'rider_unknown', note: 'refused' })]),
  'training-refused-seen': told(3, [signup(3, 'refused', { refusal: 'rider_unknown' })]),
  'training-refused-untold': told(7, [signup(7, 'refused', { note: 'refused' })]),
  'greeting-training-told': () => ({ screen: { at: 'greeting', rider: rider({ signups: TOLD }) }, view: { trainings: [...SOME] } }),
  'greeting-training-refused': () => ({ screen: { at: 'greeting', rider: rider({ signups: TOLD.filter(({ state }) => state === 'refused') }) }, view: { trainings: [...SOME] } }),
  'training-cancel': one(1, { signups: [signup(1, 'seated')], step: 'cancel' }),
  'training-clash': one(2, { signups: [signup(1, 'seated')], step: 'clash', refusal: { code: 'clash', training: idOf(1) } }),
  'training-refused': one(4, { refusal: { code: 'offer_over' } }),
  'training-gone': one(99),
  'greeting-training-tomorrow': greeting({ signups: [signup(1, 'seated')] }),
  'greeting-training-offer': greeting({ signups: [signup(4, 'offered', { offerEndsAtMs: GALLERY_WALL_MS + 11 * HOUR_MS })] }),
  'greeting-certificate-ends': greeting({ signups: [], certificates: CERTIFICATES.slice(1, 2) }),
}
