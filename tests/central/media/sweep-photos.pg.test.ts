// What nobody needs goes: uploads that were not finished, photos that no wish names or names no more, objects without a row. What
// is needed stays, and what central's past says is there and is not does no harm. On both databases.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { folderStore } from '../../../central/media/folder-store.ts'
import type { ObjectStore } from '../../../central/media/object-store.ts'
import { startSweeping, sweepObjects, sweepPhotos, UPLOAD_MS_MAX } from '../../../central/media/sweep-photos.ts'
import { bindPhoto, findUpload, insertPart, insertPhoto, insertUpload, lockUnboundPhoto } from '../../../central/store/photos.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { erasePerson } from '../../../central/people/erase-person.ts'
import { claimWish, fulfilWish } from '../../../central/wishes/claim-wish.ts'
import { postWish, tellOfWish } from '../../../central/wishes/rider-wishes.ts'
import { reviewWish } from '../../../central/wishes/review-wish.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { DISTRICT, type OfficePerson, startTestOffice, STATION, type TestOffice } from '../../support/office.ts'
import { demoRider } from '../../support/test-central.ts'
import { DAY_MS, newWords } from '../wishes/wish-town.ts'

const BYTES = new Uint8Array([0xff, 0xd8, 0xff])

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let shop: OfficePerson
  let partner: string
  let folder: string
  let objects: ObjectStore

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    shop = await office.person('partner', 'shop')
    const [row] = await office.database.query<{ partner: string }>('SELECT partner_id AS partner FROM office_accounts WHERE account_id = $1', [shop.account])
    partner = row?.partner ?? ''
  }, 60_000)

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'boai-sweep-'))
    objects = folderStore(folder)
    return () => rmSync(folder, { recursive: true, force: true })
  })

  afterAll(async () => {
    await office.close()
    await databases.stop()
  }, 60_000)

  const act: ReturnType<typeof sqlStore>['transaction'] = (mode, work) => sqlStore(office.database).transaction(mode, work)
  const parts = () => ({ database: office.database, objects, nowMs: () => office.clock.nowMs })
  const there = async (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await objects.get(id)) !== null))

  async function upload(): Promise<{ id: string; object: string }> {
    const [id, object] = [randomUUID(), randomUUID()]
    await objects.put(object, BYTES)
    await office.database.transaction('write', async (sql) => {
      await insertUpload(sql, { id, district: DISTRICT, account: shop.account, bytes: 100 }, office.clock.nowMs)
      await insertPart(sql, id, { startsAt: 0, bytes: BYTES.length, object })
    })
    return { id, object }
  }

  async function photo(): Promise<string> {
    const [{ id: from }, id] = [await upload(), randomUUID()]
    await objects.put(id, BYTES)
    await office.database.transaction('write', (sql) => insertPhoto(sql, from, { id, district: DISTRICT, account: shop.account, width: 3, height: 2, bytes: 3 }, office.clock.nowMs))
    return id
  }

  async function litWish(rider: string, shown: string): Promise<string> {
    const wish = randomUUID()
    const nowMs = office.clock.nowMs
    const acting = { id: partner, district: DISTRICT, name: { zh: '店', en: 'Shop' }, account: shop.account }
    await act('write', (transaction) => postWish(transaction, { id: wish, rider, station: STATION, category: 'small_need', shown: 'anonymous', reach: 'station', words: () => Promise.resolve(newWords()), account: null }, nowMs))
    await act('write', (transaction) => reviewWish(transaction, DISTRICT, { wish, version: 1, verdict: 'approve', text: '手套', who: null, account: null }, nowMs))
    await act('write', (transaction) => claimWish(transaction, acting, wish, nowMs))
    expect(await act('write', (transaction) => fulfilWish(transaction, acting, { wish, claim: 1, words: null, photo: shown }, nowMs))).toMatchObject({ ok: true })
    await office.database.transaction('write', (sql) => bindPhoto(sql, shown, wish))
    return wish
  }

  test('an upload that is not finished in an hour goes with its parts; a younger one stays', async () => {
    const old = await upload()
    office.clock.nowMs += UPLOAD_MS_MAX / 2
    const young = await upload()
    office.clock.nowMs += UPLOAD_MS_MAX / 2 + 1
    expect(await sweepPhotos(parts())).toBe(1)
    expect(await there([old.object, young.object])).toEqual([false, true])
    const rows = await Promise.all([old, young].map(({ id }) => findUpload(office.database, { id, account: shop.account, sinceMs: 0 })))
    expect(rows.map((row) => row?.received ?? null)).toEqual([null, BYTES.length])
  })

  test('a photo that no wish names goes after a day; one that is named stays as long as it is', async () => {
    const rider = demoRider('zhang')
    const [unused, used] = [await photo(), await photo()]
    const wish = await litWish(rider, used)
    office.clock.nowMs += DAY_MS
    await sweepPhotos(parts())
    expect(await there([unused, used])).toEqual([true, true])
    office.clock.nowMs += 1
    await sweepPhotos(parts())
    expect(await there([unused, used])).toEqual([false, true])
    expect(await office.database.transaction('write', (sql) => lockUnboundPhoto(sql, unused, shop.account))).toBe(false)
    // "Not yet", and lit once more with another one.
    await act('write', (transaction) => tellOfWish(transaction, { wish, rider, fact: { fact: 'confirmed', claim: 1, reached: false }, account: null }, office.clock.nowMs))
    expect([await sweepPhotos(parts()), await there([used])]).toEqual([0, [true]])
    const next = await photo()
    const acting = { id: partner, district: DISTRICT, name: { zh: '店', en: 'Shop' }, account: shop.account }
    expect(await act('write', (transaction) => fulfilWish(transaction, acting, { wish, claim: 1, words: null, photo: next }, office.clock.nowMs))).toMatchObject({ ok: true })
    await office.database.transaction('write', (sql) => bindPhoto(sql, next, wish))
    await sweepPhotos(parts())
    expect(await there([used, next])).toEqual([false, true])
  })

  test('who is erased takes the photos of his wishes along, at the next look', async () => {
    const rider = demoRider('li')
    const shown = await photo()
    await litWish(rider, shown)
    expect([await sweepPhotos(parts()), await there([shown])]).toEqual([0, [true]])
    await act('write', (transaction) => erasePerson(transaction, rider, office.clock.nowMs))
    await sweepPhotos(parts())
    expect(await there([shown])).toEqual([false])
  })

  test('objects that no row knows go after a day, those of a row never, and nothing while central recovers', async () => {
    const [known, { object: part }] = [await photo(), await upload()]
    const [old, young] = [randomUUID(), randomUUID()]
    for (const id of [old, young]) await objects.put(id, BYTES)
    const agedMs = (office.clock.nowMs - DAY_MS - 60_000) / 1000
    for (const id of [known, part, old]) utimesSync(join(folder, id.slice(0, 2), id), agedMs, agedMs)
    utimesSync(join(folder, young.slice(0, 2), young), office.clock.nowMs / 1000, office.clock.nowMs / 1000)
    await office.database.query('UPDATE centrals SET recovering_since_ms = $1', [office.clock.nowMs])
    expect(await sweepObjects(parts())).toBe(0)
    await office.database.query('UPDATE centrals SET recovering_since_ms = NULL')
    expect(await sweepObjects(parts())).toBe(1)
    expect(await there([known, part, old, young])).toEqual([true, true, false, true])
  })

  test('it looks by itself from the start on, says what failed and goes on, and ends when it is told to', async () => {
    const { object } = await upload()
    office.clock.nowMs += UPLOAD_MS_MAX + 1
    const failures: unknown[] = []
    const broken: ObjectStore = { ...objects, delete: () => Promise.reject(new Error('the disk is gone')) }
    const stop = startSweeping({ ...parts(), objects: broken, failed: (error) => failures.push(error) })
    await expect.poll(() => failures.map(String)).toEqual(['Error: the disk is gone'])
    await stop()
    // Its row is gone: what is left is an object without one.
    expect(await there([object])).toEqual([true])
    const again = startSweeping({ ...parts(), nowMs: () => Date.now() + 2 * DAY_MS, failed: (error) => failures.push(error) })
    await expect.poll(() => there([object])).toEqual([false])
    await again()
    expect(failures).toHaveLength(1)
  })
})
