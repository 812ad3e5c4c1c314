// Attendance end to end: a training made by the office, riders who sign up at the kiosk, a volunteer at the door with a scanner, and
// what each rider then finds under his own name: a real browser, a real station on disk, a real central.

import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import type { Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { openPglite } from '../../central/store/pglite-database.ts'
import { cancelTrainingDoor, makeTrainingsDoor, trainingDoor } from '../../contract/console/trainings.ts'
import { zh } from '../../renderer/text/zh.ts'
import { openKioskPage, waitForScreen } from '../support/browser.ts'
import { built } from '../support/built.ts'
import { type DemoDistrict, openDemoDistrict } from '../support/demo-district.ts'
import { type AskOffice, signInToDemoOffice } from '../support/demo-office-desk.ts'
import { FIRST_STATION_ID } from '../support/station-keys.ts'

beforeAll(() => built(['renderer']))

/** Longer than the flow takes for a slip of a finger that was still on the screen before. */
const READ_MS = 350
/** Within it the same pass is one scan. */
const SAME_PASS_MS = 1_600
const TITLE = '除颤仪三十分钟'
const { attendance: words, trainings, signup } = zh

interface Door {
  district: DemoDistrict
  page: Page
  office: AskOffice
  training: string
}

/** In half an hour, here, with places for three. */
async function openDoor(problems: string[] = []): Promise<Door> {
  const district = await openDemoDistrict()
  const office = await signInToDemoOffice(district, 'district_staff')
  const training = randomUUID()
  const startsAtMs = Date.now() + 30 * 60_000
  await office(makeTrainingsDoor, {
    topic: 'cpr', title: { zh: TITLE, en: 'Defibrillator' }, place: { zh: '二楼', en: 'Upstairs' }, host: FIRST_STATION_ID, capacity: 3, points: 10, certificateMonths: 24,
    audience: { platforms: [], stations: [], groups: [] }, closingMinutes: 0, answerMinutes: 60, lateMinutes: 15, walkIns: true, series: randomUUID(), trainings: [{ id: training, startsAtMs, endsAtMs: startsAtMs + 3_600_000 }],
  })
  return { district, office, training, page: await openKioskPage(district.kioskUrl, { problems }) }
}

async function greet({ district, page }: Door, handle: string): Promise<number> {
  await district.scan(district.codeOf(handle))
  await waitForScreen(page, 'greeting')
  await page.locator('.points-number').waitFor()
  return Number((await page.locator('.points-number').textContent())?.replaceAll(',', ''))
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.waitForTimeout(READ_MS)
  await page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()
}

async function finish(page: Page): Promise<void> {
  await press(page, zh.parts.finish)
  await waitForScreen(page, 'attract')
}

const row = (page: Page): ReturnType<Page['locator']> => page.locator('.training-row', { hasText: TITLE })

async function signUp(door: Door, handle: string): Promise<void> {
  const { page } = door
  await greet(door, handle)
  await press(page, zh.greeting.trainings)
  await waitForScreen(page, 'trainings')
  // Whoever has something to be told is led to his own first.
  await press(page, /^全部 /)
  await row(page).waitFor()
  await page.waitForTimeout(READ_MS)
  await row(page).getByRole('button', { name: trainings.signUp, exact: true }).click()
  await row(page).getByText(trainings.state.seated).waitFor()
  await finish(page)
}

async function signInAtTheDoor({ district, page }: Door): Promise<void> {
  await district.scan(district.codeOf('wang'))
  await waitForScreen(page, 'staff_pin')
  for (const digit of '246810') await page.getByRole('button', { name: digit, exact: true }).click()
  await waitForScreen(page, 'staff_home')
  await page.getByRole('button', { name: new RegExp(words.title) }).click()
  await waitForScreen(page, 'attendance_list')
}

async function begin(door: Door): Promise<void> {
  await signInAtTheDoor(door)
  await row(door.page).getByRole('button', { name: words.begin }).click()
  await waitForScreen(door.page, 'attendance')
}

/** Scans and waits for what is said, large. */
async function scanned({ district, page }: Door, handle: string, kind: string): Promise<string> {
  await district.scan(district.codeOf(handle))
  await page.locator(`.arrival[data-kind=${kind}]`).waitFor()
  return (await page.locator('.arrival-top').textContent()) ?? ''
}

/** Until central has everything that happened here. */
async function settle(district: DemoDistrict): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const file = new Database(district.stationFile, { readonly: true })
    const { waiting } = file.prepare('SELECT (SELECT max(seq) FROM outbox) - acknowledged_seq AS waiting FROM sync_state').get() as { waiting: number }
    file.close()
    if (waiting === 0) return
    await new Promise((next) => setTimeout(next, 100))
  }
  throw new Error('the outbox did not become empty')
}

test('two riders come in, one scanned twice, one without his pass; a third walks in, a fourth finds no place; the volunteer goes away in between and nothing is lost; points, record and certificate are theirs', { timeout: 150_000 }, async () => {
  const problems: string[] = []
  const door = await openDoor(problems)
  const { district, page } = door
  await signUp(door, 'zhang')
  await signUp(door, 'li')
  const before = await greet(door, 'zhang')
  await finish(page)

  await begin(door)
  expect(await page.locator('.attendee-row').count()).toBe(2)
  // Zhang was greeted a moment ago: a quick machine is here within the time in which a pass is taken to be held there still.
  await page.waitForTimeout(SAME_PASS_MS)
  expect(await scanned(door, 'zhang', 'came')).toBe(`${words.what.came}张*`)
  await page.waitForTimeout(SAME_PASS_MS)
  expect(await scanned(door, 'zhang', 'already')).toBe(`${words.what.already}张*`)
  expect(await scanned(door, 'rouzi', 'walk_in')).toBe(`${words.what.walk_in}肉孜艾力·*`)
  expect(await scanned(door, 'payment', 'misread')).toBe(words.misread.foreign)
  expect(await scanned(door, 'ouyang', 'full')).toBe(words.what.full)

  // The page is gone with attendance on; whoever comes back signs in again and finds the list as it was.
  await page.reload()
  await waitForScreen(page, 'attract')
  await begin(door)
  await page.getByText(words.counts(2, 2)).waitFor()
  const left = page.locator('.attendee-row', { hasText: '李*' })
  for (const name of [words.mark, words.markSure]) {
    await page.waitForTimeout(READ_MS)
    await left.getByRole('button', { name: `${name} 李*` }).click()
  }
  await page.locator('.arrival[data-kind=came]', { hasText: '李*' }).waitFor()
  await page.getByText(words.counts(3, 2)).waitFor()
  await page.getByText(words.empty.missing.title).waitFor()
  await page.getByRole('button', { name: words.tab.came(3) }).click()
  expect(await page.locator('.attendee-row .training-title').allTextContents()).toEqual(['李*', '肉孜艾力·*', '张*'])
  await press(page, words.end)
  await waitForScreen(page, 'attendance_list')
  await page.getByText(zh.notices.attendance_ended({ kind: 'attendance_ended', came: 3 }, '')).waitFor()
  expect(await row(page).textContent()).toContain(words.counts(3, 2))
  await finish(page)

  expect(await greet(door, 'zhang')).toBe(before + 10)
  await press(page, zh.greeting.myPoints)
  await waitForScreen(page, 'my_points')
  await page.locator('.entry', { hasText: zh.myPoints.signed(10) }).first().waitFor()
  await press(page, zh.parts.back)
  await waitForScreen(page, 'greeting')
  await press(page, zh.greeting.trainings)
  await waitForScreen(page, 'trainings')
  await press(page, /^证书 /)
  await page.locator('.certificate-row', { hasText: TITLE }).waitFor()
  await finish(page)
  expect(problems).toEqual([])

  await settle(district)
  await district.station.stop()
  await district.central.stop()
  const central = await openPglite(district.centralData)
  const records = await central.query<{ minutes: number; points: number; walkIn: boolean; certified: boolean }>(
    `SELECT record.minutes, attended.points, attended.walk_in AS "walkIn", attended.certificate_id IS NOT NULL AS certified
     FROM service_records AS record JOIN attendances AS attended ON attended.rider_id = record.rider_id AND attended.training_id = record.subject_id
     WHERE record.subject_id = $1 ORDER BY attended.walk_in`,
    [door.training],
  )
  await central.close()
  const came = { minutes: 60, points: 10, certified: true }
  expect(records).toEqual([{ ...came, walkIn: false }, { ...came, walkIn: false }, { ...came, walkIn: true }])
})

test('a training that the office cancels is said where its rider looks, with the reason, and others are one touch away', { timeout: 150_000 }, async () => {
  const door = await openDoor()
  const { page, office, training } = door
  await signUp(door, 'rouzi')
  await settle(door.district)
  const { revision } = await office(trainingDoor, { training })
  await office(cancelTrainingDoor, { training, revision, reason: '老师临时要出差' })
  await greet(door, 'rouzi')
  await page.getByText(trainings.remindCancelled(TITLE)).waitFor()
  await press(page, zh.greeting.trainings)
  await waitForScreen(page, 'trainings')
  await row(page).getByRole('button', { name: trainings.look, exact: true }).click()
  await waitForScreen(page, 'training')
  await page.getByText(trainings.reason('老师临时要出差')).waitFor()
  await press(page, signup.others)
  await waitForScreen(page, 'trainings')
  await press(page, zh.parts.back)
  await waitForScreen(page, 'greeting')
  await page.getByText(trainings.remindCancelled(TITLE)).waitFor({ state: 'detached' })
})
