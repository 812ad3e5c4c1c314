import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { redeem } from '../../../station/acts/redeem.ts'
import { undoRedemption } from '../../../station/acts/undo-redemption.ts'
import { eventsAfter } from '../../../station/store/outbox.ts'
import { openStockedCounter, WANG, ZHANG } from '../../support/counter.ts'

test('what is undone is named by the id of the event that recorded it: central knows it by no other', () => {
  const counter = openStockedCounter()
  const made = redeem(counter, { request: randomUUID(), rider: ZHANG, lines: [{ item: 'soap', quantity: 1 }], pointsShown: 20 })
  if (!made.ok) throw new Error(made.refusal.code)
  expect(undoRedemption(counter, { request: randomUUID(), receipt: made.receipt.code, staff: WANG })).toEqual({ ok: true, points: 20 })
  const [redemption, undone] = eventsAfter(counter.database.read, 0, { countMax: 100, bytesMax: 1e6 }).slice(-2)
  expect(JSON.parse(Buffer.from(undone?.body ?? []).toString())).toMatchObject({ redemption: redemption?.id })
})
