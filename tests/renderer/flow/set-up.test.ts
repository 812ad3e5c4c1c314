// A machine that is no station yet: typing, scanning, what was wrong, and the way into a station.

import { expect, test } from 'vitest'
import { enrolmentLink } from '../../../contract/sync/enrolment.ts'
import type { KioskView } from '../../../contract/kiosk/kiosk-view.ts'
import { networkOf } from '../../../renderer/flow/selectors.ts'
import { isJoining } from '../../../renderer/flow/set-up.ts'
import { keyboardPlan } from '../../../renderer/parts/keyboard-plan.ts'
import { type DrivenFlow, driveFlow } from './driven-flow.ts'

const CODE = '7K2M9QXT4HWB'
const URL = 'https://central.example'
const PRINT = 'W4T7K2M9QXB05HRE'
const LINK = enrolmentLink({ code: CODE, centralUrl: URL, keyPrint: PRINT })

type SetUp = NonNullable<KioskView['setUp']>

const setUp = (change: Partial<SetUp> = {}): Partial<KioskView> => ({ trouble: { code: 'not_set_up', works: ['rest'] }, setUp: { state: 'waiting', problem: null, keyPrint: null, centralUrl: URL, ...change } })

function atSetUp(change: Partial<SetUp> = {}): DrivenFlow {
  const flow = driveFlow()
  flow.show(setUp(change))
  return flow
}

function type(flow: DrivenFlow, signs: string): void {
  for (const sign of signs) flow.tap({ do: 'set_up_sign', sign })
}

test('A machine that is no station shows the set-up screen instead of what is out of order', () => {
  const flow = atSetUp()
  expect(flow.screen('set_up')).toEqual({ at: 'set_up', field: 'code', code: '', address: 'https://', isNew: true })
})

test('Twelve signs typed and one touch: the station is asked to join, at the address it was told', () => {
  const flow = atSetUp()
  type(flow, CODE.slice(0, 11))
  flow.tap({ do: 'set_up_on' })
  expect(flow.asked('enrol')).toBeUndefined()
  type(flow, 'X')
  flow.tap({ do: 'set_up_erase' })
  type(flow, CODE.slice(11))
  type(flow, '9')
  flow.tap({ do: 'set_up_on' })
  expect(flow.asked('enrol')).toEqual({ code: CODE, centralUrl: URL })
})

test('Signs that no code has are not typed', () => {
  const flow = atSetUp()
  type(flow, 'ILOU-a7')
  expect(flow.screen('set_up').code).toBe('7')
})

test('Where nobody told the machine, the address is asked for after the code', () => {
  const flow = atSetUp({ centralUrl: null })
  type(flow, CODE)
  flow.tap({ do: 'set_up_on' })
  expect([flow.screen('set_up').field, flow.asked('enrol')]).toEqual(['address', undefined])
  flow.tap({ do: 'set_up_on' })
  expect(flow.asked('enrol')).toBeUndefined()
  type(flow, 'c.example:7443')
  flow.tap({ do: 'set_up_on' })
  expect(flow.asked('enrol')).toEqual({ code: CODE, centralUrl: 'https://c.example:7443' })
  flow.answer('enrol', {})
  flow.tap({ do: 'back' })
  expect(flow.screen('set_up')).toMatchObject({ field: 'code', code: CODE })
})

test('The scanned QR code joins by itself: it says where central is', () => {
  const flow = atSetUp({ centralUrl: null })
  flow.send({ type: 'wedge_read', text: LINK })
  expect(flow.asked('enrol')).toEqual({ code: LINK, centralUrl: null })
  expect(flow.asked('scan')).toBeUndefined()
  expect(flow.screen('set_up').code).toBe(CODE)
})

test('A bare code scanned is taken as typed; anything else is no code, and nothing is asked', () => {
  const bare = atSetUp()
  bare.send({ type: 'wedge_read', text: '7k2m-9qxt-4hwb' })
  expect(bare.asked('enrol')).toEqual({ code: CODE, centralUrl: URL })
  const foreign = atSetUp()
  for (const text of ['BXZ1ABCDEF', '6901234567892', 'https://example.com', `BXE2 ${CODE} ${PRINT} ftp://central`]) foreign.send({ type: 'wedge_read', text })
  expect([foreign.state().notice?.notice, foreign.state().asks]).toEqual([{ kind: 'not_a_set_up_code' }, []])
})

test('While it joins nothing can be typed or scanned', () => {
  const flow = atSetUp()
  type(flow, CODE)
  flow.tap({ do: 'set_up_on' })
  flow.answer('enrol', {})
  flow.show(setUp({ state: 'joining' }))
  expect(isJoining(flow.state())).toBe(true)
  type(flow, 'A')
  flow.send({ type: 'wedge_read', text: LINK })
  flow.tap({ do: 'set_up_erase' })
  expect([flow.screen('set_up').code, flow.state().asks]).toEqual([CODE, []])
})

test('What was wrong is said until another code is begun', () => {
  const flow = atSetUp()
  type(flow, CODE)
  flow.tap({ do: 'set_up_on' })
  flow.answer('enrol', {})
  flow.show(setUp({ problem: 'code_expired' }))
  expect(flow.screen('set_up')).toMatchObject({ code: CODE, isNew: false })
  type(flow, 'A')
  expect(flow.screen('set_up')).toMatchObject({ code: 'A', isNew: true })
})

test('A code that central does not take is asked for again, with the address kept; what is wrong with the address is asked there', () => {
  const ends = (problem: SetUp['problem']): unknown => {
    const flow = atSetUp({ centralUrl: null })
    type(flow, CODE)
    flow.tap({ do: 'set_up_on' })
    type(flow, 'a.cn')
    flow.tap({ do: 'set_up_on' })
    flow.answer('enrol', {})
    flow.show(setUp({ centralUrl: null, state: 'joining' }))
    flow.show(setUp({ centralUrl: null, problem }))
    const { field, address } = flow.screen('set_up')
    return { field, address, network: networkOf(flow.state()) }
  }
  const whole = 'https://a.cn'
  expect([ends('code_unknown'), ends('code_used'), ends('no_answer')]).toEqual([
    { field: 'code', address: whole, network: null }, { field: 'code', address: whole, network: null }, { field: 'address', address: whole, network: null },
  ])
})

test('After no answer the same code is tried by one touch', () => {
  const flow = atSetUp()
  type(flow, CODE)
  flow.tap({ do: 'set_up_on' })
  flow.answer('enrol', {})
  flow.show(setUp({ problem: 'no_answer' }))
  flow.tap({ do: 'set_up_on' })
  expect(flow.asked('enrol')).toEqual({ code: CODE, centralUrl: URL })
})

test('After a typed code the print is compared: the same, and the machine may join', () => {
  const flow = atSetUp()
  type(flow, CODE)
  flow.tap({ do: 'set_up_on' })
  flow.answer('enrol', {})
  flow.tap({ do: 'set_up_compared', said: 'same' })
  expect(flow.asked('confirm_central')).toBeUndefined()
  flow.show(setUp({ state: 'comparing', keyPrint: PRINT }))
  type(flow, '7')
  flow.tap({ do: 'set_up_erase' })
  flow.tap({ do: 'set_up_on' })
  expect([flow.screen('set_up').code, flow.state().asks]).toEqual([CODE, []])
  flow.tap({ do: 'set_up_compared', said: 'same' })
  expect([flow.asked('confirm_central'), isJoining(flow.state())]).toEqual([{ keyPrint: PRINT, said: 'same' }, true])
})

test('Another print is said to be another central, until the next code is begun', () => {
  const flow = atSetUp({ state: 'comparing', keyPrint: PRINT })
  flow.tap({ do: 'set_up_compared', said: 'other' })
  expect(flow.asked('confirm_central')).toEqual({ keyPrint: PRINT, said: 'other' })
  flow.answer('confirm_central', {})
  flow.show(setUp({ problem: 'other_central' }))
  expect(flow.screen('set_up').isNew).toBe(false)
})

test('A print that nobody compares is gone with its code, after the ten minutes that it lives', () => {
  const flow = atSetUp({ state: 'comparing', keyPrint: PRINT })
  flow.wait(599_000)
  expect(flow.asked('confirm_central')).toBeUndefined()
  flow.wait(2_000)
  expect(flow.asked('confirm_central')).toEqual({ keyPrint: PRINT, said: 'nobody' })
})

test('What was wrong with a link that the machine’s own scanner read is said too', () => {
  const flow = atSetUp()
  flow.show(setUp({ state: 'joining' }))
  flow.show(setUp({ problem: 'other_central' }))
  expect(flow.screen('set_up').isNew).toBe(false)
})

test('Joined, the machine becomes a station and shows how to begin', () => {
  const flow = atSetUp({ state: 'joined' })
  flow.show({ setUp: null, trouble: null })
  expect(flow.state().screen.at).toBe('attract')
})

test('A code that is left on the screen is gone after the ten minutes that it lives', () => {
  const flow = atSetUp()
  type(flow, CODE)
  flow.wait(599_000)
  expect(flow.screen('set_up').code).toBe(CODE)
  flow.wait(2_000)
  expect(flow.screen('set_up').code).toBe('')
})

test('A goods code or a pass at the station’s own scanner is no set-up code', () => {
  const flow = atSetUp()
  flow.scan({ kind: 'item', item: 'soap', units: 1 })
  expect([flow.screen('set_up').code, flow.state().notice?.notice]).toEqual(['', { kind: 'not_a_set_up_code' }])
})

test('Both languages are a touch away before there is a station', () => {
  const flow = atSetUp()
  flow.tap({ do: 'toggle_language' })
  expect(flow.state().language).toBe('en')
})

test('Every keyboard has a place for every sign, and its last row is full where erasing and going on are keys', () => {
  for (const layout of [{ orientation: 'portrait', compact: false }, { orientation: 'landscape', compact: false }, { orientation: 'landscape', compact: true }] as const) {
    for (const lowReach of [false, true]) {
      for (const signs of [32, 40]) {
        const plan = keyboardPlan(layout, lowReach, signs)
        const switchKey = plan.pages > 1 ? 1 : 0
        expect(plan.pages * plan.signsPerPage).toBeGreaterThanOrEqual(signs)
        expect(plan.signsPerPage + plan.eraseSpan + plan.doneSpan + switchKey).toBe(plan.columns * plan.rows)
      }
    }
  }
})
