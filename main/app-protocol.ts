// Owns `app://kiosk/`: the built screen and nothing else of the disk. The files are listed once at the start, and only what is
// on the list is served, so there is no path to climb out of. Every response carries the content security policy.

import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = 'app://kiosk'
export const START_URL = `${APP_ORIGIN}/`

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    'media-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
}

/** From a URL's path to the file that answers it. */
export type AppFiles = ReadonlyMap<string, string>

export function listAppFiles(rootDir: string): AppFiles {
  const files = new Map<string, string>()
  const visit = (dir: string, path: string): void => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (entry.isDirectory()) visit(join(dir, entry.name), `${path}${entry.name}/`)
      else if (entry.isFile()) files.set(`${path}${entry.name}`, join(dir, entry.name))
    }
  }
  visit(rootDir, '/')
  return files
}

export function findAppFile(files: AppFiles, url: string): string | null {
  const path = readAppPath(url)
  if (path === null) return null
  return files.get(path === '/' ? '/index.html' : path) ?? null
}

export async function answerAppRequest(files: AppFiles, request: { readonly url: string; readonly method: string }): Promise<Response> {
  const file = request.method === 'GET' ? findAppFile(files, request.url) : null
  if (file === null) return new Response(null, { status: 404, headers: { ...SECURITY_HEADERS } })
  const body = new Uint8Array(await readFile(file))
  return new Response(body, { headers: { ...SECURITY_HEADERS, 'content-type': contentTypes[extname(file)] ?? 'application/octet-stream' } })
}

/** Who speaks is the kiosk's own page and no other. */
export function isAppPage(url: string | undefined): boolean {
  return url !== undefined && readAppPath(url) !== null
}

/** What the page may load at all: itself, and what it made in memory. */
export function isLoadable(url: string): boolean {
  return isAppPage(url) || url.startsWith('data:') || url.startsWith(`blob:${APP_ORIGIN}/`)
}

function readAppPath(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, username, port, pathname } = new URL(url)
  if (protocol !== `${APP_SCHEME}:` || host !== 'kiosk' || username !== '' || port !== '') return null
  try {
    return decodeURIComponent(pathname)
  } catch {
    // A malformed escape names no file.
    return null
  }
}
