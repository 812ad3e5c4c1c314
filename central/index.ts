// The central process: node central/index.ts --data DIR --port N [--host H] [--demo FILE] [--drain-ms N]
// [--console DIR] [--phone DIR]. Joins database, app
// and clock, says when it is ready, and ends cleanly on a signal or when the process that started it is gone: first it says
// that it is not ready, then, after --drain-ms, it takes no more requests.

import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildCentral } from './app.ts'
import { startNightlyBackups } from './backups/nightly-backup.ts'
import { openOfficeBox } from './keys/office-box.ts'
import { openOperatorToken } from './operator/operator-token.ts'
import { type KeyFolder, openKeyFolder } from './keys/key-folder.ts'
import { movePassKeysOut } from './keys/pass-key-file.ts'
import { startFlagging } from './limits/flag-excess.ts'
import { noteErasures } from './people/note-erasures.ts'
import { moveNames } from './people/move-names.ts'
import { mediaOrigin, openObjectStore } from './media/media-settings.ts'
import type { Media } from './media/media-routes.ts'
import { startSweeping } from './media/sweep-photos.ts'
import { PERSON_KEY_BYTES } from './words/person-key.ts'
import { describeError } from './log-options.ts'
import { beginHistory } from './store/changes.ts'
import type { OpenDatabase, Queryable } from './store/database.ts'
import { migrate } from './store/migrate.ts'
import { openPglite, type PgliteDatabase } from './store/pglite-database.ts'
import { sqlStore, sqlTransaction } from './store/sql-store.ts'
import { openPostgres } from './store/postgres-database.ts'
import { noticeAtStart, noticingSetBack, type SetBackParts } from './sync/notice-set-back.ts'
import { startReplaying } from './sync/replay-parked.ts'
import { startTending } from './trainings/tend-trainings.ts'
import { startLapsing } from './wishes/lapse-by-clock.ts'

const CLOSE_MS_MAX = 10_000
/** Official time, everywhere in the country. */
const UTC_OFFSET_MINUTES = 480
const BACKLOG = 4_096
const DRAIN_MS_MAX = 120_000

interface CentralArguments {
  /** null: the database is at DATABASE_URL alone. */
  data: string | null
  port: number
  host: string
  demo: string | undefined
  drainMs: number
  /** The folders of the built pages: the office's and the phones'. */
  pages: string
  phone: string
}

function readArguments(): CentralArguments {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' }, demo: { type: 'string' }, 'drain-ms': { type: 'string' }, console: { type: 'string' }, phone: { type: 'string' } },
  })
  const port = Number(values.port ?? '0')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port is a number from 0 to 65535')
  if (values.data === undefined && process.env['DATABASE_URL'] === undefined) throw new Error('--data DIR or DATABASE_URL says where the database is')
  const drainMs = Number(values['drain-ms'] ?? '0')
  if (!Number.isInteger(drainMs) || drainMs < 0 || drainMs > DRAIN_MS_MAX) throw new Error(`--drain-ms is a number from 0 to ${DRAIN_MS_MAX}`)
  return { data: values.data ?? null, port, host: values.host ?? '127.0.0.1', demo: values.demo, drainMs, pages: values.console ?? builtPages('console'), phone: values.phone ?? builtPages('phone') }
}

/** Beside this program where it is built, in dist/ where it runs from its sources. */
function builtPages(name: 'console' | 'phone'): string {
  return join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? `../dist/${name}` : `../${name}`)
}

async function openDatabase(data: string | null): Promise<OpenDatabase | PgliteDatabase> {
  const url = process.env['DATABASE_URL']
  if (url === undefined) return openPglite(data ?? '')
  return openPostgres(url, (error) => process.stderr.write(`${JSON.stringify({ level: 'error', err: describeError(error) })}\n`))
}

async function run(): Promise<void> {
  const options = readArguments()
  const keys = openKeyFolder({ data: options.data, keyFile: process.env['BOAI_CENTRAL_KEY'] ?? null })
  const token = openOperatorToken(keys.folder, process.env['BOAI_OPERATOR_TOKEN'], () => randomBytes(32).toString('base64url'))
  const office = { keys: { box: openOfficeBox(keys.folder), passKeys: keys.passKeys }, pages: options.pages }
  const opened = await openDatabase(options.data)
  await migrate(opened)
  await opened.actAs('program')
  await beginHistory(opened, randomUUID())
  const database = await thatNoticesSetBack(opened, keys)
  await movePassKeysOut(database, keys.passKeys)
  await moveNames(database, { newPersonKey: () => randomBytes(PERSON_KEY_BYTES), index: office.keys.box.derive }, Date.now())
  await noteErasures(database, keys.outside)
  if (options.demo !== undefined) {
    const { applyDemo } = await import('./demo/apply-demo.ts')
    await applyDemo(database, options.demo, Date.now(), office.keys)
  }
  const publicUrl = process.env['BOAI_PUBLIC_URL'] ?? null
  const media: Media = { objects: openObjectStore(process.env, keys.folder), origin: mediaOrigin(process.env, publicUrl) }
  const app = buildCentral({ database, media, nowMs: () => Date.now(), keys, operator: { token, publicUrl }, logTo: process.stderr, listen: (listener) => database.listen(listener), metrics: { poolUse: () => database.poolUse(), ofProcess: true }, trustedProxies: process.env['BOAI_TRUSTED_PROXIES'], office, phone: { pages: options.phone } })
  // All stations of a district may knock at once; beyond it the kernel lets them wait for a second.
  await app.listen({ host: options.host, port: options.port, backlog: BACKLOG })

  const stopBackups = options.data !== null && 'dump' in database ? beginBackups(app, database, options.data) : () => Promise.resolve()

  const stopLapsing = startLapsing({ store: sqlStore(database), nowMs: () => Date.now(), failed: (error) => app.log.error({ err: error }, 'no lease was looked at') })
  const stopTending = startTending({ store: sqlStore(database), nowMs: () => Date.now(), failed: (error) => app.log.error({ err: error }, 'no training was looked at') })

  const stopReplaying = startReplaying({
    store: sqlStore(database), nowMs: () => Date.now(), replayed: (events) => app.log.info({ events }, 'events that were parked are booked'), failed: (error) => app.log.error({ err: error }, 'what is parked was not looked at'),
  })

  const stopSweeping = startSweeping({ database, objects: media.objects, nowMs: () => Date.now(), failed: (error) => app.log.error({ err: error }, 'photos that nobody needs are not all gone') })

  const stopFlagging = startFlagging({ database, failed: (error) => app.log.error({ err: error }, 'no limit was looked at') })

  let isClosing = false
  const close = (): void => {
    if (isClosing) return
    isClosing = true
    app.readiness.stop()
    setTimeout(() => process.exit(1), options.drainMs + CLOSE_MS_MAX).unref()
    pause(options.drainMs)
      .then(() => app.close())
      .then(stopBackups)
      .then(stopLapsing)
      .then(stopTending)
      .then(stopReplaying)
      .then(stopSweeping)
      .then(stopFlagging)
      .then(() => database.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      )
  }
  process.on('SIGTERM', close)
  process.on('SIGINT', close)
  if (process.send !== undefined) process.on('disconnect', close)

  const url = addressOf(app.server.address(), options.host)
  if (process.send === undefined) process.stdout.write(`central ${url}\n`)
  else process.send({ type: 'ready', url })
}

/** The embedded database has nobody else who would. */
function beginBackups(app: ReturnType<typeof buildCentral>, database: PgliteDatabase, data: string): () => Promise<void> {
  return startNightlyBackups({
    database, store: sqlStore(database), folder: join(data, 'backups'), nowMs: () => Date.now(), utcOffsetMinutes: UTC_OFFSET_MINUTES,
    done: ({ number, bytes }) => app.log.info({ number, bytes }, 'a backup is made and proven'),
    failed: (error) => app.log.error({ err: error }, 'no backup was made'),
  })
}

/** Whatever writes from here on looks first whether all is there that once was. */
async function thatNoticesSetBack(opened: OpenDatabase | PgliteDatabase, { marker, outside }: KeyFolder): Promise<OpenDatabase | PgliteDatabase> {
  const parts: SetBackParts<Queryable> = {
    storeOf: sqlTransaction, marker, outside, newHistory: randomUUID, nowMs: () => Date.now(),
    noticed: () => void process.stderr.write(`${JSON.stringify({ level: 'warn', msg: 'the database holds less than it once did: central was restored and recovers' })}\n`),
  }
  const transaction = noticingSetBack(opened.transaction, parts)
  await noticeAtStart(transaction, parts)
  return { ...opened, transaction }
}

function addressOf(address: ReturnType<import('node:net').Server['address']>, host: string): string {
  if (address === null || typeof address === 'string') throw new Error('central listens on no port')
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
}

function fail(error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  process.stderr.write(`central does not run: ${message}\n`)
  process.send?.({ type: 'failed', message })
  process.exit(1)
}

run().catch(fail)
