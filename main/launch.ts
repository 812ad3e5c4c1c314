// Owns what the window was started with and where its parts lie, in a package and in a checkout. Pure: plain data in and out.
// It keeps the station off Electron's own Node: the pinned Node binary is named here and nowhere else.

import { join, resolve } from 'node:path'

export type LaunchFacts = {
  readonly argv: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly isPackaged: boolean
  /** The folder of the built main module: `dist/main`, in the package inside the asar. */
  readonly mainDir: string
  /** Electron's `process.resourcesPath`. */
  readonly resourcesDir: string
}

export type Launch = {
  /** The whole screen, and no way out but a signal: always in a package, in a checkout with `--kiosk`. */
  readonly locked: boolean
  readonly nodeBinary: string
  readonly stationEntry: string
  readonly stationArguments: readonly string[]
  readonly stationEnvironment: Readonly<Record<string, string | undefined>>
  /** The window's own profile; beside the station's data, so that two stations can run side by side. null: Electron's choice. */
  readonly profileDir: string | null
  readonly rendererDir: string
  readonly preloadFile: string
}

export function readLaunch(facts: LaunchFacts): Launch {
  const { argv, environment, isPackaged, mainDir, resourcesDir } = facts
  const separator = argv.indexOf('--')
  const own = separator === -1 ? argv : argv.slice(0, separator)
  const stationArguments = separator === -1 ? readArgumentList(environment['BOAI_STATION_ARGS']) : argv.slice(separator + 1)
  const dataDir = readOption(stationArguments, '--data')
  const rootDir = join(mainDir, '..', '..')
  return {
    locked: isPackaged || own.includes('--kiosk'),
    nodeBinary: isPackaged ? join(resourcesDir, 'node', 'node') : (environment['BOAI_NODE'] ?? join(rootDir, 'node_modules', '.bin', 'node')),
    stationEntry: isPackaged ? join(resourcesDir, 'station', 'index.js') : join(rootDir, 'dist', 'station', 'index.js'),
    stationArguments,
    stationEnvironment: withoutElectron(environment),
    profileDir: dataDir === null ? null : join(resolve(dataDir), 'window'),
    rendererDir: join(mainDir, '..', 'renderer'),
    preloadFile: join(mainDir, '..', 'preload', 'preload.cjs'),
  }
}

function readArgumentList(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return []
  const list: unknown = JSON.parse(text)
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'string')) throw new Error('BOAI_STATION_ARGS is not a JSON array of strings')
  return list
}

function readOption(list: readonly string[], name: string): string | null {
  const inline = list.find((entry) => entry.startsWith(`${name}=`))
  if (inline !== undefined) return inline.slice(name.length + 1)
  const at = list.indexOf(name)
  return at === -1 ? null : (list[at + 1] ?? null)
}

/** What steers Electron or a Node must not reach the station through the window: it is tested without. */
function withoutElectron(environment: LaunchFacts['environment']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('ELECTRON_') && !name.startsWith('BOAI_STATION_ARGS') && name !== 'NODE_OPTIONS' && name !== 'NODE_CHANNEL_FD'),
  )
}
