// The rider on his phone sees the photo of his own wish, in a session for his wishes, and nobody on any other. Where pictures have
// an origin of their own they are there for five minutes and nothing else is; at central's own origin there is no picture then.

import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { buildCentral } from '../../../central/app.ts'
import { objectsInMemory } from '../../../central/media/memory-store.ts'
import { ADDRESS_MS_MAX, photoAddress, readPhotoAddress } from '../../../central/media/photo-address.ts'
import { insertHandOff, markOpened } from '../../../central/store/hand-offs.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { tokenHash } from '../../../central/phone/phone-session.ts'
import { claimWish, fulfilWish } from '../../../central/wishes/claim-wish.ts'
import { postWish } from '../../../central/wishes/rider-wishes.ts'
import { reviewWish } from '../../../central/wishes/review-wish.ts'
import { consoleDoorPath } from '../../../contract/console/console-door.ts'
import { wishPhotoDoor as officePhotoDoor } from '../../../contract/console/photos.ts'
import type { HandOffPurpose } from '../../../contract/kiosk/hand-off.ts'
import { phoneDoorPath } from '../../../contract/phone/phone-doors.ts'
import { makeTestKeys } from '../../support/central-keys.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { DISTRICT, type OfficePerson, ORIGIN, startTestOffice, STATION, type TestOffice } from '../../support/office.ts'
import { demoRider } from '../../support/test-central.ts'
import { newWords } from '../wishes/wish-town.ts'

const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xd9])
const MEDIA = 'https://media.example.org'
const objects = objectsInMemory()

let databases: TestDatabases
let office: TestOffice
let staff: OfficePerson
let wish: string
let photo: string

beforeAll(async () => {
  databases = await startDatabases('pglite')
  office = await startTestOffice(databases, null, undefined, { objects, origin: null })
  staff = await office.person('district_staff')
  const [id, partner] = [randomUUID(), randomUUID()]
  photo = randomUUID()
  await objects.put(photo, PHOTO)
  await office.database.query(`INSERT INTO partners (partner_id, district_id, name, kind, state, made_at_ms) VALUES ($1, $2, '{"zh":"店","en":"Shop"}', 'merchant', 'active', 1)`, [partner, DISTRICT])
  await sqlStore(office.database).transaction('write', async (transaction) => {
    const { nowMs } = office.clock
    const acting = { id: partner, district: DISTRICT, name: { zh: '店', en: 'Shop' }, account: null }
    await postWish(transaction, { id, rider: demoRider('zhang'), station: STATION, category: 'small_need', shown: 'anonymous', reach: 'station', words: () => Promise.resolve(newWords()), account: null }, nowMs)
    await reviewWish(transaction, DISTRICT, { wish: id, version: 1, verdict: 'approve', text: '手套', who: null, account: null }, nowMs)
    await claimWish(transaction, acting, id, nowMs)
    await fulfilWish(transaction, acting, { wish: id, claim: 1, words: null, photo }, nowMs)
  })
  wish = id
}, 60_000)

afterAll(async () => {
  await office.close()
  await databases.stop()
}, 60_000)

/** The cookie of a phone that was handed over to. */
async function phoneOf(rider: string, purpose: HandOffPurpose): Promise<string> {
  const [id, token] = [randomUUID(), randomBytes(32).toString('base64url')]
  const { nowMs } = office.clock
  await office.database.transaction('write', async (sql) => {
    await insertHandOff(sql, { id, district: DISTRICT, station: STATION, rider, purpose, codeHash: randomBytes(32), codeEndsAtMs: nowMs + 1_000 }, nowMs)
    await markOpened(sql, id, { hash: tokenHash(token), endsAtMs: nowMs + 60_000 }, nowMs)
  })
  return `boai_phone=${token}`
}

const look = (app: FastifyInstance, path: string, cookie: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: path, payload: JSON.stringify({ wish }), headers: { 'origin': ORIGIN, 'host': 'localhost', 'content-type': 'application/json', cookie, ...headers } })
const byPhone = phoneDoorPath('wish-photo')

test('the rider sees it on his phone, as a picture that can be nothing else', async () => {
  const cookie = await phoneOf(demoRider('zhang'), 'my_wishes')
  const seen = await look(office.app, byPhone, cookie)
  expect([seen.statusCode, Buffer.compare(seen.rawPayload, PHOTO)]).toEqual([200, 0])
  expect(seen.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin' })
  const refused = await Promise.all([
    look(office.app, byPhone, await phoneOf(demoRider('li'), 'my_wishes')), look(office.app, byPhone, await phoneOf(demoRider('zhang'), 'my_points')), look(office.app, byPhone, 'boai_phone=none'),
    look(office.app, byPhone, cookie, { origin: 'https://elsewhere.example' }), look(office.app, byPhone, staff.cookie),
  ])
  expect(refused.map((reply) => reply.json<{ error: string }>().error)).toEqual(['photo_gone', 'other_purpose', 'session_over', 'foreign_request', 'session_over'])
})

test('without an origin of their own no address leads to a picture', async () => {
  const keys = makeTestKeys()
  const address = new URL(photoAddress(keys.office.box.derive, MEDIA, photo, office.clock.nowMs)).pathname
  for (const host of ['localhost', 'media.example.org']) expect((await office.app.inject({ method: 'GET', url: address, headers: { host } })).statusCode).toBe(404)
})

describe('with an origin of their own', () => {
  let app: FastifyInstance
  const keys = makeTestKeys()
  const get = (url: string, host: string) => app.inject({ method: 'GET', url, headers: { host } })

  beforeAll(async () => {
    app = buildCentral({ database: office.database, nowMs: () => office.clock.nowMs, office: { keys: keys.office, pages: null }, media: { objects, origin: MEDIA } })
    await app.ready()
  })
  afterAll(() => app.close())

  test('who may see it is told where it is; there it is for five minutes, and cut short for anybody who guesses', async () => {
    const told = [await look(app, byPhone, await phoneOf(demoRider('zhang'), 'my_wishes')), await look(app, consoleDoorPath(officePhotoDoor.name), staff.cookie)]
    for (const reply of told) {
      const { url } = reply.json<{ answer: { url: string } }>().answer
      const { origin, pathname } = new URL(url)
      expect([origin, pathname.includes(photo)]).toEqual([MEDIA, false])
      const seen = await get(pathname, 'media.example.org')
      expect([seen.statusCode, Buffer.compare(seen.rawPayload, PHOTO)]).toEqual([200, 0])
      expect(seen.headers).toMatchObject({
        'content-type': 'image/jpeg', 'content-disposition': 'attachment; filename="photo.jpg"', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'private, max-age=300',
      })
      const wrong = [pathname.replace(/(.)(?=.{20}$)/, (sign) => (sign === 'A' ? 'B' : 'A')), `${pathname}A`, '/media/v1/x', `/media/v1/${photo}`]
      expect(await Promise.all(wrong.map(async (path) => (await get(path, 'media.example.org')).statusCode))).toEqual([404, 404, 404, 404])
      expect((await get(pathname, 'localhost')).statusCode).toBe(404)
      office.clock.nowMs += ADDRESS_MS_MAX
      expect((await get(pathname, 'media.example.org')).statusCode).toBe(404)
      office.clock.nowMs -= ADDRESS_MS_MAX
    }
  })

  test('nothing else of central is there: no page, no door', async () => {
    const paths = ['/', '/console/', '/phone/', '/health', '/operator', '/openapi.json']
    expect(await Promise.all(paths.map(async (path) => (await get(path, 'media.example.org')).statusCode))).toEqual(paths.map(() => 404))
    expect((await look(app, consoleDoorPath(officePhotoDoor.name), staff.cookie, { host: 'media.example.org', origin: MEDIA })).statusCode).toBe(404)
    expect((await get('/console/', 'localhost')).headers['content-security-policy']).toContain(`img-src 'self' data: blob: ${MEDIA};`)
    expect((await get('/phone/', 'localhost')).headers['content-security-policy']).toContain(MEDIA)
  })

  test('an address is sealed with central’s key and holds nothing else', () => {
    const { derive } = keys.office.box
    const token = photoAddress(derive, MEDIA, photo, 1_000).split('/').at(-1) ?? ''
    expect([readPhotoAddress(derive, token, 1_000), readPhotoAddress(derive, token, 1_000 + ADDRESS_MS_MAX)]).toEqual([photo, null])
    expect(readPhotoAddress(makeTestKeys().office.box.derive, token, 1_000)).toBeNull()
  })
})
