// Central's database is set back and nobody says so: central sees it by its marker before anything is lent, whoever asks. On both
// databases.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Marker, markerAt } from '../../../central/keys/marker.ts'
import { readReached } from '../../../central/store/changes.ts'
import type { OpenDatabase, Queryable } from '../../../central/store/database.ts'
import { sqlStore, sqlTransaction } from '../../../central/store/sql-store.ts'
import { noticeAtStart, noticingSetBack, type SetBackParts } from '../../../central/sync/notice-set-back.ts'
import stations from '../../../resources/demo/stations.json' with { type: 'json' }
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { takeBackup } from '../../support/database-copy.ts'
import { type KeyedCentral, openKeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { done } from '../../support/operator.ts'
import { demoRider, HISTORY, NOW_MS, readBooks } from '../../support/test-central.ts'

const DISTRICT = stations[0]?.district.id ?? ''

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  /** Without the marker: what happens to the database. */
  let plain: KeyedCentral
  let central: KeyedCentral
  let folder: string
  let marker: Marker
  let noticed = 0

  beforeAll(async () => {
    databases = await startDatabases(engine)
  }, 120_000)

  afterAll(() => databases.stop(), 60_000)

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beside-'))
    marker = markerAt(join(folder, 'marker.json'))
    noticed = 0
    plain = await startKeyedCentral(databases)
    central = await start()
  }, 60_000)

  afterEach(async () => {
    await central.close()
    await plain.close()
    rmSync(folder, { recursive: true })
    expect(await readBooks(plain.database)).toEqual({ allAccounts: 0, wrong: [] })
  })

  const partsOf = (own: Marker): SetBackParts<Queryable> => ({
    storeOf: sqlTransaction, marker: own, outside: plain.keys.outside, newHistory: randomUUID, nowMs: () => NOW_MS,
    noticed: () => {
      noticed += 1
    },
  })
  const noticing = (own: Marker): OpenDatabase => ({ ...plain.database, transaction: noticingSetBack(plain.database.transaction, partsOf(own)) })
  /** As the process does it. */
  const start = async (own: Marker = marker): Promise<KeyedCentral> => {
    const database = noticing(own)
    await noticeAtStart(database.transaction, partsOf(own))
    return openKeyedCentral({ ...plain, database })
  }
  const reached = () => readReached(plain.database)
  const isRecovering = (): Promise<boolean> => sqlStore(plain.database).transaction('snapshot', (snapshot) => snapshot.readRecovering())
  const change = (database: OpenDatabase): Promise<void> =>
    sqlStore(database).transaction('write', (transaction) => transaction.appendChanges([{ district: DISTRICT, scope: 'district', kind: 'item', key: randomUUID() }]))

  test('what was lent since is not lent again to a station that has lost nothing; once all are back it is', async () => {
    const { first, second } = central
    const rider = demoRider('li')
    const restore = await takeBackup(central.database)
    await first.takeAndSpend(rider, 30)
    await restore()

    // It has its hello from before, and nobody has asked since.
    expect(await second.askAllowance(rider)).toMatchObject({ grant: null, withheld: 'recovering' })
    expect({ noticed, history: (await reached()).history === HISTORY }).toEqual({ noticed: 1, history: false })
    const answers = [await second.hello(), await first.hello()]
    expect(answers.map(({ recovering }) => recovering)).toEqual([true, true])
    await first.push()
    expect(await isRecovering()).toBe(false)
    expect(await second.askAllowance(rider)).toMatchObject({ withheld: null })
    const [row] = await plain.database.query<{ balance: number }>("SELECT balance FROM accounts WHERE account_key = 'discrepancy'")
    expect({ discrepancy: row?.balance ?? 0, noticed }).toEqual({ discrepancy: 0, noticed: 1 })
  })

  test('whatever is written first into a database that was set back is taken back, and done once more where it is known', async () => {
    const restore = await takeBackup(plain.database)
    await change(central.database)
    await restore()
    const seen: boolean[] = []
    const before = await reached()
    await sqlStore(central.database).transaction('write', async (transaction) => {
      seen.push(await transaction.readRecovering())
      await transaction.appendChanges([{ district: DISTRICT, scope: 'district', kind: 'item', key: 'soap' }])
    })
    expect(seen).toEqual([false, true])
    expect((await reached()).changes).toBe(before.changes + 1)
    // And where that fails in a database that was set back, it is noticed all the same.
    await restore()
    const failing = sqlStore(central.database).transaction('write', (transaction) => transaction.readRecovering().then((recovering) => Promise.reject(new Error(`recovering ${recovering}`))))
    await expect(failing).rejects.toThrow('recovering true')
  })

  test('set back to the same backup again and again, it is noticed every time, under another history each', async () => {
    const restore = await takeBackup(plain.database)
    const histories = [HISTORY]
    for (let times = 0; times < 3; times += 1) {
      await change(central.database)
      await restore()
      await change(central.database)
      histories.push((await reached()).history)
    }
    expect({ noticed, histories: new Set(histories).size, recovering: await isRecovering() }).toEqual({ noticed: 3, histories: 4, recovering: true })
    await change(central.database)
    expect(marker.read()).toEqual(await reached())
  })

  test('two processes that write at once take each other for no restore, and mark what they reached', async () => {
    const other = noticing(markerAt(join(folder, 'marker.json')))
    await Promise.all(Array.from({ length: 120 }, (_, index) => change(index % 2 === 0 ? central.database : other)))
    expect({ noticed, marked: marker.read() }).toEqual({ noticed: 0, marked: await reached() })
    expect((await reached()).history).toBe(HISTORY)
  })

  test('two processes that notice at once begin one recovery', async () => {
    const restore = await takeBackup(plain.database)
    const other = noticing(markerAt(join(folder, 'marker.json')))
    await change(other)
    await restore()
    await Promise.all(Array.from({ length: 20 }, (_, index) => change(index % 2 === 0 ? central.database : other)))
    await change(other)
    expect({ noticed, marked: marker.read() }).toEqual({ noticed: 1, marked: await reached() })
  })

  test('the start marks what was committed by a process that was killed before it marked it, and sees a database that is older', async () => {
    const restore = await takeBackup(plain.database)
    await change(plain.database)
    await (await start()).close()
    expect(marker.read()).toEqual(await reached())
    await restore()
    expect(await isRecovering()).toBe(false)
    await (await start()).close()
    expect({ noticed, recovering: await isRecovering() }).toEqual({ noticed: 1, recovering: true })
  })

  test('without its marker central sees at the start what the log outside knows, and nothing else', async () => {
    const restore = await takeBackup(plain.database)
    await done(central, 'restored', {})
    await restore()
    const lost = markerAt(join(folder, 'another.json'))
    await (await start(lost)).close()
    expect({ noticed, recovering: await isRecovering() }).toEqual({ noticed: 1, recovering: true })
  })

  test('an operator who says so after all is heard, and afterwards nothing is taken for one more restore', async () => {
    const restore = await takeBackup(plain.database)
    await change(central.database)
    await restore()
    const { history } = await done<{ history: string }>(central, 'restored', {})
    await change(central.database)
    await change(central.database)
    expect(await reached()).toMatchObject({ history })
    expect(marker.read()).toEqual(await reached())
  })
})
