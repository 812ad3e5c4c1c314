// A day in the office, played through the doors and by a station that pushes: people of every role, a stocked shelf, an odd fact,
// corrections that wait and that are booked, partners, a changed rule. For pictures and for tests of pages with something on them.

import { randomUUID } from 'node:crypto'
import people from '../../resources/demo/staff.json' with { type: 'json' }
import stations from '../../resources/demo/stations.json' with { type: 'json' }
import type { OfficeAnswer } from '../../contract/console/console-door.ts'
import { decideCorrectionDoor, proposeCorrectionDoor } from '../../contract/console/corrections.ts'
import { claimWishDoor, partnerWallDoor } from '../../contract/console/claims.ts'
import { addMeetingDoor, answerMeetingDoor } from '../../contract/console/meetings.ts'
import { seedDemoTrainings } from '../../central/demo/demo-trainings.ts'
import { seedDemoWishes } from '../../central/demo/demo-wishes.ts'
import { addPartnerDoor } from '../../contract/console/partners.ts'
import { riderNameDoor } from '../../contract/console/riders.ts'
import { changeRuleDoor, rulesDoor } from '../../contract/console/rules.ts'
import { sqlStore } from '../../central/store/sql-store.ts'
import { attendAtCentral, signUpAtCentral } from '../../central/trainings/rider-trainings.ts'
import { makeTrainings } from '../../central/trainings/staff-trainings.ts'
import { EVERYBODY } from '../../domain/training/decide-signup.ts'
import { DISTRICT, type OfficePerson, STATION, type TestOffice } from './office.ts'
import { demoRider } from './test-central.ts'

const LINES_MAX = 100
/** So that something runs out. */
const SCARCE = 14
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export interface OfficeScene {
  /** Of the district. */
  staff: OfficePerson
  partner: OfficePerson
}

/** Answers who looks at it. */
export async function playOfficeScene(office: TestOffice): Promise<OfficeScene> {
  const staff = await office.person('district_staff', 'chen', '陈敏')
  const second = await office.person('district_staff', 'pati', '帕提古丽·艾合买提')
  const head = await office.person('station_head', 'hu', '胡建平')
  await office.person('volunteer', 'wang', '王秀兰')
  const partner = await office.person('partner', 'ma', '马师傅')
  await office.person('read_only', 'li', '李科')
  await stockShelf(office)

  const later = (): void => {
    office.clock.nowMs += 7 * MINUTE_MS
  }
  const done = async (work: Promise<OfficeAnswer<unknown>>): Promise<void> => {
    const outcome = await work
    if (!outcome.ok) throw new Error(outcome.error)
    later()
  }
  await seedDemoWishes(office.database, office.clock.nowMs)
  await seedDemoTrainings(office.database, office.clock.nowMs)
  const wall = await partner.ask(partnerWallDoor, {})
  if (!wall.ok) throw new Error(wall.error)
  for (const { wish } of wall.answer.wishes.filter(({ state }) => state === 'open').slice(0, 2)) {
    const claimed = await partner.ask(claimWishDoor, { wish })
    if (!claimed.ok) throw new Error(claimed.error)
  }
  await done(staff.ask(addPartnerDoor, { id: randomUUID(), name: { zh: '区税务局党支部', en: 'Tax Office Party Branch' }, kind: 'members' }))
  await done(staff.ask(addPartnerDoor, { id: randomUUID(), name: { zh: '水磨沟区医院', en: 'Shuimogou District Hospital' }, kind: 'unit' }))
  const booked = randomUUID()
  await done(staff.ask(proposeCorrectionDoor, { id: booked, rider: demoRider('li'), points: 320, reason: 'paper_book', note: '去年的积分册，原件在站里' }))
  await done(second.ask(decideCorrectionDoor, { correction: booked, isApproved: true }))
  await done(head.ask(proposeCorrectionDoor, { id: randomUUID(), rider: demoRider('zhang'), points: 40, reason: 'forgotten', note: '周六的交通劝导' }))
  await done(staff.ask(proposeCorrectionDoor, { id: randomUUID(), rider: demoRider('guli'), points: -20, reason: 'counted_twice', note: '' }))
  const rules = await staff.ask(rulesDoor, {})
  const low = rules.ok ? (rules.answer.rules.find(({ name }) => name === 'low_stock_units')?.value ?? 0) : 0
  await done(staff.ask(changeRuleDoor, { name: 'low_stock_units', before: low, value: low + 2 }))
  await done(head.ask(riderNameDoor, { rider: demoRider('zhang') }))
  const today = Math.floor(office.clock.nowMs / 86_400_000)
  const meeting = randomUUID()
  await done(staff.ask(addMeetingDoor, { id: meeting, kind: 'talk', title: '南湖片区骑手恳谈会', heldDay: today - 9, station: null, notes: '充电难、夜里没处上厕所，大家说得最多。' }))
  await done(staff.ask(answerMeetingDoor, { meeting, answer: '下月在南湖站加装四个充电位；夜间厕所由街道协调开放。' }))
  await done(staff.ask(addMeetingDoor, { id: randomUUID(), kind: 'listening_point', title: '百姓说事点：小区进门', heldDay: today - 2, station: null, notes: '希望扫一次码就放行。' }))
  return { staff, partner }
}

/** A training that begins in half an hour: zhang, li and chen have places, whoever is named in `came` is there. */
export async function openTheDoor({ database, clock: { nowMs } }: Pick<TestOffice, 'database' | 'clock'>, account: string, came: readonly string[] = []): Promise<string> {
  const training = randomUUID()
  const form = {
    topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '二楼', en: 'Second floor' }, points: 10, certificateMonths: 24, host: STATION, audience: EVERYBODY, capacity: 20,
    startsAtMs: nowMs + HOUR_MS / 2, endsAtMs: nowMs + 3 * HOUR_MS,
  } as const
  await sqlStore(database).transaction('write', async (transaction) => {
    await makeTrainings(transaction, DISTRICT, [{ training, form }], null, nowMs - 90 * HOUR_MS, { lends: false })
    for (const handle of ['zhang', 'li', 'chen']) await signUpAtCentral(transaction, { training, rider: demoRider(handle), request: randomUUID(), revision: 1 }, nowMs - 24 * HOUR_MS)
    for (const handle of came) {
      const attended = await attendAtCentral(transaction, { training, rider: demoRider(handle), account }, nowMs)
      if (!attended.ok) throw new Error(attended.error)
    }
  })
  return training
}

async function stockShelf(office: TestOffice): Promise<void> {
  const station = office.first.begin()
  const { nowMs } = office.clock
  const today = Math.floor(nowMs / 86_400_000)
  const [first] = stations
  const person = people.find(({ role, station: number }) => role === 'station_head' && number === 1)
  if (first === undefined || person === undefined) throw new Error('the demo has a station with its head')
  let lot = 0
  const lines = first.stock.flatMap(({ item, lots }) =>
    lots.map(({ quantity, expiresInDays, donor }) => {
      lot += 1
      return { item, lot, quantity: Math.ceil(quantity / SCARCE), expiryDay: expiresInDays === null ? null : today + expiresInDays, donor }
    }),
  )
  await station.hello()
  station.record('restock.recorded/1', { request: randomUUID(), staff: person.id, lines: lines.slice(0, LINES_MAX) }, nowMs)
  station.redeem(demoRider('rouzi'), 120)
  await station.push()
}
