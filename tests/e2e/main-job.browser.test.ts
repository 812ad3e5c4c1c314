// The main job end to end: a real browser, a real station on disk, a real central; by scanner bytes and by keystrokes, in
// Chinese and English, with central gone, with the station killed in the middle, with codes that are none.

import Database from 'better-sqlite3'
import type { Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { openPglite } from '../../central/store/pglite-database.ts'
import { en } from '../../renderer/text/en.ts'
import { zh } from '../../renderer/text/zh.ts'
import { typeAsScanner } from '../renderer/wedge/type-as-scanner.ts'
import { openKioskPage, screenOf, waitForAllowance, waitForScreen } from '../support/browser.ts'
import { built } from '../support/built.ts'
import { type DemoDistrict, openDemoDistrict } from '../support/demo-district.ts'

beforeAll(() => built(['renderer']))

const pointsShown = (page: Page): Promise<string | null> => page.locator('.points-number').textContent()

async function takeGoods(page: Page, which = 0): Promise<void> {
  await chooseGoods(page, which)
  await page.locator('.confirm-bar [data-kind=primary]').click()
}

async function chooseGoods(page: Page, which: number): Promise<void> {
  await page.locator('.goods-card:not([data-out])').nth(which).click()
  await page.locator('.cart-bar [data-kind=primary]').click()
  await waitForScreen(page, 'confirm')
  await page.waitForTimeout(READ_MS)
}

/** Longer than the flow takes for a slip of a finger that was still on the screen before. */
const READ_MS = 350
/** Within it the same pass is one scan. */
const SAME_PASS_MS = 1_600

/** The station's own file, after the station ended. */
function stationRows(district: DemoDistrict, sql: string): unknown[] {
  const file = new Database(district.stationFile, { readonly: true })
  const rows = file.prepare(sql).all()
  file.close()
  return rows
}

/** Waits until the station says that central has everything, then ends both and reads central's books. */
async function closeBooks(district: DemoDistrict): Promise<unknown> {
  await settle(district)
  await district.station.stop()
  await district.central.stop()
  const central = await openPglite(district.centralData)
  const [events] = await central.query<{ events: number; kept: number }>('SELECT count(*)::int AS events, count(DISTINCT seq)::int AS kept FROM events')
  const [sums] = await central.query<{ sum: number }>('SELECT coalesce(sum(balance), 0)::int AS sum FROM accounts')
  const redemptions = await central.query<{ count: number }>("SELECT count(*)::int AS count FROM events WHERE kind = 'redemption.recorded' AND outcome = 'recorded'")
  await central.close()
  const [own] = stationRows(district, 'SELECT count(*) AS events FROM outbox') as { events: number }[]
  return { everythingArrivedOnce: events?.events === own?.events && events?.kept === own?.events, sumOfAccounts: sums?.sum, redemptions: redemptions[0]?.count }
}

async function settle(district: DemoDistrict): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [row] = stationRows(district, 'SELECT (SELECT max(seq) FROM outbox) - acknowledged_seq AS waiting FROM sync_state') as { waiting: number }[]
    if (row?.waiting === 0) return
    await new Promise((next) => setTimeout(next, 100))
  }
  throw new Error('the outbox did not become empty')
}

test('a rider scans, is greeted, takes goods for points in three taps, and central has it once', async () => {
  const district = await openDemoDistrict()
  const problems: string[] = []
  const page = await openKioskPage(district.kioskUrl, { problems })
  await district.scan(district.codeOf('zhang'))
  const greetedMs = await waitForScreen(page, 'greeting')
  expect(await page.locator('h1').first().textContent()).toContain('张*师傅')
  expect(await pointsShown(page)).toBe('126')
  await waitForAllowance(page)
  await takeGoods(page)
  await waitForScreen(page, 'done')
  expect(await page.locator('body').textContent()).toContain(zh.done.pointsLeft(76))
  expect(problems).toEqual([])
  expect(greetedMs).toBeLessThan(2_000)
  expect(await closeBooks(district)).toEqual({ everythingArrivedOnce: true, sumOfAccounts: 0, redemptions: 1 })
})

test('the same by keystrokes of a wedge scanner, in English by one tap, and the next rider finds Chinese again', async () => {
  const district = await openDemoDistrict()
  const page = await openKioskPage(district.kioskUrl)
  const keyboard = await page.context().newCDPSession(page)
  await typeAsScanner(keyboard, district.codeOf('li'), { suffixCode: 'Enter' })
  await waitForScreen(page, 'greeting')
  await page.getByRole('button', { name: zh.parts.language }).click()
  await waitForAllowance(page)
  await takeGoods(page)
  await waitForScreen(page, 'done')
  expect(await page.locator('body').textContent()).toContain(en.done.title)
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await typeAsScanner(keyboard, district.codeOf('zhang'), { suffixCode: 'Enter' })
  await waitForScreen(page, 'greeting')
  expect(await page.locator('h1').first().textContent()).toContain('张*师傅')
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
})

test('with central gone redemptions go on, and arrive later, once', { timeout: 150_000 }, async () => {
  const district = await openDemoDistrict()
  const page = await openKioskPage(district.kioskUrl)
  await district.scan(district.codeOf('zhang'))
  await waitForScreen(page, 'greeting')
  await waitForAllowance(page)
  await district.central.kill()
  await takeGoods(page)
  await waitForScreen(page, 'done')
  await page.getByText(zh.parts.network.offline).waitFor()
  await page.waitForTimeout(SAME_PASS_MS)
  await district.scan(district.codeOf('zhang'))
  await waitForScreen(page, 'greeting')
  expect(await pointsShown(page)).toBe('76')
  await takeGoods(page, 1)
  await waitForScreen(page, 'done')
  district.central = await district.startCentral()
  // The longer it was gone the rarer it is asked for.
  await page.getByText(zh.parts.network.online).waitFor({ timeout: 60_000 })
  expect(await closeBooks(district)).toEqual({ everythingArrivedOnce: true, sumOfAccounts: 0, redemptions: 2 })
})

test('a station killed in the middle of a redemption: the screen says so within two seconds, and afterwards says what the file says', { timeout: 150_000 }, async () => {
  const district = await openDemoDistrict()
  const page = await openKioskPage(district.kioskUrl)
  for (let round = 0; round < 4; round += 1) {
    await district.scan(district.codeOf('li'))
    await waitForScreen(page, 'greeting')
    await waitForAllowance(page)
    await chooseGoods(page, 0)
    await page.evaluate(() => document.querySelector<HTMLButtonElement>('.confirm-bar [data-kind=primary]')?.click())
    await new Promise((next) => setTimeout(next, round * 12))
    await district.station.kill()
    const killedAtMs = performance.now()
    let shown = await screenOf(page)
    while (shown === 'confirm') shown = await screenOf(page)
    expect(performance.now() - killedAtMs).toBeLessThan(2_000)
    const [before] = stationRows(district, "SELECT count(*) AS redemptions FROM redemptions") as { redemptions: number }[]
    district.station = await district.startStation()
    const end = await settled(page)
    const [after] = stationRows(district, 'SELECT count(*) AS redemptions FROM redemptions') as { redemptions: number }[]
    expect({ round, end, sameAsBefore: before?.redemptions === after?.redemptions }).toEqual({ round, end: expect.stringMatching(/done|unfinished|attract|out_of_order/) as string, sameAsBefore: true })
    if (end === 'done') expect(after?.redemptions).toBeGreaterThan(0)
    await waitForAttract(page)
  }
  expect(await closeBooks(district)).toMatchObject({ everythingArrivedOnce: true, sumOfAccounts: 0 })
  expect(stationRows(district, 'SELECT lot FROM lots WHERE quantity_left <> (SELECT coalesce(sum(quantity), 0) FROM stock_movements WHERE stock_movements.lot = lots.lot)')).toEqual([])
})

async function settled(page: Page): Promise<string | null> {
  for (let tries = 0; tries < 300; tries += 1) {
    const shown = await screenOf(page)
    if (shown !== 'committing' && shown !== 'out_of_order' && shown !== 'starting') return shown
    await new Promise((next) => setTimeout(next, 50))
  }
  return screenOf(page)
}

async function waitForAttract(page: Page): Promise<void> {
  const leave = page.getByRole('button', { name: new RegExp(`^(${zh.parts.finish}|${zh.parts.close})$`) })
  if ((await leave.count()) > 0) await leave.first().click()
  await waitForScreen(page, 'attract', 40_000)
}

test('codes that are no pass get a screen that says what they are, and nobody is let in', async () => {
  const district = await openDemoDistrict()
  const page = await openKioskPage(district.kioskUrl)
  const pass = district.codeOf('zhang')
  const tries: [string, string][] = [
    [district.codeOf('forged'), zh.notUnderstood.rider.forged.what],
    [district.codeOf('unknown-key'), zh.notUnderstood.rider.unknown_key.what],
    [district.codeOf('expired'), zh.notUnderstood.rider.expired.what],
    [district.codeOf('revoked'), zh.notUnderstood.rider.revoked.what],
    [district.codeOf('damaged'), zh.notUnderstood.rider.pass_damaged.what],
    [district.codeOf('payment'), zh.notUnderstood.rider.payment.what],
    [district.codeOf('url'), zh.notUnderstood.rider.url.what],
    ['7'.repeat(7_000), zh.notUnderstood.rider.too_long.what],
    [`${pass.slice(0, 40)}\u0000\u001b\u000f${pass.slice(40)}`, zh.notUnderstood.rider.control_characters.what],
    [`${pass}${pass}`, zh.notUnderstood.rider.pass_damaged.what],
  ]
  for (const [text, words] of tries) {
    await district.scan(text)
    await page.getByText(words).first().waitFor({ timeout: 5_000 })
    expect(await screenOf(page)).toBe('not_understood')
  }
  await district.scan(pass)
  await waitForScreen(page, 'greeting')
  await settle(district)
  await district.station.stop()
  expect(stationRows(district, "SELECT count(*) AS refused FROM outbox WHERE kind = 'scan.refused'")).toEqual([{ refused: tries.length }])
})

test('a pass scanned twice in a row is one visit; a stranger is welcomed without a name, then known; a suspended rider may rest', async () => {
  const district = await openDemoDistrict()
  const page = await openKioskPage(district.kioskUrl)
  const zhang = district.codeOf('zhang')
  await district.scan(zhang)
  await district.scan(zhang)
  await waitForScreen(page, 'greeting')
  await page.getByRole('button', { name: zh.parts.finish }).click()
  await waitForScreen(page, 'attract')
  await district.scan(district.codeOf('visitor'))
  await waitForScreen(page, 'greeting')
  await page.locator('.points-number').waitFor()
  await page.getByRole('button', { name: zh.parts.finish }).click()
  await waitForScreen(page, 'attract')
  await district.scan(district.codeOf('suspended'))
  await waitForScreen(page, 'greeting')
  await page.getByText(zh.greeting.suspended).waitFor()
  await settle(district)
  await district.station.stop()
  expect(stationRows(district, "SELECT count(*) AS visits FROM outbox WHERE kind = 'checkin.recorded'")).toEqual([{ visits: 3 }])
})

test('a volunteer signs in, scans soap and a carton, gives the day, and the shelf has it', async () => {
  const district = await openDemoDistrict()
  const page = await openKioskPage(district.kioskUrl)
  await district.scan(district.codeOf('wang'))
  await waitForScreen(page, 'staff_pin')
  for (const digit of '246810') await page.getByRole('button', { name: digit, exact: true }).click()
  await waitForScreen(page, 'staff_home')
  await page.getByRole('button', { name: zh.staffHome.restock }).click()
  await waitForScreen(page, 'restock')
  await district.scan('6990000010014')
  await district.scan('6990000010014')
  await page.getByText(zh.restock.total(2, 1)).first().waitFor()
  await page.waitForTimeout(READ_MS)
  await page.getByRole('button', { name: zh.restock.commit }).click()
  await waitForScreen(page, 'restock_done')
  await settle(district)
  await district.station.stop()
  expect(stationRows(district, "SELECT units, line_count FROM restocks ORDER BY seq DESC LIMIT 1")).toEqual([{ units: 2, line_count: 1 }])
})
