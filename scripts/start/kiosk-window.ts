// Which window the kiosk opens in: Electron where it runs, else the machine's Chromium, else the default browser, else none.
// Decides and says why; every way shows the same station.

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { findElectron } from './electron-binary.ts'

export type KioskWindow =
  | { kind: 'electron'; binary: string; args: string[] }
  | { kind: 'browser'; binary: string; args: (url: string) => string[] }
  | { kind: 'none' }

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const CHROMIUM_ARGS = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run', '--no-default-browser-check', '--disable-features=Translate', '--disable-pinch', '--overscroll-history-navigation=0']

export async function chooseWindow(options: { wanted: boolean; dataFolder: string; say: (line: string) => void }): Promise<KioskWindow> {
  const { say } = options
  if (!options.wanted) {
    say('window: none, as asked (--no-window)')
    return { kind: 'none' }
  }
  if (!hasDisplay()) {
    say('window: none. There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so Electron was not tried: open the kiosk address in a browser')
    return { kind: 'none' }
  }
  const root = process.getuid?.() === 0
  const electron = await findElectron(say)
  if (electron.found) {
    say(`window: Electron (${electron.path})${root ? ', without its sandbox because this is root' : ''}`)
    return { kind: 'electron', binary: electron.path, args: root ? ['--no-sandbox', '.'] : ['.'] }
  }
  say(`window: not Electron, because ${electron.why}`)
  const chromium = CHROMIUMS.map(pathOf).find((path) => path !== null)
  if (chromium !== undefined && chromium !== null) {
    say(`window: Chromium instead (${chromium} --kiosk), the same station over a loopback socket`)
    const profile = `--user-data-dir=${join(options.dataFolder, 'chromium')}`
    return { kind: 'browser', binary: chromium, args: (url) => [...CHROMIUM_ARGS, ...(root ? ['--no-sandbox'] : []), profile, '--kiosk', `--app=${url}`] }
  }
  const opener = process.platform === 'darwin' ? pathOf('open') : pathOf('xdg-open')
  if (opener !== null) {
    say(`window: the default browser instead (${opener}), the same station over a loopback socket`)
    return { kind: 'browser', binary: opener, args: (url) => [url] }
  }
  say('window: none. Neither Electron nor Chromium nor a default browser is here: open the kiosk address in a browser')
  return { kind: 'none' }
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '')
}

function pathOf(name: string): string | null {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim() || null
  } catch (error) {
    // `command -v` answers 1 (dash: 127) where there is no such program.
    if (error instanceof Error && 'status' in error && typeof error.status === 'number') return null
    throw error
  }
}
