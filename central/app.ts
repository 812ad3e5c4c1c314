// Central's HTTP app, apart from listening. Owns the limits of a request and the shape of every error: a closed code, never
// words of ours, never a person's data, neither in an answer nor in the log.

import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { fastify, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { CONSOLE_PATH } from '../contract/console/console-door.ts'
import { PUSH_PATH } from '../contract/sync/sync-protocol.ts'
import { admitRequests } from './admission.ts'
import { addConsoleRoutes } from './console/console-routes.ts'
import type { OfficeKeys } from './console/office-moment.ts'
import { homePage } from './home-page.ts'
import type { KeyFolder } from './keys/key-folder.ts'
import { officeBoxInMemory } from './keys/office-box.ts'
import { outsideLogInMemory } from './keys/outside-log.ts'
import { passKeysInMemory, passSigningKeys } from './keys/pass-key-file.ts'
import { makeSealingKeys } from './keys/sealing-keys.ts'
import { passSigner } from './passes.ts'
import { makeSigner } from './keys/signer.ts'
import { logOptions } from './log-options.ts'
import { addOperatorRoutes, type OperatorParts } from './operator/operator-routes.ts'
import { operatorToken } from './operator/operator-token.ts'
import { addMediaRoutes, type Media, type MediaParts } from './media/media-routes.ts'
import { objectsInMemory } from './media/memory-store.ts'
import { createMetrics, type MetricsOptions } from './ops/metrics.ts'
import { observeRequests, requestIds } from './ops/observe-requests.ts'
import { addOpsRoutes } from './ops/ops-routes.ts'
import { type Readiness, watchReadiness } from './ops/readiness.ts'
import { addHandOffRoutes } from './phone/hand-off-routes.ts'
import { addPhoneRoutes } from './phone/phone-routes.ts'
import { timeDatabase } from './ops/timed-database.ts'
import type { Database, OpenDatabase } from './store/database.ts'
import { isDatabaseBusy } from './store/database-errors.ts'
import { sqlStore } from './store/sql-store.ts'
import { PERSON_KEY_BYTES } from './words/person-key.ts'
import { readWakeup } from './store/wakeups.ts'
import { addEnrolRoute } from './sync/enrol-route.ts'
import type { RefusalCode } from './sync/sync-counters.ts'
import { addSyncRoutes, PUSH_BODY_BYTES_MAX, sendSyncError } from './sync/sync-routes.ts'
import type { SyncContext, SyncNotice } from './sync/sync-context.ts'
import { createProcessMemory } from './sync/process-memory.ts'
import { createWakeupHub, type WakeupHub } from './sync/wakeup-hub.ts'
import { tellFirstConsent } from './sync/consent.ts'
import { tellSealingKey } from './sync/sealing-key.ts'
import { addWakeupRoute } from './sync/wakeup-route.ts'

const REQUEST_MS_MAX = 30_000
const HEADERS_BYTES_MAX = 8_192
/** Shorter than what a load balancer waits for an answer. */
const READY_MS_MAX = 2_000

export interface CentralOptions {
  database: Database
  nowMs(): number
  /** What lies outside the database; absent: a key that is forgotten with the process. */
  keys?: Pick<KeyFolder, 'signer' | 'outside' | 'sealing'>
  /** Absent: a token that nobody knows. */
  operator?: Pick<OperatorParts, 'token' | 'publicUrl'>
  /** Absent: keys that are forgotten with the process, and no pages. */
  office?: { keys: OfficeKeys; pages: string | null }
  /** Addresses of the proxies in front, with commas: what they say of who asks is believed. Absent: nobody's word is. */
  trustedProxies?: string | undefined
  /** Where pictures lie; absent: they are forgotten with the process. */
  media?: Media
  /** The folder of the phones' built pages; absent: there are none. */
  phone?: { pages: string | null }
  /** Hears what is committed, by whichever process; absent: stations pull by their timers alone. */
  listen?: OpenDatabase['listen']
  /** Where log lines go; absent: nowhere. */
  logTo?: NodeJS.WritableStream
  metrics?: MetricsOptions
  questionsAtOnceMax?: number
}

const OPERATOR_TOKEN_BYTES = 32

const NOTICE_WORDS: Record<SyncNotice['notice'], string> = {
  station_began_anew: 'a station began anew',
  central_was_restored: 'a station knows more of central than the database: central was restored and recovers',
  station_known_again: 'a station that joined after the backup is known again by its certificate',
}

export interface Central extends FastifyInstance {
  readiness: Readiness
}

export function buildCentral(options: CentralOptions): Central {
  const app = fastify({
    trustProxy: options.trustedProxies ?? false,
    bodyLimit: PUSH_BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    connectionTimeout: REQUEST_MS_MAX * 2,
    http: { maxHeaderSize: HEADERS_BYTES_MAX },
    forceCloseConnections: 'idle',
    logger: options.logTo === undefined ? false : logOptions(options.logTo),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    genReqId: requestIds(),
  })
  const office = options.office ?? { keys: { box: officeBoxInMemory(), passKeys: passKeysInMemory() }, pages: null }
  const keys = options.keys ?? { signer: makeSigner(), outside: outsideLogInMemory(), sealing: makeSealingKeys() }
  const monotonicMs = (): number => performance.now()
  const metrics = createMetrics(options.metrics)
  const database = timeDatabase(options.database, monotonicMs, metrics.databaseWorked)
  const readiness = watchReadiness({
    database,
    answerMsMax: READY_MS_MAX,
    wait: (ms) => pause(ms, undefined, { ref: false }),
    failed: (error) => app.log.error({ err: error }, 'the database does not answer'),
  })
  const refused = (code: RefusalCode): void => metrics.count({ what: 'refusal', code })

  // Bodies stay the bytes that were sent: they are what is signed.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  observeRequests(app, metrics, monotonicMs)
  const media: MediaParts = { ...(options.media ?? { objects: objectsInMemory(), origin: null }), nowMs: options.nowMs, derive: office.keys.box.derive }
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
    done()
  })
  admitRequests(app, {
    batchPath: PUSH_PATH,
    batchBytesMax: PUSH_BODY_BYTES_MAX,
    questionsAtOnceMax: options.questionsAtOnceMax,
    refuse(reply) {
      refused('busy')
      sendSyncError(reply, 'busy')
    },
  })

  app.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' && request.url === CONSOLE_PATH.slice(0, -1)) return reply.redirect(CONSOLE_PATH, 303)
    refused('bad_request')
    return sendSyncError(reply, 'bad_request', 404)
  })
  app.setErrorHandler((error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    if (status === 413) {
      refused('too_large')
      return sendSyncError(reply, 'too_large')
    }
    if (status >= 400 && status < 500) {
      refused(isBodyCut(error, request) ? 'body_cut' : 'bad_request')
      return sendSyncError(reply, 'bad_request')
    }
    if (isDatabaseBusy(error)) {
      request.log.warn({ err: error }, 'the database is busy')
      refused('busy')
      return sendSyncError(reply, 'busy')
    }
    request.log.error({ err: error }, 'a request failed')
    refused('internal')
    return sendSyncError(reply, 'internal')
  })

  addMediaRoutes(app, media)
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; style-src 'self'").send(homePage()))
  addOpsRoutes(app, { readiness, metrics })
  const context: SyncContext = {
    store: sqlStore(database),
    nowMs: options.nowMs,
    signer: keys.signer,
    outside: keys.outside,
    sealing: keys.sealing,
    newPersonKey: () => randomBytes(PERSON_KEY_BYTES),
    index: office.keys.box.derive,
    signPass: (body) => passSigner(passSigningKeys(office.keys.passKeys))(body),
    notice: (notice) => app.log.warn(notice, NOTICE_WORDS[notice.notice]),
    counters: metrics,
    memory: createProcessMemory(),
  }
  app.addHook('onReady', async () => {
    await tellSealingKey(context.store, keys.sealing, options.nowMs())
    await tellFirstConsent(context.store, options.nowMs())
  })
  addSyncRoutes(app, context)
  addEnrolRoute(app, { store: context.store, nowMs: options.nowMs, ...keys })
  addOperatorRoutes(app, {
    database, store: context.store, nowMs: options.nowMs, keyPrint: keys.signer.keyPrint, outside: keys.outside, newId: randomUUID, randomBytes: (count) => randomBytes(count),
    ...(options.operator ?? { token: operatorToken(randomBytes(OPERATOR_TOKEN_BYTES).toString('base64url')), publicUrl: null }),
    notice: (act, done) => app.log.warn({ operator: act, ...done }, 'the operator acted'),
  })
  addConsoleRoutes(app, {
    database, nowMs: options.nowMs, publicUrl: options.operator?.publicUrl ?? null,
    ...office, outside: keys.outside, media,
  })
  const publicUrl = options.operator?.publicUrl ?? null
  addHandOffRoutes(app, { database, context, randomBytes: (count) => randomBytes(count), publicUrl })
  addPhoneRoutes(app, { database, context, publicUrl, pages: options.phone?.pages ?? null, media })
  const hub = createWakeupHub()
  addWakeupRoute(app, context, hub)
  if (options.listen !== undefined) hearChanges(app, hub, options.listen)
  return Object.assign(app, { readiness })
}

/** From before the app listens until after its last stream has ended. */
function hearChanges(app: FastifyInstance, hub: WakeupHub, listen: OpenDatabase['listen']): void {
  let end: () => Promise<void> = () => Promise.resolve()
  app.addHook('onReady', async () => {
    end = await listen({
      onPayload: (payload) => {
        const wakeup = readWakeup(payload)
        if (wakeup !== null) hub.take(wakeup)
      },
      onLost: () => hub.wakeAll(),
    })
  })
  app.addHook('onClose', () => end())
}

/** Fewer bytes came than were announced, or the sender went away in the middle of them. */
function isBodyCut(error: unknown, request: FastifyRequest): boolean {
  return !request.raw.complete || (error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
}
