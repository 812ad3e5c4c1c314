import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeSealingKeys } from '../../../central/keys/sealing-keys.ts'
import { SESSION_IDLE_MS_MAX } from '../../../station/desk/session.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { LI, signPass, WANG, ZHANG } from '../../support/counter.ts'
import { openWorkingDesk } from './working-desk.ts'

const zhang = signPass({ holderId: ZHANG })
const li = signPass({ holderId: LI })
const wang = signPass({ holder: 'staff', holderId: WANG })
const DONE = { ok: true, output: {} }

test('whoever registers holds the screen, in no session: the next one knocks, and is let in or not', async () => {
  const at = openWorkingDesk()
  expect(await at.ask('hold_screen', { held: true })).toEqual(DONE)
  expect(at.view()).toMatchObject({ held: true, session: null })
  expect(at.scan(zhang)).toEqual([{ kind: 'knocked' }])
  expect(at.view()).toMatchObject({ session: null, knock: { number: 1, kind: 'rider' } })
  await at.ask('answer_knock', { knock: 1, letIn: false })
  expect(at.view()).toMatchObject({ held: true, session: null, knock: null })
  at.scan(wang)
  await at.ask('answer_knock', { knock: 2, letIn: true })
  expect(at.view()).toMatchObject({ held: false, knock: null, session: { kind: 'staff' } })
})

test('a screen that is held no more greets the next one without asking, and who knocked scans once more', async () => {
  const at = openWorkingDesk()
  await at.ask('hold_screen', { held: true })
  at.scan(zhang)
  await at.ask('hold_screen', { held: false })
  expect(at.view()).toMatchObject({ held: false, session: null, knock: null })
  expect(at.scan(li)).toEqual([{ kind: 'session_opened' }])
})

test('a held screen that goes away, or says nothing for longer than any of its timers, is held no more', async () => {
  const gone = openWorkingDesk()
  await gone.ask('hold_screen', { held: true })
  gone.desk.screenGone()
  expect(gone.scan(zhang)).toEqual([{ kind: 'session_opened' }])

  const silent = openWorkingDesk()
  await silent.ask('hold_screen', { held: true })
  silent.counter.clock.advance(SESSION_IDLE_MS_MAX + 1)
  silent.desk.tick()
  expect(silent.view().held).toBe(false)
})

test('who has just registered there is let in by his own new pass, and nobody else is', async () => {
  const at = openWorkingDesk()
  applyChanges(at.counter, [
    { kind: 'sealing_key', scope: 'district', number: 901, key: 'current', row: makeSealingKeys().current },
    { kind: 'consent', scope: 'district', number: 902, key: 'current', row: { version: 3, text: { zh: '说明', en: 'What is kept' } } },
  ])
  at.online = false
  await at.ask('hold_screen', { held: true })
  const registered = await at.ask('register', { request: randomUUID(), consentVersion: 3, name: '张伟', phone: '13912345678', platform: 'meituan', site: '', redCross: 'none', volunteerTeam: false })
  if (!registered.ok || !('rider' in registered.output)) throw new Error('not registered')
  expect(at.scan(zhang)).toEqual([{ kind: 'knocked' }])
  expect(at.scan(signPass({ holderId: registered.output.rider }))).toEqual([{ kind: 'session_opened' }])
  expect(at.view()).toMatchObject({ held: false, knock: null, session: { kind: 'rider' } })
})
