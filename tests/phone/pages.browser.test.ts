// The phone's pages in a real browser, over a real central and a real kiosk: what they weigh, what they leave behind, that they can
// be used by everybody, and that a page that is loaded again goes on.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { en } from '../../phone/text/en.ts'
import { zh } from '../../phone/text/zh.ts'
import { buildParts } from '../../scripts/build.ts'
import { axeViolations } from '../support/axe.ts'
import { startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { launchBrowser } from '../support/browser.ts'
import { type PhoneDistrict, startPhoneDistrict } from '../support/phone-district.ts'
import { openPhone, PHONE_SCENES, PHONE_WINDOW, type PhoneLanguage } from '../support/phone-pages.ts'

const WEIGHT_BYTES_MAX = 100_000

let databases: TestDatabases
let district: PhoneDistrict
let browser: Browser
const built = mkdtempSync(join(tmpdir(), 'boai-phone-'))

beforeAll(async () => {
  await buildParts(['phone'], built)
  databases = await startDatabases('pglite')
  district = await startPhoneDistrict(await databases.create(), join(built, 'phone'))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  await district.close()
  await databases.stop()
  rmSync(built, { recursive: true, force: true })
})

const SCENES = Object.entries(PHONE_SCENES).flatMap(([name, show]) => (['zh', 'en'] as PhoneLanguage[]).map((language) => ({ name, show, language })))

test.each(SCENES)('$name in $language: nothing is wider than the phone, axe finds nothing, and nothing is asked of anybody but central', async ({ show, language }) => {
  const phone = await openPhone(browser, language)
  try {
    await show(district, phone, language)
    const { page } = phone
    const violations = await axeViolations(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    const small = await page.locator('button, input, textarea').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML))
    expect({ violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`), wide: wide <= PHONE_WINDOW.width, small, problems: phone.problems }).toEqual({ violations: [], wide: true, small: [], problems: [] })
    expect(phone.fetched.filter(({ url }) => !url.startsWith(district.url) && !url.startsWith('data:') && !url.startsWith(`blob:${district.url}`))).toEqual([])
  } finally {
    await phone.close()
  }
})

test('each page weighs less than a hundred kilobytes over all that it fetches, headers inside', async () => {
  const weights: Record<string, number> = {}
  for (const name of ['register-done', 'wish-done', 'my-points', 'my-wishes', 'my-trainings', 'no-code']) {
    const phone = await openPhone(browser, 'zh')
    await PHONE_SCENES[name]?.(district, phone, 'zh')
    weights[name] = phone.fetched.reduce((sum, { bytes }) => sum + bytes, 0)
    await phone.close()
  }
  console.info(`bytes over the line: ${JSON.stringify(weights)}`)
  expect(Object.values(weights).every((bytes) => bytes > 5_000 && bytes <= WEIGHT_BYTES_MAX)).toBe(true)
})

test('the code is gone from the address at once, no storage is written, and a page that is loaded again goes on with its session', async () => {
  const phone = await openPhone(browser, 'zh')
  const { page, context } = phone
  await PHONE_SCENES['my-points']?.(district, phone, 'zh')
  expect(page.url()).toBe(`${district.url}/phone/`)
  await page.reload()
  await page.locator('.figure').waitFor()
  const kept = await page.evaluate(() => ({ local: localStorage.length, session: sessionStorage.length, readable: document.cookie }))
  expect(kept).toEqual({ local: 0, session: 0, readable: '' })
  const cookies = await context.cookies()
  expect(cookies.map(({ httpOnly, sameSite, path }) => ({ httpOnly, sameSite, path }))).toEqual([{ httpOnly: true, sameSite: 'Strict', path: '/phone/' }])
  await phone.close()
})

test('what somebody typed stays when the network is gone, and the language can be changed', async () => {
  const phone = await openPhone(browser, 'zh')
  const { page } = phone
  await PHONE_SCENES['no-network']?.(district, phone, 'zh')
  expect([await page.locator('.missing').textContent(), await page.locator('#name').inputValue()]).toEqual(['没连上。看看手机有没有信号，再点一次。写的内容还在。', '买合木提·艾力'])
  await phone.context.setOffline(false)
  await page.locator('button.main').click()
  await page.locator('.told.good').waitFor()
  await page.locator('.language').click()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await phone.close()
})

test('two touches sign somebody up, a clash is said before; two give the place up again', async () => {
  const phone = await openPhone(browser, 'zh')
  const { page } = phone
  await PHONE_SCENES['training-sign-up']?.(district, phone, 'zh')
  expect(await page.locator('.news').textContent()).toContain('撞上了你报的：创伤止血与包扎')
  await page.locator('button.main').click()
  await page.locator('.told.good', { hasText: '报上了' }).waitFor()
  const card = page.locator('.card', { hasText: '应急救护' }).first()
  expect(await card.locator('.state').textContent()).toBe('已报上')
  expect(await page.locator('.remind').textContent()).toContain('灭火器实操')
  await card.locator('button.quiet').click()
  await page.locator('button.main').click()
  await page.locator('.told.good', { hasText: '让出来了' }).waitFor()
  // The network is gone between the two touches: asked again, it is the same sign-up.
  await page.locator('.row', { hasText: '心肺复苏' }).click()
  await phone.context.setOffline(true)
  await page.locator('button.main').click()
  await page.locator('.told.bad').waitFor()
  await phone.context.setOffline(false)
  await page.locator('.told.bad button').click()
  await page.locator('button.main').click()
  await page.locator('.told.good', { hasText: '报上了' }).waitFor()
  const file = await page.locator('.card a.plain').first().getAttribute('href')
  expect((await fetch(new URL(file ?? '', `${district.url}/phone/`))).headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  await phone.close()
})

test('who was offered a place takes it with one touch', async () => {
  const phone = await openPhone(browser, 'en')
  const { page } = phone
  await PHONE_SCENES['training-offered']?.(district, phone, 'en')
  expect(await page.locator('.remind').textContent()).toContain('Food safety: still hot at the door: a place is free')
  await page.locator('.two button.main').click()
  await page.locator('.told.good', { hasText: 'You are signed up' }).waitFor()
  await phone.close()
})

test('inside WeChat the calendar leads to a page that says how, and that page works in a browser without a session', async () => {
  const phone = await openPhone(browser, 'zh')
  const { page } = phone
  await page.addInitScript(() => Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone) MicroMessenger/8.0.49' }))
  await PHONE_SCENES['my-trainings']?.(district, phone, 'zh')
  await page.locator('.card a.plain').first().click()
  await page.locator('.steps').waitFor()
  const address = page.url()
  await page.locator('a.plain').click()
  await page.locator('.row').first().waitFor()
  await phone.close()
  const elsewhere = await openPhone(browser, 'zh')
  await elsewhere.page.goto(address)
  const file = await elsewhere.page.locator('a.main').getAttribute('href')
  expect(await (await fetch(new URL(file ?? '', address))).text()).toContain('BEGIN:VEVENT')
  expect(await elsewhere.context.cookies()).toEqual([])
  await elsewhere.close()
})

test('the pages may run our scripts and nothing else, and be framed by nobody', async () => {
  const headers = Object.fromEntries((await fetch(`${district.url}/phone/`)).headers)
  expect(headers['content-security-policy']).toBe("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
  expect([headers['referrer-policy'], headers['x-content-type-options'], headers['cache-control']]).toEqual(['no-referrer', 'nosniff', 'no-store'])
})

test('What is sent is over: nothing says how long it may still be used, and in the other language it is still sent', async () => {
  const phone = await openPhone(browser, 'zh')
  await PHONE_SCENES['register-done']?.(district, phone, 'zh')
  expect([await phone.page.locator('.told.good h1').textContent(), await phone.page.locator('footer').count()]).toEqual([zh.done.register.what, 0])
  await phone.page.locator('.language').click()
  expect([await phone.page.locator('.told.good h1').textContent(), await phone.page.locator('input').count()]).toEqual([en.done.register.what, 0])
  await phone.close()
})
