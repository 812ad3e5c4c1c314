// The office's pages as they were built: read once at the start, packed where that helps, served under hashed names for ever
// and the page itself never from a cache. Pages run our scripts and nothing else, and may be framed by nobody.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { CONSOLE_PATH } from '../../contract/console/console-door.ts'

/** `media`: the origin that pictures have to themselves. */
export const consolePolicy = (media: string | null): string => [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", `img-src 'self' data: blob:${media === null ? '' : ` ${media}`}`, "connect-src 'self'", "form-action 'none'", "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.woff': 'font/woff', '.png': 'image/png',
}
const PACKED = new Set(['.js', '.css', '.svg'])

interface PageFile {
  type: string
  bytes: Buffer
  packed: Buffer | null
}

const NOT_BUILT = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>博爱小站 · 后台</title><p>后台页面尚未构建：npm run build。<p lang="en">The office is not built here: npm run build.'

export interface BuiltPages {
  path: string
  /** Of the build; null: it is not here. */
  folder: string | null
  policy: string
  /** Whether its pages may ask for the camera. */
  camera: boolean
  notBuilt: string
}

export function addConsolePages(app: FastifyInstance, folder: string | null, media: string | null): void {
  addBuiltPages(app, { path: CONSOLE_PATH, folder, policy: consolePolicy(media), camera: true, notBuilt: NOT_BUILT })
}

export function addBuiltPages(app: FastifyInstance, { path, folder, notBuilt, ...allowed }: BuiltPages): void {
  const index = folder === null || !existsSync(join(folder, 'index.html')) ? null : readFileSync(join(folder, 'index.html'))
  const files = folder === null || index === null ? new Map<string, PageFile>() : readFiles(join(folder, 'assets'))

  app.get(path, (_request, reply) => {
    guard(reply, allowed).type('text/html; charset=utf-8')
    return index === null ? reply.code(503).send(notBuilt) : reply.send(index)
  })
  app.get<{ Params: { file: string } }>(`${path}assets/:file`, (request, reply) => {
    const file = files.get(request.params.file)
    if (file === undefined) return reply.callNotFound()
    guard(reply, allowed).type(file.type).header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding')
    if (file.packed === null || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(file.bytes)
    return reply.header('content-encoding', 'gzip').send(file.packed)
  })
}

function guard(reply: FastifyReply, { policy, camera }: Pick<BuiltPages, 'policy' | 'camera'>): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('referrer-policy', 'no-referrer')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('permissions-policy', `camera=(${camera ? 'self' : ''}), microphone=(), geolocation=()`)
}

function readFiles(folder: string): Map<string, PageFile> {
  return new Map(
    readdirSync(folder).flatMap((name): [string, PageFile][] => {
      const kind = extname(name)
      const type = TYPES[kind]
      if (type === undefined) return []
      const bytes = readFileSync(join(folder, name))
      return [[name, { type, bytes, packed: PACKED.has(kind) ? gzipSync(bytes, { level: 9 }) : null }]]
    }),
  )
}
