// In which order bookings wait for each other's accounts: riders and slices first, each by its key, then what all of them want
// (the programme, the discrepancy), so that no two wait in a ring. Only PostgreSQL has two of them at once.

import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Queryable } from '../../../central/store/database.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { act } from '../../support/operator.ts'
import { readBooks } from '../../support/test-central.ts'

let databases: TestDatabases
let central: KeyedCentral

beforeAll(async () => {
  databases = await startDatabases('postgres')
}, 120_000)

afterAll(() => databases.stop(), 60_000)

beforeEach(async () => {
  central = await startKeyedCentral(databases)
}, 60_000)

afterEach(async () => {
  await central.close()
  expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
})

async function untilSomebodyWaits(booking: Queryable): Promise<void> {
  for (let looks = 1; looks <= 500; looks += 1) {
    const [row] = await booking.query<{ waiting: number }>('SELECT count(*) AS waiting FROM pg_locks WHERE NOT granted')
    if ((row?.waiting ?? 0) > 0) return
    await setTimeout(10)
  }
  throw new Error('nobody waits')
}

/** Fails at once where somebody else has one of them. */
const take = (booking: Queryable, where: string, ...values: string[]): Promise<{ key: string }[]> =>
  booking.query<{ key: string }>(`SELECT account_key AS key FROM accounts WHERE ${where} ORDER BY district_id, account_key FOR UPDATE NOWAIT`, values)

/** A booking has every rider, as a push has those of its facts, and wants the programme next. */
async function ofARiderThenTheProgramme(waiting: () => Promise<unknown>): Promise<{ taken: number; answer: unknown }> {
  let answer: Promise<unknown> = Promise.resolve()
  const taken = await central.database.transaction('write', async (booking) => {
    const riders = await take(booking, "kind = 'rider_central'")
    answer = waiting()
    await untilSomebodyWaits(booking)
    return riders.length + (await take(booking, "account_key IN ('program', 'discrepancy')")).length
  })
  return { taken, answer: await answer }
}

test('a write-off that waits for a rider does not have the programme, which whoever has the rider may want', async () => {
  const { first, database } = central
  await first.hello()
  await first.renew()
  const staff = (await database.query<{ id: string }>('SELECT staff_id AS id FROM staff WHERE active AND station_id = $1 ORDER BY staff_id LIMIT 2', [first.station])).map(({ id }) => id)
  const { taken, answer } = await ofARiderThenTheProgramme(() => act(central, 'write-off', { station: first.station, incarnation: first.incarnation, staff, reason: 'lost' }))
  expect(taken).toBeGreaterThan(5)
  expect(answer).toMatchObject({ ok: true, answer: { programPoints: expect.any(Number) as number } })
})

test('renewals lock in two steps, and that is no fault: riders before the programme, as every booking', async () => {
  const { first } = central
  await first.hello()
  // The next day, so that they are due.
  central.clock.nowMs += 86_400_000
  const { taken, answer } = await ofARiderThenTheProgramme(() => first.renew())
  expect(taken).toBeGreaterThan(5)
  expect(answer).toMatchObject({ withheld: null })
})
