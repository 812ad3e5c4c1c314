// A rider hands over to his phone, end to end: a real central, a real station on disk, the kiosk in one browser and the phone's page
// in others. What he sends is on the kiosk within two seconds; a code is good once, for one phone, and only while he stands there.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StationFrame } from '../../contract/kiosk/kiosk-frames.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { HAND_OFF_MS_MAX } from '../../contract/sync/hand-off.ts'
import { zh as phoneZh } from '../../phone/text/zh.ts'
import { QrPicture } from '../../renderer/parts/qr-picture.tsx'
import { zh } from '../../renderer/text/zh.ts'
import { buildParts } from '../../scripts/build.ts'
import { launchBrowser, screenOf, waitForScreen } from '../support/browser.ts'
import { startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { type PhoneDistrict, startPhoneDistrict } from '../support/phone-district.ts'
import { openPhone, type PhonePages } from '../support/phone-pages.ts'
import { demoRider } from '../support/test-central.ts'

/** What the kiosk may take to show what happened on the phone. */
const SHOWN_MS_MAX = 2_000
/** Central is asked while a person waits, four seconds at most. */
const NO_NETWORK_MS_MAX = 8_000

let databases: TestDatabases
let district: PhoneDistrict
let browser: Browser
let kiosk: Page
let view: KioskView | null = null
/** Of whoever has registered: the station says it once. */
let pass = ''
let cards = 0
const problems: string[] = []
const built = mkdtempSync(join(tmpdir(), 'boai-hand-off-'))

beforeAll(async () => {
  await buildParts(['renderer', 'phone'], built)
  databases = await startDatabases('pglite')
  district = await startPhoneDistrict(await databases.create(), join(built, 'phone'), join(built, 'renderer'))
  browser = await launchBrowser()
  kiosk = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
  kiosk.on('pageerror', (error) => problems.push(error.message))
  kiosk.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(String(payload)) as StationFrame
      if (frame.type !== 'view') return
      view = frame.view
      pass = frame.view.handOff?.pass ?? pass
    }),
  )
  await kiosk.goto(district.kioskUrl ?? '')
  await waitForScreen(kiosk, 'attract')
}, 180_000)

afterAll(async () => {
  await browser.close()
  await district.close()
  await databases.stop()
  rmSync(built, { recursive: true, force: true })
}, 60_000)

const newPhone = (): Promise<PhonePages> => openPhone(browser, 'zh')
const touch = (name: string): Promise<void> => kiosk.getByRole('button', { name, exact: true }).click()
const stage = (kind: string): Promise<void> => kiosk.locator(`[data-stage="${kind}"]`).waitFor({ timeout: NO_NETWORK_MS_MAX })
const pathOf = (markup: string): string | undefined => / d="([^"]+)"/.exec(markup)?.[1]

/** What is drawn, after it was seen to be what the station said; nothing but central's address and the code is in it. */
async function readCode(): Promise<string> {
  await stage('waiting')
  const url = view?.handOff?.url ?? ''
  expect(url).toMatch(new RegExp(`^${district.url}/phone/#[0-9A-HJKMNP-TV-Z]{16}$`))
  expect(await kiosk.locator('.qr-picture path').getAttribute('d')).toBe(pathOf(renderToStaticMarkup(createElement(QrPicture, { text: url, spoken: '' }))))
  return url
}

async function signIn(): Promise<void> {
  // Another card each time: the same one right after is not read.
  cards += 1
  const issueDay = Math.floor((Date.now() + district.clock.offsetMs) / 86_400_000)
  district.station.scan(district.keys.signPass({ holder: 'rider', holderId: demoRider('zhang'), card: 60_000 + cards, issueDay, keyId: 2 }))
  await waitForScreen(kiosk, 'greeting')
}

async function wishByPhone(): Promise<string> {
  await signIn()
  await touch(zh.greeting.wishes)
  await touch(zh.handOff.write)
  return readCode()
}

async function leave(): Promise<void> {
  await touch(zh.parts.finish)
  await waitForScreen(kiosk, 'attract')
}

const failureOf = async ({ page }: PhonePages): Promise<string | null> => {
  await page.locator('.told.bad').waitFor()
  return page.locator('.told.bad').textContent()
}

test('a wish that is written on the phone is among his own on the kiosk within two seconds, and the code is of no more use to anybody', async () => {
  const url = await wishByPhone()
  const phone = await newPhone()
  await phone.page.goto(url)
  await phone.page.locator('#wish').waitFor()
  const openedAtMs = performance.now()
  await stage('connected')
  expect(performance.now() - openedAtMs).toBeLessThan(SHOWN_MS_MAX)
  expect(await kiosk.locator('.qr-picture').count()).toBe(0)

  await phone.page.locator('#wish').fill('想要一副防滑手套')
  await phone.page.locator('button.main').click()
  const sentAtMs = performance.now()
  const row = kiosk.locator('.wish-row[data-own]').first()
  await row.waitFor({ timeout: 10_000 })
  const shownMs = performance.now() - sentAtMs
  console.info(`a wish from the phone was on the kiosk after ${Math.round(shownMs)} ms`)
  expect(shownMs).toBeLessThan(SHOWN_MS_MAX)
  expect([await screenOf(kiosk), await kiosk.getByRole('button', { pressed: true }).first().textContent()]).toEqual(['wishes', zh.wishes.mine(1)])
  expect(await kiosk.locator('body').textContent()).toContain(zh.notices.came_from_phone({ kind: 'came_from_phone', purpose: 'wish' }, ''))
  expect(await row.textContent()).toContain(zh.wishes.own.in_review)
  await phone.page.locator('.told.good').waitFor()

  const late = await newPhone()
  await late.page.goto(url)
  expect(await failureOf(late)).toContain(phoneZh.failures.code_used.what)
  expect([...problems, ...phone.problems, ...late.problems]).toEqual([])
  await Promise.all([phone.close(), late.close()])
  await leave()
})

test('two phones at once: one has it, the other hears why not; whoever leaves the kiosk takes code and page with him', async () => {
  const url = await wishByPhone()
  const pair = [await newPhone(), await newPhone()]
  await Promise.all(pair.map(({ page }) => page.goto(url)))
  const opened = await Promise.all(pair.map(async ({ page }) => {
    await page.locator('#wish, .told.bad').first().waitFor()
    return (await page.locator('#wish').count()) === 1
  }))
  expect(opened.filter((has) => has)).toHaveLength(1)
  const [winner, loser] = opened[0] === true ? pair : pair.toReversed()
  if (winner === undefined || loser === undefined) throw new Error('two phones')
  expect(await failureOf(loser)).toContain(phoneZh.failures.code_used.what)

  await stage('connected')
  await touch(zh.parts.back)
  await waitForScreen(kiosk, 'wishes')
  await winner.page.locator('#wish').fill('想要一副防滑手套')
  await winner.page.locator('button.main').click()
  expect(await failureOf(winner)).toContain(phoneZh.failures.session_over.what)
  // No minutes are left of what has ended.
  expect(await winner.page.locator('footer').count()).toBe(0)

  await touch(zh.handOff.write)
  const unused = await readCode()
  expect(unused).not.toBe(url)
  await leave()
  expect(await kiosk.locator('.qr-picture').count()).toBe(0)
  const late = await newPhone()
  await late.page.goto(unused)
  expect(await failureOf(late)).toContain(phoneZh.failures.code_expired.what)
  await Promise.all([winner.close(), loser.close(), late.close()])
})

test('after five minutes the code is gone from the kiosk, and one touch gives another', async () => {
  const url = await wishByPhone()
  district.clock.offsetMs = HAND_OFF_MS_MAX
  await stage('expired')
  expect([await kiosk.locator('.qr-picture').count(), await kiosk.locator('.said').textContent()]).toEqual([0, Object.values(zh.handOff.expired).join('')])
  const late = await newPhone()
  await late.page.goto(url)
  expect(await failureOf(late)).toContain(phoneZh.failures.code_expired.what)
  await late.close()
  await touch(zh.handOff.newCode)
  expect(await readCode()).not.toBe(url)
  district.clock.offsetMs = 0
  await leave()
})

test('somebody without a pass registers on his phone: the kiosk shows his code, and knows him by it', async () => {
  await touch(zh.register.enter)
  await kiosk.locator('.tile').filter({ hasText: zh.handOff.title.register }).click()
  const url = await readCode()
  const phone = await newPhone()
  await phone.page.goto(url)
  await phone.page.locator('.consent input').check()
  await phone.page.locator('#name').fill('买合木提·艾力')
  await phone.page.locator('#phone').fill('139 9999 0000')
  await phone.page.locator('input[name=platform]').first().check()
  await stage('connected')
  await phone.page.locator('button.main').click()
  const sentAtMs = performance.now()
  await kiosk.locator('[data-screen="register_done"] .qr-picture').waitFor({ timeout: 10_000 })
  const shownMs = performance.now() - sentAtMs
  console.info(`the pass of whoever registered on the phone was on the kiosk after ${Math.round(shownMs)} ms`)
  expect(shownMs).toBeLessThan(SHOWN_MS_MAX)
  expect(await kiosk.locator('.qr-picture path').getAttribute('d')).toBe(pathOf(renderToStaticMarkup(createElement(QrPicture, { text: pass, spoken: '' }))))
  await leave()
  await phone.close()
  district.station.scan(pass)
  await waitForScreen(kiosk, 'greeting')
  expect(await kiosk.locator('h1').first().textContent()).toContain('买合木提·*')
  await leave()
})

test('where the kiosk is cut off it takes the code away, says so, and offers the touchscreen', async () => {
  await wishByPhone()
  await district.app.close()
  await stage('no_network')
  expect([await kiosk.locator('.qr-picture').count(), await kiosk.locator('.said').textContent()]).toEqual([0, Object.values(zh.handOff.noNetwork.wish).join('')])
  await touch(zh.handOff.here.wish)
  await waitForScreen(kiosk, 'wish_typing')
  await touch(zh.handOff.write)
  await stage('no_network')
  await leave()
  await touch(zh.register.enter)
  await kiosk.locator('.tile').filter({ hasText: zh.handOff.title.register }).click()
  await stage('no_network')
  await touch(zh.handOff.here.register)
  await kiosk.getByText(zh.register.consentTitle).waitFor()
})
