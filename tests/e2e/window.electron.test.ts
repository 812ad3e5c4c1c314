// The window for real: Electron, the built app, the real station on a real file under the pinned Node, cut off from central.

import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { en } from '../../renderer/text/en.ts'
import { SECURITY_HEADERS } from '../../main/app-protocol.ts'
import { SLIP_MS } from '../../renderer/flow/flow-limits.ts'
import { openStockedCounter, signPass, STATION, ZHANG } from '../support/counter.ts'
import { buildWindow, isRunning, openWindow, type OpenWindow, type PhysicalKey, readProgram, waitFor } from '../support/electron.ts'

const DAY_MS = 86_400_000

beforeAll(buildWindow, 60_000)

test('the window opens whole and locked, the kiosk appears, and the page has nothing of Node', { timeout: 60_000 }, async () => {
  const window = await openKiosk()
  expect(await readPage(window)).toEqual({
    globals: ['undefined', 'undefined', 'undefined', 'undefined'],
    bridge: { boaiBridge: ['connect'] },
    policy: SECURITY_HEADERS['content-security-policy'],
    sniffing: 'nosniff',
    statuses: [404, 404, 404],
    inlined: 'undefined',
  })
  const shell = await window.app.evaluate(({ BrowserWindow, Menu }) => {
    const [opened, ...others] = BrowserWindow.getAllWindows()
    if (opened === undefined) throw new Error('no window')
    opened.webContents.openDevTools()
    return { others: others.length, kiosk: opened.isKiosk(), menu: Menu.getApplicationMenu(), devTools: opened.webContents.isDevToolsOpened(), url: opened.webContents.getURL() }
  })
  expect(shell).toEqual({ others: 0, kiosk: true, menu: null, devTools: false, url: 'app://kiosk/' })
  expect(readProgram(stationPidOf(window))).toMatch(/node_modules\/node\/bin\/node$/)
})

test('a page that wants to leave, to open, to download, to be permitted or to reach the network is refused', { timeout: 60_000 }, async () => {
  const window = await openKiosk()
  const answers = await window.ask<unknown>(`(async () => {
    const named = (promise) => promise.then(() => 'allowed', (error) => error.name)
    location.href = 'https://example.com/'
    const link = Object.assign(document.createElement('a'), { href: '/', download: 'x.html' })
    document.body.append(link)
    link.click()
    link.remove()
    return {
      opened: window.open('https://example.com/') === null && window.open('/') === null,
      outside: await named(fetch('https://example.com/')),
      loopback: await named(fetch('http://127.0.0.1:9/')),
      file: await named(fetch('file:///etc/passwd')),
      notifications: await Notification.requestPermission(),
      clipboard: await named(navigator.clipboard.readText()),
      location: (await navigator.permissions.query({ name: 'geolocation' })).state,
      camera: (await navigator.permissions.query({ name: 'camera' })).state,
      usb: await navigator.usb.getDevices().then((devices) => devices.length, () => 0),
    }
  })()`)
  expect(answers).toEqual({
    opened: true,
    outside: 'TypeError',
    loopback: 'TypeError',
    file: 'TypeError',
    notifications: 'denied',
    clipboard: 'NotAllowedError',
    location: 'denied',
    camera: 'denied',
    usb: 0,
  })
  await waitFor(() => window.logged('navigation_refused').length > 0 && window.logged('window_refused').length === 2, true)
  await waitFor(() => window.logged('download_refused').length + window.logged('navigation_refused').length > 1, true)
  expect(await window.screenAt()).toBe('attract')
  expect(await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((open) => open.webContents.getURL()))).toEqual(['app://kiosk/'])
})

test('keys that lead outside end at the window; a control character in a code reaches the page, which refuses the code', { timeout: 60_000 }, async () => {
  const window = await openKiosk()
  await hearKeysFirst(window)
  const outside: PhysicalKey[] = [
    { keyCode: 'F4', modifiers: ['alt'] },
    { keyCode: 'F5' },
    { keyCode: 'F11' },
    { keyCode: 'F12' },
    { keyCode: 'L', modifiers: ['meta'] },
    { keyCode: 'Plus', modifiers: ['control'] },
  ]
  await window.press([...outside, { keyCode: 'A' }])
  await waitFor(() => window.ask<number>('window.heardKeys.length'), 1)
  expect(await window.ask('window.heardKeys')).toEqual(['KeyA'])
  expect(await window.screenAt()).toBe('attract')
  const pass = riderPass()
  await window.press([...keysOf(pass.slice(0, 20)), { keyCode: 'O', modifiers: ['control'] }, ...keysOf(pass.slice(20)), { keyCode: 'Enter' }])
  await waitFor(() => window.screenAt(), 'not_understood')
})

/** This window's Chromium may be older than the machine's: a drawing without height is a blank card here alone. */
const PICTURES_TOO_FLAT = `[...document.querySelectorAll('.goods-card .item-picture')].map((picture) => picture.clientHeight).filter((height) => height < 40)`

test('a rider’s pass typed by a scanner, an item, a confirm: goods on a green screen, and still so after the station was killed', { timeout: 90_000 }, async () => {
  const window = await openKiosk()
  await scan(window, riderPass())
  await waitFor(() => window.screenAt(), 'greeting')
  expect(await window.ask<string>(`document.querySelector('.points-number').textContent`)).toBe('126')
  expect(await window.ask<number[]>(PICTURES_TOO_FLAT)).toEqual([])
  await touch(window, '.goods-card:not([data-out])')
  await touch(window, '.cart-bar [data-kind=primary]')
  await waitFor(() => window.screenAt(), 'confirm')
  await touch(window, '.confirm-bar [data-kind=primary]')
  await waitFor(() => window.screenAt(), 'done')
  const killed = stationPidOf(window)
  process.kill(killed, 'SIGKILL')
  await waitFor(() => ![null, killed].includes(window.stationPid()), true)
  await scanUntilGreeted(window)
  expect(await window.ask<string>(`document.querySelector('.points-number').textContent`)).toBe('106')
})

test('the same in English by one tap, from the bytes of a scanner', { timeout: 90_000 }, async () => {
  const port = 46_210
  const window = await openKiosk(['--loopback-port', String(port)])
  await sendToScanner(window, port, riderPass())
  await waitFor(() => window.screenAt(), 'greeting')
  await touch(window, '[data-role=language]')
  await waitFor(() => window.ask<string>('document.documentElement.lang'), 'en')
  await touch(window, '.goods-card:not([data-out])')
  await touch(window, '.cart-bar [data-kind=primary]')
  await waitFor(() => window.screenAt(), 'confirm')
  await touch(window, '.confirm-bar [data-kind=primary]')
  await waitFor(() => window.screenAt(), 'done')
  expect(await window.ask<string>('document.body.innerText')).toContain(en.done.title)
})

test('a killed page comes back by itself, and the station went on meanwhile', { timeout: 60_000 }, async () => {
  const window = await openKiosk()
  const stationPid = stationPidOf(window)
  process.kill(await window.pagePid(), 'SIGKILL')
  await waitFor(() => window.logged('page_gone').length, 1)
  await waitFor(() => window.screenAt(), 'attract')
  expect([window.stationPid(), isRunning(stationPid), window.logged('station_gone')]).toEqual([stationPid, true, []])
})

test('a station that stalls is shown within two seconds; killed, it is started again and the screen comes back with it', { timeout: 60_000 }, async () => {
  const window = await openKiosk()
  const killed = stationPidOf(window)
  process.kill(killed, 'SIGSTOP')
  const shownAfterMs = await waitFor(() => window.screenAt(), 'out_of_order')
  expect(shownAfterMs).toBeLessThan(2_000)
  process.kill(killed, 'SIGKILL')
  await waitFor(() => window.screenAt(), 'attract')
  expect(window.stationPid()).not.toBe(killed)
})

test('the end of the window is the end of the station, in order', { timeout: 60_000 }, async () => {
  const window = await openKiosk()
  const stationPid = stationPidOf(window)
  await window.close()
  expect([isRunning(stationPid), window.logged('station_killed'), window.logged('station_gone')]).toEqual([false, [], []])
})

/** Through the simulated scanner: as reports of a HID-POS scanner, whoever shows the screen. */
async function sendToScanner(window: OpenKiosk, port: number, text: string): Promise<void> {
  const token = readFileSync(join(window.dataFolder, 'loopback-token'), 'utf8').trim()
  const answer = await fetch(`http://127.0.0.1:${port}/scan`, { method: 'POST', body: text, headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(204)
}

interface OpenKiosk extends OpenWindow {
  readonly dataFolder: string
}

async function openKiosk(more: readonly string[] = []): Promise<OpenKiosk> {
  const counter = openStockedCounter()
  counter.database.close()
  const configFile = join(counter.folder, 'station.json')
  const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  // A port that nobody answers: this station is cut off, and everything here works all the same.
  writeFileSync(configFile, JSON.stringify({ station: STATION, centralUrl: 'http://127.0.0.1:9', privateKey, centralKey: 'A'.repeat(43), demo: null }))
  const window = await openWindow(['--data', counter.folder, '--config', configFile, '--no-hid', ...more])
  await waitFor(() => window.screenAt(), 'attract')
  return { ...window, dataFolder: counter.folder }
}

function stationPidOf(window: OpenWindow): number {
  const pid = window.stationPid()
  if (pid === null) throw new Error('no station runs')
  return pid
}

async function readPage(window: OpenWindow): Promise<unknown> {
  return window.ask(`(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.inlined = 1'
    document.body.append(script)
    script.remove()
    const { headers } = await fetch('/')
    const paths = ['/%2e%2e/main/main.cjs', '/..%2fpreload/preload.cjs', '/package.json']
    return {
      globals: [typeof require, typeof process, typeof module, typeof Buffer],
      bridge: { boaiBridge: Object.keys(window.boaiBridge) },
      policy: headers.get('content-security-policy'),
      sniffing: headers.get('x-content-type-options'),
      statuses: await Promise.all(paths.map(async (path) => (await fetch(path)).status)),
      inlined: typeof window.inlined,
    }
  })()`)
}

function riderPass(): string {
  return signPass({ holderId: ZHANG, issueDay: Math.floor(Date.now() / DAY_MS) - 10 })
}

/** As a keyboard-wedge scanner types it: every character and Enter, faster than a person. */
async function scan(window: OpenWindow, text: string): Promise<void> {
  await window.press([...keysOf(text), { keyCode: 'Enter' }])
}

/** A scan into a machine whose station is still starting is kept by nobody: a person scans again, and so does this. */
async function scanUntilGreeted(window: OpenWindow): Promise<void> {
  for (let tries = 0; tries < 8 && (await window.screenAt()) !== 'greeting'; tries += 1) {
    await scan(window, riderPass())
    await pause(2_000)
  }
  await waitFor(() => window.screenAt(), 'greeting')
}

function keysOf(text: string): PhysicalKey[] {
  return Array.from(text, (character): PhysicalKey => ({ keyCode: character, ...(/[A-Z]/.test(character) ? { modifiers: ['shift'] } : {}) }))
}

/** Listens before the page's own ear for scanners does: it keeps what it takes for part of a code to itself. */
async function hearKeysFirst(window: OpenWindow): Promise<void> {
  await window.app.evaluate(async ({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents
    if (page === undefined) throw new Error('no window')
    page.debugger.attach()
    await page.debugger.sendCommand('Page.enable')
    const source = `window.heardKeys = []; window.addEventListener('keydown', (event) => window.heardKeys.push(event.code), true)`
    await page.debugger.sendCommand('Page.addScriptToEvaluateOnNewDocument', { source })
    page.reload()
  })
  await waitFor(async () => (await window.screenAt()) === 'attract' && (await window.ask<boolean>('window.heardKeys !== undefined')), true)
}

/** A finger on the middle of it, no sooner than a person's: what is touched right after a screen changed is taken for a slip. */
async function touch(window: OpenWindow, selector: string): Promise<void> {
  const find = `document.querySelector(${JSON.stringify(selector)})`
  await waitFor(() => window.ask<boolean>(`${find} !== null`), true)
  await pause(SLIP_MS + 200)
  const spot = await window.ask<{ x: number; y: number }>(
    `(() => { const box = ${find}.getBoundingClientRect(); return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) } })()`,
  )
  await window.app.evaluate(({ BrowserWindow }, { x, y }) => {
    for (const type of ['mouseDown', 'mouseUp'] as const) BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({ type, x, y, button: 'left', clickCount: 1 })
  }, spot)
}
