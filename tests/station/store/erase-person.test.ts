import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeSealingKeys } from '../../../central/keys/sealing-keys.ts'
import { checkIn } from '../../../station/acts/check-in.ts'
import { postWish } from '../../../station/acts/wishes.ts'
import { lastEvent } from '../../../station/store/outbox.ts'
import { ownWishes } from '../../../station/store/wishes.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { LI, openStockedCounter, ZHANG } from '../../support/counter.ts'

const TABLES_WITHOUT_HIM = ['riders', 'sealed_words', 'own_wishes', 'wish_facts', 'checkins', 'allowance_requests'] as const

test('an erased rider leaves this file with what he typed; the facts stay, in their chain, and everybody else stays', () => {
  const counter = openStockedCounter()
  applyChanges(counter, [{ kind: 'sealing_key', scope: 'district', number: 1, key: 'current', row: makeSealingKeys().current }])
  for (const rider of [ZHANG, LI]) {
    checkIn(counter, { rider, card: 1 })
    expect(postWish(counter, { request: randomUUID(), rider, category: 'other', text: '手套', shown: 'named', reach: 'station' }).ok).toBe(true)
  }
  const entry = randomUUID()
  applyChanges(counter, [{ kind: 'entry', scope: 'riders', number: 7, key: entry, row: { id: entry, rider: ZHANG, atMs: 1, points: 5, reason: 'service', what: { zh: '帮忙', en: 'Help' }, lines: [], stationName: null } }])
  const { read } = counter.database
  const before = lastEvent(read)
  applyChanges(counter, [{ kind: 'erasure', scope: 'riders', number: 8, key: ZHANG, row: { rider: ZHANG, atMs: 9 } }, { kind: 'rider', scope: 'riders', number: 9, key: ZHANG, row: null }])
  const left = (rider: string): Record<string, number> =>
    Object.fromEntries(TABLES_WITHOUT_HIM.map((table) => [table, read.get<{ count: number }>(`SELECT count(*) AS count FROM ${table} WHERE ${table === 'riders' ? 'id' : 'rider'} = ?`, rider)?.count ?? -1]))
  expect(left(ZHANG)).toEqual({ riders: 0, sealed_words: 0, own_wishes: 0, wish_facts: 0, checkins: 0, allowance_requests: 0 })
  expect(left(LI)).toMatchObject({ riders: 1, sealed_words: 1, wish_facts: 1, checkins: 1 })
  expect([read.all('SELECT id FROM entries WHERE rider = ? AND seq IS NULL', ZHANG), ownWishes(read, LI).length, lastEvent(read)]).toEqual([[], 1, before])
})
