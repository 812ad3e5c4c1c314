// Setting a machine up, on the real page over the real loopback server: the code typed key by key on the screen, and the QR
// code through a keyboard-wedge scanner. What stands for the set-up process here only writes down what it is asked.

import { join } from 'node:path'
import type { Page } from 'playwright'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { KioskInput } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { enrolmentLink } from '../../contract/sync/enrolment.ts'
import { en } from '../../renderer/text/en.ts'
import { zh } from '../../renderer/text/zh.ts'
import { serveLoopback } from '../../station/screen/loopback-server.ts'
import { openScreenPort } from '../../station/screen/screen-port.ts'
import { openBrowser, waitForScreen } from '../support/browser.ts'
import { built } from '../support/built.ts'
import { viewOf } from './flow/driven-flow.ts'
import { typeAsScanner } from './wedge/type-as-scanner.ts'

const CODE = '7K2M9QXT4HWB'
const CENTRAL = 'https://central.example:7443'
const PRINT = 'W4T7K2M9QXB05HRE'
const linkOf = (code: string): string => enrolmentLink({ code, centralUrl: CENTRAL, keyPrint: PRINT })

type SetUp = NonNullable<KioskView['setUp']>

interface Machine {
  page: Page
  asked: KioskInput<'enrol'>[]
  compared: KioskInput<'confirm_central'>[]
  show: (change: Partial<KioskView>) => void
}

beforeAll(() => built(['renderer']))

function machineView(setUp: Partial<SetUp>): Partial<KioskView> {
  return { shelf: [], trouble: { code: 'not_set_up', works: ['rest'] }, setUp: { state: 'waiting', problem: null, keyPrint: null, centralUrl: null, ...setUp } }
}

async function openMachine(setUp: Partial<SetUp> = {}): Promise<Machine> {
  let view = viewOf(machineView(setUp))
  const asked: KioskInput<'enrol'>[] = []
  const compared: KioskInput<'confirm_central'>[] = []
  const screens = openScreenPort({
    view: () => view,
    answer: async (name, input) => {
      if (name === 'enrol') asked.push(input as KioskInput<'enrol'>)
      if (name === 'confirm_central') compared.push(input as KioskInput<'confirm_central'>)
      return { ok: true, output: {} }
    },
    screenGone: () => undefined,
    nowMs: () => view.nowMs,
    onProblem: (problem) => expect.unreachable(problem),
  })
  const server = await serveLoopback({ port: 0, token: 'set-up-test', pageFolder: join(import.meta.dirname, '../../dist/renderer'), screens, onScanText: () => undefined })
  onTestFinished(async () => {
    screens.stop()
    await server.close()
  })
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
  await page.goto(server.kioskUrl)
  await waitForScreen(page, 'set_up')
  return {
    page,
    asked,
    compared,
    show(change) {
      view = { ...view, revision: view.revision + 1, ...change }
      screens.viewChanged()
    },
  }
}

async function type(page: Page, signs: string): Promise<void> {
  for (const sign of signs) await page.locator(`.sign-keyboard [data-key="${sign}"]`).click()
}

const primary = (page: Page) => page.locator('.weigh-bar [data-kind=primary]')

test('the code is typed, then the address, the print is compared, then the machine joins, and becomes a station', async () => {
  const { page, asked, compared, show } = await openMachine()
  await type(page, CODE)
  await primary(page).click()
  await page.getByText(zh.setUp.address).waitFor()
  await type(page, 'central.example:7443')
  await primary(page).click()
  await expect.poll(() => asked).toEqual([{ code: CODE, centralUrl: CENTRAL }])
  show(machineView({ state: 'comparing', keyPrint: PRINT }))
  await page.getByText(zh.setUp.compare.line).waitFor()
  expect(await page.locator('.print-shown').textContent()).toBe(PRINT)
  await primary(page).click()
  await expect.poll(() => compared).toEqual([{ keyPrint: PRINT, said: 'same' }])
  show(machineView({ state: 'joining' }))
  await page.getByText(zh.setUp.joining.title).waitFor()
  show(machineView({ state: 'joined' }))
  await page.getByText(zh.setUp.joined.title).waitFor()
  show({ setUp: null, trouble: null })
  await waitForScreen(page, 'attract')
})

test('a scanned QR code joins by itself; too old, it says so in the other language too, and a new one is scanned', async () => {
  const { page, asked, show } = await openMachine()
  const keyboard = await page.context().newCDPSession(page)
  await typeAsScanner(keyboard, linkOf(CODE), { suffixCode: 'Enter' })
  await expect.poll(() => asked).toEqual([{ code: linkOf(CODE), centralUrl: null }])
  show(machineView({ problem: 'code_expired' }))
  await page.getByText(zh.setUp.problem.code_expired.next).waitFor()
  await page.getByRole('button', { name: zh.parts.language }).click()
  await page.getByText(en.setUp.problem.code_expired.next).waitFor()
  await typeAsScanner(keyboard, linkOf('0'.repeat(12)), { suffixCode: 'Enter' })
  await expect.poll(() => asked.length).toBe(2)
})

test('what is scanned and is no set-up code is said to be none, and asks nothing', async () => {
  const { page, asked } = await openMachine({ centralUrl: CENTRAL })
  const keyboard = await page.context().newCDPSession(page)
  await typeAsScanner(keyboard, '6901234567892', { suffixCode: 'Enter' })
  await page.getByText(zh.setUp.notACode).waitFor()
  expect(asked).toEqual([])
})
