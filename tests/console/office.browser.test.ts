// The office's pages in a real Chromium over a real central: somebody is invited, signs in, finds a rider, gives him a new card;
// no page breaks its own policy, and none has a serious fault for whoever can not see or use a mouse.

import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digitsNow } from '../../central/console/six-digits.ts'
import { PAGES } from '../../console/pages/page-list.ts'
import { faultsOf, hearPage } from '../support/heard-page.ts'
import { type OfficePerson, STATION } from '../support/office.ts'
import { playOfficeScene } from '../support/office-scene.ts'
import { type OfficeBrowser, startOfficeBrowser } from '../support/office-browser.ts'
import { OFFICE_WINDOWS, type OfficeWindow, showOfficePage } from '../support/office-pages.ts'
import { demoRider } from '../support/test-central.ts'

let at: OfficeBrowser
let staff: OfficePerson

beforeAll(async () => {
  at = await startOfficeBrowser()
  staff = (await playOfficeScene(at.office)).staff
}, 120_000)

afterAll(() => at.close(), 60_000)

test('an invitation leads to the office, and its code is gone from the address', async () => {
  const { code } = await at.office.invite({ signInName: 'gulnar', role: 'district_staff' })
  const context = await at.browser.newContext({ viewport: OFFICE_WINDOWS.phone })
  const page = await context.newPage()
  hearPage(page, at.problems)
  await page.goto(`${at.pages.url}#/invitation/${code}`)
  await page.getByRole('heading', { name: /gulnar/ }).waitFor()
  expect(await faultsOf(page)).toEqual([])
  const secret = (await page.locator('code').first().textContent())?.replaceAll(' ', '') ?? ''
  await page.getByLabel('设一个密码').fill('雨天也送到四十二号门口')
  await page.getByLabel('验证器里的六位数字').fill(digitsNow(secret, at.office.clock.nowMs))
  await page.locator('button[type=submit]').click()
  // Eleven signs are too few; what was typed stays.
  await page.getByLabel('设一个密码').fill('雨天也送到四十二号门口 42')
  await page.locator('button[type=submit]').click()
  await page.getByRole('heading', { name: '总览' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#/')
  await context.close()
})

test('a rider is found and gets a new card; the trail knows who did it', async () => {
  const { context, page } = await at.open(staff, 'desk', 'zh')
  await showOfficePage(page, 'riders')
  await page.keyboard.press('/')
  await page.keyboard.type('张伟强')
  await page.keyboard.press('Enter')
  await page.locator('tbody a').first().click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('button', { name: '补发新卡' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '补发新卡' }).click()
  await page.getByText('第 2 张卡').waitFor()
  await showOfficePage(page, 'audit-trail')
  expect(await page.locator('tbody tr').first().textContent()).toContain('补发骑手卡')
  expect(page.url()).not.toContain('%E5')
  await context.close()
})

test('whoever changes a station’s setting sees what it may cost at worst, before it is saved and after', async () => {
  const { context, page } = await at.open(staff, 'desk', 'zh')
  await showOfficePage(page, 'rules')
  const worst = page.getByRole('list', { name: '一个驿站最坏的情况' })
  const figures = async (): Promise<number[]> => (await worst.locator('.setting-value').allTextContents()).map((text) => Number(text.replaceAll(/\D/g, '')))
  const [stranded = 0, cloned = 0] = await figures()
  expect([stranded > 500, cloned]).toEqual([true, stranded])
  const dialog = page.getByRole('dialog')
  const change = async (rule: string, value: string): Promise<string> => {
    await page.getByRole('button', { name: `修改 ${rule}` }).click()
    await dialog.getByLabel('数值').fill(value)
    return (await dialog.getByRole('status').textContent()) ?? ''
  }
  expect(await change('开机后先兑换再问候', '0')).toContain(`硬盘被复制最多 ${stranded.toLocaleString('zh-CN')} 分重复用。 填 0 只是`)
  await dialog.getByRole('button', { name: '取消' }).click()
  expect(await change('发分额度（分）', '1000001')).toBe('')
  await dialog.getByLabel('数值').fill('1500')
  await dialog.getByText(`断网最多 ${(stranded + 1_000).toLocaleString('zh-CN')} 分取不回来`).waitFor()
  await dialog.getByRole('button', { name: '保存' }).click()
  await worst.getByText(`${(stranded + 1_000).toLocaleString('zh-CN')} 分`).first().waitFor()
  expect(await figures()).toEqual([stranded + 1_000, stranded + 1_000])
  await context.close()
})

/** Both languages at once, as there are two cores. */
test.each(['desk', 'phone'] as const)('every page in the window %s, in both languages: nothing hangs over the edge, and axe finds nothing serious', async (window) => {
  const shown = [await at.open(staff, window, 'zh'), await at.open(staff, window, 'en')]
  const found = await Promise.all(shown.map(({ page }) => faultsOfAllPages(page, window)))
  expect(found).toEqual([{}, {}])
  for (const { context } of shown) await context.close()
}, 180_000)

async function faultsOfAllPages(page: Page, window: OfficeWindow): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const path of [...PAGES.map(({ path }) => path), `riders/${demoRider('li')}`, `stations/${STATION}`, 'no-such-page']) {
    await showOfficePage(page, path)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    const faults = [...(width > OFFICE_WINDOWS[window].width ? [`${width} wide`] : []), ...(await faultsOf(page))]
    if (faults.length > 0) found[path] = faults
  }
  return found
}

test('a device becomes a passkey and signs in by itself; removed, or refused by its owner, it does not', async () => {
  // A passkey belongs to a name; this machine's is the one name that needs no https.
  const { context, page } = await at.open(staff, 'desk', 'zh', { host: 'localhost' })
  const device = await context.newCDPSession(page)
  await device.send('WebAuthn.enable')
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  await showOfficePage(page, 'sessions')
  await page.getByRole('button', { name: '添加这台设备' }).click()
  await page.getByLabel('给它起个名字').fill('办公室电脑')
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText('办公室电脑').waitFor()
  // Once more: the device holds it already.
  await page.getByRole('button', { name: '添加这台设备' }).click()
  await page.getByLabel('给它起个名字').fill('又一次')
  await page.getByRole('button', { name: '继续' }).click()
  await page.getByText('这台设备已经加过了').waitFor()
  await page.getByRole('button', { name: '取消' }).click()
  const signOut = page.getByRole('button', { name: '退出登录' })
  const byPasskey = page.getByRole('button', { name: '用通行密钥登录' })
  await signOut.click()
  await byPasskey.click()
  await page.locator('.side-who').getByText('陈敏').waitFor()

  await signOut.click()
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await byPasskey.click()
  await page.getByText('这把通行密钥没有通过').waitFor()
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  await byPasskey.click()
  await page.locator('.side-who').getByText('陈敏').waitFor()

  await showOfficePage(page, 'sessions')
  await page.getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await signOut.click()
  await byPasskey.click()
  await page.getByText('这把通行密钥没有通过').waitFor()
  await context.close()
})

test('opened by a number, the office says why there are no passkeys, and where there are', async () => {
  const { context, page } = await at.open(staff, 'desk', 'zh')
  await showOfficePage(page, 'sessions')
  await page.getByText('现在的网址是一串数字，加不了通行密钥').waitFor()
  expect(await page.getByRole('link', { name: /就在这台电脑上试用/ }).getAttribute('href')).toMatch(/^http:\/\/localhost:\d+\/console\/$/)
  await context.close()
})

test('who has no right sees no such page, and a session that ended asks to sign in again', async () => {
  const partner = await at.office.person('partner')
  const { context, page } = await at.open(partner, 'desk', 'zh')
  await showOfficePage(page, 'accounts')
  await page.getByRole('heading', { name: '这一页不对您的角色开放' }).waitFor()
  at.office.clock.nowMs += 31 * 60_000
  await page.evaluate(() => {
    location.hash = '#/sessions'
  })
  await page.getByRole('heading', { name: '登录后台' }).waitFor()
  await page.getByText('登录已结束').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await context.close()
})

test('no page said anything in the console, and none broke its policy', () => {
  expect(at.problems).toEqual([])
})
