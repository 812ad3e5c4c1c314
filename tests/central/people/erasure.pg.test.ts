// Erasure on request: the key, the words, the name and the cards are gone; the books and the chain are whole; stations hear of it
// first; and a central that was restored from a backup made before does it again before it serves anybody.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { erasePerson } from '../../../central/people/erase-person.ts'
import { readRiderNames } from '../../../central/store/rider-names.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { beginRecovery } from '../../../central/sync/recovery.ts'
import { readTexts } from '../../../central/words/read-words.ts'
import { WORDS_PATH, wordsAnswer } from '../../../contract/sync/sealed-words.ts'
import { RIDER_PATH } from '../../../contract/sync/sync-protocol.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { takeBackup } from '../../support/database-copy.ts'
import { type KeyedCentral, startKeyedCentral } from '../../support/keyed-central.ts'
import { sealFor } from '../../support/seal-box.ts'
import type { TestStation } from '../../support/station-client.ts'
import { demoRider, readBooks } from '../../support/test-central.ts'

describe.each(ENGINES)('erasure on %s', (engine) => {
  let databases: TestDatabases
  let central: KeyedCentral
  let station: TestStation

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startKeyedCentral(databases)
    station = central.first.begin()
    await station.hello()
  }, 120_000)

  afterAll(async () => {
    await central.close()
    await databases.stop()
  }, 60_000)

  const erase = async (rider: string): Promise<void> => {
    await sqlStore(central.database).transaction('write', (transaction) => erasePerson(transaction, rider, central.clock.nowMs))
    central.keys.outside.append({ kind: 'person_erased', rider, atMs: central.clock.nowMs })
  }

  async function postWish(rider: string, text: string): Promise<{ ref: string; box: Parameters<typeof pushBox>[0] }> {
    const { words, box } = sealFor(central.keys.sealing.current, station.station, randomUUID(), text)
    station.record('wish.posted/1', { request: randomUUID(), wish: randomUUID(), rider, category: 'small_need', shown: 'named', reach: 'station', words })
    await station.push()
    return { ref: words.ref, box }
  }
  async function pushBox(box: ReturnType<typeof sealFor>['box']) {
    const { body } = await station.post(WORDS_PATH, Buffer.from(JSON.stringify({ incarnation: station.incarnation, boxes: [box] })))
    return wordsAnswer.parse(body).boxes[0]
  }
  const readText = async (ref: string) => (await sqlStore(central.database).transaction('snapshot', (snapshot) => readTexts(snapshot, [ref]))).get(ref)

  /** Whether anything of him can still be read in the database. */
  async function tracesOf(rider: string, words: readonly string[]): Promise<string[]> {
    const found: string[] = []
    const tables = await central.database.query<{ name: string }>('SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()')
    for (const { name } of tables) {
      for (const word of words) {
        // Four digits stand in one id of thirty by chance, and in hashes.
        const [hit] = await central.database.query<{ hit: boolean }>(
          String.raw`SELECT EXISTS (SELECT 1 FROM "${name}" AS r WHERE r::text LIKE $1 AND regexp_replace(r::text, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\x[0-9a-f]+', '', 'g') LIKE $2) AS hit`,
          [`%${rider}%`, `%${word}%`],
        )
        if (hit?.hit === true) found.push(`${name}: ${word}`)
      }
    }
    return found
  }

  test('what he typed, his name and his phone are gone for good, a box that comes later is refused, and the books are whole', async () => {
    const rider = demoRider('zhang')
    const [kept, late] = [await postWish(rider, '想要一副手套'), await postWish(rider, '还想要一顶帽子')]
    expect(await pushBox(kept.box)).toMatchObject({ result: 'held' })
    const [before] = await central.database.query<{ tail: string }>('SELECT phone_tail AS tail FROM riders WHERE rider_id = $1', [rider])
    expect((await tracesOf(rider, [before?.tail ?? '?'])).length).toBeGreaterThan(0)
    await erase(rider)
    expect([await readText(kept.ref), await pushBox(late.box), (await readRiderNames(central.database, [rider])).size]).toEqual([
      null, { ref: late.ref, result: 'refused', code: 'erased' }, 0,
    ])
    expect(await tracesOf(rider, ['张', before?.tail ?? '?'])).toEqual([])
    expect(await central.database.query('SELECT 1 FROM person_keys WHERE rider_id = $1', [rider])).toEqual([])
    expect(await readBooks(central.database)).toEqual({ allAccounts: 0, wrong: [] })
    expect((await auditBooks(central.database)).differences).toEqual([])
    // A second time it is done, and nothing changes.
    await erase(rider)
  })

  test('stations that mirrored him hear of it before anything else of a page, and of his cards; nobody else is told who he was', async () => {
    const page = await station.pull(null)
    if (page.result !== 'page') throw new Error('no page')
    const rider = demoRider('zhang')
    expect(page.changes[0]).toMatchObject({ kind: 'erasure', key: rider, row: { rider } })
    expect(page.changes.find(({ kind, key }) => kind === 'rider' && key === rider)).toMatchObject({ row: null })
    expect(page.changes.some(({ kind, row }) => kind === 'revoked_card' && row !== null && 'holder' in row && row.holder === rider)).toBe(true)
    expect(page.changes.filter(({ kind, row }) => kind === 'entry' && row !== null && 'rider' in row && row.rider === rider)).toEqual([])
    expect((await station.post(RIDER_PATH, Buffer.from(JSON.stringify({ rider, incarnation: station.incarnation })))).body).toEqual({ error: 'rider_unknown' })
  })

  test('a central restored from a backup made before erases again before it serves anybody', async () => {
    const rider = demoRider('guli')
    const { ref, box } = await postWish(rider, '想学急救')
    await pushBox(box)
    const restore = await takeBackup(central.database)
    await erase(rider)
    await restore()
    expect(await readText(ref)).toBe('想学急救')
    const { database, keys, clock } = central
    const [history] = await database.query<{ history: string }>('SELECT history FROM centrals')
    await sqlStore(database).transaction('write', (transaction) =>
      beginRecovery(transaction, keys.outside, { fromHistory: history?.history ?? null, newHistory: randomUUID(), nowMs: clock.nowMs }),
    )
    expect([await readText(ref), (await readRiderNames(database, [rider])).size]).toEqual([null, 0])
    await station.hello({ cursor: null })
    const page = await station.pull(null)
    expect(page.result === 'page' ? page.changes.filter(({ kind }) => kind === 'erasure').map(({ key }) => key).toSorted() : []).toEqual([demoRider('zhang'), rider].toSorted())
    expect(await readBooks(database)).toEqual({ allAccounts: 0, wrong: [] })
  })
})
