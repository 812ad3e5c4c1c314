// Whoever has registered stands at the screen until central has said what his code is, or not: a bounded time, however central answers.

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeSealingKeys } from '../../../central/keys/sealing-keys.ts'
import { openPersonDesk, type PersonDesk } from '../../../station/desk/person-desk.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { openStockedCounter, type TestCounter } from '../../support/counter.ts'

const REGISTER = { consentVersion: 3, name: '张伟', phone: '13912345678', platform: 'meituan', site: '', redCross: 'none', volunteerTeam: false } as const
/** What a screen waits before it says that it does not know. */
const SCREEN_WAITS_MS = 15_000

const UNREACHABLE = { kind: 'unreachable', reason: 'no answer' } as const

type Said = { kind: 'answered'; body: { pass: string | null } } | typeof UNREACHABLE
const answered = (pass: string | null): Said => ({ kind: 'answered', body: { pass } })

interface Scene {
  counter: TestCounter
  desk: PersonDesk
  asked: () => number
}

/** A central whose every answer about a pass takes so long and is this. */
function openScene(answerMs: number, said: (asked: number) => Said, isOnline = true): Scene {
  const counter = openStockedCounter()
  applyChanges(counter, [
    { kind: 'sealing_key', scope: 'district', number: 1, key: 'current', row: makeSealingKeys().current },
    { kind: 'consent', scope: 'district', number: 2, key: 'current', row: { version: 3, text: { zh: '说明', en: 'What is kept' } } },
  ])
  let asked = 0
  const desk = openPersonDesk({
    counter, findRider: () => null, centralUrl: null, isOnline: () => isOnline, nudgeSync: () => undefined, onChange: () => undefined, onRegistered: () => undefined,
    pause: (ms) => Promise.resolve(counter.clock.advance(ms)),
    central: () => ({
      askHandOff: () => Promise.resolve(UNREACHABLE),
      askHandOffState: () => Promise.resolve(UNREACHABLE),
      askNewPass: () => {
        asked += 1
        counter.clock.advance(answerMs)
        return Promise.resolve(said(asked))
      },
    }),
  })
  return { counter, desk, asked: () => asked }
}

async function register({ counter, desk }: Scene): Promise<{ pass: unknown; tookMs: number }> {
  const beganAtMs = counter.clock.monotonicMs()
  const answer = await desk.answer({ name: 'register', input: { ...REGISTER, request: randomUUID() } })
  if (!answer.ok) throw new Error(answer.refusal.code)
  return { pass: 'pass' in answer.output ? answer.output.pass : undefined, tookMs: counter.clock.monotonicMs() - beganAtMs }
}

test('his code comes as soon as central has heard of him', async () => {
  const scene = openScene(50, (asked) => answered(asked < 3 ? null : 'BXZ1'))
  expect((await register(scene)).pass).toBe('BXZ1')
  expect(scene.asked()).toBe(3)
})

test.each<[string, number, Said]>([
  ['says that it does not know him', 50, answered(null)],
  ['answers late each time', 3_900, answered(null)],
  ['does not answer', 4_000, UNREACHABLE],
])('a central that %s is not waited for longer than the screen waits', async (_, answerMs, said) => {
  const { pass, tookMs } = await register(openScene(answerMs, () => said))
  expect(pass).toBeNull()
  expect(tookMs).toBeLessThan(SCREEN_WAITS_MS - 5_000)
})

test('without a network central is not asked', async () => {
  const scene = openScene(50, () => answered('BXZ1'), false)
  expect([await register(scene), scene.asked()]).toEqual([{ pass: null, tookMs: 0 }, 0])
})
