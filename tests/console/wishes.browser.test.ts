// The office's pages of wishes in a real Chromium: what may say who somebody is stands out and goes at one touch; a partner comes
// by a card's QR code, claims and lights; scripts that somebody wrote are shown as text, on every page.

import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedDemoWishes } from '../../central/demo/demo-wishes.ts'
import { sqlStore } from '../../central/store/sql-store.ts'
import { reviewWish } from '../../central/wishes/review-wish.ts'
import { postWish } from '../../central/wishes/rider-wishes.ts'
import { keepTyped } from '../../central/words/keep-typed.ts'
import { PHOTO_PART_BYTES_MAX } from '../../contract/console/photos.ts'
import { faultsOf } from '../support/heard-page.ts'
import { DISTRICT, type OfficePerson, STATION } from '../support/office.ts'
import { type OfficeBrowser, startOfficeBrowser } from '../support/office-browser.ts'
import { OFFICE_WINDOWS, showOfficePage } from '../support/office-pages.ts'
import { phoneJpeg } from '../support/photo-files.ts'
import { demoRider } from '../support/test-central.ts'

const SCRIPT = '<script>document.title="x"</script><img src=x onerror="document.title=1">\u202e想要手套'

let at: OfficeBrowser
let staff: OfficePerson
let partner: OfficePerson

beforeAll(async () => {
  at = await startOfficeBrowser()
  await seedDemoWishes(at.office.database, at.office.clock.nowMs)
  staff = await at.office.person('district_staff')
  partner = await at.office.person('partner')
}, 120_000)

afterAll(() => at.close(), 60_000)

/** Posted with a script in it, and approved as it is. */
async function scriptOnTheWall(): Promise<string> {
  const id = randomUUID()
  const { nowMs } = at.office.clock
  const rider = demoRider('suspended')
  await sqlStore(at.office.database).transaction('write', (transaction) =>
    postWish(transaction, {
      id, rider, station: STATION, category: 'other', shown: 'named', reach: 'station', account: null,
      words: () => keepTyped(transaction, { ref: randomUUID(), rider, district: DISTRICT, purpose: 'wish', text: SCRIPT }, randomBytes, nowMs),
    }, nowMs),
  )
  await sqlStore(at.office.database).transaction('write', (transaction) =>
    reviewWish(transaction, DISTRICT, { wish: id, version: 1, verdict: 'approve', text: SCRIPT, who: SCRIPT.slice(0, 40), account: null }, nowMs))
  return id
}

test('a waiting text shows what may say who somebody is; one touch hides it, and so it hangs', async () => {
  const { context, page } = await at.open(staff, 'desk', 'zh')
  await showOfficePage(page, 'wish-queue')
  const card = page.locator('li.card', { hasText: '骑手套餐' })
  expect(await card.locator('mark').allTextContents()).toEqual(['王小明', '138 1234 5678'])
  expect(await faultsOf(page)).toEqual([])
  await card.getByRole('button', { name: '一键隐去标出的内容' }).click()
  expect(await card.getByRole('textbox').inputValue()).toBe('我叫＊＊＊，电话＊＊＊，想问问哪里有骑手套餐。')
  await card.getByRole('button', { name: '通过', exact: true }).click()
  await card.waitFor({ state: 'detached' })
  await showOfficePage(page, 'wishes')
  await page.getByText('我叫＊＊＊，电话＊＊＊，想问问哪里有骑手套餐。').waitFor()
  expect(await page.getByText('138 1234').count()).toBe(0)
  await context.close()
})

test('a question goes back to the rider in the moderator’s own words', async () => {
  const { context, page } = await at.open(staff, 'phone', 'zh')
  await showOfficePage(page, 'wish-queue')
  const card = page.locator('li.card', { hasText: '充电能用微信付' })
  await card.getByRole('button', { name: '退回补充' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('是哪一个充电棚？')
  await page.getByRole('dialog').getByRole('button', { name: '发送' }).click()
  await card.waitFor({ state: 'detached' })
  const rows = await at.office.database.query(`SELECT staff_words AS words FROM wishes WHERE review = 'asked_back' AND staff_words = '是哪一个充电棚？'`)
  expect(rows).toHaveLength(1)
  await context.close()
})

test('a partner comes by the card’s code, signs in, claims, is reminded, and lights it with a word', async () => {
  const wish = await scriptOnTheWall()
  const { context, page } = await at.open(partner, 'phone', 'zh')
  await page.goto(new URL(`/w/${wish}`, at.pages.url).href)
  await page.locator('.wish-text', { hasText: '想要手套' }).waitFor()
  expect(await page.locator('.wish-text').first().textContent()).toBe(SCRIPT.replace('\u202e', ''))
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '我们来认领' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '我们来认领' }).click()
  await page.getByRole('heading', { name: '我们的认领' }).waitFor()
  expect(await page.getByText('到期。').count()).toBe(0)
  // Two days before its end he is reminded.
  await at.office.database.query('UPDATE claims SET until_ms = $2 WHERE wish_id = $1', [wish, at.office.clock.nowMs + 5.5 * 3_600_000])
  await page.reload()
  await page.getByText('还有 5 小时到期。').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '点亮：已经办到' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill(SCRIPT)
  await page.getByRole('dialog').getByRole('button', { name: '点亮：已经办到' }).click()
  await page.getByText('已点亮，等骑手确认').first().waitFor()
  const [row] = await at.office.database.query<{ stage: string }>('SELECT stage FROM wishes WHERE wish_id = $1', [wish])
  expect(row).toEqual({ stage: 'fulfilled' })
  await context.close()
})

test('a partner lights a wish with a photo while the network goes and comes; staff see it', async () => {
  const wish = await scriptOnTheWall()
  const { context, page } = await at.open(partner, 'phone', 'zh')
  await page.goto(new URL(`/w/${wish}`, at.pages.url).href)
  await page.getByRole('button', { name: '我们来认领' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '我们来认领' }).click()
  await page.getByRole('heading', { name: '我们的认领' }).waitFor()
  await page.getByRole('button', { name: '点亮：已经办到' }).first().click()
  const dialog = page.getByRole('dialog')
  const file = (name: string, bytes: Uint8Array) => ({ name, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) })
  await dialog.getByLabel('照片').setInputFiles(file('photo.jpg', Buffer.from('%PDF-1.7')))
  await dialog.getByRole('alert').filter({ hasText: '这不是能用的照片' }).waitFor()
  const jpeg = await phoneJpeg()
  await dialog.getByLabel('照片').setInputFiles(file('photo.jpg', jpeg.subarray(0, 200_000)))
  await dialog.getByRole('alert').filter({ hasText: '读不出来' }).waitFor()
  // Twice a part does not come through.
  const offsets: string[] = []
  let cuts = 2
  await page.route('**/photo-part/**', async (route) => {
    offsets.push(route.request().headers()['upload-offset'] ?? '')
    if (offsets.length > 1 && cuts > 0) {
      cuts -= 1
      await route.abort('connectionreset')
    } else {
      await route.continue()
    }
  })
  await dialog.getByLabel('照片').setInputFiles(file('photo.jpg', jpeg))
  await dialog.getByText('照片已传好').waitFor()
  const part = String(PHOTO_PART_BYTES_MAX)
  expect(offsets.slice(0, 4)).toEqual(['0', part, part, part])
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: '点亮：已经办到' }).click()
  await page.getByRole('button', { name: '看照片' }).click()
  const shown = page.locator('.wish-photo img')
  await shown.waitFor()
  expect(await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => [image.naturalWidth, image.naturalHeight]))).toEqual([1_200, 1_600])
  expect(await faultsOf(page)).toEqual([])
  await context.close()

  const desk = await at.open(staff, 'desk', 'zh')
  await showOfficePage(desk.page, `wishes/${wish}`)
  const seen = desk.page.locator('.wish-photo img')
  await seen.waitFor()
  expect(await seen.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(1_200)
  expect(await faultsOf(desk.page)).toEqual([])
  await desk.context.close()
}, 60_000)

test.each([['desk', 'zh'], ['phone', 'en']] as const)('on no page of wishes is anything that somebody wrote more than text (%s, %s)', async (window, language) => {
  const seen: Record<string, string[]> = {}
  for (const [person, paths] of [[staff, ['wishes', 'wish-queue', 'meetings']], [partner, ['wall', 'claims', 'meetings']]] as const) {
    const { context, page } = await at.open(person, window, language)
    const [{ id } = { id: '' }] = await at.office.database.query<{ id: string }>(`SELECT wish_id AS id FROM wishes WHERE public_text LIKE '%script%' LIMIT 1`)
    for (const path of person === staff ? [...paths, `wishes/${id}`] : paths) {
      await showOfficePage(page, path)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      const scripts = await page.evaluate(() => [...document.querySelectorAll('main script, main img[src="x"]')].length)
      seen[path] = [...(width > OFFICE_WINDOWS[window].width ? [`${width} wide`] : []), ...(scripts > 0 ? ['a script'] : []), ...(await faultsOf(page))]
      if (path.includes(id) && id !== '') await page.getByText('<script>', { exact: false }).first().waitFor()
    }
    expect(await page.title()).not.toMatch(/^(x|1)$/)
    await context.close()
  }
  expect(Object.fromEntries(Object.entries(seen).filter(([, faults]) => faults.length > 0))).toEqual({})
}, 60_000)

test('ten thousand pasted characters stay, it is said how many are too many, and nothing is sent until they are fewer; an endless word leaves the table its columns', async () => {
  const { context, page } = await at.open(staff, 'desk', 'zh')
  await showOfficePage(page, 'meetings')
  await page.getByRole('button', { name: '登记一次恳谈' }).click()
  const dialog = page.locator('dialog[open]')
  await dialog.getByLabel('主题').fill('一句\u202e话')
  const notes = dialog.getByLabel('大家说了什么')
  await notes.fill('x'.repeat(10_000))
  expect((await notes.inputValue()).length).toBe(10_000)
  await dialog.getByText('最多 2,000 字，现在有 10,000 字').waitFor()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await dialog.getByRole('button', { name: '保存' }).click()
  expect(await notes.evaluate((field: HTMLTextAreaElement) => field.validationMessage)).toContain('最多 2,000 字')
  expect(asked.filter((url) => url.endsWith('/add-meeting'))).toEqual([])
  await notes.fill('x'.repeat(2_000))
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('一句话').waitFor()
  expect(await page.evaluate(() => [...document.querySelectorAll('main table td')].filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length)).toBe(0)
  const table = page.locator('main table')
  expect(await table.evaluate((element) => element.scrollWidth <= (element.parentElement?.clientWidth ?? 0) + 1)).toBe(true)
  expect(await faultsOf(page)).toEqual([])
  await context.close()
})

test('no page said anything in the console, and none broke its policy', () => {
  expect(at.problems).toEqual([])
})
