import { KIOSK_PROTOCOL_VERSION } from '../../../contract/kiosk/kiosk-frames.ts'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { KioskAnswer } from '../../../contract/kiosk/kiosk-requests.ts'
import type { StationFrame } from '../../../contract/kiosk/kiosk-frames.ts'
import { signPass, ZHANG } from '../../support/counter.ts'
import { HELLO, openConnectedPort } from './connected-port.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const typesOf = (frames: readonly StationFrame[]): string[] => frames.map((frame) => frame.type)

test('a screen says hello and is welcomed with a view; before that it hears nothing, whatever happens', async () => {
  const port = openConnectedPort()
  const screen = port.open()
  port.screens.scanned({ kind: 'too_many' })
  port.screens.viewChanged()
  await turn()
  expect([screen.heard, port.screens.hasScreen()]).toEqual([[], false])
  screen.say(HELLO)
  expect([screen.heard[0], typesOf(screen.heard), port.screens.hasScreen()]).toEqual([{ type: 'welcome', protocol: KIOSK_PROTOCOL_VERSION }, ['welcome', 'view'], true])
})

test('many changes in one turn are one view; scans are told one by one, numbered', async () => {
  const port = openConnectedPort()
  const screen = port.open()
  screen.say(HELLO)
  screen.heard.length = 0
  for (let changes = 0; changes < 10; changes += 1) port.screens.viewChanged()
  port.screens.scanned({ kind: 'same_holder' })
  port.screens.scanned({ kind: 'same_holder' })
  await turn()
  expect(screen.heard.map((frame) => (frame.type === 'scanned' ? frame.number : frame.type))).toEqual([1, 2, 'view'])
})

test('there is one screen at a time: the one before is told, closed, and its session ended; what it still says is not heard', async () => {
  const port = openConnectedPort()
  const first = port.open()
  first.say(HELLO)
  port.at.scan(signPass({ holderId: ZHANG }))
  const { session } = port.at.session()
  const second = port.open()
  expect([first.heard.at(-1), first.isClosed(), port.gone(), port.at.view().session]).toEqual([{ type: 'replaced' }, true, 1, null])
  const heard = first.heard.length
  first.say({ type: 'request', id: 1, name: 'keep_session', input: { session } })
  first.gone()
  second.say(HELLO)
  await turn()
  expect([first.heard.length, port.gone(), typesOf(second.heard).slice(0, 2)]).toEqual([heard, 1, ['welcome', 'view']])
})

test('an answer that comes after another screen took over is told to nobody', async () => {
  let release: () => void = () => undefined
  const port = openConnectedPort({
    answer: async (): Promise<KioskAnswer> => {
      await new Promise<void>((resolve) => (release = resolve))
      return { ok: true, output: { codes: [{ handle: 'private', label: { zh: '', en: '' }, kind: 'rider', text: 'of the first' }] } }
    },
  })
  const first = port.open()
  first.say(HELLO)
  first.say({ type: 'request', id: 1, name: 'find_redemption', input: { request: randomUUID() } })
  const second = port.open()
  second.say(HELLO)
  release()
  await turn()
  expect(JSON.stringify([first.heard, second.heard])).not.toContain('private')
})

test('a screen that goes ends its session', () => {
  const port = openConnectedPort()
  const screen = port.open()
  screen.say(HELLO)
  port.at.scan(signPass({ holderId: ZHANG }))
  screen.gone()
  screen.gone()
  expect([port.gone(), port.at.view().session, port.screens.hasScreen()]).toEqual([1, null, false])
})

test.each([
  ['no JSON', 'hello'],
  ['half a frame', '{"type":"request","id":1'],
  ['nothing', ''],
  ['a number', '7'],
  ['a frame of nobody', '{"type":"open_the_door"}'],
  ['a frame with one field more', '{"type":"hello","protocol":1,"admin":true}'],
  ['a request that is not on the list', '{"type":"request","id":1,"name":"give_points","input":{}}'],
  ['a name that every object has', '{"type":"request","id":1,"name":"constructor","input":{}}'],
  ['an id that is none', '{"type":"request","id":0,"name":"list_demo_codes","input":{}}'],
  ['sixty thousand brackets', '['.repeat(60_000)],
  ['more than 64 KiB', JSON.stringify({ type: 'request', id: 1, name: 'scan', input: { text: 'x'.repeat(66_000), source: 'wedge' } })],
])('%s changes nothing and is said in the log without its content', async (_name, text) => {
  const port = openConnectedPort()
  const screen = port.open()
  screen.say(HELLO)
  await turn()
  const before = [screen.heard.length, port.at.view().revision]
  screen.receive(text)
  await turn()
  expect([screen.heard.length, port.at.view().revision]).toEqual(before)
  expect(port.problems).toEqual([`a frame that is none, of ${text.length} characters`])
})

test('a request whose input is none is refused as bad_request under its id, and the desk never sees it', async () => {
  const asked: string[] = []
  const port = openConnectedPort({
    answer: (name) => {
      asked.push(name)
      return Promise.resolve({ ok: true, output: {} })
    },
  })
  const screen = port.open()
  screen.say(HELLO)
  for (const [index, input] of [null, {}, { session: 'x' }, { session: randomUUID(), pin: '1'.repeat(13) }, { session: randomUUID(), pin: '1', more: 1 }].entries()) {
    screen.say({ type: 'request', id: index + 1, name: 'sign_in', input })
  }
  await turn()
  expect([screen.heard.filter((frame) => frame.type === 'refusal'), asked]).toEqual([
    [1, 2, 3, 4, 5].map((id) => ({ type: 'refusal', id, refusal: { code: 'bad_request' } })),
    [],
  ])
})

test('each answer goes under the id of its question, whatever order they end in; of more than eight at once the rest are refused', async () => {
  const waiting = new Map<string, () => void>()
  const requests: string[] = Array.from({ length: 10 }, () => randomUUID())
  const port = openConnectedPort({
    answer: async (_name, input): Promise<KioskAnswer> => {
      const request = 'request' in input ? input.request : ''
      await new Promise<void>((resolve) => waiting.set(request, resolve))
      return { ok: true, output: { units: requests.indexOf(request), lines: 0 } }
    },
  })
  const screen = port.open()
  screen.say(HELLO)
  for (const [index, request] of requests.entries()) screen.say({ type: 'request', id: 100 + index, name: 'find_redemption', input: { request } })
  expect(screen.heard.filter((frame) => frame.type === 'refusal').map((frame) => [frame.id, frame.refusal.code])).toEqual([[108, 'bad_request'], [109, 'bad_request']])
  for (const request of requests.toReversed()) waiting.get(request)?.()
  await turn()
  const answers = screen.heard.filter((frame) => frame.type === 'answer')
  expect(answers.map(({ id, output }) => [id, output])).toEqual([7, 6, 5, 4, 3, 2, 1, 0].map((index) => [100 + index, { units: index, lines: 0 }]))
  screen.say({ type: 'request', id: 200, name: 'find_redemption', input: { request: requests[0] } })
  expect(waiting.size).toBe(8)
  waiting.get(requests[0] ?? '')?.()
  expect(await screen.next('answer', screen.heard.length)).toMatchObject({ id: 200 })
})

test('a bug in an act is said to the person as out of order and to the log in full; a bug in the view ends nothing', async () => {
  let broken = true
  const port = openConnectedPort({
    answer: () => Promise.reject(new TypeError('a bug')),
    view: () => {
      if (broken) throw new TypeError('a view that can not be built')
      return port.at.desk.view()
    },
  })
  const screen = port.open()
  screen.say(HELLO)
  screen.say({ type: 'request', id: 5, name: 'list_demo_codes', input: {} })
  port.screens.viewChanged()
  await turn()
  expect(screen.heard).toEqual([{ type: 'welcome', protocol: KIOSK_PROTOCOL_VERSION }, { type: 'refusal', id: 5, refusal: { code: 'out_of_order' } }])
  expect(port.problems.map((problem) => problem.split('\n')[0])).toEqual(['TypeError: a view that can not be built', 'TypeError: a bug', 'TypeError: a view that can not be built'])
  broken = false
  port.screens.viewChanged()
  await turn()
  expect(screen.heard.at(-1)?.type).toBe('view')
})

test('a beat comes every half second', async () => {
  const port = openConnectedPort()
  const screen = port.open()
  screen.say(HELLO)
  const beganAtMs = performance.now()
  while (screen.heard.filter((frame) => frame.type === 'beat').length < 3) await new Promise((resolve) => setTimeout(resolve, 5))
  const tookMs = performance.now() - beganAtMs
  expect(tookMs).toBeGreaterThan(1_300)
  expect(tookMs).toBeLessThan(1_900)
})

test('after a stop the screen is closed, no beat comes, and no new screen is taken', async () => {
  const port = openConnectedPort()
  const screen = port.open()
  screen.say(HELLO)
  port.screens.stop()
  const heard = screen.heard.length
  const late = port.open()
  late.say(HELLO)
  port.screens.viewChanged()
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect([screen.isClosed(), screen.heard.length, late.isClosed(), late.heard]).toEqual([true, heard, true, []])
})
