import { expect, test } from 'vitest'
import { stationFrame } from '../../../contract/kiosk/kiosk-frames.ts'
import { kioskView, type KioskView, type RiderSession, type StaffSession } from '../../../contract/kiosk/kiosk-view.ts'
import { placesOf, withFieldAdded, withPlace } from '../changed-places.ts'

const ID = '019ca749-db6c-74d9-8788-369c8ff44912'

const RIDER_SESSION: RiderSession = {
  kind: 'rider', session: ID, maskedName: '肉孜艾力·*', standing: 'active', hideBalance: false, 
  points: {
    balance: 126, here: 60, pending: 4,
    elsewhere: { reach: 'known', places: [{ name: { zh: '南湖 · 博爱小站', en: 'Nanhu · Bo’ai Station' }, points: 50, heardAtMs: 1_795_000_000_000 }] },
  },
  fetching: true, visitToday: 2, sameVisit: false, checkedInAtMs: 1_795_000_000_000, limitLeft: [{ item: 'rice-5kg', left: 1 }],
  signups: [{ training: ID, state: 'waiting', place: 3, offerEndsAtMs: 1_795_000_000_000, unsent: true, moved: false, refusal: 'list_full', note: 'seated_twice' }],
  certificates: [{ certificate: ID, number: 'HT-2026-0042', topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, issuedDay: 20_700, expiresDay: 21_430 }],
  invitations: [{ certificate: ID, training: ID }],
  wishes: [
    {
      wish: ID, category: 'hard_rest', text: '想要一个小风扇', state: 'fulfilled', staffWords: '好的', claim: { by: ['爱心超市'], untilMs: 1_795_600_000_000 },
      fulfilment: { words: '已放到站里', photo: null }, postedAtMs: 1_795_000_000_000, notYet: false,
    },
  ],
}
const STAFF_SESSION: StaffSession = {
  kind: 'staff', session: ID, maskedName: '李*', role: 'station_head', signedIn: true, pin: { triesLeft: 5, lockedUntilMs: null },
  donors: [{ id: ID, name: { zh: '爱心超市', en: 'Kind Shop' } }],
  sync: {
    alarms: ['outbox_old', 'clock_off'], lastHelloAtMs: 1_795_000_000_000, clockOffsetMs: -400, held: { riders: 12, points: 320 }, earningSliceLeft: 480,
    rules: { standingPoints: 50, topUpPointsMax: 500, earningSlicePoints: 500, spendBeforeHello: true }, worst: { strandedPoints: 320, clonedDiskPoints: 820 },
  },
  hosted: [{ training: ID, came: 3, signedUp: 8 }],
  attendance: {
    training: ID, attendees: [{ rider: ID, maskedName: '张*', state: 'attended', late: true }],
    last: { result: 'attended', maskedName: '张*', late: true, walkIn: false, points: 5, certificate: true },
  },
}
const VIEW: KioskView = {
  revision: 7,
  nowMs: 1_795_000_000_500,
  utcOffsetMinutes: 480,
  station: {
    number: 1,
    name: { zh: '红山路博爱小站', en: 'Hongshan Road Station' },
    brand: {
      key: 'boai', name: { zh: '博爱小站', en: 'Boai Station' }, programme: { zh: '骑手驿站', en: 'Riders’ stations' },
      accent: '#C8102E', accentDeep: '#8F0B20', tint: '#FBECEE', mark: 'house-heart.svg',
    },
    hotline: '0991-1234567',
    facilities: ['water', 'charging'],
    panelPitchMm: 0.25,
  },
  held: false,
  link: { state: 'online', lastSyncAtMs: 1_795_000_000_000 },
  scanner: 'ready',
  shelf: [
    {
      item: 'rice-5kg', name: { zh: '大米 5 公斤', en: 'Rice, 5 kg' }, category: 'food', pricePoints: 100, picture: 'rice-5kg.svg', tint: 'sand', onShelf: 3,
      limit: { quantity: 1, period: 'month' }, perishable: true,
    },
  ],
  cartUnitsMax: 10,
  wishesOpenMax: 3,
  trainings: [
    {
      training: ID, topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '南湖站二楼', en: 'Nanhu Station, 2nd floor' }, startsAtMs: 1_795_100_000_000,
      endsAtMs: 1_795_107_200_000, closesAtMs: 1_795_096_400_000, capacity: 20, seatsFree: { here: 4, central: 7 }, waiting: 2, points: 5, certificateMonths: 24, lateMinutes: 15, hostedHere: true, forSome: false, state: 'cancelled',
      cancelReason: '老师生病',
    },
  ],
  wall: [
    {
      wish: ID, category: 'hard_charging', text: '站里多一个充电口', who: '张*', stationName: { zh: '南湖站', en: 'Nanhu Station' }, state: 'open', postedAtMs: 1_795_000_000_000,
      again: true, claimUrl: 'https://central.example/w/1',
    },
  ],
  handOff: { purpose: 'wish', state: 'waiting', url: 'https://central.example/h/x', refusal: null, endsAtMs: 1_795_000_300_000, pass: null },
  consent: { version: 2, text: { zh: '说明', en: 'What is kept' } },
  session: RIDER_SESSION,
  knock: { number: 1, kind: 'rider' },
  trouble: { code: 'outbox_full', works: ['rest', 'checkin'] },
  outbox: { depth: 3, oldestAgeMs: 60_000, parked: 0 },
  setUp: null,
  demo: false,
}
const VIEWS: KioskView[] = [
  VIEW,
  { ...VIEW, session: STAFF_SESSION, knock: { number: 2, kind: 'staff' } },
  { ...VIEW, session: { ...RIDER_SESSION, maskedName: null, standing: 'unknown', points: null, limitLeft: [] }, knock: null, trouble: null },
  { ...VIEW, session: null, station: null, trouble: { code: 'not_set_up', works: ['rest'] }, shelf: [], setUp: { state: 'waiting', problem: 'code_expired', keyPrint: null, centralUrl: null } },
  { ...VIEW, session: null, station: null, shelf: [], setUp: { state: 'comparing', problem: null, keyPrint: 'W4T7K2M9QXB05HRE', centralUrl: null } },
  { ...VIEW, session: null, station: null, shelf: [], link: { state: 'offline', lastSyncAtMs: null }, outbox: { depth: 0, oldestAgeMs: null, parked: 0 } },
]

test('whole views of a rider, of staff, of somebody unknown, of a machine that is no station yet and of nobody travel as they are', () => {
  expect(VIEWS.map((view) => stationFrame.parse(JSON.parse(JSON.stringify({ type: 'view', view }))))).toEqual(VIEWS.map((view) => ({ type: 'view', view })))
})

test('a view with anything personal added to it, anywhere, is refused', () => {
  const personal = ['phone', 'fullName', 'riderName', 'pinHash', 'platform', 'idNumber', 'rider', 'note']
  for (const view of VIEWS) {
    const views = personal.flatMap((field) => withFieldAdded(view, field, '13912345678'))
    expect(views.filter((changed) => kioskView.safeParse(changed).success)).toEqual([])
  }
})

test('the station’s own id and a knocker’s session are not shown', () => {
  expect([
    { ...VIEW, station: { ...VIEW.station, id: ID } },
    { ...VIEW, knock: { number: 1, kind: 'rider', session: ID } },
  ].map((view) => kioskView.safeParse(view).success)).toEqual([false, false])
})

test('a view that lacks any of its fields is refused', () => {
  for (const view of VIEWS) {
    const lacking = placesOf(view).filter(({ path }) => typeof path.at(-1) === 'string').map(({ path }) => withPlace(view, path, undefined))
    expect(lacking.filter((changed) => kioskView.safeParse(changed).success)).toEqual([])
  }
})

test('a shelf holds at most five hundred items', () => {
  const shelf = Array.from({ length: 501 }, () => VIEW.shelf[0])
  expect([shelf.slice(1), shelf].map((items) => kioskView.safeParse({ ...VIEW, shelf: items }).success)).toEqual([true, false])
})
