// Registering at the touchscreen: consent, a question a screen, the check, one touch that sends; and nothing of it left afterwards.

import { expect, test } from 'vitest'
import type { RegisterField } from '../../../renderer/flow/register-state.ts'
import { emptyTyping } from '../../../renderer/typing/typing.ts'
import { type DrivenFlow, greetRider, OTHER_SESSION, riderSession, SESSION } from './driven-flow.ts'
import { agreed, begun, CONSENT, dial, filled, left, PASS, pick, RIDER, sent, type } from './driven-register.ts'

const step = (flow: DrivenFlow): string => flow.screen('register').step
const notice = (flow: DrivenFlow): string | undefined => flow.state().notice?.notice.kind

test('Consent, six questions, a look, one touch; the station is asked once, and the pass is shown', () => {
  const flow = sent()
  const name = flow.screen('register').name.text
  expect([[...name].length, flow.asked('register')]).toEqual([
    1,
    { request: expect.any(String) as string, consentVersion: 3, name, phone: '13800138000', platform: 'meituan', site: '', redCross: 'member', volunteerTeam: false },
  ])
  flow.tap({ do: 'register_send' })
  expect(flow.state().asks.filter((asked) => asked.name === 'register')).toHaveLength(1)
  flow.answer('register', { rider: RIDER, pass: PASS })
  expect(flow.state().screen).toEqual({ at: 'register_done', how: { kind: 'pass', pass: PASS }, closesAtMs: flow.atMs() + 60_000 })
  flow.wait(60_250)
  expect([flow.state().screen.at, left(flow).includes(PASS)]).toEqual(['attract', false])
})

test('Without a code yet it says that it waits, and why', () => {
  const flow = sent()
  flow.show({ link: { state: 'offline', lastSyncAtMs: null } })
  flow.answer('register', { rider: RIDER, pass: null })
  expect(flow.screen('register_done').how).toEqual({ kind: 'waits', online: false })
  flow.wait(15_250)
  expect(flow.state().screen.at).toBe('attract')
})

test('Who does not agree has lost nothing and is told so; nothing is asked of the station', () => {
  const flow = begun()
  flow.taps({ do: 'register_here' }, { do: 'register_decline' })
  expect([flow.screen('register_done').how, flow.state().asks.filter(({ name }) => name !== 'hold_screen')]).toEqual([{ kind: 'declined' }, []])
})

test('A long text is agreed to only on its last page', () => {
  const flow = begun({ version: 4, text: { zh: '这里写着我们记下什么。'.repeat(40), en: 'What we keep.' } })
  flow.taps({ do: 'register_here' }, { do: 'register_agree' })
  expect(flow.screen('register')).toMatchObject({ step: 'consent', page: 1, agreed: null })
  flow.tap({ do: 'back' })
  expect(flow.screen('register')).toMatchObject({ step: 'consent', page: 0 })
  flow.taps({ do: 'register_agree' }, { do: 'register_agree' })
  expect(flow.screen('register')).toMatchObject({ step: 'name', agreed: 4 })
})

test('Another text that comes while one is read is read anew, and the finger on its way agrees to nothing', () => {
  const flow = begun()
  flow.tap({ do: 'register_here' })
  flow.wait(1_000)
  flow.show({ consent: { version: 4, text: { zh: '新的说明。', en: 'New.' } } })
  flow.send({ type: 'tapped', tap: { do: 'register_agree' } })
  expect(flow.screen('register')).toMatchObject({ step: 'consent', shown: 4, agreed: null })
  flow.tap({ do: 'register_agree' })
  expect(flow.screen('register').agreed).toBe(4)
})

test('Where there is no text to agree to, nobody gets any further', () => {
  const flow = begun(null)
  flow.tap({ do: 'register_here' })
  expect(step(flow)).toBe('begin')
})

test.each([
  ['', 'name_missing'],
  ['王建国7', 'name_unusable'],
  ['😀', 'name_unusable'],
  ['<b>王</b>', 'name_unusable'],
  ['123', 'name_unusable'],
  ['\u200b\u202e\u0007', 'name_missing'],
])('A name that is none has a verdict: %j', (text, problem) => {
  const flow = agreed()
  const { screen } = flow.state()
  if (screen.at !== 'register') throw new Error('not registering')
  screen.name = emptyTyping(40, text)
  flow.tap({ do: 'register_on' })
  expect(flow.screen('register')).toMatchObject({ step: 'name', problem })
})

test.each([
  ['王\u200b建\u202e国\u0007', '王建国'],
  ['  欧阳  娜 ', '欧阳 娜'],
  ['قەيسەر', 'قەيسەر'],
  ['肉孜艾力·买买提', '肉孜艾力·买买提'],
])('What nobody sees is taken out of a name before it is shown and sent: %j', (text, name) => {
  const flow = filled()
  flow.tap({ do: 'register_fix', field: 'name' })
  const { screen } = flow.state()
  if (screen.at !== 'register') throw new Error('not registering')
  screen.name = emptyTyping(40, text)
  flow.taps({ do: 'register_on' }, { do: 'register_send' })
  expect(flow.asked('register')).toMatchObject({ name })
})

test('A number that is too short or begins wrong has a verdict, which goes with the next key', () => {
  const flow = agreed()
  type(flow, 'wang')
  pick(flow)
  flow.tap({ do: 'register_on' })
  flow.tap({ do: 'register_on' })
  expect(flow.screen('register')).toMatchObject({ step: 'phone', problem: 'phone_short' })
  dial(flow, '0991')
  expect(flow.screen('register').problem).toBeNull()
  flow.tap({ do: 'register_on' })
  expect(flow.screen('register').problem).toBe('phone_start')
  flow.taps({ do: 'register_erase' }, { do: 'register_erase' }, { do: 'register_erase' }, { do: 'register_erase' })
  dial(flow, '138001380009')
  expect(flow.screen('register').phone).toBe('13800138000')
  flow.tap({ do: 'register_on' })
  expect(step(flow)).toBe('platform')
})

test.each<[RegisterField]>([['name'], ['phone'], ['platform'], ['site'], ['red_cross'], ['team']])('From the check page to %s and back to it, with everything kept', (field) => {
  const flow = filled()
  const before = flow.screen('register')
  flow.tap({ do: 'register_fix', field })
  expect(step(flow)).toBe(field)
  flow.tap({ do: 'back' })
  expect(flow.screen('register')).toEqual(before)
})

test('What is put right leads straight back to the check page', () => {
  const flow = filled()
  flow.taps({ do: 'register_fix', field: 'platform' }, { do: 'register_platform', platform: 'sf' })
  expect(flow.screen('register')).toMatchObject({ step: 'check', platform: 'sf', fixing: false })
})

test('Back goes one question at a time, and what was answered is still there', () => {
  const flow = filled()
  for (const before of ['team', 'red_cross', 'site', 'platform', 'phone', 'name', 'consent', 'begin']) {
    flow.tap({ do: 'back' })
    expect(step(flow)).toBe(before)
  }
  expect(flow.screen('register')).toMatchObject({ phone: '13800138000', platform: 'meituan', redCross: 'member' })
  flow.tap({ do: 'back' })
  expect([flow.state().screen.at, notice(flow)]).toEqual(['register', 'register_unsent'])
  flow.tap({ do: 'back' })
  expect(flow.state().screen.at).toBe('attract')
})

test('A second touch that lands on the next question is a slip', () => {
  const flow = agreed()
  type(flow, 'wang')
  pick(flow)
  flow.tap({ do: 'register_on' })
  dial(flow, '13800138000')
  flow.taps({ do: 'register_on' }, { do: 'register_platform', platform: 'jd' })
  flow.send({ type: 'tapped', tap: { do: 'register_on' } })
  expect(step(flow)).toBe('site')
})

test('Letters that are no name yet go no further: nobody guesses which sign was meant', () => {
  const flow = agreed()
  type(flow, 'wangfang')
  flow.tap({ do: 'register_on' })
  expect(flow.screen('register')).toMatchObject({ step: 'name', problem: 'letters_left' })
  pick(flow)
  flow.tap({ do: 'register_on' })
  expect(flow.screen('register')).toMatchObject({ step: 'name', problem: 'letters_left' })
  pick(flow)
  flow.tap({ do: 'register_on' })
  expect([step(flow), flow.screen('register').name.text[0]]).toEqual(['phone', '王'])
})

test('A site still being composed becomes its best words', () => {
  const flow = filled()
  flow.tap({ do: 'register_fix', field: 'site' })
  type(flow, 'nanhuzhan')
  flow.tap({ do: 'register_on' })
  expect(flow.screen('register')).toMatchObject({ step: 'check', site: { text: expect.stringMatching(/^\p{Script=Han}+$/u) as string } })
})

// ── what the station refuses ──

test.each([
  [{ code: 'consent_outdated' } as const, 'consent'],
  [{ code: 'name_unusable' } as const, 'name'],
  [{ code: 'bad_request' } as const, 'phone'],
])('%j leads to what can be put right', (refusal, at) => {
  const flow = sent()
  flow.refuse('register', refusal)
  expect(flow.screen('register')).toMatchObject({ step: 'check', refusal, asked: null })
  flow.tap({ do: 'register_mend' })
  expect(flow.screen('register')).toMatchObject({ step: at, refusal: null, phone: '13800138000' })
})

test('After a new text is agreed to, everything else has been said already', () => {
  const flow = sent()
  flow.refuse('register', { code: 'consent_outdated' })
  flow.show({ consent: { version: 4, text: { zh: '新的说明。', en: 'New.' } } })
  flow.taps({ do: 'register_mend' }, { do: 'register_agree' })
  expect(flow.screen('register')).toMatchObject({ step: 'check', agreed: 4 })
  flow.tap({ do: 'register_send' })
  expect(flow.asked('register')).toMatchObject({ consentVersion: 4 })
})

test.each([{ code: 'registering_full', waitingMax: 200 } as const, { code: 'words_not_sealable' } as const, { code: 'out_of_order' } as const])('%j is said, and then there is nothing left of what was typed', (refusal) => {
  const flow = sent()
  flow.refuse('register', refusal)
  flow.tap({ do: 'register_mend' })
  expect([flow.state().screen.at, left(flow).includes('13800138000')]).toEqual(['attract', false])
})

// ── the line, and time ──

test('Where the line breaks with it under way, it is sent again under the same number as it was', () => {
  const flow = sent()
  const first = flow.asked('register')
  flow.send({ type: 'link_down' })
  expect(flow.state().screen.at).toBe('out_of_order')
  flow.send({ type: 'link_up' })
  flow.show()
  flow.tap({ do: 'register_fix', field: 'name' })
  expect(step(flow)).toBe('check')
  flow.tap({ do: 'register_send' })
  expect(flow.asked('register')).toEqual(first)
})

test('An answer that does not come is not waited for for ever', () => {
  const flow = sent()
  flow.wait(14_000)
  flow.taps({ do: 'back' }, { do: 'finish' })
  expect(flow.screen('register').asked).not.toBeNull()
  flow.wait(2_000)
  expect(flow.screen('register').asked).toBeNull()
})

test('Who has sent it hears of it also when the next one scans meanwhile', () => {
  const flow = sent()
  flow.show({ session: riderSession({ session: OTHER_SESSION }) })
  expect(flow.screen('register').asked).not.toBeNull()
  flow.answer('register', { rider: RIDER, pass: null })
  expect(flow.state().screen.at).toBe('greeting')
})

test('A code that is none covers it and gives way to it again', () => {
  const flow = filled()
  const before = flow.screen('register')
  flow.scan({ kind: 'refused', verdict: 'foreign', detail: 'payment' })
  expect(flow.state().screen.at).toBe('not_understood')
  flow.tap({ do: 'back' })
  expect(flow.state().screen).toEqual(before)
})

test('The pass comes back after a code that is none', () => {
  const flow = sent()
  flow.answer('register', { rider: RIDER, pass: PASS })
  flow.scan({ kind: 'refused', verdict: 'foreign', detail: 'payment' })
  flow.tap({ do: 'back' })
  expect(flow.screen('register_done').how).toEqual({ kind: 'pass', pass: PASS })
})

// ── nothing is left ──

test('Finish asks once where words would be lost, then nothing of them is left', () => {
  const flow = filled()
  const { name } = flow.screen('register')
  flow.tap({ do: 'finish' })
  expect([flow.state().screen.at, notice(flow)]).toEqual(['register', 'register_unsent'])
  flow.tap({ do: 'finish' })
  expect([flow.state().screen.at, left(flow).includes(name.text), left(flow).includes('13800138000')]).toEqual(['attract', false, false])
})

test('Nobody there: what was typed is forgotten', () => {
  const flow = agreed()
  type(flow, 'wangjianguo')
  flow.wait(90_000 + 21_000)
  expect([flow.state().screen.at, left(flow).includes('wangjianguo')]).toEqual(['attract', false])
})

test('The next one scans: he is greeted, and nothing of the one before is left', () => {
  const flow = filled()
  flow.show({ session: riderSession() })
  expect([flow.state().screen.at, left(flow).includes('13800138000')]).toEqual(['greeting', false])
})

test('The line to the station is gone for long: what was typed is forgotten', () => {
  const flow = filled()
  flow.send({ type: 'link_down' })
  flow.wait(61_000)
  expect(left(flow)).not.toMatch(/13800138000/)
})

test('Once it is recorded, name and number are not in the state any more', () => {
  const flow = sent()
  flow.answer('register', { rider: RIDER, pass: PASS })
  expect(left(flow)).not.toMatch(/13800138000/)
})

// ── by whom ──

test('Whoever has a pass that this machine does not know leaves that session and registers', () => {
  const flow = greetRider({ standing: 'unknown', maskedName: null, points: null })
  flow.show({ consent: CONSENT })
  flow.tap({ do: 'show_register' })
  expect([step(flow), flow.asked('end_session')]).toEqual(['begin', { session: SESSION }])
  flow.show({ session: null })
  expect(step(flow)).toBe('begin')
})

test('A rider who is known does not register once more', () => {
  const flow = greetRider()
  flow.tap({ do: 'show_register' })
  expect(flow.state().screen.at).toBe('greeting')
})

test('Where the screen is in English, the keyboard begins with Latin letters; what was written by other keys stays', () => {
  const flow = begun()
  flow.taps({ do: 'toggle_language' }, { do: 'register_here' }, { do: 'register_agree' })
  type(flow, 'j')
  expect(flow.screen('register').name).toMatchObject({ language: 'english', text: 'J' })
  flow.taps({ do: 'toggle_language' }, { do: 'back' }, { do: 'register_agree' })
  expect(flow.screen('register').name).toMatchObject({ language: 'english', text: 'J' })
})
