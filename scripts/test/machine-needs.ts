// What the tests need beyond npm: a Chromium, the libraries of node-hid, umockdev, an X server for Electron's window. On
// Debian as root they are installed; elsewhere one line says what to install, and the run fails.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

interface Need {
  what: string
  packages: readonly string[]
  isThere: () => boolean
}

const onPath = (name: string): boolean => spawnSync('/bin/sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status === 0
const hasLibrary = (name: string): boolean => ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'].some((folder) => existsSync(`${folder}/${name}`))

const NEEDS: readonly Need[] = [
  { what: 'Chromium', packages: ['chromium'], isThere: () => ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some((path) => existsSync(path)) },
  { what: 'libusb and libudev (node-hid)', packages: ['libusb-1.0-0', 'libudev1'], isThere: () => hasLibrary('libusb-1.0.so.0') && hasLibrary('libudev.so.1') },
  { what: 'umockdev (a scanner without hardware)', packages: ['umockdev'], isThere: () => onPath('umockdev-run') },
]

const WINDOW_NEEDS: readonly Need[] = [
  { what: 'an X server (Xvfb)', packages: ['xvfb', 'xauth'], isThere: () => onPath('Xvfb') },
  {
    what: 'the libraries of Electron',
    packages: ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libnotify4', 'libxss1', 'libxtst6', 'libatspi2.0-0', 'libsecret-1-0', 'libdrm2'],
    isThere: () => ['libgtk-3.so.0', 'libnss3.so', 'libgbm.so.1', 'libasound.so.2'].every(hasLibrary),
  },
]

/** Installs what is missing or throws with one line that says what to install. */
export function bringMachineNeeds(options: { window: boolean; say: (line: string) => void }): void {
  const missing = [...NEEDS, ...(options.window ? WINDOW_NEEDS : [])].filter((need) => !need.isThere())
  if (missing.length === 0) return
  const packages = missing.flatMap((need) => need.packages)
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (process.getuid?.() !== 0 || !onPath('apt-get')) throw new Error(`missing ${missing.map((need) => need.what).join(', ')}; install them first: ${install}`)
  options.say(`installing ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: ['ignore', 'ignore', 'inherit'], env })
}
