// What the store in memory models beside the SQL's meaning: a disk, a machine that goes away, copies, a death at any call.

import { expect, test } from 'vitest'
import type { CentralStore, StoreTransaction } from '../../../central/store/central-store.ts'
import { type MemoryStore, openMemoryStore, StoreCrashedError, StoreGoneError } from './memory-store.ts'
import { buildSmallTown, FIRST_MS } from './small-town.ts'

const town = buildSmallTown(1, [])
const [station = ''] = town.stations
const [incarnation = ''] = town.incarnations[0] ?? []
const SEED = new Uint8Array(32)

function open(fsync: 'every_commit' | 'never' = 'every_commit'): MemoryStore {
  return openMemoryStore({ ...town.rows, centrals: [{ history: town.id('history', 0) }] }, { fsync })
}

function begin(store: CentralStore): Promise<unknown> {
  return store.transaction('write', async (transaction) => {
    await transaction.lockStation(station)
    return transaction.beginIncarnation({ district: town.districts[0] ?? '', station, incarnation }, SEED, FIRST_MS)
  })
}

const hasBegun = async (store: CentralStore): Promise<boolean> => (await store.findIncarnation(station, incarnation)) !== null

test('a commit that was synced outlives a power loss, and there is a sync for each', async () => {
  const store = open()
  await begin(store)
  store.powerLoss()
  expect({ hasBegun: await hasBegun(store), commits: store.commits(), fsyncs: store.fsyncs() }).toEqual({ hasBegun: true, commits: 1, fsyncs: 1 })
})

test('without a sync a power loss takes what was committed last, and the log of changes with it', async () => {
  const store = open('never')
  const before = store.dump()
  await begin(store)
  await store.transaction('write', (transaction) => transaction.appendChanges([{ district: town.districts[0] ?? '', scope: 'district', kind: 'item', key: 'tea' }]))
  const question = { district: town.districts[0] ?? '', station, after: 15, limit: 50 }
  const read = (): Promise<number[]> => store.transaction('snapshot', async (snapshot) => (await snapshot.readChanges(question)).rows.map(({ number }) => number))
  const numbers = await read()
  store.powerLoss()
  expect({ lost: numbers.length - (await read()).length, fsyncs: store.fsyncs() }).toEqual({ lost: 1, fsyncs: 0 })
  expect(store.dump()).toEqual(before)
})

test('killed before a call, nothing of the transaction stays; killed after its commit, all of it does and nobody is told', async () => {
  const store = open()
  store.crashAt(1)
  await expect(begin(store)).rejects.toThrow(StoreCrashedError)
  expect(await hasBegun(store)).toBe(false)
  store.crashAt(2)
  await expect(begin(store)).rejects.toThrow(StoreCrashedError)
  expect(await hasBegun(store)).toBe(true)
})

test('what is under way when an older copy is put back fails and leaves no trace in it', async () => {
  const store = open()
  const copy = store.backup()
  const underWay = store.transaction('write', async (transaction) => {
    await transaction.setStationStatus(station, 'revoked')
    store.restore(copy)
    await transaction.setStationStatus(station, 'revoked')
  })
  const waiting = begin(store)
  await expect(underWay).rejects.toThrow(StoreGoneError)
  await expect(waiting).rejects.toThrow(StoreGoneError)
  expect(store.dump()).toEqual(copy)
  await begin(store)
  expect(await hasBegun(store)).toBe(true)
})

test('a question without a transaction sees what is committed, a dump too', async () => {
  const store = open()
  const before = store.dump()
  await store.transaction('write', async (transaction) => {
    await transaction.setStationStatus(station, 'revoked')
    expect((await transaction.findStation(station))?.status).toBe('revoked')
    expect((await store.findStation(station))?.status).toBe('active')
    expect(new Set(store.dump()['stations'])).toEqual(new Set(before['stations']))
  })
  expect((await store.findStation(station))?.status).toBe('revoked')
})

test('rows from outside must be of the tables: no unknown column, no wrong type, no balance of a rider below zero', () => {
  const [account] = town.rows['accounts'] ?? []
  const openWith = (change: Record<string, unknown>) => () => openMemoryStore({ accounts: [{ ...account, ...change }] })
  expect(openWith({ colour: 'red' })).toThrow('accounts has no column colour')
  expect(openWith({ balance: '5' })).toThrow('accounts.balance holds no bigint')
  expect(openWith({ kind: 'rider_central', rider_id: town.riders[0], balance: -1 })).toThrow("nobody's points are below zero")
})

test('a snapshot refuses to write and to lock, but not to write nothing: so does the real one', async () => {
  const store = openMemoryStore()
  const inSnapshot = (ask: (transaction: StoreTransaction) => Promise<unknown>): Promise<unknown> => store.transaction('snapshot', ask)
  for (const nothing of [(one: StoreTransaction) => one.keepWords([], 1), (one: StoreTransaction) => one.writeAttended({ attendances: [], certificates: [], records: [] })]) await inSnapshot(nothing)
  await expect(inSnapshot((one) => one.keepWords([{ ref: 'r', kept: new Uint8Array() }], 1))).rejects.toThrow('a snapshot locks and writes nothing')
  await expect(inSnapshot((one) => one.lockStations([]))).rejects.toThrow('a snapshot locks and writes nothing')
})

test('whoever moves a slice without the lock of its station is refused; with it, or with all locks, he is not', async () => {
  const store = openMemoryStore({ ...town.rows, centrals: [{ history: town.id('history', 0) }] }, { needsLocks: true })
  const [district = ''] = town.districts
  const lend = (lock: (transaction: StoreTransaction) => Promise<unknown>): Promise<void> =>
    store.transaction('write', async (transaction) => {
      await lock(transaction)
      await transaction.beginIncarnation({ district, station, incarnation }, SEED, FIRST_MS)
      const transfer = { from: { kind: 'program' as const }, to: { kind: 'program_station' as const, station, incarnation }, points: 5 }
      await transaction.writePostings([{ eventId: town.id('event', 0), line: 1, district, transfer, bookedAtMs: FIRST_MS }])
      throw new Error('far enough')
    })
  await expect(lend(() => Promise.resolve())).rejects.toThrow('nobody has locked the station')
  await expect(lend((transaction) => transaction.lockStation(town.stations[1] ?? ''))).rejects.toThrow('nobody has locked the station')
  await expect(lend((transaction) => transaction.lockStation(station))).rejects.toThrow('far enough')
  await expect(lend((transaction) => transaction.lockStations([station]))).rejects.toThrow('far enough')
  await expect(lend((transaction) => transaction.lockEveryStation())).rejects.toThrow('far enough')
})
