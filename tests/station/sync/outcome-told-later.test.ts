// What became of an event may change after a station was told (central/limits): a repeated push then answers otherwise. The station notes
// it, and nothing else of it changes.

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { redeem } from '../../../station/acts/redeem.ts'
import { lastSeq } from '../../../station/store/outbox.ts'
import { applyPushAnswer } from '../../../station/sync/apply-answers.ts'
import { openStockedCounter, ZHANG } from '../../support/counter.ts'

test('a redemption that is flagged after it was recorded changes nothing at the station but what it knows of it', () => {
  const counter = openStockedCounter()
  const ask = { request: randomUUID(), rider: ZHANG, lines: [{ item: 'noodles', quantity: 2 }], pointsShown: 100 }
  const receipt = redeem(counter, ask)
  expect(receipt).toMatchObject({ ok: true })
  const seq = lastSeq(counter.database.read)
  const rows = (name: string): unknown[] => counter.database.read.all(`SELECT * FROM ${name}`)
  const tables = counter.database.read.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'outcomes' ORDER BY name`)
  const all = (): unknown => tables.map(({ name }) => [name, rows(name)])

  expect(applyPushAnswer(counter, { result: 'applied', lastSeq: seq, outcomes: [{ seq, outcome: 'recorded' }] }, seq)).toBe(false)
  expect(rows('outcomes')).toEqual([])
  const before = all()
  expect(applyPushAnswer(counter, { result: 'applied', lastSeq: seq, outcomes: [{ seq, outcome: 'flagged', code: 'limit_exceeded' }] }, seq)).toBe(false)
  expect(rows('outcomes')).toEqual([{ seq, outcome: 'flagged', code: 'limit_exceeded' }])
  expect(all()).toEqual(before)
  expect(redeem(counter, ask)).toEqual(receipt)
})
