// Trainings for tests of central: made through the product's own act, riders of their own, and a look at the places that shares
// nothing with the program but the tables.

import { randomUUID } from 'node:crypto'
import { sqlStore } from '../../central/store/sql-store.ts'
import type { Database } from '../../central/store/database.ts'
import { makeTrainings, type TrainingForm } from '../../central/trainings/staff-trainings.ts'
import { EVERYBODY } from '../../domain/training/decide-signup.ts'
import type { Change, MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { TestStation } from './station-client.ts'
import { NOW_MS } from './test-central.ts'

export const HOUR_MS = 3_600_000

export async function openRiders(database: Database, home: TestStation, count: number): Promise<string[]> {
  const riders = Array.from({ length: count }, () => randomUUID())
  await database.query(
    `INSERT INTO riders (rider_id, district_id, full_name, platform, site, phone_tail, standing, hide_balance, home_station_id)
     SELECT rider, district_id, '测试', 'meituan', 'x', '0000', 'active', false, station_id FROM stations, unnest($1::uuid[]) AS rider WHERE station_id = $2`,
    [riders, home.station],
  )
  return riders
}

export async function districtOf(database: Database, station: string): Promise<string> {
  const [row] = await database.query<{ district: string }>('SELECT district_id AS district FROM stations WHERE station_id = $1', [station])
  return row?.district ?? ''
}

export function trainingForm(host: TestStation, more: Partial<TrainingForm> = {}): TrainingForm {
  return {
    topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '二楼', en: 'Second floor' }, points: 10, certificateMonths: 24, host: host.station,
    audience: EVERYBODY, startsAtMs: NOW_MS + 100 * HOUR_MS, endsAtMs: NOW_MS + 102 * HOUR_MS, capacity: 4, ...more,
  }
}

export async function openTraining(database: Database, host: TestStation, more: Partial<TrainingForm> = {}, nowMs = NOW_MS): Promise<string> {
  const training = randomUUID()
  const district = await districtOf(database, host.station)
  await sqlStore(database).transaction('write', (transaction) => makeTrainings(transaction, district, [{ training, form: trainingForm(host, more) }], null, nowMs))
  return training
}

/** By rider; recomputed from the places, not from the sign-ups. */
export async function seatsOf(database: Database, training: string): Promise<{ taken: Map<string, number>; free: number; lent: number; inUse: number }> {
  const rows = await database.query<{ seat: number; rider: string | null; block: string | null; offered: string | null }>(
    'SELECT seat, rider_id AS rider, block_id AS block, offered_to AS offered FROM training_seats WHERE training_id = $1 AND NOT retired ORDER BY seat',
    [training],
  )
  return {
    taken: new Map(rows.flatMap(({ rider, seat }) => (rider === null ? [] : [[rider, seat]]))),
    free: rows.filter(({ rider, block, offered }) => rider === null && block === null && offered === null).length,
    lent: rows.filter(({ block }) => block !== null).length,
    inUse: rows.length,
  }
}

export async function signupOf(database: Database, training: string, rider: string): Promise<{ standing: string; seat: number | null; number: number | null; note: string | null } | undefined> {
  const [row] = await database.query<{ standing: string; seat: number | null; number: number | null; note: string | null }>(
    'SELECT standing, seat, number, note FROM signups WHERE training_id = $1 AND rider_id = $2', [training, rider],
  )
  return row
}

export function request(station: TestStation, training: string, rider: string, id: string = randomUUID()): string {
  station.record('signup.requested/1', { request: id, training, rider, revision: 1 })
  return id
}

/** What a station hears of, from the start. */
export async function newsOf<Kind extends Change['kind']>(station: TestStation, kind: Kind, about: string): Promise<(MirrorRow<Kind> | null)[]> {
  const rows: (MirrorRow<Kind> | null)[] = []
  for (let cursor: Parameters<TestStation['pull']>[0] = null; ; ) {
    const answer = await station.pull(cursor)
    if (answer.result !== 'page') throw new Error(answer.result)
    for (const change of answer.changes) if (change.kind === kind && JSON.stringify(change).includes(about)) rows.push(change.row as MirrorRow<Kind> | null)
    if (!answer.more) return rows
    cursor = answer.cursor
  }
}
