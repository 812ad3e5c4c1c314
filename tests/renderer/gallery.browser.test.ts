// What the screens promise in ux.md, measured on every state of the gallery: nothing cut, nothing too small to touch or to
// read, nothing too pale, all touch under the middle in low reach, and no violation that axe knows.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GALLERY_STATES } from '../../renderer/gallery/gallery-states.ts'
import { type Gallery, openGallery, type PanelName, type Picture, showPicture } from '../../scripts/gallery-browser.ts'
import { measureScreen } from './measure-screen.ts'

const TEST_MS_MAX = 420_000
const ALL = GALLERY_STATES.map(({ id }) => id)
/** One state of each screen that a hand touches, for the slower looks. */
const MAIN = ['attract-goods', 'greeting', 'shelf-picked', 'confirm', 'done', 'refused-limit', 'my-points', 'staff-pin', 'staff-home', 'restock', 'restock-type-date', 'not-understood-payment', 'out-of-order-disk', 'knock-rider', 'idle-warning', 'notice-short', 'greeting-silent', 'sync-report-alarms', 'sync-report-fenced', 'redemptions', 'undo', 'begin-anew', 'begun-anew', 'set-up-typing', 'set-up-expired', 'set-up-address', 'set-up-comparing', 'attendance-today', 'attendance', 'attendance-late', 'attendance-full', 'trainings-told', 'training-place-lost', 'trainings', 'trainings-certificates', 'training-calendar', 'training-offered', 'wishes', 'wall-wish', 'wish-fulfilled', 'wish-typing-composing', 'wish-check', 'register-begin', 'register-consent', 'register-name-typing', 'register-phone-short', 'register-platform', 'register-check', 'register-name-letters', 'register-refused-full', 'register-done', 'register-done-offline', 'register-declined', 'hand-off-wish', 'hand-off-no-network']

/** Every state of the screens that low reach lays out anew. */
const TOUCHED = ALL.filter((id) => /^(attract-goods|greeting|shelf|confirm|my-points|refused-limit|short-coming|not-understood-payment|staff|restock|knock|idle|sync|redemptions|undo|begin|set-up|train|attendance|wish|wall|register|hand-off)/.test(id))

let gallery: Gallery

beforeAll(async () => {
  gallery = await openGallery({ build: true })
}, TEST_MS_MAX)

afterAll(async () => {
  await gallery.close()
})

type Look = (page: Page, state: string) => Promise<string[]>

/** On two pages at once, as there are two cores. */
async function lookAtAll(panel: PanelName, states: readonly string[], look: Look): Promise<string[]> {
  const halves = [states.filter((_state, index) => index % 2 === 0), states.filter((_state, index) => index % 2 === 1)]
  return (await Promise.all(halves.map((half) => lookOnOnePage(panel, half, look)))).flat()
}

async function lookOnOnePage(panel: PanelName, states: readonly string[], look: Look): Promise<string[]> {
  const page = await gallery.open(panel)
  const faults: string[] = []
  for (const state of states) faults.push(...(await look(page, state)))
  await page.context().close()
  return faults
}

function faultsOn(panel: PanelName, states: readonly string[], over: Partial<Picture>): Promise<string[]> {
  return lookAtAll(panel, states, async (page, state) => {
    const faults: string[] = []
    for (const language of ['zh', 'en'] as const) {
      const picture: Picture = { state, panel, language, lowReach: false, night: false, ...over }
      await showPicture(page, picture)
      for (const fault of await page.evaluate(measureScreen, { lowReach: picture.lowReach })) faults.push(`${state} ${language}: ${fault}`)
    }
    return faults
  })
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
    return (await axeViolations(page)).map((violation) => `${state}: ${violation}`)
  })
  expect(violations).toEqual([])
})

async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
