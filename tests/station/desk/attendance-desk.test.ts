// Attendance at the desk: only signed-in staff begin it, only at the host; then a rider's pass is his arrival and nobody's session is
// disturbed; whoever leaves in whatever way leaves what was taken on disk, and passes are greeted again.

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { LI, PIN, pinHash, rider, signPass, STRANGER, WANG, ZHANG } from '../../support/counter.ts'
import { HOUR_MS, hostTraining, OTHER_TRAINING, signup, STARTS_MS, training, TRAINING } from '../../support/training-counter.ts'
import { factsOf, openWorkingDesk, type WorkingDesk } from './working-desk.ts'

/** A quarter of an hour before the start; Zhang has signed up. */
async function openDoor(): Promise<{ at: WorkingDesk; session: string }> {
  const at = openWorkingDesk()
  hostTraining(at.counter)
  applyChanges(at.counter, [rider(LI, { maskedName: '李*' }), signup({ rider: ZHANG, standing: 'seated', seat: 1 })])
  at.counter.clock.setWall(STARTS_MS - HOUR_MS / 4)
  at.scan(signPass({ holder: 'staff', holderId: WANG }))
  const { session } = at.session()
  expect(await at.ask('begin_attendance', { session, training: TRAINING })).toEqual({ ok: false, refusal: { code: 'not_signed_in' } })
  await at.ask('sign_in', { session, pin: PIN })
  return { at, session }
}

const attendances = (at: WorkingDesk): number => factsOf(at.counter).filter(({ kind }) => kind === 'attendance.recorded').length

test('signed-in staff see what is held here today, with who came of who signed up; nobody else sees it', async () => {
  const { at, session } = await openDoor()
  applyChanges(at.counter, [training({ id: OTHER_TRAINING, host: WANG, startsAtMs: STARTS_MS + HOUR_MS }), training({ id: randomUUID(), startsAtMs: STARTS_MS + 30 * HOUR_MS })])
  expect(at.session()).toMatchObject({ hosted: [{ training: TRAINING, came: 0, signedUp: 1 }], attendance: null })
  await at.ask('begin_attendance', { session, training: TRAINING })
  at.scan(signPass({ holderId: ZHANG }))
  at.scan(signPass({ holderId: LI }))
  expect(at.session()).toMatchObject({ hosted: [{ training: TRAINING, came: 2, signedUp: 1 }] })
  await at.ask('end_session', { session })
  at.scan(signPass({ holder: 'staff', holderId: WANG }))
  expect(at.session()).toMatchObject({ signedIn: false, hosted: [], attendance: null })
})

test('a scanned pass is an arrival: who came, who came twice, who walked in, who is not known, and a code that is none', async () => {
  const { at, session } = await openDoor()
  expect(await at.ask('begin_attendance', { session, training: OTHER_TRAINING })).toEqual({ ok: false, refusal: { code: 'training_unknown' } })
  expect(await at.ask('begin_attendance', { session, training: TRAINING })).toMatchObject({ ok: true, output: { attendees: [{ rider: ZHANG, maskedName: '张*', state: 'expected' }] } })
  const last = (): unknown => { const shown = at.session(); return shown.kind === 'staff' ? shown.attendance?.last : null }
  expect([at.scan(signPass({ holderId: ZHANG })), last()]).toMatchObject([[{ kind: 'attendance' }], { result: 'attended', maskedName: '张*', late: false, walkIn: false, points: 10, certificate: true }])
  expect([at.scan(signPass({ holderId: ZHANG })), last()]).toMatchObject([[{ kind: 'attendance' }], { result: 'already', maskedName: '张*' }])
  expect([at.scan(signPass({ holderId: LI })), last()]).toMatchObject([[{ kind: 'attendance' }], { result: 'attended', walkIn: true }])
  at.nudges.length = 0
  expect([at.scan(signPass({ holderId: STRANGER })), last(), at.nudges]).toMatchObject([[{ kind: 'attendance' }], { result: 'refused', why: 'rider_unknown' }, [STRANGER]])
  expect([at.scan('https://example.com/'), last(), at.session().session]).toMatchObject([[{ kind: 'refused', verdict: 'foreign' }], { result: 'refused', why: 'rider_unknown' }, session])
  expect(attendances(at)).toBe(2)
})

test('whoever leaves, by the end, by finishing or because the screen is gone, leaves what was taken; the next pass is a greeting', async () => {
  for (const leave of ['end', 'finish', 'gone'] as const) {
    const { at, session } = await openDoor()
    await at.ask('begin_attendance', { session, training: TRAINING })
    at.scan(signPass({ holderId: ZHANG }))
    if (leave === 'end') {
      await at.ask('end_attendance', { session })
      expect([at.session(), at.scan(signPass({ holderId: LI }))]).toMatchObject([{ session, attendance: null, hosted: [{ came: 1 }] }, [{ kind: 'knocked' }]])
    } else {
      if (leave === 'finish') await at.ask('end_session', { session })
      else at.desk.screenGone()
      expect([at.view().session, at.scan(signPass({ holderId: LI })), at.session()]).toMatchObject([null, [{ kind: 'session_opened' }], { kind: 'rider', maskedName: '李*' }])
    }
    expect([leave, attendances(at)]).toEqual([leave, 1])
  }
})

test('a volunteer who is staff no more takes no attendance: the next pass ends his session and is a greeting', async () => {
  const { at, session } = await openDoor()
  await at.ask('begin_attendance', { session, training: TRAINING })
  applyChanges(at.counter, [{ kind: 'staff', scope: 'station', number: 99, key: WANG, row: { id: WANG, maskedName: '王*', role: 'volunteer', pinHash: pinHash(PIN), active: false } }])
  expect([at.scan(signPass({ holderId: ZHANG })), at.session(), attendances(at)]).toMatchObject([[{ kind: 'session_opened' }], { kind: 'rider', maskedName: '张*' }, 0])
})
