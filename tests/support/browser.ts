// A real Chromium with a fresh profile, and the kiosk's page in it.

import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright'
import { onTestFinished } from 'vitest'

const CHROMIUMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run']

/** Whoever launches it closes it. */
export function launchBrowser({ args = [] }: { args?: readonly string[] } = {}): Promise<Browser> {
  const executablePath = CHROMIUMS.find((path) => existsSync(path))
  if (executablePath === undefined) throw new Error('no Chromium: apt-get install chromium')
  return chromium.launch({ executablePath, args: [...FLAGS, ...args] })
}

export async function openBrowser(): Promise<Browser> {
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  return browser
}

export async function openKioskPage(url: string, options: { problems?: string[] } = {}): Promise<Page> {
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
  page.on('pageerror', (error) => options.problems?.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') options.problems?.push(`${message.text()} ${message.location().url}`)
  })
  await page.goto(url)
  await waitForScreen(page, 'attract')
  return page
}

/** The name of the screen that is shown. */
export async function screenOf(page: Page): Promise<string | null> {
  return page.locator('[data-screen]').first().getAttribute('data-screen')
}

/** The page's policy forbids eval, so nothing is waited for in the page. */
export async function waitForScreen(page: Page, screen: string, msMax = 15_000): Promise<number> {
  const beganAtMs = performance.now()
  for (;;) {
    const shown = (await page.locator('[data-screen]').count()) === 0 ? null : await screenOf(page)
    const tookMs = performance.now() - beganAtMs
    if (shown === screen) return tookMs
    if (tookMs > msMax) throw new Error(`waited ${msMax} ms for the screen ${screen}, it shows ${String(shown)}`)
    await new Promise((next) => setTimeout(next, 10))
  }
}

/**
 * Waits for the whole allowance: the top-up from central comes a moment after the greeting, on a busy machine some seconds.
 * A station that has just started may greet before it has said hello: then nothing is asked for yet, and nothing is lent.
 */
export async function waitForAllowance(page: Page): Promise<void> {
  await page.locator('.goods-card:not([data-out])').first().waitFor()
  for (let tries = 0; tries < 400 && (await page.locator('[data-asking]').count()) > 0; tries += 1) await page.waitForTimeout(50)
}
