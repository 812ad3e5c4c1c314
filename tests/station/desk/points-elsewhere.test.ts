// What the desk asks and says about points that lie elsewhere, and what staff may do about sync.

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { RiderSession, StaffSession } from '../../../contract/kiosk/kiosk-view.ts'
import { raiseFence } from '../../../station/store/fence.ts'
import { lastEvent } from '../../../station/store/outbox.ts'
import { closeRequest, openRequests } from '../../../station/sync/allowance-requests.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { PIN, rider, signPass, WANG, ZHANG } from '../../support/counter.ts'
import { openWorkingDesk, type WorkingDesk } from './working-desk.ts'

const PLACE = { station: randomUUID(), name: { zh: '文艺路', en: 'Wenyi Road' }, points: 50, heardAtMs: 1_000 }

function points(at: WorkingDesk): NonNullable<RiderSession['points']> {
  const session = at.session()
  if (session.kind !== 'rider' || session.points === null) throw new Error('no rider with points stands here')
  return session.points
}

/** Central's answer, as the sync loop hands it over. */
function answer(at: WorkingDesk, elsewhere: (typeof PLACE)[], withheld: 'recovering' | null = null): void {
  for (const request of openRequests(at.counter.database.read, 10)) closeRequest(at.counter, request, null)
  at.desk.pointsAnswered(ZHANG, { elsewhere, withheld })
}

const asks = (at: WorkingDesk): number => openRequests(at.counter.database.read, 10).length

test('where the rest lies is asked, known or cut off, and forgotten with the session', async () => {
  const at = openWorkingDesk()
  applyChanges(at.counter, [rider(ZHANG, { balance: 176 })])
  at.scan(signPass({ holderId: ZHANG }))
  expect(points(at)).toEqual({ balance: 176, here: 126, pending: 0, elsewhere: { reach: 'asking', places: [] } })
  answer(at, [PLACE])
  const { station: _id, ...place } = PLACE
  expect(points(at).elsewhere).toEqual({ reach: 'known', places: [place] })
  at.online = false
  expect(points(at).elsewhere).toEqual({ reach: 'cut_off', places: [place] })
  await at.ask('end_session', { session: at.session().session })
  at.scan(signPass({ holderId: ZHANG }))
  expect(points(at).elsewhere).toEqual({ reach: 'cut_off', places: [] })
})

test('as long as something lies elsewhere and he stands here, central is asked again every forty seconds', () => {
  const at = openWorkingDesk()
  at.scan(signPass({ holderId: ZHANG }))
  answer(at, [PLACE])
  at.counter.clock.advance(39_000)
  at.desk.tick()
  expect(asks(at)).toBe(0)
  at.counter.clock.advance(1_000)
  at.desk.tick()
  expect(asks(at)).toBe(1)
  answer(at, [])
  at.counter.clock.advance(60_000)
  at.desk.tick()
  expect(asks(at)).toBe(0)
})

test('points that came to central while he stands here are asked for at once, once', () => {
  const at = openWorkingDesk()
  at.scan(signPass({ holderId: ZHANG }))
  answer(at, [])
  const cameToCentral = (atCentral: number): number => {
    applyChanges(at.counter, [rider(ZHANG, { balance: 176, atCentral })])
    at.desk.mirrorChanged()
    const asked = asks(at)
    answer(at, [])
    return asked
  }
  expect([cameToCentral(50), cameToCentral(50), cameToCentral(0), cameToCentral(20)]).toEqual([1, 0, 0, 1])
})

test('a central in recovery is asked again after forty seconds', () => {
  const at = openWorkingDesk()
  at.scan(signPass({ holderId: ZHANG }))
  answer(at, [], 'recovering')
  at.desk.mirrorChanged()
  expect(asks(at)).toBe(0)
  at.counter.clock.advance(40_000)
  at.desk.tick()
  expect(asks(at)).toBe(1)
})

test('after a redemption what is left at central may come', async () => {
  const at = openWorkingDesk()
  applyChanges(at.counter, [rider(ZHANG, { balance: 1_126, atCentral: 1_000 })])
  at.scan(signPass({ holderId: ZHANG }))
  answer(at, [])
  at.desk.mirrorChanged()
  expect(asks(at)).toBe(0)
  await at.redeemSoap(at.session().session)
  expect(asks(at)).toBe(1)
})

async function signedIn(role: 'volunteer' | 'station_head' = 'volunteer'): Promise<{ at: WorkingDesk; session: string }> {
  const at = openWorkingDesk()
  at.counter.database.write((writer) => writer.run('UPDATE staff SET role = ? WHERE id = ?', role, WANG))
  at.scan(signPass({ holder: 'staff', holderId: WANG }))
  const { session } = at.session()
  expect(await at.ask('sign_in', { session, pin: PIN })).toEqual({ ok: true, output: {} })
  return { at, session }
}

test('staff see what lies here, what it costs at worst, and every alarm', async () => {
  const { at } = await signedIn()
  const report = (): StaffSession['sync'] => (at.session() as StaffSession).sync
  expect(report()).toEqual({
    alarms: [], lastHelloAtMs: null, clockOffsetMs: null, held: { riders: 1, points: 126 }, earningSliceLeft: 0,
    rules: { standingPoints: 50, topUpPointsMax: 1_000_000, earningSlicePoints: 500, spendBeforeHello: true },
    worst: { strandedPoints: 126, clonedDiskPoints: 126 },
  })
  at.counter.database.write((writer) =>
    writer.run("UPDATE sync_state SET acknowledged_seq = 1, highest_acknowledged_seq = 2, recovering = 1, clock_offset_ms = -300000, incarnation_state = 'superseded'"),
  )
  at.counter.clock.advance(24 * 3_600_000)
  expect(report()?.alarms).toEqual(['central_restored', 'central_recovering', 'clock_off', 'superseded', 'outbox_old'])
  // All is sent, and ninety days later no backup of central holds it.
  at.counter.database.write((writer) => writer.run("UPDATE sync_state SET acknowledged_seq = ?, highest_acknowledged_seq = 0, recovering = 0, clock_offset_ms = 0, incarnation_state = 'active'", lastEvent(writer)?.seq ?? 0))
  expect(report()?.alarms).toEqual([])
  at.counter.clock.advance(90 * 86_400_000)
  expect(report()?.alarms).toEqual(['not_backed_up'])
})

test('a volunteer takes back a redemption of today; nobody does who is not signed in', async () => {
  const { at, session } = await signedIn()
  await at.ask('end_session', { session })
  at.scan(signPass({ holderId: ZHANG }))
  const redeemed = await at.redeemSoap(at.session().session)
  if (!redeemed.ok) throw new Error(redeemed.refusal.code)
  await at.ask('end_session', { session: at.session().session })
  at.scan(signPass({ holder: 'staff', holderId: WANG }))
  const again = at.session().session
  const listed = await at.ask('list_redemptions', { session: again })
  expect(listed).toEqual({ ok: false, refusal: { code: 'not_signed_in' } })
  await at.ask('sign_in', { session: again, pin: PIN })
  const list = await at.ask('list_redemptions', { session: again })
  if (!list.ok || !('redemptions' in list.output)) throw new Error('no list')
  const receipt = list.output.redemptions[0]?.receipt ?? ''
  expect(await at.ask('undo_redemption', { session: again, request: randomUUID(), receipt })).toEqual({ ok: true, output: { points: 20 } })
  expect(await at.ask('undo_redemption', { session: again, request: randomUUID(), receipt })).toEqual({ ok: false, refusal: { code: 'already_undone' } })
})

test('only a station head begins anew, only where the file is fenced, and only when everything is told', async () => {
  const volunteer = await signedIn()
  const beginAnew = ({ at, session }: typeof volunteer) => at.ask('begin_anew', { session, request: randomUUID() })
  expect(await beginAnew(volunteer)).toEqual({ ok: false, refusal: { code: 'station_head_only' } })
  const head = await signedIn('station_head')
  const { database } = head.at.counter
  expect(await beginAnew(head)).toEqual({ ok: false, refusal: { code: 'bad_request' } })
  database.write((writer) => raiseFence(writer, 'quarantined'))
  expect([await beginAnew(head), head.at.begunAnew]).toEqual([{ ok: false, refusal: { code: 'out_of_order' } }, 0])
  database.write((writer) => writer.run('UPDATE sync_state SET told_seq = ?', lastEvent(writer)?.seq ?? 0))
  expect([await beginAnew(head), head.at.begunAnew]).toEqual([{ ok: true, output: {} }, 1])
})

test('a station takes no enrolment code', async () => {
  const at = openWorkingDesk()
  expect(await at.ask('enrol', { code: '0000-0000-0000', centralUrl: null })).toEqual({ ok: false, refusal: { code: 'bad_request' } })
})
