// Builds and packs the folder a station is given: out/linux-unpacked. `npm run package`. Electron comes from the folder in
// ELECTRON_OVERRIDE_DIST_PATH where that is set, else electron-builder fetches the pinned one.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Configuration, Platform } from 'electron-builder'
import { buildParts } from './build.ts'
import { endWith, readCommandLine } from './command-line.ts'

const rootDir = join(import.meta.dirname, '..')

export async function packStation(): Promise<string> {
  // Not dist/: what is packed must not change under the packer when somebody starts the demo.
  const builtDir = join(rootDir, 'out', 'built')
  await buildParts(['main', 'preload', 'station', 'renderer'], builtDir)
  // The station's bundle is an ES module; without this file beside it Node would have to guess.
  writeFileSync(join(builtDir, 'station', 'package.json'), '{ "type": "module" }\n')
  const electron = findElectron()
  try {
    await build({
      projectDir: rootDir,
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      config: { extends: 'electron-builder.yml', ...electron },
    })
  } catch (error) {
    if (electron.electronDist !== undefined || !(error instanceof Error)) throw error
    throw new Error(`${error.message} (where Electron can not be fetched, name a folder that has it in ELECTRON_OVERRIDE_DIST_PATH)`, { cause: error })
  }
  const packedDir = join(rootDir, 'out', 'linux-unpacked')
  // An Electron folder may bring an app of its own; the fuse keeps it from being loaded, and it has no business there.
  rmSync(join(packedDir, 'resources', 'app'), { recursive: true, force: true })
  return packedDir
}

function findElectron(): Pick<Configuration, 'electronDist' | 'electronVersion'> {
  const electronDist = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (electronDist === undefined || electronDist === '') return {}
  const versionFile = join(electronDist, 'version')
  if (!existsSync(versionFile)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH has no file named version: ${electronDist}`)
  return { electronDist, electronVersion: readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') }
}

if (import.meta.main) {
  readCommandLine('npm run package', 'no option; ELECTRON_OVERRIDE_DIST_PATH names a folder with Electron where it can not be fetched', { options: {} })
  const startedAtMs = performance.now()
  const packedDir = await packStation().catch((error: unknown) => endWith('npm run package', error instanceof Error ? error.message : String(error)))
  process.stdout.write(`packed ${packedDir} in ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s\n`)
}
