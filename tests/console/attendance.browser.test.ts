// Taking attendance with a phone at the door, in a real Chromium as wide as a phone: codes held before its camera, typed by a hand
// scanner, names on the list; what is no pass is sent nowhere.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations } from '../support/axe.ts'
import { launchBrowser } from '../support/browser.ts'
import { filmOfCodes } from '../support/fake-camera.ts'
import type { OfficePerson } from '../support/office.ts'
import { type OfficeBrowser, startOfficeBrowser } from '../support/office-browser.ts'
import { OFFICE_WINDOWS, showOfficePage } from '../support/office-pages.ts'
import { openTheDoor } from '../support/office-scene.ts'
import { demoRider } from '../support/test-central.ts'

/** WeChat's and other pay codes look like this; nobody's business. */
const PAY_CODE = 'wxp://f2f0aBcDeFgHiJkLmNoPqRsTuVwXyZ'

let at: OfficeBrowser
let camera: Browser
let helper: OfficePerson
let training = ''
const folder = mkdtempSync(join(tmpdir(), 'boai-camera-'))

beforeAll(async () => {
  at = await startOfficeBrowser()
  helper = await at.office.person('volunteer')
  training = await openTheDoor(at.office, helper.account)
  filmOfCodes(join(folder, 'codes.y4m'), [passOf('zhang'), PAY_CODE, passOf('guli')])
  camera = await launchBrowser({ args: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${join(folder, 'codes.y4m')}`] })
}, 120_000)

afterAll(async () => {
  await camera.close()
  await at.close()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

function passOf(handle: string): string {
  return at.office.signPass({ holder: 'rider', holderId: demoRider(handle), card: 1, issueDay: Math.floor(at.office.clock.nowMs / 86_400_000), keyId: 2 })
}

/** All that axe finds, and what is too wide or too small for a phone in a hand. */
async function faultsAtTheDoor(page: Page): Promise<string[]> {
  const violations = await axeViolations(page)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  const small = await page.locator('main button, main a, main input').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 36).map((one) => one.outerHTML))
  return [...violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`), ...(width > OFFICE_WINDOWS.phone.width ? [`${width} wide`] : []), ...small]
}

const attended = async (): Promise<string[]> => (await at.office.database.query<{ rider: string }>('SELECT rider_id AS rider FROM attendances WHERE training_id = $1', [training])).map(({ rider }) => rider)

test('a volunteer opens the training and the camera, and whoever holds a code before it is in; a pay code is sent nowhere', async () => {
  const { context, page } = await at.open(helper, 'phone', 'zh', { browser: camera })
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('attendance')) asked.push(`${request.url()} ${request.postData() ?? ''}`)
  })
  await showOfficePage(page, 'attendance')
  expect(await faultsAtTheDoor(page)).toEqual([])
  await page.getByRole('link', { name: '开始签到' }).click()
  await page.getByRole('button', { name: '打开摄像头扫码' }).click()
  await page.locator('.came[data-tone=good]', { hasText: '到了' }).first().waitFor({ timeout: 20_000 })
  await page.locator('.said[data-tone=bad]', { hasText: '这不是骑手码' }).waitFor({ timeout: 20_000 })
  await page.locator('.came', { hasText: '没有报名，现场加入' }).waitFor({ timeout: 20_000 })
  expect(await faultsAtTheDoor(page)).toEqual([])
  // The film begins anew: the first one is told that he is in already.
  await page.locator('.came[data-tone=warm]', { hasText: '已经签过了' }).first().waitFor({ timeout: 20_000 })
  expect((await attended()).toSorted()).toEqual([demoRider('zhang'), demoRider('guli')].toSorted())
  expect(asked.filter((one) => one.includes('wxp'))).toEqual([])
  await page.getByRole('button', { name: '关闭摄像头' }).click()
  expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.srcObject)).toBeNull()
  await context.close()
}, 90_000)

test('a hand scanner types the code, and who has none along is found on the list, with one more question', async () => {
  const { context, page } = await at.open(helper, 'phone', 'en')
  await showOfficePage(page, `attendance/${training}`)
  await page.getByRole('textbox', { name: 'Rider\'s code' }).fill(passOf('li'))
  await page.keyboard.press('Enter')
  await page.locator('.came[data-tone=good]', { hasText: 'is in' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Rider\'s code' }).inputValue()).toBe('')
  // The list is read anew after a scan: who was scanned may still stand on it.
  await page.getByRole('listitem').filter({ hasText: '陈' }).getByRole('button', { name: 'Is here' }).click()
  const dialog = page.getByRole('dialog')
  expect(await faultsAtTheDoor(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Is here' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Everybody with a place is here.').waitFor()
  expect((await attended()).includes(demoRider('chen'))).toBe(true)
  await page.getByRole('textbox', { name: 'Rider\'s code' }).fill('6901234567892')
  await page.keyboard.press('Enter')
  await page.locator('.said[data-tone=bad]', { hasText: "no rider's code" }).waitFor()
  await context.close()
})

test('without a camera the page says so, and what else there is', async () => {
  const { context, page } = await at.open(helper, 'phone', 'zh')
  await showOfficePage(page, `attendance/${training}`)
  await page.getByRole('button', { name: '打开摄像头扫码' }).click()
  await page.locator('.camera .said').waitFor()
  expect(await page.locator('.camera .said').textContent()).toMatch(/摄像头.*名单/)
  expect(await faultsAtTheDoor(page)).toEqual([])
  await context.close()
})

test('the office may ask for its own camera; nothing was said in the console', async () => {
  expect((await fetch(at.pages.url)).headers.get('permissions-policy')).toBe('camera=(self), microphone=(), geolocation=()')
  expect(at.problems).toEqual([])
})
