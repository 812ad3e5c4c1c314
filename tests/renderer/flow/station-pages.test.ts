// Staff's pages of Sync: the report about central, undoing a redemption, beginning anew.

import { expect, test } from 'vitest'
import type { RedemptionShown } from '../../../contract/kiosk/kiosk-requests.ts'
import type { StaffSession, Trouble } from '../../../contract/kiosk/kiosk-view.ts'
import { syncItems, syncReportPage, syncStanding, thingsToDo } from '../../../renderer/flow/sync-items.ts'
import { CALM_SYNC, type DrivenFlow, driveFlow, SESSION, SIGNED_IN, WALL_MS } from './driven-flow.ts'

const REDEMPTIONS: RedemptionShown[] = [
  { receipt: '1-00042-R', atMs: WALL_MS - 60_000, points: 40, lines: [{ item: 'soap', quantity: 2, points: 40, name: { zh: '香皂', en: 'Soap' } }], undone: false },
  { receipt: '1-00041-R', atMs: WALL_MS - 90_000, points: 20, lines: [{ item: 'soap', quantity: 1, points: 20, name: { zh: '香皂', en: 'Soap' } }], undone: true },
]
const behind: Trouble = { code: 'behind', works: ['rest', 'checkin'] }

const head = (change: Partial<StaffSession> = {}): StaffSession => ({ ...SIGNED_IN, role: 'station_head', sync: CALM_SYNC, ...change })

function atHome(session: StaffSession = head(), trouble: Trouble | null = null): DrivenFlow {
  const flow = driveFlow()
  flow.show({ session, trouble })
  return flow
}

test('The report begins with what must be done, then what it costs at worst, then how it stands', () => {
  const flow = atHome(head({ sync: { ...CALM_SYNC, alarms: ['outbox_old', 'clock_off'] } }), behind)
  flow.show({ session: head({ sync: { ...CALM_SYNC, alarms: ['outbox_old', 'clock_off'] } }), trouble: behind, outbox: { depth: 118, oldestAgeMs: 90_000_000, parked: 2 } })
  flow.tap({ do: 'show_sync_report' })
  const { staff } = flow.screen('sync_report')
  expect(syncItems(flow.state(), staff).map((item) => item.kind)).toEqual([
    'trouble', 'alarm', 'alarm', 'parked', 'stranded', 'cloned', 'outbox', 'contact', 'held', 'earning', 'clock', 'hello', 'standing', 'topUp', 'slice', 'beforeHello',
  ])
  expect(thingsToDo(flow.state(), staff)).toBe(4)
  expect(syncReportPage(flow.state(), staff, 0)).toMatchObject({ page: 0, pages: 2, said: [{ kind: 'trouble' }, { alarm: 'outbox_old' }, { alarm: 'clock_off' }, { kind: 'parked' }] })
  flow.taps({ do: 'turn_page', to: 'next' }, { do: 'turn_page', to: 'next' })
  expect(flow.screen('sync_report').page).toBe(1)
  flow.tap({ do: 'back' })
  expect(flow.state().screen.at).toBe('staff_home')
})

test('The way to the report does not say that all is well while the station is cut off', () => {
  const flow = atHome()
  const standing = (): unknown => syncStanding(flow.state(), flow.screen('staff_home').staff)
  expect(standing()).toEqual({ kind: 'well' })
  flow.show({ session: head(), link: { state: 'offline', lastSyncAtMs: WALL_MS } })
  expect(standing()).toEqual({ kind: 'offline' })
  flow.show({ session: head({ sync: { ...CALM_SYNC, alarms: ['outbox_old'] } }), link: { state: 'offline', lastSyncAtMs: WALL_MS } })
  expect(standing()).toEqual({ kind: 'to_do', things: 1 })
})

test('On an ordinary day the report is one page and nothing is to be done', () => {
  const flow = atHome()
  flow.tap({ do: 'show_sync_report' })
  const { staff } = flow.screen('sync_report')
  expect([thingsToDo(flow.state(), staff), syncReportPage(flow.state(), staff, 0).pages]).toEqual([0, 1])
})

test('Before the PIN none of these pages opens', () => {
  const flow = driveFlow()
  flow.show({ session: head({ signedIn: false, sync: null }), trouble: behind })
  flow.taps({ do: 'show_sync_report' }, { do: 'show_redemptions' }, { do: 'show_begin_anew' })
  expect([flow.state().screen.at, flow.state().asks]).toEqual(['staff_pin', []])
})

test('Undo: one tap on the line, one that means it, then it is done and the list is fetched anew', () => {
  const flow = atHome()
  flow.tap({ do: 'show_redemptions' })
  expect(flow.asked('list_redemptions')).toEqual({ session: SESSION })
  flow.answer('list_redemptions', { redemptions: REDEMPTIONS })
  flow.tap({ do: 'show_undo', receipt: '1-00042-R' })
  const { request } = flow.screen('undo')
  expect(flow.asked('undo_redemption')).toBeUndefined()
  flow.tap({ do: 'undo' })
  expect(flow.asked('undo_redemption')).toEqual({ session: SESSION, request, receipt: '1-00042-R' })
  flow.tap({ do: 'back' })
  expect(flow.state().screen.at).toBe('undo')
  flow.answer('undo_redemption', { points: 40 })
  expect(flow.state().notice?.notice).toEqual({ kind: 'redemption_undone', points: 40 })
  expect(flow.screen('redemptions').redemptions).toEqual({ list: null, failed: false })
  flow.answer('list_redemptions', { redemptions: REDEMPTIONS.map((one) => ({ ...one, undone: true })) })
  flow.tap({ do: 'show_undo', receipt: '1-00042-R' })
  expect(flow.state().screen.at).toBe('redemptions')
})

test('A slip of the finger on the line is no undo', () => {
  const flow = atHome()
  flow.tap({ do: 'show_redemptions' })
  flow.answer('list_redemptions', { redemptions: REDEMPTIONS })
  flow.tap({ do: 'show_undo', receipt: '1-00042-R' })
  flow.send({ type: 'tapped', tap: { do: 'undo' } })
  expect(flow.asked('undo_redemption')).toBeUndefined()
})

test.each(['already_undone', 'redemption_not_here'] as const)('An undo refused with %s says so and leads back to the list', (code) => {
  const flow = atHome()
  flow.tap({ do: 'show_redemptions' })
  flow.answer('list_redemptions', { redemptions: REDEMPTIONS })
  flow.taps({ do: 'show_undo', receipt: '1-00042-R' }, { do: 'undo' })
  flow.refuse('undo_redemption', { code })
  expect(flow.screen('undo')).toMatchObject({ askedAtMs: null, refusal: { code } })
  flow.tap({ do: 'undo' })
  expect(flow.asked('undo_redemption')).toBeUndefined()
  flow.tap({ do: 'back' })
  expect(flow.state().screen.at).toBe('redemptions')
})

test('An undo whose answer is lost with the line is tried again under the same number', () => {
  const flow = atHome()
  flow.tap({ do: 'show_redemptions' })
  flow.answer('list_redemptions', { redemptions: REDEMPTIONS })
  flow.taps({ do: 'show_undo', receipt: '1-00042-R' }, { do: 'undo' })
  const first = flow.asked('undo_redemption')
  flow.send({ type: 'link_down' })
  expect(flow.state().screen.at).toBe('out_of_order')
  flow.send({ type: 'link_up' })
  flow.show()
  flow.tap({ do: 'undo' })
  expect(flow.asked('undo_redemption')).toEqual(first)
})

test('An undo without any answer can be tried again after a while', () => {
  const flow = atHome()
  flow.tap({ do: 'show_redemptions' })
  flow.answer('list_redemptions', { redemptions: REDEMPTIONS })
  flow.taps({ do: 'show_undo', receipt: '1-00042-R' }, { do: 'undo' })
  flow.wait(8_250)
  expect(flow.screen('undo').askedAtMs).toBeNull()
  expect(flow.state().notice?.notice).toEqual({ kind: 'station_busy' })
})

test('Beginning anew is offered to the station head where the file is fenced, and to nobody else', () => {
  const opens = (session: StaffSession, trouble: Trouble | null): string => {
    const flow = atHome(session, trouble)
    flow.taps({ do: 'show_sync_report' }, { do: 'show_begin_anew' })
    return flow.state().screen.at
  }
  expect([
    opens(head(), behind),
    opens(head(), { ...behind, code: 'quarantined' }),
    opens(head(), null),
    opens(head(), { ...behind, code: 'banned' }),
    opens(head({ role: 'volunteer' }), behind),
  ]).toEqual(['begin_anew', 'begin_anew', 'sync_report', 'sync_report', 'sync_report'])
})

function atSure(): DrivenFlow {
  const flow = atHome(head(), behind)
  flow.taps({ do: 'show_sync_report' }, { do: 'show_begin_anew' })
  flow.tap({ do: 'begin_anew' })
  expect(flow.asked('begin_anew')).toBeUndefined()
  flow.tap({ do: 'begin_anew_on' })
  return flow
}

test('Beginning anew takes two steps; done, it says what to do next and the session is over', () => {
  const flow = atSure()
  flow.tap({ do: 'begin_anew' })
  expect(flow.asked('begin_anew')).toMatchObject({ session: SESSION })
  flow.answer('begin_anew', {})
  expect(flow.screen('begun_anew').closesAtMs).toBe(flow.atMs() + 30_000)
  expect(flow.asked('end_session')).toEqual({ session: SESSION })
  flow.show({ session: null, trouble: null, shelf: [] })
  expect(flow.state().screen.at).toBe('begun_anew')
  flow.wait(30_250)
  expect(flow.state().screen.at).toBe('attract')
})

test('A station that restarts while it begins anew is waited for; its trouble gone, it is done', () => {
  const flow = atSure()
  flow.tap({ do: 'begin_anew' })
  flow.send({ type: 'link_down' })
  expect(flow.screen('beginning_anew').phase).toBe('line_broken')
  flow.wait(10_000)
  flow.send({ type: 'link_up' })
  expect(flow.screen('beginning_anew').phase).toBe('finding')
  flow.show({ session: null, trouble: null })
  expect(flow.state().screen.at).toBe('begun_anew')
})

test('A station that is back and still fenced did not begin anew: that is said, and nothing is lost', () => {
  const flow = atSure()
  flow.tap({ do: 'begin_anew' })
  flow.send({ type: 'link_down' })
  flow.send({ type: 'link_up' })
  flow.show({ session: null, trouble: behind })
  flow.wait(8_250)
  expect(flow.screen('unfinished').why).toBe('begin_anew_not_done')
})

test('A refusal to begin anew is said on the spot', () => {
  const flow = atSure()
  flow.tap({ do: 'begin_anew' })
  flow.refuse('begin_anew', { code: 'station_head_only' })
  expect(flow.screen('begin_anew')).toMatchObject({ step: 'sure', refusal: { code: 'station_head_only' } })
  flow.tap({ do: 'back' })
  expect(flow.screen('begin_anew')).toMatchObject({ step: 'what', refusal: null })
})
