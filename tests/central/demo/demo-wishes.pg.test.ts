// The demo's wishes are what their file says, by the acts of real ones: each in its state, with a history that tells it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { DEMO_WISHES, seedDemoWishes } from '../../../central/demo/demo-wishes.ts'
import { sqlTransaction } from '../../../central/store/sql-store.ts'
import { stateOfWish, type WishFacts } from '../../../central/store/wish-facts.ts'
import { readTexts } from '../../../central/words/read-words.ts'
import { WISH_CATEGORIES, WISH_TEXT_MAX } from '../../../contract/kiosk/wish-view.ts'
import { cleanText } from '../../../domain/clean-text.ts'
import { countCharacters } from '../../../domain/count-characters.ts'
import { findPersonal } from '../../../domain/find-personal.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

let databases: TestDatabases
let central: TestCentral

beforeAll(async () => {
  databases = await startDatabases('pglite')
  central = await startTestCentral(databases)
  await seedDemoWishes(central.database, NOW_MS)
  await seedDemoWishes(central.database, NOW_MS)
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await databases.stop()
}, 60_000)

function countBy<Key extends string>(keys: readonly Key[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

test('each stands as its file says, every category and every state among them, and their histories tell it', async () => {
  const rows = await central.database.query<Pick<WishFacts, 'stage' | 'review'> & { category: string }>('SELECT stage, review, category FROM wishes')
  expect(countBy(rows.map((row) => `${row.category} ${stateOfWish(row)}`))).toEqual(countBy(DEMO_WISHES.map(({ category, state }) => `${category} ${state}`)))
  expect(new Set(DEMO_WISHES.map(({ category }) => category))).toEqual(new Set(WISH_CATEGORIES))
  expect(new Set(DEMO_WISHES.map(({ state }) => state)).size).toBe(8)
  expect((await auditBooks(central.database)).differences).toEqual([])
})

test('what nobody has reviewed can be read by who reviews it, and one of them says too much', async () => {
  const refs = await central.database.query<{ ref: string }>(`SELECT words_ref AS ref FROM wishes JOIN wish_versions USING (wish_id, version) WHERE review = 'in_review'`)
  const texts = await central.database.transaction('snapshot', async (sql) => [...(await readTexts(sqlTransaction(sql), refs.map(({ ref }) => ref))).values()])
  expect(new Set(texts)).toEqual(new Set(DEMO_WISHES.filter(({ state }) => state === 'in_review').map(({ text }) => text)))
  expect(texts.filter((text) => findPersonal(text ?? '').length > 0)).toHaveLength(1)
})

test('every text is as it would be taken, and what hangs on the wall names nobody', () => {
  expect(DEMO_WISHES.filter(({ text }) => cleanText(text) !== text || countCharacters(text) > WISH_TEXT_MAX)).toEqual([])
  expect(DEMO_WISHES.filter(({ state, text }) => state !== 'in_review' && findPersonal(text).length > 0)).toEqual([])
})
