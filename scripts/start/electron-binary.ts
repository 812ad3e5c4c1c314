// Finds an Electron that can run, or downloads the pinned one with its progress said, and gives up when the download fails or
// stalls. The npm package fetches its binary on first use only, without a limit; here it has one.

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

export type ElectronBinary = { found: true; path: string } | { found: false; why: string }

interface DownloadOptions {
  version: string
  artifactName: string
  platform: string
  arch: string
  checksums: unknown
  downloadOptions: { signal: AbortSignal; quiet: boolean; getProgressCallback: (progress: { transferred: number; total: number | null }) => Promise<void> }
}
/** What is used of @electron/get, the electron package's own downloader. */
interface ElectronGet {
  downloadArtifact(options: DownloadOptions): Promise<string>
}

const STALL_MS_MAX = 15_000
const EXTRACT_MS_MAX = 120_000
const SAY_EVERY_MS = 2_000
const execFileAsync = promisify(execFile)

export async function findElectron(say: (line: string) => void): Promise<ElectronBinary> {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override !== undefined && existsSync(join(override, 'electron'))) return { found: true, path: join(override, 'electron') }
  const requireHere = createRequire(import.meta.url)
  const packageFile = requireHere.resolve('electron/package.json')
  const folder = dirname(packageFile)
  const installed = installedBinary(folder)
  if (installed !== null) return { found: true, path: installed }
  return download(folder, say)
}

async function download(folder: string, say: (line: string) => void): Promise<ElectronBinary> {
  const requireElectron = createRequire(join(folder, 'package.json'))
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const { downloadArtifact } = requireElectron('@electron/get') as ElectronGet
  const stop = new AbortController()
  let lastBytesAtMs = performance.now()
  let lastSaidAtMs = 0
  const watchdog = setInterval(() => {
    if (performance.now() - lastBytesAtMs > STALL_MS_MAX) stop.abort(new Error(`nothing came for ${STALL_MS_MAX / 1000} s`))
  }, 500)
  say(`downloading Electron ${version} (once) …`)
  try {
    const archive = downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: requireElectron('./checksums.json'),
      downloadOptions: {
        signal: stop.signal,
        quiet: true,
        getProgressCallback: async ({ transferred, total }) => {
          lastBytesAtMs = performance.now()
          if (lastBytesAtMs - lastSaidAtMs < SAY_EVERY_MS) return
          lastSaidAtMs = lastBytesAtMs
          say(`downloading Electron: ${(transferred / 1e6).toFixed(0)} MB${total === null ? '' : ` of ${(total / 1e6).toFixed(0)}`}`)
        },
      },
    })
    await Promise.race([archive, aborted(stop.signal)])
    clearInterval(watchdog)
    // The package's own installer finds the archive in the cache, checks it again and unpacks it.
    await execFileAsync(process.execPath, [join(folder, 'install.js')], { timeout: EXTRACT_MS_MAX })
    const installed = installedBinary(folder)
    return installed === null ? { found: false, why: 'the download did not unpack' } : { found: true, path: installed }
  } catch (error) {
    return { found: false, why: `the download failed: ${reasonOf(error)}` }
  } finally {
    clearInterval(watchdog)
  }
}

function installedBinary(folder: string): string | null {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(path) ? path : null
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason instanceof Error ? signal.reason : new Error('stopped')), { once: true })
  })
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
