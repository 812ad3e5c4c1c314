// Taking attendance with a phone at the door, in a real Chromium as wide as a phone: codes held before its camera, typed by a hand
// scanner, names on the list; what is no pass is sent nowhere.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqlStore } from '../../central/store/sql-store.ts'
import { signUpAtCentral } from '../../central/trainings/rider-trainings.ts'
import { makeTrainings } from '../../central/trainings/staff-trainings.ts'
import { EVERYBODY } from '../../domain/training/decide-signup.ts'
import { buildParts } from '../../scripts/build.ts'
import { launchBrowser } from '../support/browser.ts'
import { startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { filmOfCodes } from '../support/fake-camera.ts'
import { DISTRICT, type OfficePerson, STATION } from '../support/office.ts'
import { OFFICE_WINDOWS, type OfficePages, showOfficePage, startOfficePages } from '../support/office-pages.ts'
import { demoRider } from '../support/test-central.ts'

const HOUR_MS = 3_600_000
/** WeChat's and other pay codes look like this; nobody's business. */
const PAY_CODE = 'wxp://f2f0aBcDeFgHiJkLmNoPqRsTuVwXyZ'

let databases: TestDatabases
let pages: OfficePages
let browser: Browser
let helper: OfficePerson
let training = ''
const folder = mkdtempSync(join(tmpdir(), 'boai-camera-'))
const problems: string[] = []

beforeAll(async () => {
  await buildParts(['console'])
  databases = await startDatabases('pglite')
  pages = await startOfficePages(await databases.create())
  helper = await pages.office.person('volunteer')
  training = await openTraining()
  filmOfCodes(join(folder, 'codes.y4m'), [passOf('zhang'), PAY_CODE, passOf('guli')])
  browser = await launchBrowser({ args: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${join(folder, 'codes.y4m')}`] })
}, 120_000)

afterAll(async () => {
  await browser.close()
  await pages.close()
  await databases.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

function passOf(handle: string): string {
  return pages.office.signPass({ holder: 'rider', holderId: demoRider(handle), card: 1, issueDay: Math.floor(pages.office.clock.nowMs / 86_400_000), keyId: 2 })
}

/** Begins in a while; zhang, li and chen have places. */
async function openTraining(): Promise<string> {
  const id = randomUUID()
  const { nowMs } = pages.office.clock
  const form = {
    topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '二楼', en: 'Second floor' }, points: 10, certificateMonths: 24, host: STATION, audience: EVERYBODY, capacity: 20,
    startsAtMs: nowMs + HOUR_MS / 2, endsAtMs: nowMs + 3 * HOUR_MS,
  } as const
  await sqlStore(pages.office.database).transaction('write', async (transaction) => {
    await makeTrainings(transaction, DISTRICT, [{ training: id, form }], null, nowMs - 90 * HOUR_MS, { lends: false })
    for (const handle of ['zhang', 'li', 'chen']) await signUpAtCentral(transaction, { training: id, rider: demoRider(handle), request: randomUUID(), revision: 1 }, nowMs - 24 * HOUR_MS)
  })
  return id
}

function hear(page: Page): string[] {
  const asked: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(message.text())
  })
  page.on('request', (request) => {
    if (request.url().includes('attendance')) asked.push(`${request.url()} ${request.postData() ?? ''}`)
  })
  return asked
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  const small = await page.locator('main button, main a, main input').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 36).map((one) => one.outerHTML))
  return [...violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`), ...(width > OFFICE_WINDOWS.phone.width ? [`${width} wide`] : []), ...small]
}

const attended = async (): Promise<string[]> => (await pages.office.database.query<{ rider: string }>('SELECT rider_id AS rider FROM attendances WHERE training_id = $1', [training])).map(({ rider }) => rider)

test('a volunteer opens the training and the camera, and whoever holds a code before it is in; a pay code is sent nowhere', async () => {
  const { context, page } = await pages.open(browser, helper, 'phone', 'zh')
  const asked = hear(page)
  await showOfficePage(page, 'attendance')
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('link', { name: '开始签到' }).click()
  await page.getByRole('button', { name: '打开摄像头扫码' }).click()
  await page.locator('.came[data-tone=good]', { hasText: '到了' }).first().waitFor({ timeout: 20_000 })
  await page.locator('.said[data-tone=bad]', { hasText: '这不是骑手码' }).waitFor({ timeout: 20_000 })
  await page.locator('.came', { hasText: '没有报名，现场加入' }).waitFor({ timeout: 20_000 })
  expect(await faultsOf(page)).toEqual([])
  // The film begins anew: the first one is told that he is in already.
  await page.locator('.came[data-tone=warm]', { hasText: '已经签过了' }).first().waitFor({ timeout: 20_000 })
  expect((await attended()).toSorted()).toEqual([demoRider('zhang'), demoRider('guli')].toSorted())
  expect(asked.filter((one) => one.includes('wxp'))).toEqual([])
  await page.getByRole('button', { name: '关闭摄像头' }).click()
  expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.srcObject)).toBeNull()
  await context.close()
}, 90_000)

test('a hand scanner types the code, and who has none along is found on the list, with one more question', async () => {
  const { context, page } = await pages.open(browser, helper, 'phone', 'en')
  hear(page)
  await showOfficePage(page, `attendance/${training}`)
  await page.getByRole('textbox', { name: 'Rider’s code' }).fill(passOf('li'))
  await page.keyboard.press('Enter')
  await page.locator('.came[data-tone=good]', { hasText: 'is in' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Rider’s code' }).inputValue()).toBe('')
  await page.getByRole('button', { name: 'Is here' }).click()
  const dialog = page.getByRole('dialog')
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Is here' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Everybody with a place is here.').waitFor()
  expect((await attended()).includes(demoRider('chen'))).toBe(true)
  await page.getByRole('textbox', { name: 'Rider’s code' }).fill('6901234567892')
  await page.keyboard.press('Enter')
  await page.locator('.said[data-tone=bad]', { hasText: 'no rider’s code' }).waitFor()
  await context.close()
})

test('without a camera the page says so, and what else there is', async () => {
  const bare = await launchBrowser()
  const { context, page } = await pages.open(bare, helper, 'phone', 'zh')
  hear(page)
  await showOfficePage(page, `attendance/${training}`)
  await page.getByRole('button', { name: '打开摄像头扫码' }).click()
  await page.locator('.camera .said').waitFor()
  expect(await page.locator('.camera .said').textContent()).toMatch(/摄像头.*名单/)
  expect(await faultsOf(page)).toEqual([])
  await context.close()
  await bare.close()
})

test('the office may ask for its own camera; nothing was said in the console', async () => {
  expect((await fetch(pages.url)).headers.get('permissions-policy')).toBe('camera=(self), microphone=(), geolocation=()')
  expect(problems).toEqual([])
})
