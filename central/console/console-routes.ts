// The office's doors over HTTP, and its pages. Every door is a POST of JSON from a page of central itself: a session's cookie
// alone, sent from anywhere else, does nothing. Roles are looked up before a door hears anything. Answers are closed.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { type AskedOf, CONSOLE_PATH, type ConsoleDoor, consoleDoorPath, type OfficeAnswer, type OfficeRefusal } from '../../contract/console/console-door.ts'
import { CONSOLE_DOORS, type ConsoleDoorName } from '../../contract/console/console-doors.ts'
import { certificateSheetDoor } from '../../contract/console/certificates.ts'
import { exportDoor, type ExportFormat } from '../../contract/console/export.ts'
import { finishPhotoDoor, wishPhotoDoor } from '../../contract/console/photos.ts'
import { passkeyOptionsDoor, passkeySignInDoor } from '../../contract/console/passkeys.ts'
import { passesDoor } from '../../contract/console/passes.ts'
import { acceptInvitationDoor, openInvitationDoor, signInDoor } from '../../contract/console/session.ts'
import { type MediaParts, sendPhoto } from '../media/media-routes.ts'
import type { OutsideLog } from '../keys/outside-log.ts'
import type { Database, Queryable } from '../store/database.ts'
import { parseJson } from '../sync/push-batch.ts'
import { CONSOLE_STATUS } from './console-door-descriptions.ts'
import { type Admitted, DOOR_ROLES } from './door-roles.ts'
import { type ExportAsked, exportTable } from './export/export-table.ts'
import { isServedTable } from './keyset-table.ts'
import { writeOfficeAct } from './office-acts.ts'
import type { OfficeKeys, OfficeMoment, ServedDoor, SignedIn } from './office-moment.ts'
import { drawCertificateSheet } from './certificates/certificate-sheet.ts'
import { takeCertificates } from './certificates/print-certificates.ts'
import { drawPassSheet } from './passes/pass-sheet.ts'
import { takePasses } from './passes/print-passes.ts'
import { addConsolePages } from './page-files.ts'
import { addPhotoPartRoute, finishPhoto, type PhotoRouteParts, showWishPhoto } from './photo-routes.ts'
import { ROUTED_DOORS, SERVED_DOORS } from './served-doors.ts'
import { clearedCookie, cookieOf, isOwnPage, sessionCookie } from './session-cookie.ts'
import { endSession, findSession, nameBrowser } from './sessions.ts'
import { createSignIn, type SignInResult, type Visitor } from './sign-in.ts'
import { hasOnlyText } from './only-text.ts'
import { readUtcOffset, readWho } from './who-is-signed-in.ts'

export interface ConsoleParts {
  database: Database
  keys: OfficeKeys
  outside: Pick<OutsideLog, 'append'>
  nowMs(): number
  /** Where people find central, if that is not where they ask. */
  publicUrl: string | null
  /** The folder of the built pages; null: there are none here. */
  pages: string | null
  media: MediaParts
}

/** An answer that is no JSON. */
interface OfficeFile {
  file: Readable | Buffer
  type: string
  name: string
}

const BODY_BYTES_MAX = 64 * 1024
const FILE_TYPES: Record<ExportFormat, string> = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }
const TOKEN_BYTES = 32
const WISH_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function addConsoleRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  const { database, nowMs } = parts
  const served = new Map(SERVED_DOORS.map((one) => [one.door.name, one]))
  const signIn = createSignIn({ database, box: parts.keys.box, nowMs, newId: uuidv7, newToken: () => randomBytes(TOKEN_BYTES).toString('base64url') })

  const addDoor = (door: ConsoleDoor, answer: (request: FastifyRequest, reply: FastifyReply, asked: unknown, who: SignedIn | null) => Promise<OfficeAnswer<unknown> | OfficeFile | { photo: Uint8Array }>): void => {
    const admitted = DOOR_ROLES[door.name as ConsoleDoorName]
    app.post(consoleDoorPath(door.name), { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
      if (!isOwnPage(request, parts.publicUrl)) return refuseWith(reply, 'foreign_request')
      const token = cookieOf(request)
      const who = token === null ? null : await findSession(database, token, nowMs())
      if (admitted !== 'anybody') {
        if (who === null) return refuseWith(reply, 'not_signed_in')
        if (!admitted.includes(who.role)) return refuseWith(reply, 'not_allowed')
      }
      const body = parseJson(request.body instanceof Uint8Array ? request.body : new Uint8Array())
      const asked = hasOnlyText(body) ? door.request.safeParse(body) : null
      if (asked === null || !asked.success) return refuseWith(reply, 'bad_request')
      const outcome = await answer(request, reply, asked.data, who)
      if ('photo' in outcome) return sendPhoto(reply, outcome.photo)
      if ('file' in outcome) return reply.type(outcome.type).header('content-disposition', `attachment; filename="${outcome.name}"`).send(outcome.file)
      return outcome.ok ? reply.send(outcome) : refuseWith(reply, outcome.error)
    })
  }

  for (const door of CONSOLE_DOORS) {
    const server = served.get(door.name)
    const isRouted = ROUTED_DOORS.some((name) => name === door.name)
    if ((server === undefined) !== isRouted) throw new Error(`${door.name} is answered by nobody, or twice`)
    if (server !== undefined) addDoor(door, (request, _reply, asked, who) => answerServed(server, request, asked, who))
  }

  // Where the page that asks was opened: links lead to where its reader already is.
  const centralUrl = (request: FastifyRequest): string => request.headers.origin ?? parts.publicUrl ?? `${request.protocol}://${request.host}`

  async function answerServed(server: ServedDoor, request: FastifyRequest, asked: unknown, who: SignedIn | null): Promise<OfficeAnswer<unknown>> {
    if (who === null) return { ok: false, error: 'not_signed_in' }
    const atMs = nowMs()
    return database.transaction(server.mode, (sql) => server.answer(momentOf(request, who, sql, atMs), asked))
  }

  const momentOf = (request: FastifyRequest, who: SignedIn, sql: Queryable, atMs: number): OfficeMoment => ({
    sql, who, nowMs: atMs, keys: parts.keys, outside: parts.outside, centralUrl: centralUrl(request), newId: uuidv7,
    note: (act) => writeOfficeAct(sql, uuidv7(), who, act, atMs),
  })

  async function answerExport(request: FastifyRequest, asked: ExportAsked, who: SignedIn | null): Promise<OfficeAnswer<unknown> | OfficeFile> {
    const table = served.get(asked.table)
    const admitted = DOOR_ROLES[asked.table as ConsoleDoorName] as Admitted | undefined
    if (who === null) return { ok: false, error: 'not_signed_in' }
    if (table === undefined || !isServedTable(table) || admitted === undefined) return { ok: false, error: 'bad_request' }
    if (admitted === 'anybody' || !admitted.includes(who.role)) return { ok: false, error: 'not_allowed' }
    const { columns: _columns, table: name, format, language, ...question } = asked
    const checked = table.door.request.safeParse({ ...question, after: null, limit: 1 })
    if (!checked.success) return { ok: false, error: 'bad_request' }
    const atMs = nowMs()
    const utcOffsetMinutes = await readUtcOffset(database, who.district)
    // What was searched for may be a person; that something was, is enough.
    await database.transaction('write', (sql) => momentOf(request, who, sql, atMs).note({ act: 'table_exported', kind: 'table', row: name, after: { format, searched: asked.search !== '', ...asked.filters } }))
    const file = Readable.from(exportTable(database, table, momentOf(request, who, database, atMs), asked, { language, utcOffsetMinutes }), { objectMode: false })
    return { file, type: FILE_TYPES[format], name: `${name}-${fileTime(atMs, utcOffsetMinutes)}.${format}` }
  }

  async function answerPasses(request: FastifyRequest, riders: readonly string[], who: SignedIn | null): Promise<OfficeAnswer<unknown> | OfficeFile> {
    if (who === null) return { ok: false, error: 'not_signed_in' }
    const atMs = nowMs()
    const passes = await database.transaction('write', (sql) => takePasses(momentOf(request, who, sql, atMs), riders))
    if (typeof passes === 'string') return { ok: false, error: passes }
    return { file: await drawPassSheet(passes), type: 'application/pdf', name: `passes-${fileTime(atMs, await readUtcOffset(database, who.district))}.pdf` }
  }

  async function answerCertificates(request: FastifyRequest, wanted: readonly string[], who: SignedIn | null): Promise<OfficeAnswer<unknown> | OfficeFile> {
    if (who === null) return { ok: false, error: 'not_signed_in' }
    const atMs = nowMs()
    const certificates = await database.transaction('write', (sql) => takeCertificates(momentOf(request, who, sql, atMs), wanted))
    if (typeof certificates === 'string') return { ok: false, error: certificates }
    return { file: await drawCertificateSheet(certificates), type: 'application/pdf', name: `certificates-${fileTime(atMs, await readUtcOffset(database, who.district))}.pdf` }
  }

  addDoor(certificateSheetDoor, (request, _reply, asked, who) => answerCertificates(request, (asked as { certificates: string[] }).certificates, who))
  addDoor(passesDoor, (request, _reply, asked, who) => answerPasses(request, (asked as { riders: string[] }).riders, who))
  const photos: PhotoRouteParts = { database, media: parts.media, nowMs, publicUrl: parts.publicUrl, refuse: refuseWith }
  addDoor(finishPhotoDoor, (request, _reply, asked, who) => finishPhoto(photos, request, asked as AskedOf<typeof finishPhotoDoor>, who))
  addDoor(wishPhotoDoor, async (_request, _reply, asked, who) => {
    const shown = await showWishPhoto(photos, asked as AskedOf<typeof wishPhotoDoor>, who)
    return shown.ok && 'photo' in shown.answer ? shown.answer : shown
  })
  addPhotoPartRoute(app, photos)
  addDoor(exportDoor, (request, _reply, asked, who) => answerExport(request, asked as ExportAsked, who))

  const visitorOf = (request: FastifyRequest): Visitor => ({ address: request.ip, browser: nameBrowser(request.headers['user-agent']) })

  async function letIn(request: FastifyRequest, reply: FastifyReply, result: SignInResult): Promise<OfficeAnswer<unknown>> {
    if (!result.ok) return result
    const who = await findSession(database, result.token, nowMs())
    if (who === null) return { ok: false, error: 'not_signed_in' }
    reply.header('set-cookie', sessionCookie(request, result.token))
    return { ok: true, answer: await readWho(database, who, nowMs()) }
  }

  addDoor(signInDoor, async (request, reply, asked) =>
    letIn(request, reply, await signIn.signIn(asked as Parameters<typeof signIn.signIn>[0], visitorOf(request))),
  )
  addDoor(acceptInvitationDoor, async (request, reply, asked) =>
    letIn(request, reply, await signIn.acceptInvitation(asked as Parameters<typeof signIn.acceptInvitation>[0], visitorOf(request))),
  )
  addDoor(openInvitationDoor, (request, _reply, asked) => signIn.openInvitation(asked as Parameters<typeof signIn.openInvitation>[0], visitorOf(request)))
  addDoor(passkeyOptionsDoor, (request) => signIn.passkeyOptions(centralUrl(request), visitorOf(request)))
  addDoor(passkeySignInDoor, async (request, reply, asked) =>
    letIn(request, reply, await signIn.signInByPasskey(centralUrl(request), (asked as { response: { id: string } }).response, visitorOf(request))),
  )
  addDoor(doorNamed('who-am-i'), async (_request, _reply, _asked, who) =>
    who === null ? { ok: false, error: 'not_signed_in' } : { ok: true, answer: await readWho(database, who, nowMs()) },
  )
  addDoor(doorNamed('sign-out'), async (request, reply, _asked, who) => {
    if (who !== null) {
      await database.transaction('write', async (sql) => {
        const ended = await endSession(sql, { session: who.session, account: who.account, district: who.district }, 'signed_out', nowMs())
        if (ended !== null) await writeOfficeAct(sql, uuidv7(), who, { act: 'signed_out', kind: 'session', row: who.session }, nowMs())
      })
    }
    reply.header('set-cookie', clearedCookie(request))
    return { ok: true, answer: {} }
  })

  // Behind the QR code of a wish on a station's wall: the page asks who he is, and the address holds nothing but the wish.
  app.get<{ Params: { wish: string } }>('/w/:wish', (request, reply) => reply.redirect(`${CONSOLE_PATH}#/wall/${WISH_ID.test(request.params.wish) ? request.params.wish : ''}`))
  addConsolePages(app, parts.pages, parts.media.origin)
}

/** For a file's name: no blank, no colon. */
function fileTime(atMs: number, utcOffsetMinutes: number): string {
  return new Date(atMs + utcOffsetMinutes * 60_000).toISOString().slice(0, 16).replace(/[:T]/g, '-')
}

function doorNamed(name: ConsoleDoorName): ConsoleDoor {
  const door = CONSOLE_DOORS.find((one) => one.name === name)
  if (door === undefined) throw new Error(`there is no door ${name}`)
  return door
}

function refuseWith(reply: FastifyReply, error: OfficeRefusal): FastifyReply {
  reply.verdict = error
  return reply.code(CONSOLE_STATUS[error]).send({ ok: false, error })
}
