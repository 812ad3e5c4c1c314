// The doors of handed-over phones over HTTP, and their pages. A code opens one session, once; the session's cookie is for the doors
// of its purpose and sent by our own pages alone. Nothing personal is in an address, a log line or an error.

import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type AskedOf, openDoor, type Opened, PHONE_DOORS, type PhoneAnswer, type PhoneDoor, phoneDoorPath, type PhoneRefusal, resumeDoor, wishPhotoDoor } from '../../contract/phone/phone-doors.ts'
import { PHONE_PATH } from '../../contract/sync/hand-off.ts'
import { hasOnlyText } from '../console/only-text.ts'
import { addBuiltPages } from '../console/page-files.ts'
import { isOwnPage } from '../console/session-cookie.ts'
import { answerPhoto, type MediaParts, sendPhoto } from '../media/media-routes.ts'
import type { Database, Queryable } from '../store/database.ts'
import { type HandOffRow, lockByCode, lockBySession, markOpened, wakeStation } from '../store/hand-offs.ts'
import { findWishPhoto } from '../store/photos.ts'
import { readMaskedNames } from '../store/rider-names.ts'
import { sqlTransaction } from '../store/sql-store.ts'
import { parseJson } from '../sync/push-batch.ts'
import { mirrorReader, type SyncContext } from '../sync/sync-context.ts'
import { TryLimit } from '../sync/try-limit.ts'
import { addCalendarRoutes } from './calendar-routes.ts'
import { codeHash } from './hand-off-routes.ts'
import { PHONE_ACTS } from './phone-acts.ts'
import { PHONE_STATUS } from './phone-door-descriptions.ts'
import { PHONE_SESSION_MS_MAX, phoneCookie, phoneToken, tokenHash } from './phone-session.ts'

export interface PhoneParts {
  database: Database
  context: SyncContext
  publicUrl: string | null
  /** The folder of the built pages; null: there are none here. */
  pages: string | null
  media: MediaParts
}

const BODY_BYTES_MAX = 64 * 1024
const TOKEN_BYTES = 32
/** A code has 80 random bits: this only bounds the work. A whole district may sit behind one address. */
const OPEN_TRIES = { fromOneMax: 200, overallMax: 2_000, windowMs: 10 * 60_000 }

/** `media`: the origin that pictures have to themselves. */
export const phonePolicy = (media: string | null): string => [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", `img-src 'self' data: blob:${media === null ? '' : ` ${media}`}`, "connect-src 'self'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ')

type Found = { ok: true; row: HandOffRow } | { ok: false; error: PhoneRefusal }

export function addPhoneRoutes(app: FastifyInstance, parts: PhoneParts): void {
  const { database, context } = parts
  const acts = new Map(PHONE_ACTS.map((one) => [one.door.name, one]))
  const tries = new TryLimit(OPEN_TRIES)

  for (const door of PHONE_DOORS as readonly PhoneDoor[]) {
    app.post(phoneDoorPath(door.name), { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
      if (!isOwnPage(request, parts.publicUrl)) return send(reply, { ok: false, error: 'foreign_request' })
      const body = parseJson(request.body instanceof Uint8Array ? request.body : new Uint8Array())
      const asked = hasOnlyText(body) ? door.request.safeParse(body) : null
      if (asked === null || !asked.success) return send(reply, { ok: false, error: 'bad_request' })
      if (door.purposes === null) {
        const nowMs = context.nowMs()
        if (tries.left(request.ip, nowMs) === 'used_up') return send(reply, { ok: false, error: 'too_many_tries' })
        const token = randomBytes(TOKEN_BYTES).toString('base64url')
        const outcome = await openCode(parts, asked.data as AskedOf<typeof openDoor>, token)
        if (!outcome.ok) tries.fail(request.ip, nowMs)
        else reply.header('set-cookie', phoneCookie(request, token))
        return send(reply, outcome)
      }
      const token = phoneToken(request)
      if (token === null) return send(reply, { ok: false, error: 'session_over' })
      if (door === wishPhotoDoor) return showPhoto(reply, token, asked.data as AskedOf<typeof wishPhotoDoor>)
      return send(reply, await inSession(parts, door, token, (moment) => (door === resumeDoor ? opened(moment.sql, moment.handOff, context) : (acts.get(door.name)?.answer(moment, asked.data) ?? nobodyAnswers(door)))))
    })
  }

  addCalendarRoutes(app, { database, nowMs: () => context.nowMs() })
  addBuiltPages(app, { path: PHONE_PATH, folder: parts.pages, policy: phonePolicy(parts.media.origin), camera: false, notBuilt: NOT_BUILT })

  /** The picture is read when the session is no longer locked. */
  async function showPhoto(reply: FastifyReply, token: string, { wish }: AskedOf<typeof wishPhotoDoor>): Promise<FastifyReply> {
    const found = await inSession(parts, wishPhotoDoor, token, async ({ sql, handOff }) => {
      const photo = handOff.rider === null ? null : await findWishPhoto(sql, wish, { rider: handOff.rider })
      return photo === null ? { ok: false, error: 'photo_gone' } : { ok: true, answer: photo }
    })
    if (!found.ok) return send(reply, found)
    const answer = await answerPhoto(parts.media, String(found.answer))
    if (answer === null) return send(reply, { ok: false, error: 'photo_gone' })
    return 'photo' in answer ? sendPhoto(reply, answer.photo) : send(reply, { ok: true, answer })
  }

  function inSession(
    { database: sql }: { database: Database }, door: PhoneDoor, token: string, answer: (moment: Parameters<(typeof PHONE_ACTS)[number]['answer']>[0]) => Promise<PhoneAnswer<unknown>>,
  ): Promise<PhoneAnswer<unknown>> {
    return refusable(sql, async (transaction) => {
      const nowMs = context.nowMs()
      const found = await lockBySession(transaction, tokenHash(token))
      if (found === null || found.closedAtMs !== null || (found.sessionEndsAtMs ?? 0) <= nowMs) return { ok: false, error: 'session_over' }
      if (door.purposes !== null && !door.purposes.includes(found.purpose)) return { ok: false, error: 'other_purpose' }
      return answer({ sql: transaction, context, handOff: found, nowMs, newId: randomUUID, randomBytes: (count) => randomBytes(count) })
    })
  }

  async function openCode(_parts: PhoneParts, { code }: AskedOf<typeof openDoor>, token: string): Promise<PhoneAnswer<Opened>> {
    return refusable(database, async (transaction) => {
      const nowMs = context.nowMs()
      const found = mayOpen(await lockByCode(transaction, codeHash(code)), nowMs)
      if (!found.ok) return found
      await markOpened(transaction, found.row.id, { hash: tokenHash(token), endsAtMs: nowMs + PHONE_SESSION_MS_MAX }, nowMs)
      await wakeStation(transaction, found.row)
      return opened(transaction, { ...found.row, openedAtMs: nowMs, sessionEndsAtMs: nowMs + PHONE_SESSION_MS_MAX }, context)
    })
  }
}

function mayOpen(row: HandOffRow | null, nowMs: number): Found {
  if (row === null) return { ok: false, error: 'code_unknown' }
  if (row.openedAtMs !== null) return { ok: false, error: 'code_used' }
  return row.closedAtMs !== null || row.codeEndsAtMs <= nowMs ? { ok: false, error: 'code_expired' } : { ok: true, row }
}

async function opened(sql: Queryable, handOff: HandOffRow, context: SyncContext): Promise<PhoneAnswer<Opened>> {
  const { station, district, rider, purpose, sessionEndsAtMs, receivedAtMs } = handOff
  const nowMs = context.nowMs()
  const [place] = await sql.query<{ name: Opened['stationName'] }>('SELECT name FROM stations WHERE station_id = $1', [station])
  const reader = mirrorReader({ station, district, incarnation: handOff.id, includedSeq: 0 }, nowMs)
  const [consent] = purpose === 'register' ? await sqlTransaction(sql).readMirrorFacts('consent', reader, []) : []
  return {
    ok: true,
    answer: {
      purpose, stationName: place?.name ?? { zh: '', en: '' }, maskedName: rider === null ? null : ((await readMaskedNames(sql, [rider])).get(rider) ?? '*'),
      leftMs: Math.max(0, (sessionEndsAtMs ?? nowMs) - nowMs), consent: consent ?? null, received: receivedAtMs !== null,
    },
  }
}

/** A refusal leaves nothing behind, whatever was written before it. */
async function refusable<Answer>(database: Database, work: (transaction: Queryable) => Promise<PhoneAnswer<Answer>>): Promise<PhoneAnswer<Answer>> {
  try {
    return await database.transaction('write', async (transaction) => {
      const outcome = await work(transaction)
      if (!outcome.ok) throw new Refused(outcome.error)
      return outcome
    })
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal }
    throw error
  }
}

class Refused extends Error {
  readonly refusal: PhoneRefusal
  constructor(refusal: PhoneRefusal) {
    super(refusal)
    this.refusal = refusal
  }
}

function nobodyAnswers({ name }: PhoneDoor): never {
  throw new Error(`${name} is answered by nobody`)
}

function send(reply: FastifyReply, outcome: PhoneAnswer<unknown>): FastifyReply {
  reply.verdict = outcome.ok ? 'ok' : outcome.error
  return reply.code(outcome.ok ? 200 : PHONE_STATUS[outcome.error]).type('application/json; charset=utf-8').send(JSON.stringify(outcome))
}

const NOT_BUILT = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>博爱小站</title><p>手机页面尚未构建：npm run build。<p lang="en">The phone pages are not built here: npm run build.'
