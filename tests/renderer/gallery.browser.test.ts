// What the screens promise in ux.md, measured on every state of the gallery: nothing cut, nothing too small to touch or to
// read, nothing too pale, all touch under the middle in low reach, and no violation that axe knows.
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GALLERY_STATES } from '../../renderer/gallery/gallery-states.ts'
import { type Gallery, openGallery, type PanelName, type Picture, showPicture } from '../../scripts/gallery-browser.ts'
import { axeViolations } from '../support/axe.ts'
import { measureScreen } from './measure-screen.ts'

const TEST_MS_MAX = 420_000
const ALL = GALLERY_STATES.map(({ id }) => id)
/** One state of each screen that a hand touches, for the slower looks. */
const MAIN = ['attract-goods', 'greeting', 'shelf-picked', 'confirm', 'done', 'refused-limit', 'my-points', 'staff-pin', 'staff-home', 'restock', 'restock-type-date', 'not-understood-payment', 'out-of-order-disk', 'knock-rider', 'idle-warning', 'notice-short', 'greeting-silent', 'sync-report-alarms', 'sync-report-fenced', 'redemptions', 'undo', 'begin-anew', 'begun-anew', 'set-up-typing', 'set-up-expired', 'set-up-address', 'set-up-comparing', 'attendance-today', 'attendance', 'attendance-late', 'attendance-full', 'trainings-told', 'training-place-lost', 'trainings', 'trainings-certificates', 'training-calendar', 'training-offered', 'wishes', 'wall-wish', 'wish-fulfilled', 'wish-typing-composing', 'wish-check', 'register-begin', 'register-consent', 'register-name-typing', 'register-phone-short', 'register-platform', 'register-check', 'register-name-letters', 'register-refused-full', 'register-done', 'register-done-offline', 'register-declined', 'hand-off-wish', 'hand-off-no-network']

/** Every state of the screens that low reach lays out anew. */
const TOUCHED = ALL.filter((id) => /^(attract-goods|greeting|shelf|confirm|my-points|refused-limit|short-coming|not-understood-payment|staff|restock|knock|idle|sync|redemptions|undo|begin|set-up|train|attendance|wish|wall|register|hand-off)/.test(id))

declare global {
  interface Window {
    measureScreen: typeof measureScreen
  }
}

let gallery: Gallery

beforeAll(async () => {
  gallery = await openGallery({ build: true })
}, TEST_MS_MAX)

afterAll(async () => {
  await gallery.close()
})

type Look = (page: Page, state: string) => Promise<string[]>
type Draw = Pick<Picture, 'lowReach' | 'night'>

/** On two pages at once, as there are two cores. */
async function lookAtAll(panel: PanelName, states: readonly string[], look: Look): Promise<string[]> {
  const halves = [states.filter((_state, index) => index % 2 === 0), states.filter((_state, index) => index % 2 === 1)]
  return (await Promise.all(halves.map((half) => lookOnOnePage(panel, half, look)))).flat()
}

async function lookOnOnePage(panel: PanelName, states: readonly string[], look: Look): Promise<string[]> {
  const page = await gallery.open(panel)
  await page.evaluate(`window.measureScreen = ${measureScreen.toString()}`)
  const faults: string[] = []
  for (const state of states) faults.push(...(await look(page, state)))
  await page.context().close()
  return faults
}

function faultsOn(panel: PanelName, states: readonly string[], over: Partial<Draw>): Promise<string[]> {
  const draw = { lowReach: false, night: false, ...over }
  return lookAtAll(panel, states, (page, state) => page.evaluate(measureInBothLanguages, { state, ...draw }))
}

/** Runs inside the page. Measured is how a state is laid out; nothing is painted, which would take longer than all else. */
async function measureInBothLanguages({ state, lowReach, night }: Draw & { state: string }): Promise<string[]> {
  document.documentElement.style.opacity = '0'
  const faults: string[] = []
  for (const lang of ['zh', 'en']) {
    window.showGalleryState(`?${new URLSearchParams({ state, lang, lowreach: lowReach ? '1' : '0', night: night ? '1' : '0' }).toString()}`)
    // React draws at the end of this task's work; laying out finds out which parts of the font are not there yet.
    do {
      await Promise.resolve()
      document.body.getBoundingClientRect()
      await document.fonts.ready
    } while (document.fonts.status === 'loading')
    await Promise.all([...document.images].map((image) => image.decode()))
    for (const fault of window.measureScreen({ lowReach })) faults.push(`${state} ${lang}: ${fault}`)
  }
  return faults
}

test.each(['portrait', 'landscape', 'compact'] as const)('every state on the %s panel is whole, legible and large enough to touch, in both languages', { timeout: TEST_MS_MAX }, async (panel) => {
  expect(await faultsOn(panel, ALL, {})).toEqual([])
})

test.each(['portrait', 'landscape', 'compact'] as const)('in low reach everything touchable on the %s panel lies under the middle and nothing is cut', { timeout: TEST_MS_MAX }, async (panel) => {
  expect(await faultsOn(panel, TOUCHED, { lowReach: true })).toEqual([])
})

test('at night every colour keeps its contrast', { timeout: TEST_MS_MAX }, async () => {
  expect(await faultsOn('portrait', MAIN, { night: true })).toEqual([])
})

test('axe finds no violation on any screen', { timeout: TEST_MS_MAX }, async () => {
  const violations = await lookAtAll('portrait', MAIN, async (page, state) => {
    await showPicture(page, { state, panel: 'portrait', language: 'zh', lowReach: false, night: false })
    return (await axeViolations(page)).map(({ id, nodes }) => `${state}: ${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
  })
  expect(violations).toEqual([])
})

test('what is wrong is found: a line that is cut, a key that is too small, a pale text, a button without a name', async () => {
  const page = await gallery.open('portrait')
  await showPicture(page, { state: 'greeting', panel: 'portrait', language: 'zh', lowReach: false, night: false })
  await page.addStyleTag({ content: 'h1 { width: 3em; white-space: nowrap; margin-left: -2em; color: #aaa } .foot-button { width: 40px !important; height: 40px !important }' })
  await page.evaluate(() => document.querySelector('.kiosk')?.append(document.createElement('button')))
  const found = await page.evaluate(measureScreen, { lowReach: false })
  expect(found.join('\n')).toMatch(/h1.* out of its part[^]*foot-button.* mm$[^]*h1.*contrast/m)
  expect((await axeViolations(page)).map(({ id }) => id)).toEqual(expect.arrayContaining(['button-name', 'color-contrast']))
  await page.context().close()
})
