// What the office decides: rules, corrections by one or two people, prices, what to bring to a shelf, odd facts, partners. Each
// leaves its line, is told to the stations where they must know, and the books stay whole.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import people from '../../../resources/demo/staff.json' with { type: 'json' }
import { inviteDoor } from '../../../contract/console/accounts.ts'
import { auditTrailDoor } from '../../../contract/console/audit-trail.ts'
import type { OfficeAnswer } from '../../../contract/console/console-door.ts'
import { correctionsDoor, decideCorrectionDoor, proposeCorrectionDoor } from '../../../contract/console/corrections.ts'
import { acceptFactDoor, acknowledgeFactDoor, exceptionsDoor } from '../../../contract/console/exceptions.ts'
import { changeItemDoor, itemsDoor, stockDoor } from '../../../contract/console/goods.ts'
import { overviewDoor } from '../../../contract/console/overview.ts'
import { addPartnerDoor, changePartnerDoor, closePartnerDoor, partnersDoor } from '../../../contract/console/partners.ts'
import { riderDoor, ridersDoor } from '../../../contract/console/riders.ts'
import { changeRuleDoor, changeServiceDoor, rulesDoor } from '../../../contract/console/rules.ts'
import { whoAmIDoor } from '../../../contract/console/session.ts'
import { stationsDoor } from '../../../contract/console/stations.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { DISTRICT, type OfficePerson, startTestOffice, STATION, tableQuestion, type TestOffice } from '../../support/office.ts'
import { demoRider, readBooks } from '../../support/test-central.ts'

const OK = { ok: true, answer: {} }
const refused = (error: string): object => ({ ok: false, error })

function right<Answer>(outcome: OfficeAnswer<Answer>): Answer {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.answer
}

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let staff: OfficePerson
  let second: OfficePerson
  let head: OfficePerson

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    staff = await office.person('district_staff')
    second = await office.person('district_staff', 'second')
    head = await office.person('station_head')
  }, 60_000)

  afterAll(async () => {
    expect((await readBooks(office.database)).wrong).toEqual([])
    await office.close()
    await databases.stop()
  }, 60_000)

  beforeEach(() => {
    office.clock.nowMs += 1
  })

  const told = async (kind: string, key: string): Promise<number> =>
    (
      await office.database.query(
        `SELECT 1 FROM changes WHERE district_id = $1 AND kind = $2 AND key = $3
         UNION ALL SELECT 1 FROM entry_changes WHERE district_id = $1 AND $2 = 'entry' AND $3 = ANY(keys::text[])`,
        [DISTRICT, kind, key],
      )
    ).length
  const lastLine = async (): Promise<object> => {
    const [line] = right(await staff.ask(auditTrailDoor, tableQuestion('at', { descending: true, limit: 1 }))).rows
    return line === undefined ? {} : { act: line.act, row: line.row, before: line.before, after: line.after }
  }
  const pointsOf = async (rider: string): Promise<number> => right(await staff.ask(riderDoor, { rider })).rider.points

  test('a rule is changed within its range, by who has seen it as it is', async () => {
    const value = right(await staff.ask(rulesDoor, {})).rules.find(({ name }) => name === 'low_stock_units')?.value ?? -1
    expect(await staff.ask(changeRuleDoor, { name: 'low_stock_units', before: value, value: 1_001 })).toEqual(refused('bad_request'))
    expect(await staff.ask(changeRuleDoor, { name: 'low_stock_units', before: value + 1, value: 7 })).toEqual(refused('changed_meanwhile'))
    expect(await staff.ask(changeRuleDoor, { name: 'low_stock_units', before: value, value: 7 })).toEqual(OK)
    expect(await lastLine()).toEqual({ act: 'rule_changed', row: 'low_stock_units', before: { value }, after: { value: 7 } })
    expect(await staff.ask(changeRuleDoor, { name: 'low_stock_units', before: value, value: 7 })).toEqual(OK)
    expect(await second.ask(changeRuleDoor, { name: 'low_stock_units', before: value, value: 9 })).toEqual(refused('changed_meanwhile'))
    expect(await told('rules', 'rules')).toBe(1)
    const one = { service: 'nothing', before: { points: 1, capPerActivity: null }, points: 2, capPerActivity: null }
    expect(await staff.ask(changeServiceDoor, one)).toEqual(refused('unknown_service'))
    const [service] = right(await staff.ask(rulesDoor, {})).services
    if (service === undefined) throw new Error('the demo has services')
    const change = { service: service.id, before: { points: service.points, capPerActivity: service.capPerActivity }, points: service.points + 1, capPerActivity: 500 }
    expect(await staff.ask(changeServiceDoor, change)).toEqual(OK)
    expect(right(await staff.ask(rulesDoor, {})).services.find(({ id }) => id === service.id)).toMatchObject({ points: service.points + 1, capPerActivity: 500 })
  })

  test('beside the rules stands what a station costs at worst by them: the one with the most riders at home, and what the richest rider has', async () => {
    const largest = async (): Promise<unknown> => right(await staff.ask(rulesDoor, {})).largest
    const stations = right(await staff.ask(stationsDoor, tableQuestion('number', { limit: 100 }))).rows
    const riders = right(await staff.ask(ridersDoor, tableQuestion('joined', { limit: 100 }))).rows
    const [most, next] = stations.toSorted((a, b) => b.riders - a.riders)
    if (most === undefined || next === undefined) throw new Error('the demo has stations')
    const expected = { homeRiders: most.riders, mostPoints: Math.max(...riders.map(({ points }) => points)) }
    expect(await largest()).toEqual({ station: most.name, ...expected })
    expect([most.riders > next.riders, expected.mostPoints > 0]).toEqual([true, true])
    // Nothing is lent to one that was revoked.
    await office.database.query(`UPDATE stations SET status = 'revoked' WHERE station_id = $1`, [most.id])
    expect(await largest()).toEqual({ ...expected, station: next.name, homeRiders: next.riders })
    await office.database.query(`UPDATE stations SET status = 'active' WHERE station_id = $1`, [most.id])
  })

  test('a small correction is booked by one, once however often it is asked for, and stations hear of it', async () => {
    const rider = demoRider('zhang')
    const before = await pointsOf(rider)
    const asked = { id: randomUUID(), rider, points: 100, reason: 'forgotten', note: '四月的义诊' } as const
    for (let times = 1; times <= 2; times += 1) expect(await staff.ask(proposeCorrectionDoor, asked)).toEqual({ ok: true, answer: { state: 'booked' } })
    expect(await pointsOf(rider)).toBe(before + 100)
    expect(await told('entry', asked.id)).toBe(1)
    expect(await lastLine()).toEqual({ act: 'correction_booked', row: asked.id, before: {}, after: { rider, points: 100, reason: 'forgotten' } })
    expect(await staff.ask(proposeCorrectionDoor, { ...asked, points: 90 })).toEqual(refused('bad_request'))
    expect(await staff.ask(proposeCorrectionDoor, { ...asked, id: randomUUID(), points: 0 })).toEqual(refused('bad_request'))
    expect(await staff.ask(proposeCorrectionDoor, { ...asked, id: randomUUID(), points: -(before + 101) })).toMatchObject({ ok: true })
    expect(await staff.ask(proposeCorrectionDoor, { ...asked, id: randomUUID(), rider: randomUUID() })).toEqual(refused('unknown_rider'))
    expect((await readBooks(office.database)).wrong).toEqual([])
  })

  test('a large correction, and one of a station head, waits for another person; of two who decide at once one does', async () => {
    const rider = demoRider('li')
    const before = await pointsOf(rider)
    const id = randomUUID()
    const waitingBefore = right(await staff.ask(overviewDoor, {})).waiting.corrections
    expect(await staff.ask(proposeCorrectionDoor, { id, rider, points: 101, reason: 'paper_book', note: '' })).toEqual({ ok: true, answer: { state: 'waiting' } })
    expect(await pointsOf(rider)).toBe(before)
    expect(right(await staff.ask(overviewDoor, {})).waiting.corrections).toBe(waitingBefore + 1)
    expect(await staff.ask(decideCorrectionDoor, { correction: id, isApproved: true })).toEqual(refused('same_person'))
    expect(await head.ask(decideCorrectionDoor, { correction: id, isApproved: true })).toEqual(refused('not_allowed'))
    const decided = await Promise.all([true, true].map((isApproved) => second.ask(decideCorrectionDoor, { correction: id, isApproved })))
    expect(decided.map((outcome) => (outcome.ok ? outcome.answer.state : outcome.error)).toSorted()).toEqual(['already_decided', 'booked'])
    expect(await pointsOf(rider)).toBe(before + 101)

    office.clock.nowMs += 1
    const small = randomUUID()
    expect(await head.ask(proposeCorrectionDoor, { id: small, rider, points: 1, reason: 'goodwill', note: '' })).toEqual({ ok: true, answer: { state: 'waiting' } })
    expect(await staff.ask(decideCorrectionDoor, { correction: small, isApproved: false })).toEqual({ ok: true, answer: { state: 'refused' } })
    expect(await pointsOf(rider)).toBe(before + 101)
    const rows = right(await staff.ask(correctionsDoor, tableQuestion('proposed', { filters: { rider } }))).rows
    expect(rows.map(({ id, state, isMine, points }) => ({ id, state, isMine, points }))).toEqual([{ id, state: 'booked', isMine: true, points: 101 }, { id: small, state: 'refused', isMine: false, points: 1 }])
  })

  test('more than lies at central is not taken', async () => {
    const rider = demoRider('rouzi')
    const { atCentral } = right(await staff.ask(riderDoor, { rider }))
    expect(await staff.ask(proposeCorrectionDoor, { id: randomUUID(), rider, points: -(atCentral + 1), reason: 'counted_twice', note: '' })).toEqual(refused('points_lacking'))
    expect(await staff.ask(proposeCorrectionDoor, { id: randomUUID(), rider, points: -atCentral, reason: 'counted_twice', note: '' })).toEqual({ ok: true, answer: { state: 'booked' } })
    expect(right(await staff.ask(riderDoor, { rider })).atCentral).toBe(0)
  })

  test('an item gets another price and limit, by who has seen it as it is, and stations hear of it', async () => {
    const [item] = right(await staff.ask(itemsDoor, tableQuestion('position', { limit: 1 }))).rows
    if (item === undefined) throw new Error('the demo has goods')
    const before = { pricePoints: item.pricePoints, isOffered: item.isOffered, limit: item.limit }
    const after = { pricePoints: item.pricePoints + 5, isOffered: false, limit: { quantity: 2, period: 'week' } } as const
    expect(await staff.ask(changeItemDoor, { item: item.id, before, after: { ...after, limit: { quantity: 0, period: 'week' } } })).toEqual(refused('bad_request'))
    expect(await staff.ask(changeItemDoor, { item: item.id, before: { ...before, isOffered: false }, after })).toEqual(refused('changed_meanwhile'))
    expect(await staff.ask(changeItemDoor, { item: item.id, before, after })).toEqual(OK)
    expect(await staff.ask(changeItemDoor, { item: 'no-such-item', before, after })).toEqual(refused('unknown_item'))
    expect(await told('item', item.id)).toBe(1)
    expect(right(await staff.ask(itemsDoor, tableQuestion('price', { filters: { offered: 'false' } }))).rows.map(({ id, ...row }) => ({ id, price: row.pricePoints, limit: row.limit }))).toEqual([
      { id: item.id, price: after.pricePoints, limit: after.limit },
    ])
  })

  test('what lies on a shelf, how long it lasts and what to bring follow from what the station said', async () => {
    const station = office.first.begin()
    const person = people.find(({ role, station: number }) => role === 'station_head' && number === 1)
    const [, soap, towel] = right(await staff.ask(itemsDoor, tableQuestion('position', { limit: 3 }))).rows
    if (person === undefined || soap === undefined || towel === undefined) throw new Error('the demo has a head and goods')
    const lines = [{ item: soap.id, lot: 1, quantity: 40, expiryDay: 20_900, donor: null }, { item: towel.id, lot: 2, quantity: 2, expiryDay: null, donor: null }]
    station.record('restock.recorded/1', { request: randomUUID(), staff: person.id, lines })
    expect(await station.push()).toMatchObject({ result: 'applied' })
    const rows = right(await staff.ask(stockDoor, tableQuestion('daysLeft'))).rows
    expect(rows.map(({ item, onHand, need, nextExpiryDay }) => ({ item, onHand, need, nextExpiryDay })).toSorted((one, other) => one.onHand - other.onHand)).toEqual([
      { item: towel.id, onHand: 2, need: 'low', nextExpiryDay: null }, { item: soap.id, onHand: 40, need: 'enough', nextExpiryDay: 20_900 },
    ])
    const refill = right(await head.ask(stockDoor, tableQuestion('station', { filters: { need: 'refill' } }))).rows
    expect(refill.map(({ item, station: at, bring, takenUnits, onHand }) => ({ item, at, bring: bring === Math.max(takenUnits, 14) - onHand }))).toEqual([{ item: towel.id, at: STATION, bring: true }])
    expect(right(await staff.ask(stationsDoor, tableQuestion('number'))).rows[0]?.health).toBe('well')
    expect(right(await staff.ask(overviewDoor, {})).waiting.kindsLow).toBe(1)
  })

  test('an odd fact is looked at once; one of a banned file is paid by the programme once', async () => {
    const station = office.first
    const redeemed = station.redeem(demoRider('rouzi'), 900)
    // Central's answer to a sign-up is no remark on the fact: granted or refused, nobody has to look at it.
    const request = randomUUID()
    const signup = station.record('signup.requested/1', { request, training: randomUUID(), rider: demoRider('li'), revision: 1 })
    await station.push()
    expect((await office.database.query<{ outcome: string }>('SELECT outcome FROM events WHERE event_id = $1', [signup.header.id]))[0]?.outcome).toBe('refused')
    expect(await staff.ask(acknowledgeFactDoor, { event: signup.header.id })).toEqual(refused('unknown_fact'))
    expect(right(await staff.ask(stationsDoor, tableQuestion('number'))).rows[0]?.flagged).toBe(1)
    const waiting = right(await staff.ask(exceptionsDoor, tableQuestion('received', { filters: { state: 'waiting' } }))).rows
    expect(waiting.map(({ id, code, canAccept, points }) => ({ id, code, canAccept, isPaid: points > 0 }))).toEqual([{ id: redeemed.header.id, code: 'overdrawn', canAccept: false, isPaid: true }])
    expect(await staff.ask(acceptFactDoor, { event: redeemed.header.id })).toEqual(refused('nothing_to_accept'))
    expect(await head.ask(acknowledgeFactDoor, { event: redeemed.header.id })).toEqual(OK)
    expect(await staff.ask(acknowledgeFactDoor, { event: redeemed.header.id })).toEqual(refused('already_acknowledged'))
    expect(await staff.ask(acknowledgeFactDoor, { event: randomUUID() })).toEqual(refused('unknown_fact'))
    expect(right(await staff.ask(overviewDoor, {})).waiting.facts).toBe(0)

    await office.database.query(`UPDATE incarnations SET state = 'banned' WHERE station_id = $1`, [STATION])
    const late = station.redeem(demoRider('li'), 7)
    await station.push(1, station.events.length)
    const [fact] = right(await staff.ask(exceptionsDoor, tableQuestion('received', { filters: { state: 'waiting' } }))).rows
    expect({ id: fact?.id, code: fact?.code, canAccept: fact?.canAccept }).toEqual({ id: late.header.id, code: 'banned', canAccept: true })
    expect(await staff.ask(acceptFactDoor, { event: late.header.id })).toEqual({ ok: true, answer: { points: fact?.points } })
    expect(await staff.ask(acceptFactDoor, { event: late.header.id })).toEqual(refused('already_acknowledged'))
  })

  test('whatever is typed into a field is kept as text, or refused whole', async () => {
    const rider = demoRider('guli')
    const asTyped = ['👩‍🚒 送水 👍🏽', 'ئۈرۈمچى', '<script>alert(1)</script>', "Robert'); DROP TABLE riders;--", '=HYPERLINK("http://x")', '家'.repeat(140), '👩‍👩‍👧‍👦'.repeat(40)]
    const typed: readonly (readonly [string, string | null])[] = [
      ...asTyped.map((note) => [note, note] as const), ['家'.repeat(141), null], ['x'.repeat(10_000), null],
      // Pasted along, and to be found by nobody.
      ['一\u0007二', '一二'], ['a\nb', 'a b'], ['\u202Eevil\u202C', 'evil'], ['零\u200B宽', '零宽'], ['x\uFEFFy', 'xy'],
    ]
    for (const [note, kept] of typed) {
      office.clock.nowMs += 1
      const id = randomUUID()
      const outcome = await staff.ask(proposeCorrectionDoor, { id, rider, points: 1, reason: 'goodwill', note })
      expect(outcome, note.slice(0, 20)).toEqual(kept !== null ? { ok: true, answer: { state: 'booked' } } : refused('bad_request'))
      const [row] = right(await staff.ask(correctionsDoor, tableQuestion('proposed', { descending: true, limit: 1 }))).rows
      if (kept !== null) expect({ id: row?.id, note: row?.note }).toEqual({ id, note: kept })
      else expect(row?.id).not.toBe(id)
    }
    for (const zh of ['', '   ', '\u200B', '长'.repeat(61), '\u202E\u200B']) expect(await staff.ask(addPartnerDoor, { id: randomUUID(), name: { zh, en: '' }, kind: 'unit' }), zh).toEqual(refused('bad_request'))
    for (const signInName of ['a', 'UPPER', '陈敏', 'x'.repeat(41), '-x', "x'--"]) {
      expect(await staff.ask(inviteDoor, { id: randomUUID(), signInName, name: '陈', role: 'read_only', station: null, partner: null }), signInName).toEqual(refused('bad_request'))
    }
  })

  test('a partner’s people see theirs alone, and are out the moment it is closed', async () => {
    const id = randomUUID()
    const name = { zh: '<b>南门</b>药店', en: '' }
    for (let times = 1; times <= 2; times += 1) expect(await staff.ask(addPartnerDoor, { id, name, kind: 'merchant' })).toEqual(OK)
    expect(await staff.ask(addPartnerDoor, { id: randomUUID(), name: { zh: '', en: '' }, kind: 'unit' })).toEqual(refused('bad_request'))
    const member = await office.person('partner')
    expect(right(await member.ask(partnersDoor, tableQuestion('made'))).rows).toHaveLength(1)
    expect(right(await staff.ask(partnersDoor, tableQuestion('made', { search: '<b>' }))).rows.map(({ name: shown }) => shown)).toEqual([name])
    expect(await staff.ask(changePartnerDoor, { partner: id, name: { zh: '南门药店', en: 'South Gate Pharmacy' }, kind: 'unit' })).toEqual(OK)
    const own = right(await member.ask(whoAmIDoor, {})).partner?.id ?? ''
    expect(await staff.ask(closePartnerDoor, { partner: own })).toEqual(OK)
    expect(await member.ask(whoAmIDoor, {})).toEqual(refused('not_signed_in'))
    expect(await staff.ask(closePartnerDoor, { partner: own })).toEqual(refused('partner_closed'))
    expect(await staff.ask(changePartnerDoor, { partner: own, name, kind: 'unit' })).toEqual(refused('partner_closed'))
    expect(await staff.ask(inviteDoor, { id: randomUUID(), signInName: 'late.partner', name: '晚', role: 'partner', station: null, partner: own })).toEqual(refused('unknown_partner'))
  })
})
