// Wishes at the desk: whoever is in session posts, edits, takes back and confirms his own; staff hand over; the view shows what a
// public screen may show.

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeSealingKeys } from '../../../central/keys/sealing-keys.ts'
import type { Change } from '../../../contract/sync/sync-protocol.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { PIN, signPass, WANG, ZHANG } from '../../support/counter.ts'
import { factsOf, openWorkingDesk, type WorkingDesk } from './working-desk.ts'

const WISH = '0190b5a2-0000-7000-8000-0000000000f1'
const SCRIPT = '<script>alert(1)</script>'

function openDesk(): WorkingDesk {
  const at = openWorkingDesk()
  applyChanges(at.counter, [{ kind: 'sealing_key', scope: 'district', number: 9, key: 'current', row: makeSealingKeys().current }])
  return at
}

function wall(state: 'open' | 'claimed'): Change {
  return {
    kind: 'wall_wish', scope: 'district', number: 9, key: WISH,
    row: { id: WISH, category: 'hard_meal', text: SCRIPT, who: '李*', stationName: { zh: '南湖', en: 'Nanhu' }, state, claim: 2, again: true, postedAtMs: 5, changedAtMs: 6 },
  }
}

function own(): Change {
  return {
    kind: 'own_wish', scope: 'riders', number: 9, key: WISH,
    row: {
      id: WISH, rider: ZHANG, category: 'hard_meal', text: SCRIPT, state: 'fulfilled', staffWords: null, claim: 2, lease: { by: ['南门粮店'], untilMs: 99 },
      fulfilment: { words: SCRIPT, photo: null }, postedAtMs: 5, notYet: false, includedSeq: 0,
    },
  }
}

async function signIn(at: WorkingDesk): Promise<string> {
  at.scan(signPass({ holder: 'staff', holderId: WANG }))
  const { session } = at.session()
  await at.ask('sign_in', { session, pin: PIN })
  return session
}

test('a rider posts a wish in one request; it waits in the outbox, says so, and central is nudged', async () => {
  const at = openDesk()
  at.scan(signPass({ holderId: ZHANG }))
  const { session } = at.session()
  at.nudges.length = 0
  const answer = await at.ask('post_wish', { session, request: randomUUID(), category: 'small_need', text: SCRIPT, shown: 'anonymous', reach: 'station' })
  const wish = answer.ok && 'wish' in answer.output ? answer.output.wish : ''
  expect(at.session()).toMatchObject({ wishes: [{ wish, state: 'unsent', text: null, category: 'small_need', claim: null }] })
  expect([at.nudges, factsOf(at.counter).at(-1)?.kind]).toEqual([[null], 'wish.posted'])
  expect(await at.ask('withdraw_wish', { session, request: randomUUID(), wish })).toEqual({ ok: true, output: {} })
  expect(at.session()).toMatchObject({ wishes: [{ wish, state: 'withdrawn' }] })
})

test('what was lit is confirmed by whoever it is for, and by nobody after his session', async () => {
  const at = openDesk()
  applyChanges(at.counter, [own()])
  at.scan(signPass({ holderId: ZHANG }))
  const { session } = at.session()
  expect(at.session()).toMatchObject({ wishes: [{ wish: WISH, text: SCRIPT, claim: { by: ['南门粮店'], untilMs: 99 }, fulfilment: { words: SCRIPT, photo: null } }] })
  expect(await at.ask('confirm_wish', { session, request: randomUUID(), wish: WISH, reached: true })).toEqual({ ok: true, output: {} })
  expect(at.session()).toMatchObject({ wishes: [{ wish: WISH, state: 'confirmed' }] })
  await at.ask('end_session', { session })
  expect(await at.ask('edit_wish', { session, request: randomUUID(), wish: WISH, text: '晚了' })).toEqual({ ok: false, refusal: { code: 'session_ended' } })
})

test('the wall is there without anybody, with the way for partners; only signed-in staff hand over', async () => {
  const at = openDesk()
  applyChanges(at.counter, [wall('claimed')])
  expect(at.view().wall).toEqual([
    {
      wish: WISH, category: 'hard_meal', text: SCRIPT, who: '李*', stationName: { zh: '南湖', en: 'Nanhu' }, state: 'claimed', postedAtMs: 5, again: true,
      claimUrl: `https://central.test/w/${WISH}`,
    },
  ])
  at.scan(signPass({ holderId: ZHANG }))
  expect(await at.ask('fulfil_wish', { session: at.session().session, request: randomUUID(), wish: WISH })).toEqual({ ok: false, refusal: { code: 'session_ended' } })
  await at.ask('end_session', { session: at.session().session })
  const session = await signIn(at)
  expect(await at.ask('fulfil_wish', { session, request: randomUUID(), wish: WISH })).toEqual({ ok: true, output: {} })
  expect(at.view().wall).toMatchObject([{ state: 'fulfilled' }])
})

test('the largest wall there can be fits a frame to the screen', () => {
  const at = openDesk()
  const text = '👨‍👩‍👧‍👦'.repeat(140)
  applyChanges(at.counter, Array.from({ length: 300 }, (_, index): Change => {
    const id = randomUUID()
    return {
      kind: 'wall_wish', scope: 'district', number: 9, key: id,
      row: { id, category: 'other', text, who: '张*', stationName: { zh: '站', en: 'S' }, state: index % 2 === 0 ? 'open' : 'confirmed', claim: 0, again: false, postedAtMs: 5, changedAtMs: index },
    }
  }))
  expect([at.view().wall.length, Buffer.byteLength(JSON.stringify(at.view())) < 1024 * 1024]).toEqual([40, true])
})
