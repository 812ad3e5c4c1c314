// Builds the gallery, serves it on loopback and opens it in the machine's Chromium: what shots and the gallery's test share.
import { access } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright'
import { build, preview } from 'vite'

/** The panels that we draw for, in CSS pixels; their pitch is in the gallery's demo view. */
export const PANELS = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
  compact: { width: 1280, height: 800 },
} as const
export type PanelName = keyof typeof PANELS

export interface Picture {
  state: string
  panel: PanelName
  language: 'zh' | 'en'
  lowReach: boolean
  night: boolean
}

export interface Gallery {
  open: (panel: PanelName) => Promise<Page>
  close: () => Promise<void>
}

const CONFIG = 'vite.gallery.config.ts'
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run', '--disable-frame-rate-limit', '--disable-gpu-vsync']

export async function openGallery(options: { build: boolean }): Promise<Gallery> {
  if (options.build) await build({ configFile: CONFIG, logLevel: 'warn' })
  const server = await preview({ configFile: CONFIG, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0, strictPort: false } })
  const { port } = server.httpServer.address() as AddressInfo
  const browser: Browser = await chromium.launch({ executablePath: await findChromium(), args: FLAGS })
  return {
    open: async (panel) => {
      const context = await browser.newContext({ viewport: PANELS[panel], reducedMotion: 'reduce' })
      const page = await context.newPage()
      await page.goto(`http://127.0.0.1:${port}/?state=starting`)
      // It draws once its dictionary is there.
      await page.locator('.kiosk').waitFor()
      return page
    },
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}

/** Draws the picture on a page of its panel and waits for fonts and drawings. */
export async function showPicture(page: Page, picture: Picture): Promise<void> {
  const search = new URLSearchParams({ state: picture.state, lang: picture.language, lowreach: picture.lowReach ? '1' : '0', night: picture.night ? '1' : '0' })
  await page.evaluate(async (query) => {
    window.showGalleryState(query)
    const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()))
    await nextFrame()
    await nextFrame()
    await document.fonts.ready
    await Promise.all([...document.images].map((image) => image.decode()))
    await nextFrame()
  }, `?${search.toString()}`)
}

async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM']
  for (const path of named === undefined ? BROWSERS : [named]) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  throw new Error('no Chromium found: install the package chromium, or name one in CHROMIUM')
}
