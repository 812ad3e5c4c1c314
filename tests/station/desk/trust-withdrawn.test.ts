// Trust that is withdrawn while somebody stands there: a card revoked in mid-session, a file that goes into quarantine.

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { applyChanges, applyPushAnswer } from '../../../station/sync/apply-answers.ts'
import { PIN, signPass, WANG, ZHANG } from '../../support/counter.ts'
import { factsOf, openWorkingDesk } from './working-desk.ts'

const zhang = signPass({ holderId: ZHANG })
const wang = signPass({ holder: 'staff', holderId: WANG })
const DONE = { ok: true, output: {} }
const ENDED = { ok: false, refusal: { code: 'session_ended' } }

test('a card that is revoked while its session is open spends nothing more, and the session ends', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const { session } = at.session()
  const request = randomUUID()
  const done = await at.redeemSoap(session, request)
  applyChanges(at.counter, [{ kind: 'revoked_card', scope: 'riders', number: 1, key: `${ZHANG}:1`, row: { holder: ZHANG, card: 1 } }])
  expect(await at.redeemSoap(session)).toEqual(ENDED)
  expect(await at.ask('list_entries', { session, page: 0, pageSize: 5 })).toEqual(ENDED)
  // Asked again after the line broke, what he took is still said.
  expect(await at.redeemSoap(session, request)).toEqual(done)
  at.desk.mirrorChanged()
  expect(at.view().session).toBeNull()
  expect(at.scan(zhang)).toEqual([{ kind: 'refused', verdict: 'revoked', detail: null }])
})

test('his new card, scanned in the session that his old one opened, keeps it open when the old one is revoked', async () => {
  const at = openWorkingDesk()
  at.scan(zhang)
  const { session } = at.session()
  expect(at.scan(signPass({ holderId: ZHANG, card: 2 }))).toEqual([{ kind: 'same_holder' }])
  applyChanges(at.counter, [{ kind: 'revoked_card', scope: 'riders', number: 1, key: `${ZHANG}:1`, row: { holder: ZHANG, card: 1 } }])
  at.desk.mirrorChanged()
  expect(await at.redeemSoap(session)).toMatchObject({ ok: true })
})

test('staff whose card is revoked while signed in can not restock any more; one who knocked with a revoked card is forgotten', async () => {
  const at = openWorkingDesk()
  at.scan(wang)
  const { session } = at.session()
  expect(await at.ask('sign_in', { session, pin: PIN })).toEqual(DONE)
  at.scan(zhang)
  applyChanges(at.counter, [WANG, ZHANG].map((holder) => ({ kind: 'revoked_card' as const, scope: 'riders' as const, number: 1, key: `${holder}:1`, row: { holder, card: 1 } })))
  expect(await at.ask('restock', { session, request: randomUUID(), lines: [{ item: 'soap', quantity: 1, expiryDay: null, donor: null }] })).toEqual(ENDED)
  at.desk.mirrorChanged()
  expect(at.view()).toMatchObject({ session: null, knock: null })
})

test('in quarantine the view says so, people are checked in, and nothing is given out', async () => {
  const at = openWorkingDesk()
  applyPushAnswer(at.counter, { result: 'quarantined', lastSeq: 1 }, 1)
  expect(at.view().trouble).toEqual({ code: 'quarantined', works: ['rest', 'checkin'] })
  expect(at.scan(zhang)).toEqual([{ kind: 'session_opened' }])
  expect(factsOf(at.counter).at(-1)).toMatchObject({ kind: 'checkin.recorded' })
  expect(await at.redeemSoap(at.session().session)).toEqual({ ok: false, refusal: { code: 'out_of_order' } })
})
