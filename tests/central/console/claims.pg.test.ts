// Partners in the office: they see what came back first, claim, join, light; closing one gives back what it held. Staff see it
// all with its history and how long it takes; scripts that somebody wrote are text.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimWishDoor, extendClaimDoor, fulfilWishDoor, giveBackClaimDoor, joinClaimDoor, LEASE_ENDS_SOON_MS, myClaimsDoor, partnerWallDoor, seeWishDoor, wallWishDoor } from '../../../contract/console/claims.ts'
import { addMeetingDoor, answerMeetingDoor, meetingsDoor } from '../../../contract/console/meetings.ts'
import { overviewDoor } from '../../../contract/console/overview.ts'
import { closePartnerDoor } from '../../../contract/console/partners.ts'
import { wishDoor, wishesDoor, wishFiguresDoor } from '../../../contract/console/wishes.ts'
import { cleanText } from '../../../domain/clean-text.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { lapseAll } from '../../../central/wishes/lapse-by-clock.ts'
import { reviewWish } from '../../../central/wishes/review-wish.ts'
import { postWish, tellOfWish } from '../../../central/wishes/rider-wishes.ts'
import type { OfficeAnswer } from '../../../contract/console/console-door.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { DISTRICT, type OfficePerson, startTestOffice, STATION, tableQuestion, type TestOffice } from '../../support/office.ts'
import { demoRider } from '../../support/test-central.ts'
import { DAY_MS, newWords } from '../wishes/wish-town.ts'

const SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(2)">'

function right<Answer>(outcome: OfficeAnswer<Answer>): Answer {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.answer
}

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let staff: OfficePerson
  let shop: OfficePerson
  let clinic: OfficePerson

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    staff = await office.person('district_staff')
    shop = await office.person('partner', 'shop')
    clinic = await office.person('partner', 'clinic')
  }, 60_000)

  afterAll(async () => {
    await office.close()
    await databases.stop()
  }, 60_000)

  const act: ReturnType<typeof sqlStore>['transaction'] = (mode, work) => sqlStore(office.database).transaction(mode, work)

  async function openWish(text = '想要一双手套', rider = demoRider('zhang')): Promise<string> {
    const id = randomUUID()
    const posted = await act('write', (transaction) => postWish(transaction, { id, rider, station: STATION, category: 'small_need', shown: 'named', reach: 'station', words: () => Promise.resolve(newWords()), account: null }, office.clock.nowMs))
    if (!posted.ok) throw new Error(posted.error)
    const reviewed = await act('write', (transaction) => reviewWish(transaction, DISTRICT, { wish: id, version: 1, verdict: 'approve', text, who: '张*', account: null }, office.clock.nowMs))
    if (!reviewed.ok) throw new Error(reviewed.error)
    return id
  }

  const over = (wish: string, rider = demoRider('zhang')) =>
    act('write', (transaction) => tellOfWish(transaction, { wish, rider, fact: { fact: 'withdrawn', claim: 0 }, account: null }, office.clock.nowMs))

  test('a partner claims what is open, is told from when to when, extends with a reason, and lights it; the trail has a line for each', async () => {
    const wish = await openWish(SCRIPT)
    const wall = right(await shop.ask(partnerWallDoor, {})).wishes
    expect(wall).toMatchObject([{ wish, text: SCRIPT, who: '张*', state: 'open', again: false, claim: null, by: [], mine: false }])
    const { claim, untilMs } = right(await shop.ask(claimWishDoor, { wish }))
    expect([claim, untilMs - office.clock.nowMs]).toEqual([1, 7 * DAY_MS])
    expect(await clinic.ask(claimWishDoor, { wish })).toEqual({ ok: false, error: 'already_claimed' })
    expect(right(await clinic.ask(joinClaimDoor, { wish, claim }))).toEqual({})
    expect(right(await clinic.ask(wallWishDoor, { wish })).wish).toMatchObject({ state: 'claimed', mine: true, by: [{ zh: '南门粮店' }, { zh: '南门粮店' }] })
    expect(await shop.ask(extendClaimDoor, { wish, claim, reason: '\u200b ' })).toEqual({ ok: false, error: 'words_missing' })
    expect(right(await shop.ask(extendClaimDoor, { wish, claim, reason: '货在路上' })).untilMs - office.clock.nowMs).toBe(14 * DAY_MS)
    expect(await shop.ask(fulfilWishDoor, { wish, claim, words: null, photo: null })).toEqual({ ok: false, error: 'words_missing' })
    expect(right(await shop.ask(fulfilWishDoor, { wish, claim, words: SCRIPT, photo: null }))).toEqual({})
    expect(right(await shop.ask(myClaimsDoor, {})).claims).toMatchObject([{ wish, claim: 1, state: 'fulfilled', text: SCRIPT, extensionsLeft: 1, isFrozen: false, news: [] }])
    const shown = right(await staff.ask(wishDoor, { wish }))
    expect(shown).toMatchObject({ wish: { id: wish, state: 'fulfilled', text: SCRIPT }, who: '张*', claim: 1, fulfilment: { words: SCRIPT, photo: null } })
    expect(shown.history.map(({ act: what, words }) => [what, words])).toEqual([
      ['posted', null], ['approved', null], ['claimed', null], ['joined', null], ['extended', '货在路上'], ['fulfilled', null],
    ])
    const acts = await office.database.query<{ act: string }>(`SELECT act FROM office_acts WHERE row_key = $1 ORDER BY at_ms, act_id`, [wish])
    expect(acts.map(({ act: what }) => what).toSorted()).toEqual(['claim_extended', 'claim_joined', 'wish_claimed', 'wish_fulfilled'])
  })

  test('what came back hangs first on the partners’ wall', async () => {
    const rider = demoRider('li')
    const [old, back] = [await openWish('先来的', rider), await openWish('会退回的', rider)]
    const { claim } = right(await shop.ask(claimWishDoor, { wish: back }))
    expect(right(await shop.ask(giveBackClaimDoor, { wish: back, claim }))).toEqual({})
    const wall = right(await clinic.ask(partnerWallDoor, {})).wishes.filter(({ wish }) => wish === old || wish === back)
    expect(wall.map(({ wish, again }) => [wish, again])).toEqual([[back, true], [old, false]])
    for (const wish of [old, back]) await over(wish, rider)
    expect(right(await clinic.ask(wallWishDoor, { wish: old })).wish).toBeNull()
  })

  test('a wish that was changed while it is held is frozen until its claimant has read it', async () => {
    const rider = demoRider('chen')
    const wish = await openWish('一号', rider)
    const { claim } = right(await shop.ask(claimWishDoor, { wish }))
    await act('write', (transaction) => tellOfWish(transaction, { wish, rider, fact: { fact: 'edited', claim }, words: newWords(), account: null }, office.clock.nowMs))
    const mine = async () => right(await shop.ask(myClaimsDoor, {})).claims.find((one) => one.wish === wish)
    expect(await mine()).toMatchObject({ text: null, isFrozen: false, news: [{ what: 'edited', took: true }] })
    await act('write', (transaction) => reviewWish(transaction, DISTRICT, { wish, version: 2, verdict: 'approve', text: '二号', who: null, account: null }, office.clock.nowMs))
    expect(await mine()).toMatchObject({ text: '二号', isFrozen: true })
    expect(await shop.ask(fulfilWishDoor, { wish, claim, words: '好了', photo: null })).toEqual({ ok: false, error: 'text_unseen' })
    expect(right(await shop.ask(seeWishDoor, { wish, claim }))).toEqual({})
    expect(await mine()).toMatchObject({ isFrozen: false, news: [] })
    expect(right(await shop.ask(fulfilWishDoor, { wish, claim, words: '好了', photo: null }))).toEqual({})
  })

  test('a partner that is closed while it holds a claim holds nothing, and its people are signed out', async () => {
    const closing = await office.person('partner', 'closing')
    const wish = await openWish('会有人接的', demoRider('ouyang'))
    right(await closing.ask(claimWishDoor, { wish }))
    const [{ partner } = { partner: '' }] = await office.database.query<{ partner: string }>('SELECT partner_id AS partner FROM office_accounts WHERE account_id = $1', [closing.account])
    right(await staff.ask(closePartnerDoor, { partner }))
    expect(await closing.ask(myClaimsDoor, {})).toEqual({ ok: false, error: 'not_signed_in' })
    expect(right(await shop.ask(wallWishDoor, { wish })).wish).toMatchObject({ state: 'open', again: true })
  })

  test('staff find wishes by state, category and word; the figures are medians from the approval on', async () => {
    const question = (filters: Record<string, string>, search = '') => tableQuestion('posted', { filters, search })
    const states = right(await staff.ask(wishesDoor, question({ state: 'fulfilled' }))).rows.map(({ state }) => state)
    expect([states.length, new Set(states)]).toEqual([2, new Set(['fulfilled'])])
    expect(right(await staff.ask(wishesDoor, question({}, 'onerror'))).rows).toMatchObject([{ text: SCRIPT }])
    expect(right(await staff.ask(wishesDoor, question({ category: 'hard_meal' }))).rows).toEqual([])
    // Two more of one category: claimed after one and three days, lit after two and six; one comes to nothing.
    const rider = demoRider('li')
    const begin = office.clock.nowMs
    const waits = [[1, 2], [3, 6]] as const
    for (const [toClaim, toLight] of waits) {
      const id = randomUUID()
      office.clock.nowMs = begin
      await act('write', (transaction) => postWish(transaction, { id, rider, station: STATION, category: 'hard_meal', shown: 'anonymous', reach: 'station', words: () => Promise.resolve(newWords()), account: null }, begin))
      await act('write', (transaction) => reviewWish(transaction, DISTRICT, { wish: id, version: 1, verdict: 'approve', text: '热饭', who: null, account: null }, begin))
      const { rows: [partner] } = { rows: await office.database.query<{ id: string }>(`SELECT partner_id AS id FROM partners WHERE state = 'active' LIMIT 1`) }
      const acting = { id: partner?.id ?? '', district: DISTRICT, name: { zh: '店', en: 'Shop' }, account: null }
      const { claimWish, fulfilWish } = await import('../../../central/wishes/claim-wish.ts')
      await act('write', (transaction) => claimWish(transaction, acting, id, begin + toClaim * DAY_MS))
      await act('write', (transaction) => fulfilWish(transaction, acting, { wish: id, claim: 1, words: '好了', photo: null }, begin + toLight * DAY_MS))
    }
    const lapsing = await openWish('没人管', rider)
    right(await shop.ask(claimWishDoor, { wish: lapsing }))
    expect(await lapseAll({ store: sqlStore(office.database), nowMs: () => begin + 8 * DAY_MS })).toBeGreaterThan(0)
    const { categories, all } = right(await staff.ask(wishFiguresDoor, {}))
    expect(categories.find(({ category }) => category === 'hard_meal')).toEqual({
      category: 'hard_meal', posted: 2, inReview: 0, open: 0, claimed: 0, lit: 2, daysToClaim: 2, daysToLight: 4, lapsed: 0,
    })
    expect(categories.find(({ category }) => category === 'small_dream')).toMatchObject({ posted: 0, daysToClaim: null, daysToLight: null })
    expect(all.lapsed).toBe(1)
  })

  test('a talk is entered, answered and published: partners read the answer and no notes', async () => {
    const id = randomUUID()
    const meeting = { id, kind: 'talk', title: '骑手恳谈会', heldDay: 20_780, station: STATION, notes: `张师傅说充电难 ${SCRIPT}` } as const
    expect([await staff.ask(addMeetingDoor, meeting), await staff.ask(addMeetingDoor, meeting)]).toEqual([{ ok: true, answer: {} }, { ok: true, answer: {} }])
    const read = async (person: OfficePerson) => right(await person.ask(meetingsDoor, tableQuestion('held'))).rows
    expect([await read(staff), await read(shop)]).toMatchObject([[{ id, notes: meeting.notes, answer: null, wishes: 0 }], []])
    expect(await staff.ask(answerMeetingDoor, { meeting: randomUUID(), answer: '好' })).toEqual({ ok: false, error: 'unknown_meeting' })
    right(await staff.ask(answerMeetingDoor, { meeting: id, answer: '下月装四个充电位' }))
    expect(await read(shop)).toMatchObject([{ id, notes: '', answer: '下月装四个充电位' }])

    // What turns a line around or is seen by nobody goes; lines, scripts and tags stay; what is too long is refused whole.
    const hostile = { ...meeting, id: randomUUID(), heldDay: 20_781, title: '\u202eئۈرۈمچى\u200b <b>恳谈</b>', notes: `第一行\u0007\n\u202e${SCRIPT}` }
    right(await staff.ask(addMeetingDoor, hostile))
    right(await staff.ask(answerMeetingDoor, { meeting: hostile.id, answer: '\u202e好\n的 👍🏽' }))
    expect((await read(staff)).find((row) => row.id === hostile.id)).toMatchObject({ title: 'ئۈرۈمچى <b>恳谈</b>', notes: `第一行\n${cleanText(SCRIPT)}`, answer: '好\n的 👍🏽' })
    for (const bad of [{ title: '\u202e\u200b' }, { title: '长'.repeat(81) }, { notes: '长'.repeat(2_001) }, { notes: '\u200b' }]) {
      expect(await staff.ask(addMeetingDoor, { ...meeting, id: randomUUID(), ...bad })).toEqual({ ok: false, error: 'bad_request' })
    }
    right(await staff.ask(addMeetingDoor, { ...meeting, id: randomUUID(), heldDay: 20_782, notes: '👨‍👩‍👧‍👦'.repeat(500) }))
  })

  test('the address behind a QR code leads to the wish’s page and carries nothing else', async () => {
    const wish = randomUUID()
    const follow = async (path: string) => (await office.app.inject({ method: 'GET', url: path })).headers.location
    expect([await follow(`/w/${wish}`), await follow('/w/%22%3E%3Cscript%3E')]).toEqual([`/console/#/wall/${wish}`, '/console/#/wall/'])
  })

  test('what is about to end is counted for staff, from two days before on', async () => {
    const wish = await openWish()
    right(await shop.ask(claimWishDoor, { wish }))
    const endingIn = async (ms: number): Promise<number> => {
      await office.database.query('UPDATE wishes SET until_ms = $2 WHERE wish_id = $1', [wish, office.clock.nowMs + ms])
      return right(await staff.ask(overviewDoor, {})).waiting.leasesEnding
    }
    expect([await endingIn(LEASE_ENDS_SOON_MS + 1), await endingIn(LEASE_ENDS_SOON_MS - 1)]).toEqual([0, 1])
    await over(wish)
    expect(right(await staff.ask(overviewDoor, {})).waiting.leasesEnding).toBe(0)
  })
})
