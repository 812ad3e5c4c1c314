// The office of a test central: people who accept an invitation and sign in through the doors, as browsers do.

import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import stations from '../../resources/demo/stations.json' with { type: 'json' }
import { insertAccount, INVITATION_BYTES, makeInvitationCode, writeInvitation } from '../../central/console/accounts.ts'
import { digitsNow, STEP_SECONDS } from '../../central/console/six-digits.ts'
import { buildCentral } from '../../central/app.ts'
import { seedDemo } from '../../central/demo/seed-demo.ts'
import { passKeysInMemory, passSigningKeys } from '../../central/keys/pass-key-file.ts'
import type { Media } from '../../central/media/media-routes.ts'
import { passSigner } from '../../central/passes.ts'
import { beginHistory } from '../../central/store/changes.ts'
import type { OpenDatabase } from '../../central/store/database.ts'
import { migrate } from '../../central/store/migrate.ts'
import { type AnswerOf, type AskedOf, type ConsoleDoor, consoleDoorPath, type OfficeAnswer, type OfficeRole, type TableQuestion } from '../../contract/console/console-door.ts'
import type { PassBody } from '../../contract/pass/pass-code.ts'
import type { TestDatabases } from './central-databases.ts'
import { makeSeedKeys, type SeedKeys } from './central-keys.ts'
import { TestStation } from './station-client.ts'
import { HISTORY, NOW_MS } from './test-central.ts'

export const ORIGIN = 'http://localhost'
export const PASSWORD = '雨天也送到四十二号门口 42'

export const DISTRICT = stations[0]?.district.id ?? ''
export const STATION = stations[0]?.id ?? ''

export interface OfficePerson {
  account: string
  signInName: string
  secret: string
  cookie: string
  ask<Door extends ConsoleDoor>(door: Door, asked: AskedOf<Door>): Promise<OfficeAnswer<AnswerOf<Door>>>
}

export interface TestOffice {
  app: FastifyInstance
  database: OpenDatabase
  clock: { nowMs: number }
  /** The text of a card's code, as central issues it. */
  signPass(body: PassBody): string
  /** The demo's first station, silent yet. */
  first: TestStation
  /** Raw: the status, the body, the cookie that was set. */
  post(name: string, body: unknown, headers?: Record<string, string | undefined>): Promise<{ status: number; body: unknown; cookie: string; setCookie: string }>
  invite(person: { signInName: string; name?: string; role: OfficeRole; station?: string; partner?: string; district?: string }): Promise<{ account: string; code: string }>
  person(role: OfficeRole, signInName?: string, name?: string): Promise<OfficePerson>
  close(): Promise<void>
}

/** What every test office begins with. */
async function begin(database: OpenDatabase): Promise<{ first: TestStation; seedKeys: SeedKeys }> {
  await migrate(database)
  await database.actAs('program')
  await beginHistory(database, HISTORY)
  const first = new TestStation(STATION, () => Promise.reject(new Error('there is no central yet')))
  const seedKeys = makeSeedKeys()
  await seedDemo(database, { stations: [{ number: 1, publicKey: first.publicKey }], write: '/nowhere' }, NOW_MS, seedKeys.passKeys, seedKeys.box.derive)
  return { first, seedKeys }
}

export async function startTestOffice(place: TestDatabases | OpenDatabase, pages: string | null = null, logTo?: NodeJS.WritableStream, media?: Media): Promise<TestOffice> {
  const { database, kept } = 'createFilled' in place ? await place.createFilled(begin) : { database: place, kept: await begin(place) }
  await database.actAs('program')
  const passKeys = passKeysInMemory()
  passKeys.keep(kept.seedKeys.passKeys)
  const clock = { nowMs: NOW_MS }
  const keys = { box: kept.seedKeys.box, passKeys }
  const app = buildCentral({ database, nowMs: () => clock.nowMs, office: { keys, pages }, ...(logTo === undefined ? {} : { logTo }), ...(media === undefined ? {} : { media }) })
  const first = kept.first.over(async (path, headers, body) => {
    const response = await app.inject({ method: 'POST', url: path, headers, payload: body })
    return { status: response.statusCode, body: response.json<unknown>() }
  })

  const post: TestOffice['post'] = async (name, body, headers = {}) => {
    const sent = Object.fromEntries(Object.entries({ 'origin': ORIGIN, 'host': 'localhost', 'content-type': 'application/json', ...headers }).filter(([, value]) => value !== undefined))
    const response = await app.inject({ method: 'POST', url: consoleDoorPath(name), headers: sent as Record<string, string>, payload: typeof body === 'string' ? body : JSON.stringify(body) })
    const setCookie = String(response.headers['set-cookie'] ?? '')
    return { status: response.statusCode, body: response.json<unknown>(), setCookie, cookie: setCookie.split(';')[0] ?? '' }
  }

  const invite: TestOffice['invite'] = async ({ signInName, name = signInName, role, station, partner, district }) => {
    const account = randomUUID()
    const code = makeInvitationCode(randomBytes(INVITATION_BYTES))
    await database.transaction('write', async (sql) => {
      await insertAccount(sql, { id: account, district: district ?? DISTRICT, station: station ?? null, partner: partner ?? null, signInName, name, role }, clock.nowMs)
      await writeInvitation(sql, code, account, clock.nowMs)
    })
    return { account, code }
  }

  const partnerOf = async (): Promise<string> => {
    const id = randomUUID()
    await database.query(`INSERT INTO partners (partner_id, district_id, name, kind, state, made_at_ms) VALUES ($1, $2, '{"zh":"南门粮店","en":"South Gate Grain"}', 'merchant', 'active', $3)`, [id, DISTRICT, clock.nowMs])
    return id
  }

  const person: TestOffice['person'] = async (role, signInName = role.replace('_', '.'), name = signInName) => {
    const at = role === 'station_head' || role === 'volunteer' ? { station: STATION } : role === 'partner' ? { partner: await partnerOf() } : {}
    const { account, code } = await invite({ signInName, name, role, ...at })
    const opened = await post('open-invitation', { code })
    const { secret } = (opened.body as { answer: { secret: string } }).answer
    const accepted = await post('accept-invitation', { code, password: PASSWORD, sixDigits: digitsNow(secret, clock.nowMs) })
    if (accepted.status !== 200) throw new Error(`the invitation was refused: ${JSON.stringify(accepted.body)}`)
    const { cookie } = accepted
    return { account, signInName, secret, cookie, ask: async (door, asked) => (await post(door.name, asked, { cookie })).body as OfficeAnswer<never> }
  }

  return { app, database, clock, signPass: (body) => passSigner(passSigningKeys(passKeys))(body), first, post, invite, person, close: () => app.close() }
}

/** The digits of the next time step: those of this one may have been used. */
export function nextDigits(office: TestOffice, secret: string): string {
  office.clock.nowMs += STEP_SECONDS * 1000
  return digitsNow(secret, office.clock.nowMs)
}

export function tableQuestion(sort: string, more: Partial<TableQuestion> = {}): TableQuestion {
  return { search: '', sort, descending: false, filters: {}, after: null, limit: 50, ...more }
}
