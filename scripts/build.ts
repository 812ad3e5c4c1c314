// Builds everything that runs outside of the tests: window, bridge, station, central, office and screen, in one Node process.
// `npm run build`, or `node scripts/build.ts main preload` for some of it; the result is in dist/.

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const rootDir = join(import.meta.dirname, '..')
export const BUILD_PARTS = ['main', 'preload', 'station', 'central', 'console', 'phone', 'renderer'] as const
export type BuildPart = (typeof BUILD_PARTS)[number]

export async function buildParts(parts: readonly BuildPart[] = BUILD_PARTS, distDir: string = join(rootDir, 'dist')): Promise<void> {
  mkdirSync(distDir, { recursive: true })
  // Apart, and put in place whole: another start on this machine may be running on what is there.
  const buildDir = mkdtempSync(join(distDir, '.build-'))
  try {
    await Promise.all(parts.map((part) => buildPart(part, join(buildDir, part))))
    for (const part of parts) replaceFolder(join(distDir, part), join(buildDir, part), join(buildDir, `${part}-before`))
  } finally {
    rmSync(buildDir, { recursive: true, force: true })
  }
}

async function buildPart(part: BuildPart, outDir: string): Promise<void> {
  await build({
    root: rootDir,
    configFile: join(rootDir, `vite.${part}.config.ts`),
    configLoader: 'native',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 2_000 },
  })
}

function replaceFolder(place: string, fresh: string, before: string): void {
  if (existsSync(place)) renameSync(place, before)
  renameSync(fresh, place)
}

function isBuildPart(name: string): name is BuildPart {
  return BUILD_PARTS.some((part) => part === name)
}

if (import.meta.main) {
  const names = process.argv.slice(2)
  const parts = names.filter(isBuildPart)
  if (parts.length !== names.length) throw new Error(`parts are ${BUILD_PARTS.join(', ')}`)
  const startedAtMs = performance.now()
  await buildParts(parts.length === 0 ? BUILD_PARTS : parts)
  process.stdout.write(`built ${(parts.length === 0 ? BUILD_PARTS : parts).join(', ')} in ${Math.round(performance.now() - startedAtMs)} ms\n`)
}
