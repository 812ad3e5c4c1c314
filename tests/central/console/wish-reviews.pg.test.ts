// Moderation with real words: sealed at a station, opened by central, read by who approves and by nobody else; what may say who
// somebody is, is pointed out; what is hidden before it goes up is hidden for everybody.

import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMeetingDoor, meetingsDoor } from '../../../contract/console/meetings.ts'
import { postWishForDoor, reviewWishDoor, wishDoor, wishesDoor, wishQueueDoor } from '../../../contract/console/wishes.ts'
import { sqlStore, sqlTransaction } from '../../../central/store/sql-store.ts'
import { postWish, tellOfWish } from '../../../central/wishes/rider-wishes.ts'
import { keepTyped } from '../../../central/words/keep-typed.ts'
import type { OfficeAnswer } from '../../../contract/console/console-door.ts'

import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { DISTRICT, type OfficePerson, startTestOffice, STATION, tableQuestion, type TestOffice } from '../../support/office.ts'
import { demoRider } from '../../support/test-central.ts'
import { newWords } from '../wishes/wish-town.ts'

function right<Answer>(outcome: OfficeAnswer<Answer>): Answer {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.answer
}

const TOLD = '我叫张伟强，电话138 1234 5678，想要一双<b>手套</b>'

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let staff: OfficePerson
  let head: OfficePerson
  const zhang = demoRider('zhang')

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    staff = await office.person('district_staff')
    head = await office.person('station_head')
  }, 60_000)

  afterAll(async () => {
    await office.close()
    await databases.stop()
  }, 60_000)

  async function posted(text: string, rider = zhang, station: string | null = STATION): Promise<string> {
    const id = randomUUID()
    const result = await sqlStore(office.database).transaction('write', (transaction) =>
      postWish(transaction, {
        id, rider, station, category: 'small_need', shown: 'named', reach: 'station', account: null,
        words: () => keepTyped(transaction, { ref: randomUUID(), rider, district: DISTRICT, purpose: 'wish', text }, randomBytes, office.clock.nowMs),
      }, office.clock.nowMs),
    )
    if (!result.ok) throw new Error(result.error)
    return id
  }

  const queue = async (person: OfficePerson) => right(await person.ask(wishQueueDoor, {}))

  test('a waiting text is told with its personal parts and a proposal without them; approved so, nobody sees them', async () => {
    const wish = await posted(TOLD)
    const { texts: [waiting] } = await queue(staff)
    expect(waiting).toMatchObject({ wish, version: 1, text: TOLD, before: null, isClaimed: false, shown: 'named' })
    expect(waiting?.personal.map(({ kind, start, end }) => [kind, TOLD.slice(start, end)])).toEqual([['name', '张伟强'], ['phone', '138 1234 5678']])
    expect(waiting?.proposal).toBe('我叫＊＊＊，电话＊＊＊，想要一双<b>手套</b>')
    // Until then no table and no detail has a word of it.
    expect([right(await staff.ask(wishesDoor, tableQuestion('posted'))).rows[0]?.text, right(await staff.ask(wishDoor, { wish })).wish.text]).toEqual([null, null])
    right(await staff.ask(reviewWishDoor, { wish, version: 1, verdict: 'approve', text: waiting?.proposal ?? '' }))
    const shown = right(await staff.ask(wishDoor, { wish }))
    expect([shown.wish.text, shown.wish.state, shown.who]).toEqual([waiting?.proposal, 'open', '张*'])
    expect((await queue(staff)).texts).toEqual([])
    // What was typed stands in no table as it was.
    const rows = await office.database.query<{ row: string }>('SELECT to_jsonb(words)::text AS row FROM words UNION ALL SELECT to_jsonb(wishes)::text FROM wishes UNION ALL SELECT to_jsonb(wish_history)::text FROM wish_history')
    expect(rows.filter(({ row }) => row.includes('13812345678') || row.includes('138 1234') || row.includes('张伟强'))).toEqual([])
  })

  test('words that are still on their way are counted, and a head reads what was posted at the own station', async () => {
    const here = await posted('本站的', demoRider('li'))
    const elsewhere = await posted('手机上写的', demoRider('chen'), null)
    await sqlStore(office.database).transaction('write', (transaction) =>
      postWish(transaction, { id: randomUUID(), rider: demoRider('ouyang'), station: STATION, category: 'other', shown: 'anonymous', reach: 'station', account: null, words: () => Promise.resolve(newWords()) }, office.clock.nowMs),
    )
    const [all, own] = [await queue(staff), await queue(head)]
    expect([all.texts.map(({ wish }) => wish).toSorted(), all.awaited]).toEqual([[here, elsewhere].toSorted(), 1])
    expect([own.texts.map(({ wish }) => wish), own.awaited]).toEqual([[here], 1])
    expect(await head.ask(reviewWishDoor, { wish: elsewhere, version: 1, verdict: 'refuse', words: '不行' })).toEqual({ ok: false, error: 'unknown_wish' })
    right(await head.ask(reviewWishDoor, { wish: here, version: 1, verdict: 'ask_back', words: '要多大码？' }))
    expect(right(await head.ask(wishDoor, { wish: here }))).toMatchObject({ wish: { state: 'asked_back' }, staffWords: '要多大码？' })
    right(await staff.ask(reviewWishDoor, { wish: elsewhere, version: 1, verdict: 'refuse', words: '请找站长' }))
  })

  test('two who approve at once: the second hears that it was done; a newer text is another matter', async () => {
    const rider = demoRider('li')
    const wish = await posted('热饭', rider)
    const approve = (person: OfficePerson, version: number) => person.ask(reviewWishDoor, { wish, version, verdict: 'approve', text: '热饭' })
    const both = await Promise.all([approve(staff, 1), approve(head, 1)])
    expect(both.map((one) => (one.ok ? 'done' : one.error)).toSorted()).toEqual(['already_reviewed', 'done'])
    await sqlStore(office.database).transaction('write', (transaction) => tellOfWish(transaction, { wish, rider, fact: { fact: 'edited', claim: 0 }, words: newWords(), account: null }, office.clock.nowMs))
    expect(await approve(staff, 1)).toEqual({ ok: false, error: 'version_superseded' })
    expect(await staff.ask(reviewWishDoor, { wish, version: 2, verdict: 'approve', text: '字'.repeat(141) })).toEqual({ ok: false, error: 'text_unusable' })
  })

  test('staff write a wish for a rider with the talk it came from; it is reviewed like any other', async () => {
    const rider = demoRider('chen')
    const meeting = randomUUID()
    right(await staff.ask(addMeetingDoor, { id: meeting, kind: 'secretary_tea', title: '书记茶话会', heldDay: 20_780, station: null, notes: '充电' }))
    const wish = { id: randomUUID(), rider, category: 'hard_charging', text: '站里多装几个充电口 \u202e', shown: 'anonymous', reach: 'staff_phone', meeting } as const
    right(await staff.ask(postWishForDoor, wish))
    expect((await queue(staff)).texts.find((one) => one.wish === wish.id)).toMatchObject({ text: '站里多装几个充电口', category: 'hard_charging' })
    expect(right(await staff.ask(wishDoor, { wish: wish.id }))).toMatchObject({ meeting: { id: meeting, title: '书记茶话会' }, history: [{ act: 'posted', account: 'district.staff' }] })
    expect(right(await staff.ask(meetingsDoor, tableQuestion('held'))).rows[0]?.wishes).toBe(1)
    const refusals = [
      await staff.ask(postWishForDoor, wish), await staff.ask(postWishForDoor, { ...wish, id: randomUUID(), rider: randomUUID() }), await staff.ask(postWishForDoor, { ...wish, id: randomUUID(), meeting: randomUUID() }),
      await staff.ask(postWishForDoor, { ...wish, id: randomUUID(), text: '\u200b' }),
    ]
    expect(refusals.map((one) => (one.ok ? 'done' : one.error))).toEqual(['wish_repeated', 'unknown_rider', 'unknown_meeting', 'text_unusable'])
    // A refused wish leaves no words behind.
    const [{ spare } = { spare: -1 }] = await office.database.query<{ spare: number }>('SELECT count(*) AS spare FROM words WHERE NOT EXISTS (SELECT 1 FROM wish_versions WHERE words_ref = ref)')
    expect(spare).toBe(0)
  })

  test('of who was erased nothing is kept any more', async () => {
    const rider = demoRider('ouyang')
    await office.database.query('INSERT INTO erased_persons (rider_id, district_id, erased_at_ms) VALUES ($1, $2, 1)', [rider, DISTRICT])
    const kept = await office.database.transaction('write', (sql) => keepTyped(sqlTransaction(sql), { ref: randomUUID(), rider, district: DISTRICT, purpose: 'wish', text: '什么' }, randomBytes, 1))
    expect(kept).toBeNull()
  })
})
