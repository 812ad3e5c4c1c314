// The office's doors over HTTP, and its pages. Every door is a POST of JSON from a page of central itself: a session's cookie
// alone, sent from anywhere else, does nothing. Roles are looked up before a door hears anything. Answers are closed.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { randomBytes, randomUUID } from 'node:crypto'
import { type ConsoleDoor, consoleDoorPath, type OfficeAnswer, type OfficeRefusal } from '../../contract/console/console-door.ts'
import { CONSOLE_DOORS, type ConsoleDoorName } from '../../contract/console/console-doors.ts'
import { acceptInvitationDoor, openInvitationDoor, signInDoor } from '../../contract/console/session.ts'
import type { Database } from '../store/database.ts'
import { parseJson } from '../sync/push-batch.ts'
import { CONSOLE_STATUS } from './console-door-descriptions.ts'
import { DOOR_ROLES } from './door-roles.ts'
import { writeOfficeAct } from './office-acts.ts'
import type { OfficeKeys, OfficeMoment, ServedDoor, SignedIn } from './office-moment.ts'
import { addConsolePages } from './page-files.ts'
import { COOKIE_DOORS, SERVED_DOORS } from './served-doors.ts'
import { clearedCookie, cookieOf, isOwnPage, sessionCookie } from './session-cookie.ts'
import { endSession, findSession, nameBrowser } from './sessions.ts'
import { createSignIn, type SignInResult, type Visitor } from './sign-in.ts'
import { hasOnlyText } from './only-text.ts'
import { readWho } from './who-is-signed-in.ts'

export interface ConsoleParts {
  database: Database
  keys: OfficeKeys
  nowMs(): number
  /** Where people find central, if that is not where they ask. */
  publicUrl: string | null
  /** The folder of the built pages; null: there are none here. */
  pages: string | null
}

const BODY_BYTES_MAX = 64 * 1024
const TOKEN_BYTES = 32

export function addConsoleRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  const { database, nowMs } = parts
  const served = new Map(SERVED_DOORS.map((one) => [one.door.name, one]))
  const signIn = createSignIn({ database, box: parts.keys.box, nowMs, newId: randomUUID, newToken: () => randomBytes(TOKEN_BYTES).toString('base64url') })

  const addDoor = (door: ConsoleDoor, answer: (request: FastifyRequest, reply: FastifyReply, asked: unknown, who: SignedIn | null) => Promise<OfficeAnswer<unknown>>): void => {
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
      return outcome.ok ? reply.send(outcome) : refuseWith(reply, outcome.error)
    })
  }

  for (const door of CONSOLE_DOORS) {
    const server = served.get(door.name)
    const isOfCookies = COOKIE_DOORS.some((name) => name === door.name)
    if ((server === undefined) !== isOfCookies) throw new Error(`${door.name} is answered by nobody, or twice`)
    if (server !== undefined) addDoor(door, (request, _reply, asked, who) => answerServed(server, request, asked, who))
  }

  const centralUrl = (request: FastifyRequest): string => (parts.publicUrl ?? request.headers.origin ?? `${request.protocol}://${request.host}`).replace(/\/+$/, '')

  async function answerServed(server: ServedDoor, request: FastifyRequest, asked: unknown, who: SignedIn | null): Promise<OfficeAnswer<unknown>> {
    if (who === null) return { ok: false, error: 'not_signed_in' }
    const atMs = nowMs()
    return database.transaction(server.mode, (sql) => {
      const moment: OfficeMoment = {
        sql, who, nowMs: atMs, keys: parts.keys, centralUrl: centralUrl(request), newId: randomUUID,
        note: (act) => writeOfficeAct(sql, randomUUID(), who, act, atMs),
      }
      return server.answer(moment, asked)
    })
  }

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
  addDoor(doorNamed('who-am-i'), async (_request, _reply, _asked, who) =>
    who === null ? { ok: false, error: 'not_signed_in' } : { ok: true, answer: await readWho(database, who, nowMs()) },
  )
  addDoor(doorNamed('sign-out'), async (request, reply, _asked, who) => {
    if (who !== null) {
      await database.transaction('write', async (sql) => {
        const ended = await endSession(sql, { session: who.session, account: who.account, district: who.district }, 'signed_out', nowMs())
        if (ended !== null) await writeOfficeAct(sql, randomUUID(), who, { act: 'signed_out', kind: 'session', row: who.session }, nowMs())
      })
    }
    reply.header('set-cookie', clearedCookie(request))
    return { ok: true, answer: {} }
  })

  addConsolePages(app, parts.pages)
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
