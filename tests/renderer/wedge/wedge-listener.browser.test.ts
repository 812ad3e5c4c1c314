// The wedge listener in a real Chromium, fed key strokes by the browser's own input pipeline with their times.

import { chromium } from 'playwright'
import type { Browser, CDPSession, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { readScannedCode, scannedTextLengthMax } from '../../../contract/scan/scanned-code.ts'
import { recordedPass } from '../../fixtures/scanner/recording.ts'
import { strokesOf } from './key-strokes.ts'
import { typeAsScanner } from './type-as-scanner.ts'
import type { ScannerTyping } from './type-as-scanner.ts'
import { serveWedgePage } from './wedge-page.ts'

vi.setConfig({ testTimeout: 60_000 })

let browser: Browser
let served: Awaited<ReturnType<typeof serveWedgePage>>
let page: Page
let devtools: CDPSession

type PageState = { heard: string[]; field: string; pressed: number; shortcuts: number }

beforeAll(async () => {
  served = await serveWedgePage()
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run'],
  })
  page = await browser.newPage()
  devtools = await page.context().newCDPSession(page)
}, 60_000)

afterAll(async () => {
  await browser.close()
  await served.close()
})

beforeEach(async () => {
  await page.goto(served.url)
})

async function press(text: string, gapMs: number, suffixCode: string | undefined, more: Partial<ScannerTyping> = {}): Promise<void> {
  await typeAsScanner(devtools, text, { gapMs, ...(suffixCode === undefined ? {} : { suffixCode }), ...more })
  await page.waitForTimeout(250)
}

async function readPage(): Promise<PageState> {
  return page.evaluate(
    "({ heard: window.heard, field: document.querySelector('#field').value, pressed: window.pressed, shortcuts: window.shortcuts })",
  )
}

test('a pass is heard wherever the focus is, and nothing of it stays in the field', async () => {
  await press(recordedPass, 4, 'Enter')
  await page.focus('#field')
  await press('wo', 200, undefined)
  await page.waitForTimeout(500)
  await press(recordedPass, 4, 'Enter')
  await page.focus('#button')
  await press('6901234567892', 4, 'Enter')
  expect(await readPage()).toEqual({ heard: [recordedPass, recordedPass, '6901234567892'], field: 'wo', pressed: 0, shortcuts: 0 })
})

test('a pass scanned while a Chinese input method is on is heard as it is', async () => {
  await page.focus('#field')
  await press(recordedPass, 4, 'Enter', { inputMethod: true })
  expect(await readPage()).toEqual({ heard: [recordedPass], field: '', pressed: 0, shortcuts: 0 })
})

test('what an input method composed of the first keys is taken back', async () => {
  await page.focus('#field')
  await press('BXZ', 4, undefined, { inputMethod: true })
  await devtools.send('Input.imeSetComposition', { text: '不行', selectionStart: 2, selectionEnd: 2 })
  const composed = await readPage()
  await page.goto(served.url)
  await page.focus('#field')
  const composing = strokesOf('BXZ1', 0, 4).map(async (stroke) =>
    devtools.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'Process',
      windowsVirtualKeyCode: 229,
      code: stroke.code,
      modifiers: stroke.shift ? 8 : 0,
    }),
  )
  await Promise.all([
    ...composing,
    devtools.send('Input.imeSetComposition', { text: '不行', selectionStart: 2, selectionEnd: 2 }),
    press(recordedPass.slice(4), 2, 'Enter', { inputMethod: true }),
  ])
  expect([composed.field, await readPage()]).toEqual(['不行', { heard: [recordedPass], field: '', pressed: 0, shortcuts: 0 }])
})

test('a person may type in the field and press the button with the keyboard', async () => {
  await page.focus('#field')
  await page.keyboard.type('boai', { delay: 130 })
  await page.keyboard.press('Backspace')
  await page.focus('#button')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(200)
  await page.keyboard.press('Space')
  await page.waitForTimeout(250)
  expect(await readPage()).toEqual({ heard: [], field: 'boa', pressed: 2, shortcuts: 0 })
})

test('a hostile code presses no shortcut and no button, and is heard as one with control characters', async () => {
  await page.focus('#button')
  const controls = Array.from({ length: 26 }, (_, index) => String.fromCharCode(index + 1)).join('')
  await press(`CMD ${controls} EXE`, 4, 'Enter')
  const state = await readPage()
  expect({ ...state, heard: state.heard.map((text) => readScannedCode(text)) }).toEqual({
    heard: [{ kind: 'malformed', reason: 'control_characters' }],
    field: '',
    pressed: 0,
    shortcuts: 0,
  })
})

test('a code of 7,000 characters is heard as one that is too long', async () => {
  await page.focus('#field')
  await press('7'.repeat(7000), 2, 'Enter', { releases: false })
  const { heard, field } = await readPage()
  expect([heard.map((text) => text.length), field]).toEqual([[scannedTextLengthMax + 1], ''])
})

test('after it is told to stop, it hears nothing more', async () => {
  await page.evaluate('window.stopListening()')
  await press('6901234567892', 4, 'Enter')
  expect((await readPage()).heard).toEqual([])
})
