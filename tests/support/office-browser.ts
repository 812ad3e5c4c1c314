// The office in a real Chromium for all tests of a file: built, over a real central with a database of its own; every page that is
// opened is heard.

import type { Browser, BrowserContext, Page } from 'playwright'
import { built } from './built.ts'
import { launchBrowser } from './browser.ts'
import { startDatabases } from './central-databases.ts'
import { hearPage } from './heard-page.ts'
import type { OfficePerson, TestOffice } from './office.ts'
import { type OfficeLanguage, type OfficePages, type OfficeWindow, startOfficePages } from './office-pages.ts'

export interface OfficeBrowser {
  readonly pages: OfficePages
  readonly office: TestOffice
  readonly browser: Browser
  /** Of every page so far: nothing is to be in it. */
  readonly problems: string[]
  /** Somebody has signed in, in a profile of his own; `browser`: another one. */
  open(person: OfficePerson, window: OfficeWindow, language: OfficeLanguage, more?: { host?: string; browser?: Browser }): Promise<{ context: BrowserContext; page: Page }>
  close(): Promise<void>
}

export async function startOfficeBrowser(): Promise<OfficeBrowser> {
  await built(['console'])
  const databases = await startDatabases('pglite')
  const pages = await startOfficePages(databases)
  const browser = await launchBrowser()
  const problems: string[] = []
  return {
    pages,
    office: pages.office,
    browser,
    problems,
    async open(person, window, language, { host, browser: other = browser } = {}) {
      const opened = await pages.open(other, person, window, language, host)
      hearPage(opened.page, problems)
      return opened
    },
    async close() {
      await browser.close()
      await pages.close()
      await databases.stop()
    },
  }
}
