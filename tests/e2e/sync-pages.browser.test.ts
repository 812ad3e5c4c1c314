// Sync on the screen, end to end: a real browser, a real station on disk, a real central: what a rider reads when central is
// gone, a redemption taken back at the counter, a restored disk that is found out and begun anew.

import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { zh } from '../../renderer/text/zh.ts'
import { openKioskPage, waitForAllowance, waitForScreen } from '../support/browser.ts'
import { built } from '../support/built.ts'
import { type DemoDistrict, openDemoDistrict } from '../support/demo-district.ts'

beforeAll(() => built(['renderer']))

/** Longer than the flow takes for a slip of a finger that was still on the screen before. */
const READ_MS = 350

async function takeGoods(page: Page): Promise<void> {
  await page.locator('.goods-card:not([data-out])').first().click()
  await page.locator('.cart-bar [data-kind=primary]').click()
  await waitForScreen(page, 'confirm')
  await press(page, '.confirm-bar [data-kind=primary]')
  await waitForScreen(page, 'done')
}

async function press(page: Page, place: string): Promise<void> {
  await page.waitForTimeout(READ_MS)
  await page.locator(place).click()
}

async function greet(district: DemoDistrict, page: Page, handle: string): Promise<void> {
  await page.getByText(zh.parts.network.online).waitFor()
  await district.scan(district.codeOf(handle))
  await waitForScreen(page, 'greeting')
  await waitForAllowance(page)
}

async function signIn(district: DemoDistrict, page: Page, handle: string, pin: string): Promise<void> {
  await district.scan(district.codeOf(handle))
  await waitForScreen(page, 'staff_pin')
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
  await waitForScreen(page, 'staff_home')
}

test('a rider whose points are all at central reads, with central gone, that they must wait for the network', async () => {
  const district = await openDemoDistrict()
  const page = await openKioskPage(district.kioskUrl)
  await district.central.kill()
  await district.scan(district.codeOf('zhang'))
  await waitForScreen(page, 'greeting')
  await page.getByText(/^现在连不上网，其余 \d+ 分要等网络恢复$/).waitFor({ timeout: 60_000 })
  expect(await page.locator('.note').first().textContent()).toMatch(/^这里现在能用 \d+ 分现在连不上网，其余 \d+ 分要等网络恢复$/)
})

test('a redemption is taken back at the counter: the points are the rider’s again, and it cannot be done twice', async () => {
  const district = await openDemoDistrict()
  const page = await openKioskPage(district.kioskUrl)
  await greet(district, page, 'zhang')
  const before = await page.locator('.points-number').textContent()
  await takeGoods(page)
  const receipt = await page.locator('.receipt-code').textContent()
  await signIn(district, page, 'wang', '246810')
  await page.getByRole('button', { name: new RegExp(zh.redemptions.title) }).click()
  await waitForScreen(page, 'redemptions')
  await page.getByRole('button', { name: `${zh.redemptions.undo} ${receipt ?? ''}` }).click()
  await waitForScreen(page, 'undo')
  await press(page, '.weigh-bar [data-kind=primary]')
  await waitForScreen(page, 'redemptions')
  await page.locator('.redemption-undone').waitFor()
  expect(await page.getByRole('button', { name: `${zh.redemptions.undo} ${receipt ?? ''}` }).count()).toBe(0)
  await page.getByRole('button', { name: zh.parts.finish }).click()
  await waitForScreen(page, 'attract')
  await greet(district, page, 'zhang')
  expect(await page.locator('.points-number').textContent()).toBe(before)
})

test('a disk restored from an old image stops spending, tells riders and staff, and the station head begins anew', { timeout: 150_000 }, async () => {
  const district = await openDemoDistrict()
  const folder = dirname(district.stationFile)
  const page = await openKioskPage(district.kioskUrl)
  await page.getByText(zh.parts.network.online).waitFor()
  await district.station.stop()
  const image = join(dirname(folder), 'old-image.db')
  copyFileSync(district.stationFile, image)
  district.station = await district.startStation()
  await waitForScreen(page, 'attract')
  await greet(district, page, 'zhang')
  await takeGoods(page)
  await page.waitForTimeout(2_000)
  await district.station.stop()
  for (const name of readdirSync(folder)) if (/^station\.db-|marker/.test(name)) rmSync(join(folder, name))
  copyFileSync(image, district.stationFile)
  district.station = await district.startStation()
  await waitForScreen(page, 'out_of_order', 30_000)
  await page.getByText(zh.troubleForStaff.behind).waitFor()
  await signIn(district, page, 'hu', '135791')
  await page.getByText(zh.troubleForStaff.behind).waitFor()
  await page.getByRole('button', { name: new RegExp(zh.syncReport.title) }).click()
  await waitForScreen(page, 'sync_report')
  await press(page, '.begin-anew')
  await waitForScreen(page, 'begin_anew')
  await page.getByRole('button', { name: zh.beginAnew.go }).click()
  await page.getByText(zh.beginAnew.sure).waitFor()
  await press(page, '.weigh-bar [data-kind=primary]')
  await page.waitForTimeout(1_000)
  district.station = await district.startStation()
  await waitForScreen(page, 'begun_anew', 30_000)
  expect(readdirSync(folder).filter((name) => /^station\.[0-9a-f-]{36}\.db$/.test(name))).toHaveLength(1)
  expect(existsSync(district.stationFile)).toBe(true)
})
