// A real Electron window on the built app with the real station behind it, for tests/e2e/*.electron.test.ts. Finds the
// Electron of this machine, brings an X server where there is no display, and ends all it started.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { _electron, type ElectronApplication } from 'playwright'
import { onTestFinished } from 'vitest'
import { buildParts } from '../../scripts/build.ts'

const rootDir = join(import.meta.dirname, '..', '..')
/** Not dist/: a build in the middle of a test would pull the files from under it. */
const distDir = join(rootDir, 'tests', '.artifacts', 'window', 'dist')
const WAIT_MS_MAX = 20_000

/** The Electron that is there without a download, or null: then these tests cannot run on this machine. */
export function findElectron(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const candidates = [...(override === undefined ? [] : [join(override, 'electron')]), join(rootDir, 'node_modules', 'electron', 'dist', 'electron')]
  return candidates.find((file) => existsSync(file)) ?? null
}

export async function buildWindow(): Promise<void> {
  await buildParts(['main', 'preload', 'station', 'renderer'], distDir)
}

export interface LoggedLine {
  readonly event?: string
  readonly [name: string]: unknown
}

export interface OpenWindow {
  readonly app: ElectronApplication
  /** Runs in the page, also after it crashed and came back. */
  ask<Answer>(script: string): Promise<Answer>
  /** The name of the screen the page shows, null while there is none. */
  screenAt(): Promise<string | null>
  /** Sends physical keys through the window, as a keyboard would. */
  press(keys: readonly PhysicalKey[]): Promise<void>
  /** What the window said since it opened. */
  logged(event: string): readonly LoggedLine[]
  /** null while none runs. */
  stationPid(): number | null
  pagePid(): Promise<number>
  close(): Promise<void>
}

export interface PhysicalKey {
  keyCode: string
  modifiers?: ('control' | 'alt' | 'meta' | 'shift')[]
}

export async function openWindow(stationArguments: readonly string[]): Promise<OpenWindow> {
  const executablePath = findElectron()
  if (executablePath === null) throw new Error('no Electron: set ELECTRON_OVERRIDE_DIST_PATH or let npm fetch the one in package.json')
  const display = await findDisplay()
  const app = await _electron.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), join(distDir, 'main', 'main.cjs'), '--kiosk', '--', ...stationArguments],
    env: { ...definedEnvironment(), DISPLAY: display, BOAI_NODE: join(rootDir, 'node_modules', 'node', 'bin', 'node') },
    timeout: WAIT_MS_MAX,
  })
  const lines = collectLines(app.process())
  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await app.close()
  }
  onTestFinished(close)

  const opened: OpenWindow = {
    app,
    ask: <Answer>(script: string) =>
      app.evaluate(async ({ BrowserWindow }, code): Promise<Answer> => {
        const [window] = BrowserWindow.getAllWindows()
        if (window === undefined) throw new Error('no window')
        return (await window.webContents.executeJavaScript(code)) as Answer
      }, script),
    screenAt: async () => {
      const loaded = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => !window.webContents.isCrashed() && !window.webContents.isLoading()))
      return loaded ? opened.ask<string | null>(`document.querySelector('[data-screen]')?.dataset.screen ?? null`) : null
    },
    press: (keys) =>
      app.evaluate(({ BrowserWindow }, pressed) => {
        for (const { keyCode, modifiers = [] } of pressed) {
          for (const type of ['keyDown', 'char', 'keyUp'] as const) BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({ type, keyCode, modifiers })
        }
      }, [...keys]),
    logged: (event) => lines.filter((line) => line.event === event),
    stationPid: () => findChild(app.process().pid ?? 0, join('station', 'index.js')),
    pagePid: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0),
    close,
  }
  return opened
}

/** Waits until what `read` says is `wanted`, and answers how long it took. */
export async function waitFor<Value>(read: () => Promise<Value> | Value, wanted: Value): Promise<number> {
  const beganAtMs = performance.now()
  for (;;) {
    const value = await read()
    const tookMs = performance.now() - beganAtMs
    if (value === wanted) return tookMs
    if (tookMs > WAIT_MS_MAX) throw new Error(`waited ${WAIT_MS_MAX} ms for ${String(wanted)}, saw ${String(value)}`)
    await pause(20)
  }
}

/** The file of the program that a process runs. */
export function readProgram(pid: number): string {
  return readlinkSync(`/proc/${pid}/exe`)
}

function findChild(parent: number, argument: string): number | null {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').map(Number)
  return children.find((pid) => isRunning(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(argument)) ?? null
}

export function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}

async function findDisplay(): Promise<string> {
  const own = process.env['DISPLAY']
  if (own !== undefined && own !== '') return own
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1080x1920x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  onTestFinished(() => {
    server.kill()
  })
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', () => reject(new Error('no DISPLAY and no Xvfb: apt-get install xvfb')))
    server.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()))
  })
  return `:${number}`
}

function collectLines(electron: ChildProcess): LoggedLine[] {
  const lines: LoggedLine[] = []
  let rest = ''
  electron.stderr?.on('data', (data: Buffer) => {
    const parts = (rest + data.toString()).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.startsWith('{"time"')) lines.push(JSON.parse(part) as LoggedLine)
  })
  return lines
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
