// The office's pages over a real central: built, served on loopback, opened in Chromium by somebody who has signed in.

import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import { digitsNow } from '../../central/console/six-digits.ts'
import { objectsInMemory } from '../../central/media/memory-store.ts'
import type { ObjectStore } from '../../central/media/object-store.ts'
import type { OpenDatabase } from '../../central/store/database.ts'
import type { TestDatabases } from './central-databases.ts'
import { PASSWORD, type OfficePerson, startTestOffice, type TestOffice } from './office.ts'

export const OFFICE_WINDOWS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const READ_MS_MAX = 20_000
export type OfficeWindow = keyof typeof OFFICE_WINDOWS
export type OfficeLanguage = 'zh' | 'en'

export interface OfficePages {
  office: TestOffice
  /** Where photos lie. */
  objects: ObjectStore
  url: string
  /** A fresh browser profile in which that person has signed in by hand. */
  open(browser: Browser, person: OfficePerson, window: OfficeWindow, language: OfficeLanguage, host?: string): Promise<{ context: BrowserContext; page: Page }>
  close(): Promise<void>
}

export async function startOfficePages(place: TestDatabases | OpenDatabase): Promise<OfficePages> {
  const objects = objectsInMemory()
  const office = await startTestOffice(place, join(import.meta.dirname, '../../dist/console'), undefined, { objects, origin: null })
  await office.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = office.app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/console/`
  return {
    office,
    objects,
    url,
    async open(browser, person, window, language, host = '127.0.0.1') {
      const context = await browser.newContext({ viewport: OFFICE_WINDOWS[window], reducedMotion: 'reduce' })
      const page = await context.newPage()
      await page.goto(url.replace('127.0.0.1', host))
      if (language === 'en') await page.getByRole('button', { name: 'English' }).click()
      office.clock.nowMs += 31_000
      const [name, password, digits] = language === 'zh' ? ['登录名', '密码', '六位数字'] : ['Sign-in name', 'Password', 'Six digits']
      await page.getByLabel(name ?? '').fill(person.signInName)
      await page.getByLabel(password ?? '').fill(PASSWORD)
      await page.getByLabel(digits ?? '').fill(digitsNow(person.secret, office.clock.nowMs))
      await page.locator('button[type=submit]').click()
      await page.locator('nav').waitFor({ state: 'attached' })
      return { context, page }
    },
    close: () => office.close(),
  }
}

/** Shows a page of the office and waits until it has been read. */
export async function showOfficePage(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#/${path}`)
  await page.locator('main h1').waitFor()
  for (const beganAtMs = performance.now(); (await page.locator('.loading, [aria-busy=true]').count()) > 0; ) {
    if (performance.now() - beganAtMs > READ_MS_MAX) throw new Error(`${path} was not read in time`)
    await page.waitForTimeout(20)
  }
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}
