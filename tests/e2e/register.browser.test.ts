// Somebody who has no pass registers at the touchscreen: a real browser, a real station on disk, a real central. His name is typed
// on the kiosk's own keyboard, the code that he photographs is scanned, and he is greeted by name; also where central was gone.

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test } from 'vitest'
import { passKeyFileAt, passSigningKeys } from '../../central/keys/pass-key-file.ts'
import { passSigner } from '../../central/passes.ts'
import { QrPicture } from '../../renderer/parts/qr-picture.tsx'
import { en } from '../../renderer/text/en.ts'
import { zh } from '../../renderer/text/zh.ts'
import { openKioskPage, waitForScreen } from '../support/browser.ts'
import { built } from '../support/built.ts'
import { type DemoDistrict, openDemoDistrict } from '../support/demo-district.ts'

beforeAll(() => built(['renderer']))

const PHONE = '13912345678'
/** Longer than what the flow takes for a slip of a finger that was still on the screen before. */
const READ_MS = 350

interface Answer {
  rider: string
  pass: string | null
}

/** What the station answers to the registration, off the wire. */
function listenForAnswer(page: Page): Promise<Answer> {
  return new Promise((resolve) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const frame = JSON.parse(String(payload)) as { type: string; output?: Partial<Answer> }
        if (frame.type === 'answer' && frame.output?.rider !== undefined && frame.output.pass !== undefined) resolve({ rider: frame.output.rider, pass: frame.output.pass })
      }),
    )
  })
}

async function press(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(READ_MS)
  await page.getByRole('button', { name, exact: true }).click()
}

/** From the screen that waits to what is kept and what for. */
async function begin(page: Page): Promise<void> {
  await press(page, zh.register.enter)
  await page.waitForTimeout(READ_MS)
  await page.locator('.tile').filter({ hasText: zh.register.here }).click()
  await page.getByText('登记时我们记下').waitFor()
}

/** Letters, then that very sign, wherever among the candidates it stands. */
async function typeSign(page: Page, letters: string, sign: string): Promise<void> {
  for (const letter of letters) await page.locator(`.typing-keys [data-key="${letter}"]`).click()
  const candidate = page.locator('.typing-candidate').filter({ hasText: new RegExp(`^${sign}$`) })
  while ((await candidate.count()) === 0) await page.locator('.typing-turn[data-key="on"]').click()
  await candidate.click()
}

/** Up to the check page. */
async function answerAll(page: Page): Promise<void> {
  await begin(page)
  await press(page, zh.register.agree)
  await page.getByText(zh.register.ask.name).first().waitFor()
  await typeSign(page, 'wang', '王')
  await typeSign(page, 'fang', '芳')
  await press(page, zh.register.on)
  for (const digit of PHONE) await page.locator(`.keypad [data-key="${digit}"]`).click()
  await press(page, zh.register.on)
  await press(page, zh.register.platform.meituan)
  await press(page, zh.register.skip)
  await press(page, zh.register.redCross.none)
  await press(page, zh.register.team.no)
  await page.getByText(zh.register.checkTitle).waitFor()
  expect(await page.locator('.register-value').allTextContents()).toEqual(['王芳', '139 1234 5678', '美团', '没写', '都不是', '不是'])
}

async function openListening(district: DemoDistrict, problems: string[] = []): Promise<{ page: Page; answered: Promise<Answer> }> {
  const page = await openKioskPage(district.kioskUrl, { problems })
  const answered = listenForAnswer(page)
  // The socket is heard from its beginning.
  await page.reload()
  await waitForScreen(page, 'attract')
  return { page, answered }
}

/** Central has every fact and every box of words. */
async function settle(district: DemoDistrict): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const file = new Database(district.stationFile, { readonly: true })
    const row = file.prepare('SELECT (SELECT max(seq) FROM outbox) - acknowledged_seq AS waiting, (SELECT count(*) FROM sealed_words WHERE held_after_seq IS NULL) AS boxes FROM sync_state').get() as { waiting: number; boxes: number }
    file.close()
    if (row.waiting === 0 && row.boxes === 0) return
    await new Promise((next) => setTimeout(next, 100))
  }
  throw new Error('central has not everything')
}

/** What is in the station's file, its log and central's log, byte for byte. */
function everythingWritten(district: DemoDistrict): string {
  const files = [district.stationFile, `${district.stationFile}-wal`, join(district.folder, 'logs/station.log'), join(district.folder, 'logs/central.log')]
  return files.map((file) => readFileSync(file).toString('utf8')).join('')
}

const pathOf = (markup: string): string | undefined => / d="([^"]+)"/.exec(markup)?.[1]

/** How many registrations stand in the station's file. */
function registeredAt(district: DemoDistrict): number {
  const file = new Database(district.stationFile, { readonly: true })
  const { registered } = file.prepare("SELECT count(*) AS registered FROM outbox WHERE kind LIKE 'rider.registered%'").get() as { registered: number }
  file.close()
  return registered
}

/** As central makes it and the office prints it. */
function firstCard(district: DemoDistrict, rider: string): string {
  const keys = passSigningKeys(passKeyFileAt(join(district.centralData, 'pass-keys.json')))
  const [keyId] = [...keys.keys()].toSorted((one, other) => other - one)
  if (keyId === undefined) throw new Error('central has no key for passes')
  return passSigner(keys)({ holder: 'rider', holderId: rider, card: 1, issueDay: Math.floor(Date.now() / 86_400_000), keyId })
}

test('who declines is told that rest is free, who leaves leaves nothing; who registers is not thrown out by another’s scan, photographs his pass and is greeted by name when it is scanned', { timeout: 240_000 }, async () => {
  const district = await openDemoDistrict()
  const problems: string[] = []
  const { page, answered } = await openListening(district, problems)
  await begin(page)
  await press(page, zh.register.decline)
  await waitForScreen(page, 'register_done')
  await page.getByText(zh.register.declinedNext).waitFor()
  await page.getByRole('button', { name: zh.parts.finish }).click()
  await waitForScreen(page, 'attract')

  await answerAll(page)
  for (let touches = 0; touches < 2; touches += 1) await press(page, zh.parts.finish)
  await waitForScreen(page, 'attract')
  await press(page, zh.register.enter)
  await page.getByText(zh.register.here).waitFor()
  expect(await page.locator('body').textContent()).not.toMatch(/王芳|139/)
  await press(page, zh.parts.finish)
  await waitForScreen(page, 'attract')
  expect(registeredAt(district)).toBe(0)

  await answerAll(page)
  // Somebody else scans his pass meanwhile: asked first, and "not finished" keeps every word.
  await district.scan(district.codeOf('zhang'))
  await page.getByText(zh.knock.registering.unsent).waitFor()
  await press(page, zh.knock.keep)
  await page.getByText(zh.register.checkTitle).waitFor()
  expect(await page.locator('.register-value').first().textContent()).toBe('王芳')
  await press(page, zh.register.send)
  await waitForScreen(page, 'register_done')
  const { pass } = await answered
  if (pass === null) throw new Error('no pass')
  // The picture on the screen is of that very text.
  expect(await page.locator('.new-pass .qr-picture path').getAttribute('d')).toBe(pathOf(renderToStaticMarkup(createElement(QrPicture, { text: pass, spoken: '' }))))
  await page.getByText(zh.register.passKeep).waitFor()
  await district.scan(pass)
  await waitForScreen(page, 'greeting')
  await page.getByText('王*师傅').waitFor()
  await settle(district)
  expect(registeredAt(district)).toBe(1)
  expect(everythingWritten(district)).not.toMatch(/王芳|13912345678/)
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)).toBe(0)
  expect(problems).toEqual([])
})

test('while central is gone it says that it waits; once central is there he has a pass, and is greeted by name', { timeout: 240_000 }, async () => {
  const district = await openDemoDistrict()
  const { page, answered } = await openListening(district)
  await district.central.kill()
  await page.getByText(zh.parts.network.offline).waitFor()
  await answerAll(page)
  await press(page, zh.register.send)
  await waitForScreen(page, 'register_done')
  await page.getByText(zh.register.waitsWhy.offline).waitFor()
  expect(everythingWritten(district)).not.toMatch(/王芳|13912345678/)
  const { rider, pass } = await answered
  expect(pass).toBeNull()
  await page.getByRole('button', { name: zh.parts.finish }).click()
  await waitForScreen(page, 'attract')
  district.central = await district.startCentral()
  // The longer it was gone the rarer it is asked for.
  await page.getByText(zh.parts.network.online).waitFor({ timeout: 60_000 })
  await settle(district)
  // As the office prints it: his first card.
  await district.scan(firstCard(district, rider))
  await waitForScreen(page, 'greeting')
  await page.getByText('王*师傅').waitFor()

  // Whom nobody knows is offered to register, and leaves that session for it.
  await press(page, zh.parts.finish)
  await waitForScreen(page, 'attract')
  await district.scan(firstCard(district, randomUUID()))
  await waitForScreen(page, 'greeting')
  await press(page, zh.greeting.register)
  await waitForScreen(page, 'register')
  await press(page, zh.parts.language)
  await page.getByText(en.register.beginFree).waitFor()
})
