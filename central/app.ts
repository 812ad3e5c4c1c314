// Central's HTTP app, apart from listening. Owns the limits of a request and the shape of every error: a closed code, never
// words of ours, never a person's data, neither in an answer nor in the log.

import { fastify, type FastifyInstance } from 'fastify'
import { homePage } from './home-page.ts'
import { logOptions } from './log-options.ts'
import { type Database, isDatabaseBusy } from './store/database.ts'
import { sqlStore } from './store/sql-store.ts'
import { addSyncRoutes, PUSH_BODY_BYTES_MAX, sendSyncError } from './sync/sync-routes.ts'
import type { SyncContext } from './sync/sync-context.ts'

const REQUEST_MS_MAX = 30_000
export const REQUESTS_AT_ONCE_MAX = 256
const HEADERS_BYTES_MAX = 8_192

export interface CentralOptions extends Omit<SyncContext, 'store' | 'notice'> {
  database: Database
  /** Where log lines go; absent: nowhere. */
  logTo?: NodeJS.WritableStream
}

export function buildCentral(options: CentralOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: PUSH_BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    connectionTimeout: REQUEST_MS_MAX * 2,
    http: { maxHeaderSize: HEADERS_BYTES_MAX },
    forceCloseConnections: 'idle',
    logger: options.logTo === undefined ? false : logOptions(options.logTo),
  })
  let requestsNow = 0

  // Bodies stay the bytes that were sent: they are what is signed.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.addHook('onRequest', (_request, reply, done) => {
    requestsNow += 1
    let isLeft = false
    const leave = (): void => {
      if (!isLeft) requestsNow -= 1
      isLeft = true
    }
    // Answered in full, or the asker is gone: whichever is first.
    reply.raw.once('finish', leave)
    reply.raw.once('close', leave)
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
    if (requestsNow > REQUESTS_AT_ONCE_MAX) sendSyncError(reply, 'busy')
    else done()
  })

  app.setNotFoundHandler((_request, reply) => sendSyncError(reply, 'bad_request', 404))
  app.setErrorHandler((error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    if (status === 413) return sendSyncError(reply, 'too_large')
    if (status >= 400 && status < 500) return sendSyncError(reply, 'bad_request')
    if (isDatabaseBusy(error)) {
      request.log.warn({ err: error }, 'the database is busy')
      return sendSyncError(reply, 'busy')
    }
    request.log.error({ err: error }, 'a request failed')
    return sendSyncError(reply, 'internal')
  })

  app.get('/health', async () => {
    await options.database.query('SELECT 1')
    return { ok: true }
  })
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; style-src 'self'").send(homePage()))
  addSyncRoutes(app, { store: sqlStore(options.database), nowMs: options.nowMs, notice: (notice) => app.log.warn(notice, 'a station began anew') })
  return app
}
