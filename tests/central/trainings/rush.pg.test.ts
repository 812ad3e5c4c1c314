// Two hundred people for twenty places from ten stations, half of them cut off: never more than twenty seated, exactly twenty when
// all are back, and whoever waits waits in central's order. On PostgreSQL with uploads at once, and on PGlite.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import type { TestStation } from '../../support/station-client.ts'
import { startTestCentral, type TestCentral } from '../../support/test-central.ts'
import { newsOf, openRiders, openTraining, request, seatsOf } from '../../support/training-town.ts'

const STATIONS = 10
const RIDERS = 200
const PLACES = 20

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    await databases.stop()
  }, 60_000)

  test('two hundred people, twenty places, ten stations, half of them offline', { timeout: 120_000 }, async () => {
    const stations: TestStation[] = []
    for (let index = 0; index < STATIONS; index += 1) stations.push(await central.another())
    for (const station of stations) await station.hello()
    const [host] = stations
    if (host === undefined) throw new Error('no host')
    const riders = await openRiders(central.database, host, RIDERS)
    const training = await openTraining(central.database, host, { capacity: PLACES })

    // The host is among those that are cut off: it gives away what it holds, and more ask there than it has.
    const [block] = await newsOf(host, 'seat_block', training)
    if (block === null || block === undefined) throw new Error('no block')
    host.record('seat_block.received/1', { block: block.id, training, seats: block.seats })
    const free = [...block.seats]
    let mostSeated = 0
    const look = async (): Promise<void> => {
      mostSeated = Math.max(mostSeated, (await seatsOf(central.database, training)).taken.size)
    }
    const asks = (index: number): void => {
      const station = stations[index % STATIONS]
      const rider = riders[index]
      if (station === undefined || rider === undefined) throw new Error('nobody asks')
      // Of the host's twenty riders five find a place at once and then nobody asks there any more.
      const seat = station === host && free.length > 5 ? free.pop() : undefined
      if (seat === undefined) request(station, training, rider)
      else station.record('signup.seated/1', { request: randomUUID(), training, rider, seat, revision: 1 })
    }
    const pushed = new Map<TestStation, number>()
    const push = async (station: TestStation): Promise<void> => {
      const first = (pushed.get(station) ?? 0) + 1
      if (first > station.events.length) return
      pushed.set(station, station.events.length)
      await station.push(first)
      await look()
    }
    const isCutOff = (index: number): boolean => index < STATIONS / 2
    for (let index = 0; index < RIDERS; index += 1) {
      asks(index)
      // Those with a line to central send as they go, many at once.
      if (index % 20 === 19) await Promise.all(stations.filter((_, at) => !isCutOff(at)).map(push))
    }
    const whileCutOff = await seatsOf(central.database, training)
    expect({ taken: whileCutOff.taken.size, lent: whileCutOff.lent }).toEqual({ taken: PLACES / 2, lent: PLACES / 2 })

    // All come back at once, and a repeat of everything changes nothing. The host hears that it is asked for the rest.
    await Promise.all(stations.map(push))
    const [asked] = await newsOf(host, 'seat_block', training)
    expect(asked?.recalled).toBe(true)
    host.record('seat_block.returned/1', { training, seats: free.toSorted((one, other) => one - other), reason: 'recall' })
    await push(host)
    await Promise.all(stations.map((station) => station.push()))
    await look()

    const healed = await seatsOf(central.database, training)
    expect({ mostSeated, seated: healed.taken.size, inUse: healed.inUse, free: healed.free }).toEqual({ mostSeated: PLACES, seated: PLACES, inUse: PLACES, free: 0 })
    const order = await central.database.query<{ rider: string; number: number }>(
      `SELECT rider_id AS rider, number FROM signups WHERE training_id = $1 AND standing = 'waiting' ORDER BY number`, [training],
    )
    // In the order of the commits: recomputed from the outcomes of the requests as they were booked.
    const requests = await central.database.query<{ rider: string }>(
      `SELECT act->'fact'->>'rider' AS rider FROM training_acts WHERE training_id = $1 AND act->>'act' = 'requested' ORDER BY number`, [training],
    )
    const waiting = new Set(order.map(({ rider }) => rider))
    expect(order.map(({ rider }) => rider)).toEqual(requests.map(({ rider }) => rider).filter((rider) => waiting.has(rider)))
    expect(order).toHaveLength(RIDERS - PLACES)
    const firstWaiting = requests.findIndex(({ rider }) => waiting.has(rider))
    // Nobody was passed over: whoever asked before the first who waits has a place.
    expect(requests.slice(0, firstWaiting).every(({ rider }) => healed.taken.has(rider))).toBe(true)
    expect((await auditBooks(central.database)).differences).toEqual([])
  })
})
