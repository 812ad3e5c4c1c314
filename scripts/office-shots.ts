// `npm run office-shots`: builds the office, serves it over a real central with the demo's people, and writes a PNG of each page:
// a desk's window and a phone's, Chinese and English. `-- --only PATTERN` (a regular expression over the file name),
// `-- --out DIR`, `-- --no-build`.

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { demoTrainingId } from '../central/demo/demo-trainings.ts'
import { openPglite } from '../central/store/pglite-database.ts'
import { launchBrowser } from '../tests/support/browser.ts'
import { type OfficePerson, STATION } from '../tests/support/office.ts'
import { lightWish } from '../tests/support/lit-wish.ts'
import { openTheDoor, playOfficeScene } from '../tests/support/office-scene.ts'
import { dusk } from '../tests/support/photo-files.ts'
import { OFFICE_WINDOWS, type OfficeLanguage, type OfficeWindow, showOfficePage, startOfficePages } from '../tests/support/office-pages.ts'
import { demoRider } from '../tests/support/test-central.ts'
import { buildParts } from './build.ts'
import { readCommandLine } from './command-line.ts'

const { values } = readCommandLine('npm run office-shots', '[--only PATTERN] [--out DIR] [--no-build]', {
  options: { only: { type: 'string', default: '' }, out: { type: 'string', default: '.data/office-shots' }, build: { type: 'boolean', default: true } },
  allowNegative: true,
})

/** Of the demo: over, with a waiting list, with a place offered, cancelled. */
const TRAININGS = ['fire', 'psychology', 'food', 'road-snow']

const only = new RegExp(values.only)
if (values.build) await buildParts(['console'])
await mkdir(values.out, { recursive: true })
const folder = await mkdtemp(join(tmpdir(), 'boai-office-shots-'))
const pages = await startOfficePages(await openPglite(folder))
const browser = await launchBrowser()
let written = 0
try {
  const { staff, partner } = await playOfficeScene(pages.office)
  const { database, clock: { nowMs } } = pages.office
  const lit = await lightWish({ database, objects: pages.objects, nowMs }, { rider: demoRider('guli'), taken: await dusk(), words: '手套放在站里了，报手机尾号领。' })
  // Signing in moves the clock: what is held in half an hour still is when the last picture is taken.
  const training = await openTheDoor(pages.office, staff.account, ['li', 'rouzi'])
  for (const window of Object.keys(OFFICE_WINDOWS) as OfficeWindow[]) {
    for (const language of ['zh', 'en'] as OfficeLanguage[]) {
      const { context, page } = await pages.open(browser, staff, window, language)
      const paths = [...(await pathsOf(page)), `riders/${demoRider('zhang')}`, `stations/${STATION}`]
      const shown = [
        ...paths.map((path) => ({ path, name: path.replace(/\/.*/, '-one') })),
        { path: `riders/${demoRider('lost-card')}`, name: 'riders-revoked' }, { path: `wishes/${lit.wish}`, name: 'wishes-photo' }, { path: `attendance/${training}`, name: 'attendance-one' },
        ...TRAININGS.map((id) => ({ path: `trainings/${demoTrainingId(id)}`, name: `trainings-${id}` })),
      ]
      const wanted = shown.map(({ path, name }) => ({ path, name, file: `${name}.${window}.${language}.png` })).filter(({ file }) => only.test(file))
      await shootTheDoor(window, language)
      for (const { path, name, file } of wanted) {
        await showOfficePage(page, path)
        for (const image of await page.locator('main img').all()) await image.evaluate((shown: HTMLImageElement) => shown.decode())
        await page.screenshot({ path: join(values.out, file), fullPage: name === 'wishes-photo' })
        written += 1
      }
      await shootDialogs(page, window, language)
      await context.close()
      await shootPartner(partner, window, language)
    }
  }
} finally {
  await browser.close()
  await pages.close()
  await rm(folder, { recursive: true, force: true })
}
/** What stands before the office: signing in, and an invitation. */
async function shootTheDoor(window: OfficeWindow, language: OfficeLanguage): Promise<void> {
  const context = await browser.newContext({ viewport: OFFICE_WINDOWS[window], reducedMotion: 'reduce' })
  const page = await context.newPage()
  const { code } = await pages.office.invite({ signInName: `gulnar.${window}.${language}`, name: '古丽娜尔', role: 'district_staff' })
  for (const [name, hash] of [['sign-in', ''], ['invitation', `#/invitation/${code}`]] as const) {
    const file = `${name}.${window}.${language}.png`
    if (!only.test(file)) continue
    await page.goto(`${pages.url.replace('127.0.0.1', 'localhost')}${hash}`)
    await page.reload()
    await page.locator('h1').waitFor()
    if (language === 'en' && (await page.locator('html').getAttribute('lang')) !== 'en') await page.getByRole('button', { name: 'English' }).click()
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await page.screenshot({ path: join(values.out, file), fullPage: window === 'phone' })
    written += 1
  }
  await context.close()
}

/** Questions over a page, by the button that opens them. */
async function shootDialogs(page: Page, window: OfficeWindow, language: OfficeLanguage): Promise<void> {
  const one = `trainings/${demoTrainingId('psychology')}`
  const dialogs = [
    { name: 'make-training', path: 'trainings', button: { zh: '安排培训', en: 'Plan a training' } },
    { name: 'change-training', path: one, button: { zh: '修改', en: 'Change' } },
    { name: 'change-rule', path: 'rules', button: { zh: '修改 常备离线额度（分）', en: 'Change Points kept at home' } },
    { name: 'cancel-training', path: one, button: { zh: '取消培训', en: 'Call it off' } },
  ]
  for (const { name, path, button } of dialogs) {
    const file = `${name}.${window}.${language}.png`
    if (!only.test(file)) continue
    await showOfficePage(page, path)
    await page.getByRole('button', { name: button[language], exact: true }).click()
    await page.locator('dialog .form-acts').waitFor()
    await page.screenshot({ path: join(values.out, file) })
    await page.keyboard.press('Escape')
    written += 1
  }
}

/** What only a partner sees. */
async function shootPartner(partner: OfficePerson, window: OfficeWindow, language: OfficeLanguage): Promise<void> {
  const wanted = ['wall', 'claims'].map((path) => ({ path, file: `${path}.${window}.${language}.png` })).filter(({ file }) => only.test(file))
  if (wanted.length === 0) return
  const { context, page } = await pages.open(browser, partner, window, language)
  for (const { path, file } of wanted) {
    await showOfficePage(page, path)
    await page.screenshot({ path: join(values.out, file), fullPage: window === 'phone' })
    written += 1
  }
  await context.close()
}

/** Every page of the menu. */
async function pathsOf(page: Page): Promise<string[]> {
  return (await page.locator('nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))).map((href) => href.replace('#/', ''))
}

process.stdout.write(`${written} pictures in ${values.out}\n`)
