// A station's view built from the demo data, as the station itself would send it at 14:26 of a fixed day. For the gallery
// and its tests only.

import items from '../../resources/demo/items.json' with { type: 'json' }
import stations from '../../resources/demo/stations.json' with { type: 'json' }
import donors from '../../resources/demo/donors.json' with { type: 'json' }
import type { KioskView, RiderSession, ShelfEntry, StaffSession, SyncReport } from '../../contract/kiosk/kiosk-view.ts'

/** 2026-11-21 14:26 in Urumqi's and Beijing's clock. */
export const GALLERY_WALL_MS = Date.UTC(2026, 10, 21, 6, 26)
export const GALLERY_AT_MS = 1_000_000
const UTC_OFFSET_MINUTES = 480
const PITCH_MM = { portrait: 0.248, landscape: 0.179, compact: 0.204 } as const
export type PanelKind = keyof typeof PITCH_MM

type Points = NonNullable<RiderSession['points']>

/** A station on an ordinary day. */
export const DEMO_SYNC: SyncReport = {
  alarms: [],
  lastHelloAtMs: GALLERY_WALL_MS - 3 * 3_600_000,
  clockOffsetMs: 400,
  held: { riders: 12, points: 320 },
  earningSliceLeft: 480,
  rules: { standingPoints: 50, topUpPointsMax: 500, earningSlicePoints: 500, spendBeforeHello: true },
  worst: { strandedPoints: 320, clonedDiskPoints: 820 },
}

export function demoShelf(stationIndex: 0 | 1): ShelfEntry[] {
  const stock = stations[stationIndex]?.stock ?? []
  return items.map((item) => ({
    item: item.id,
    name: { zh: item.zh, en: item.en },
    category: item.category as ShelfEntry['category'],
    pricePoints: item.pricePoints,
    picture: item.picture,
    tint: item.tint as ShelfEntry['tint'],
    onShelf: (stock.find((one) => one.item === item.id)?.lots ?? []).reduce((sum, lot) => sum + lot.quantity, 0),
    limit: item.limit as ShelfEntry['limit'],
    perishable: item.perishable,
  }))
}

export function demoView(panel: PanelKind, stationIndex: 0 | 1 = 0): KioskView {
  const station = stations[stationIndex]
  if (station === undefined) throw new Error('the demo data has two stations')
  const { number, name, brand, hotline, facilities } = station
  return {
    revision: 1,
    nowMs: GALLERY_WALL_MS,
    utcOffsetMinutes: UTC_OFFSET_MINUTES,
    station: { number, name, brand, hotline, facilities, panelPitchMm: PITCH_MM[panel] },
    link: { state: 'online', lastSyncAtMs: GALLERY_WALL_MS - 20_000 },
    scanner: 'ready',
    shelf: demoShelf(stationIndex),
    cartUnitsMax: 10,
    wishesOpenMax: 3,
    trainings: [],
    wall: [],
    handOff: null,
    consent: null,
    session: null,
    held: false,
    knock: null,
    trouble: null,
    outbox: { depth: 0, oldestAgeMs: null, parked: 0 },
    setUp: null,
    demo: false,
  }
}

export function demoRider(over: Partial<RiderSession> = {}): RiderSession {
  return {
    kind: 'rider',
    session: '019ca7b0-0000-7000-8000-000000000001',
    maskedName: '张*',
    standing: 'active',
    hideBalance: false,
    points: demoPoints(126),
    fetching: false,
    visitToday: 1,
    sameVisit: false,
    checkedInAtMs: GALLERY_WALL_MS,
    limitLeft: items.flatMap((item) => (item.limit === null ? [] : [{ item: item.id, left: item.limit.quantity }])),
    signups: [],
    certificates: [],
    invitations: [],
    wishes: [],
    ...over,
  }
}

/** So many in all; where the rest lies is known unless said otherwise. */
export function demoPoints(balance: number, here: number = balance, over: Partial<Points> = {}): Points {
  return { balance, here, pending: 0, elsewhere: { reach: 'known', places: [] }, ...over }
}

export function demoStaff(over: Partial<StaffSession> = {}): StaffSession {
  return {
    kind: 'staff',
    session: '019ca7b0-0000-7000-8000-000000000002',
    maskedName: '马*',
    role: 'volunteer',
    signedIn: true,
    pin: { triesLeft: 5, lockedUntilMs: null },
    donors: donors.map((donor) => ({ id: donor.id, name: { zh: donor.zh, en: donor.en } })),
    sync: DEMO_SYNC,
    hosted: [],
    attendance: null,
    ...over,
  }
}
