// A real station file in a folder of its own, with a small catalogue, two riders, staff and keys, for tests of the counter.

import { generateKeyPairSync, type KeyObject, randomUUID, scryptSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { encodePass, type PassBody, passSigningBytes } from '../../contract/pass/pass-code.ts'
import type { Change, MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { Counter } from '../../station/acts/act.ts'
import { receiveGrant } from '../../station/acts/receive-grant.ts'
import { restock } from '../../station/acts/restock.ts'
import type { StationClock } from '../../station/station-clock.ts'
import { machineIds } from '../../station/station-ids.ts'
import { openStationDatabase } from '../../station/store/database.ts'
import { beginBoot } from '../../station/store/identity.ts'
import { applyChanges } from '../../station/sync/apply-answers.ts'

export const STATION = '0190b5a2-0000-7000-8000-000000000001'
export const ZHANG = '0190b5a2-0000-7000-8000-0000000000a1'
export const LI = '0190b5a2-0000-7000-8000-0000000000a2'
export const STRANGER = '0190b5a2-0000-7000-8000-0000000000a3'
export const WANG = '0190b5a2-0000-7000-8000-0000000000b1'
export const FORMER_STAFF = '0190b5a2-0000-7000-8000-0000000000b2'
export const DONOR = '0190b5a2-0000-7000-8000-0000000000d1'
export const PIN = '246810'
/** 2026-11-21 14:26 in Urumqi's official time. */
export const AFTERNOON_MS = Date.UTC(2026, 10, 21, 6, 26)
export const TODAY = Math.floor((AFTERNOON_MS + 480 * 60_000) / 86_400_000)

export interface HandClock extends StationClock {
  advance(ms: number): void
  setWall(ms: number): void
}

export function handClock(wallMs: number = AFTERNOON_MS): HandClock {
  let wall = wallMs
  let monotonic = 1_000
  return {
    wallMs: () => wall,
    monotonicMs: () => monotonic,
    advance(ms) {
      wall += ms
      monotonic += ms
    },
    setWall(ms) {
      wall = ms
    },
  }
}

const passKeys = generateKeyPairSync('ed25519')

export function signPass(body: Partial<PassBody> & { holderId: string }, key: KeyObject = passKeys.privateKey): string {
  const whole: PassBody = { holder: 'rider', card: 1, issueDay: TODAY - 10, keyId: 1, ...body }
  return encodePass(whole, sign(null, passSigningBytes(whole), key))
}

export function strangersKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey
}

export function item(id: string, more: Partial<MirrorRow<'item'>> = {}): Change {
  const row: MirrorRow<'item'> = {
    id,
    name: { zh: `物资${id}`, en: id },
    category: 'home',
    pricePoints: 20,
    picture: `${id}.svg`,
    tint: 'sky',
    limit: null,
    perishable: false,
    offered: true,
    position: 1,
    barcodes: [],
    ...more,
  }
  return { kind: 'item', scope: 'district', number: 1, key: id, row }
}

export function rider(id: string, more: Partial<MirrorRow<'rider'>> = {}): Change {
  return {
    kind: 'rider',
    scope: 'riders',
    number: 1,
    key: id,
    row: { id, maskedName: '张*', standing: 'active', hideBalance: false, balance: 0, includedSeq: 0, atCentral: 0, home: false, ...more },
  }
}

export const catalogue: Change[] = [
  {
    kind: 'station', scope: 'station', number: 1, key: STATION,
    row: {
      id: STATION,
      number: 1,
      name: { zh: '南湖', en: 'Nanhu' },
      brand: {
        key: 'boai',
        name: { zh: '博爱小站', en: "Bo'ai Station" },
        programme: { zh: '轻骑兵', en: 'Light Riders' },
        accent: '#D8452B',
        accentDeep: '#862411',
        tint: '#F7DFD2',
        mark: 'house-heart',
      },
      hotline: '0991-000 0101',
      facilities: ['seats'],
      panelPitchMm: 0.248,
    },
  },
  {
    kind: 'rules', scope: 'district', number: 1, key: 'rules',
    row: {
      utcOffsetMinutes: 480,
      passValidDays: 1095,
      checkinAgainMinutes: 30,
      cartUnitsMax: 10,
      lowStockUnits: 3,
      expiryWarningDays: 30,
      outboxEventsMax: 20_000, standingPoints: 50, topUpPointsMax: 1_000_000, earningSlicePoints: 500, spendBeforeHello: true, outboxAlarmHours: 24,
      wishesOpenMax: 3,
    },
  },
  { kind: 'pass_key', scope: 'district', number: 1, key: '1', row: { keyId: 1, publicKey: passKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString() } },
  item('soap', { barcodes: [{ code: '6990000010014', units: 1 }, { code: '6990000010113', units: 12 }] }),
  item('noodles', { pricePoints: 50, perishable: true, limit: { quantity: 2, period: 'week' }, position: 2 }),
  item('shoes', { pricePoints: 500, position: 3 }),
  { kind: 'donor', scope: 'district', number: 1, key: DONOR, row: { id: DONOR, name: { zh: '桂苑书店', en: 'Guiyuan Books' } } },
  { kind: 'staff', scope: 'station', number: 1, key: WANG, row: { id: WANG, maskedName: '王*', role: 'volunteer', pinHash: pinHash(PIN), active: true } },
  { kind: 'staff', scope: 'station', number: 1, key: FORMER_STAFF, row: { id: FORMER_STAFF, maskedName: '胡*', role: 'volunteer', pinHash: pinHash(PIN), active: false } },
  rider(ZHANG, { balance: 126 }),
  rider(LI, { maskedName: '李*', standing: 'suspended', balance: 60 }),
]

export interface TestCounter extends Counter {
  readonly clock: HandClock
  readonly folder: string
}

/** An empty station file. */
export function openEmptyCounter(folder: string = temporaryFolder(), clock: HandClock = handClock()): TestCounter {
  const database = openStationDatabase({ file: join(folder, 'station.db') })
  onTestFinished(() => database.close())
  return { database, identity: beginBoot(database, STATION, machineIds), clock, ids: machineIds, folder }
}

/** With catalogue, people, 126 points of allowance for 张, soap and noodles on the shelf. */
export function openStockedCounter(): TestCounter {
  const counter = openEmptyCounter()
  applyChanges(counter, catalogue)
  giveAllowance(counter, ZHANG, 126)
  const stocked = restock(counter, {
    request: randomUUID(),
    staff: WANG,
    lines: [
      { item: 'soap', quantity: 5, expiryDay: null, donor: null },
      { item: 'noodles', quantity: 2, expiryDay: TODAY + 90, donor: null },
      { item: 'noodles', quantity: 3, expiryDay: TODAY + 5, donor: DONOR },
    ],
  })
  if (!stocked.ok) throw new Error(`the test's first goods are refused: ${stocked.refusal.code}`)
  return counter
}

export function giveAllowance(counter: Counter, riderId: string, points: number): void {
  counter.database.write((writer) => receiveGrant(counter, writer, { id: randomUUID(), rider: riderId, points }))
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'boai-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function pinHash(pin: string): string {
  const salt = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
  return `${salt.toString('hex')}:${scryptSync(pin, salt, 32, { N: 16_384, r: 8, p: 1 }).toString('hex')}`
}
