// A partner lights a wish with a photo, over real HTTP: sent in parts, cut off in the middle and gone on with, read by what it is,
// seen by those who may and nobody else, and never as anything but a picture.

import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimWishDoor, fulfilWishDoor, giveBackClaimDoor, joinClaimDoor, myClaimsDoor } from '../../../contract/console/claims.ts'
import { consoleDoorPath, type OfficeAnswer } from '../../../contract/console/console-door.ts'
import {
  beginPhotoDoor, finishPhotoDoor, PHOTO_BYTES_MAX, PHOTO_OFFSET_HEADER, PHOTO_PART_BYTES_MAX, PHOTO_PART_TYPE, photoPartPath, wishPhotoDoor,
} from '../../../contract/console/photos.ts'
import { wishDoor } from '../../../contract/console/wishes.ts'
import { folderStore } from '../../../central/media/folder-store.ts'
import type { ObjectStore } from '../../../central/media/object-store.ts'
import { UPLOAD_MS_MAX } from '../../../central/media/sweep-photos.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { postWish } from '../../../central/wishes/rider-wishes.ts'
import { reviewWish } from '../../../central/wishes/review-wish.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { DISTRICT, type OfficePerson, ORIGIN, startTestOffice, STATION, type TestOffice } from '../../support/office.ts'
import { phoneJpeg, picture, SECRETS } from '../../support/photo-files.ts'
import { demoRider } from '../../support/test-central.ts'
import { newWords } from '../wishes/wish-town.ts'

function right<Answer>(outcome: OfficeAnswer<Answer>): Answer {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.answer
}

const refused = (error: string) => ({ ok: false, error })
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let staff: OfficePerson
  let reader: OfficePerson
  let shop: OfficePerson
  let clinic: OfficePerson
  let port: number
  let jpeg: Uint8Array
  const folder = mkdtempSync(join(tmpdir(), 'boai-photos-'))
  const objects: ObjectStore = folderStore(folder)

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases, null, undefined, { objects, origin: null })
    await office.app.listen({ host: '127.0.0.1', port: 0 })
    port = (office.app.server.address() as AddressInfo).port
    staff = await office.person('district_staff')
    reader = await office.person('read_only')
    shop = await office.person('partner', 'shop')
    clinic = await office.person('partner', 'clinic')
    jpeg = await phoneJpeg()
    expect(jpeg.length).toBeGreaterThan(2 * PHOTO_PART_BYTES_MAX)
  }, 60_000)

  afterAll(async () => {
    await office.close()
    await databases.stop()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  async function claimedWish(by: OfficePerson = shop): Promise<{ wish: string; claim: number }> {
    const wish = randomUUID()
    const act = sqlStore(office.database).transaction
    const { nowMs } = office.clock
    await act('write', (transaction) => postWish(transaction, { id: wish, rider: demoRider('zhang'), station: STATION, category: 'small_need', shown: 'anonymous', reach: 'station', words: () => Promise.resolve(newWords()), account: null }, nowMs))
    await act('write', (transaction) => reviewWish(transaction, DISTRICT, { wish, version: 1, verdict: 'approve', text: '手套', who: null, account: null }, nowMs))
    const { claim } = right(await by.ask(claimWishDoor, { wish }))
    return { wish, claim }
  }

  /** No wish of the rider stays under way, so that he may have more. */
  async function end(wish: string): Promise<void> {
    await office.database.query(`UPDATE wishes SET stage = 'withdrawn' WHERE wish_id = $1`, [wish])
  }

  async function patch(upload: string, offset: number | string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`http://127.0.0.1:${port}${photoPartPath(upload)}`, {
      method: 'PATCH', body: new Uint8Array(bytes), headers: { 'origin': `http://127.0.0.1:${port}`, 'cookie': shop.cookie, 'content-type': PHOTO_PART_TYPE, [PHOTO_OFFSET_HEADER]: String(offset), ...headers },
    })
    return { status: response.status, body: await response.json() }
  }

  /** In parts, from `from` on. */
  async function send(upload: string, bytes: Uint8Array, from = 0): Promise<void> {
    for (let at = from; at < bytes.length; at += PHOTO_PART_BYTES_MAX) {
      const part = bytes.subarray(at, at + PHOTO_PART_BYTES_MAX)
      expect(await patch(upload, at, part)).toEqual({ status: 200, body: { ok: true, answer: { received: at + part.length } } })
    }
  }

  async function begun(held: { wish: string; claim: number }, bytes: number): Promise<string> {
    const upload = randomUUID()
    expect(right(await shop.ask(beginPhotoDoor, { upload, bytes, ...held }))).toEqual({ received: 0 })
    return upload
  }

  async function sent(held: { wish: string; claim: number }, bytes: Uint8Array): Promise<string> {
    const upload = await begun(held, bytes.length)
    await send(upload, bytes)
    return upload
  }

  const look = (person: OfficePerson | null, wish: string, headers: Record<string, string> = {}) =>
    office.app.inject({
      method: 'POST', url: consoleDoorPath(wishPhotoDoor.name), payload: JSON.stringify({ wish }),
      headers: { 'origin': ORIGIN, 'host': 'localhost', 'content-type': 'application/json', ...(person === null ? {} : { cookie: person.cookie }), ...headers },
    })

  async function stored(): Promise<number> {
    return (await objects.list(null)).objects.length
  }

  test('an upload that is cut off in the middle of a part goes on at its last whole one; the wish is lit with it, the rider’s secrets are not in it', async () => {
    const held = await claimedWish()
    const upload = await begun(held, jpeg.length)
    await patch(upload, 0, jpeg.subarray(0, PHOTO_PART_BYTES_MAX))
    // The network goes while the second part is under way.
    await new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        const head = [`PATCH ${photoPartPath(upload)} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Origin: http://127.0.0.1:${port}`, `Cookie: ${shop.cookie}`, `Content-Type: ${PHOTO_PART_TYPE}`,
          `${PHOTO_OFFSET_HEADER}: ${PHOTO_PART_BYTES_MAX}`, `Content-Length: ${PHOTO_PART_BYTES_MAX}`, '', ''].join('\r\n')
        socket.write(head)
        socket.write(jpeg.subarray(PHOTO_PART_BYTES_MAX, PHOTO_PART_BYTES_MAX + 90_000), () => setTimeout(() => socket.destroy(), 100))
      })
      socket.on('close', () => resolve()).on('error', reject)
    })
    expect(await shop.ask(finishPhotoDoor, { upload, sha256: sha256Of(jpeg) })).toEqual(refused('upload_incomplete'))
    // Begun again it says where it is.
    const { received } = right(await shop.ask(beginPhotoDoor, { upload, bytes: jpeg.length, ...held }))
    expect(received).toBe(PHOTO_PART_BYTES_MAX)
    await send(upload, jpeg, received)
    const { photo } = right(await shop.ask(finishPhotoDoor, { upload, sha256: sha256Of(jpeg) }))
    // The answer may have been lost: asked again it is the same one.
    expect(right(await shop.ask(finishPhotoDoor, { upload, sha256: sha256Of(jpeg) }))).toEqual({ photo })
    expect(await stored()).toBe(1)
    expect(right(await shop.ask(fulfilWishDoor, { ...held, words: null, photo }))).toEqual({})
    expect(right(await shop.ask(myClaimsDoor, {})).claims.find(({ wish }) => wish === held.wish)).toMatchObject({ state: 'fulfilled', fulfilment: { words: null, hasPhoto: true } })
    expect(right(await staff.ask(wishDoor, { wish: held.wish })).fulfilment).toEqual({ words: null, photo })
    const [line] = await office.database.query<{ after: unknown }>(`SELECT after FROM office_acts WHERE row_key = $1 AND act = 'wish_fulfilled'`, [held.wish])
    expect(line?.after).toMatchObject({ photo })

    const seen = await look(staff, held.wish)
    expect(seen.statusCode).toBe(200)
    expect(seen.headers).toMatchObject({
      'content-type': 'image/jpeg', 'content-disposition': 'attachment; filename="photo.jpg"', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer',
    })
    const { width, height, exif } = await sharp(seen.rawPayload).metadata()
    expect({ width, height, exif }).toEqual({ width: 1_200, height: 1_600 })
    expect(SECRETS.filter((secret) => seen.rawPayload.includes(secret))).toEqual([])
    await end(held.wish)
  })

  test('it is seen by staff of the district and the claim’s partners; by nobody else, from no other page, and not at all once it is not named', async () => {
    const held = await claimedWish()
    right(await clinic.ask(joinClaimDoor, held))
    const { photo } = right(await shop.ask(finishPhotoDoor, { upload: await sent(held, jpeg), sha256: sha256Of(jpeg) }))
    expect((await look(staff, held.wish)).json()).toEqual(refused('unknown_photo'))
    right(await shop.ask(fulfilWishDoor, { ...held, words: '好了', photo }))
    const stranger = await office.person('partner', 'stranger')
    const verdicts = await Promise.all([staff, reader, shop, clinic, stranger, null].map(async (person) => {
      const seen = await look(person, held.wish)
      return [seen.statusCode, seen.headers['content-type'] === 'image/jpeg' ? 'image' : seen.json<{ error: string }>().error]
    }))
    expect(verdicts).toEqual([[200, 'image'], [200, 'image'], [200, 'image'], [200, 'image'], [404, 'unknown_photo'], [401, 'not_signed_in']])
    expect((await look(staff, held.wish, { origin: 'https://elsewhere.example' })).json()).toEqual(refused('foreign_request'))
    expect((await look(staff, held.wish, { 'content-type': 'text/plain' })).json()).toEqual(refused('foreign_request'))
    // A row that a backup brought back, whose object is gone.
    await objects.delete(photo)
    expect((await look(staff, held.wish)).json()).toEqual(refused('photo_gone'))
    await end(held.wish)
    expect((await look(staff, held.wish)).json()).toEqual(refused('unknown_photo'))
  })

  test('parts that are not the file that was chosen are gone: it begins anew under the same id', async () => {
    const held = await claimedWish()
    const spoilt = Uint8Array.from(jpeg)
    spoilt[spoilt.length - 1] = (spoilt.at(-1) ?? 0) ^ 1
    const upload = await sent(held, spoilt)
    expect(await shop.ask(finishPhotoDoor, { upload, sha256: sha256Of(jpeg) })).toEqual(refused('upload_incomplete'))
    expect(right(await shop.ask(beginPhotoDoor, { upload, bytes: jpeg.length, ...held }))).toEqual({ received: 0 })
    await send(upload, jpeg, 0)
    right(await shop.ask(finishPhotoDoor, { upload, sha256: sha256Of(jpeg) }))
    await end(held.wish)
  })

  test('what is no photo is told so, leaves nothing behind, and can be tried again', async () => {
    const held = await claimedWish()
    const before = await stored()
    const bad: [string, Uint8Array, string][] = [
      ['a PDF named .jpg', Buffer.from('%PDF-1.7 photo.jpg'), 'photo_type'],
      ['a truncated JPEG', jpeg.subarray(0, 300_000), 'photo_unreadable'],
      ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'photo_type'],
      ['a GIF', await (await picture(30, 20)).gif().toBuffer(), 'photo_type'],
    ]
    for (const [what, bytes, error] of bad) {
      const upload = await sent(held, bytes)
      expect([what, await shop.ask(finishPhotoDoor, { upload, sha256: sha256Of(bytes) })]).toEqual([what, refused(error)])
      expect(await shop.ask(finishPhotoDoor, { upload, sha256: sha256Of(bytes) })).toEqual(refused('unknown_upload'))
    }
    expect(await stored()).toBe(before)
    expect(await shop.ask(beginPhotoDoor, { upload: randomUUID(), bytes: PHOTO_BYTES_MAX + 1, ...held })).toEqual(refused('photo_too_large'))
    await end(held.wish)
  })

  test('a part counts where it belongs, once, of its owner, while its upload lasts', async () => {
    const held = await claimedWish()
    const upload = await begun(held, 1_000)
    const part = new Uint8Array(400).fill(7)
    const before = await stored()
    // Sent twice at once: one counts.
    const twice = await Promise.all([patch(upload, 0, part), patch(upload, 0, part)])
    expect(twice.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409])
    const wrong = [
      await patch(upload, 0, part), await patch(upload, 401, part), await patch(upload, 400, new Uint8Array(601)), await patch(upload, 400, new Uint8Array(0)), await patch(upload, 'x', part),
      await patch(upload, -1, part), await patch(randomUUID(), 0, part), await patch('..%2f..', 0, part), await patch(upload, 400, part, { cookie: clinic.cookie }),
      await patch(upload, 400, part, { cookie: staff.cookie }), await patch(upload, 400, part, { cookie: '' }), await patch(upload, 400, part, { origin: 'https://elsewhere.example' }),
      await patch(upload, 400, part, { 'content-type': 'application/octet-stream' }), await patch(upload, 400, new Uint8Array(PHOTO_PART_BYTES_MAX + 1)),
    ]
    expect(wrong.map(({ body }) => (body as { error: string }).error)).toEqual([
      'wrong_offset', 'wrong_offset', 'bad_request', 'bad_request', 'bad_request', 'bad_request', 'unknown_upload', 'bad_request', 'unknown_upload', 'not_allowed', 'not_signed_in', 'foreign_request',
      'foreign_request', 'too_large',
    ])
    expect(await stored()).toBe(before + 1)
    expect(await clinic.ask(finishPhotoDoor, { upload, sha256: sha256Of(jpeg) })).toEqual(refused('unknown_upload'))
    expect(await clinic.ask(beginPhotoDoor, { upload, bytes: 1_000, ...held })).toEqual(refused('claim_over'))
    expect(await shop.ask(beginPhotoDoor, { upload, bytes: 999, ...held })).toEqual(refused('unknown_upload'))
    await office.database.query('UPDATE photo_uploads SET began_at_ms = began_at_ms - $1 WHERE upload_id = $2', [UPLOAD_MS_MAX, upload])
    expect((await patch(upload, 400, part)).body).toEqual(refused('unknown_upload'))
    expect(await shop.ask(beginPhotoDoor, { upload, bytes: 1_000, ...held })).toEqual(refused('unknown_upload'))
    await end(held.wish)
  })

  test('who holds no claim begins none, nobody has many open, a photo is used once and by who sent it', async () => {
    const held = await claimedWish()
    const upload = () => ({ upload: randomUUID(), bytes: 100 })
    expect(await clinic.ask(beginPhotoDoor, { ...upload(), ...held })).toEqual(refused('claim_over'))
    expect(await shop.ask(beginPhotoDoor, { ...upload(), wish: held.wish, claim: held.claim + 1 })).toEqual(refused('claim_over'))
    const { photo } = right(await shop.ask(finishPhotoDoor, { upload: await sent(held, jpeg), sha256: sha256Of(jpeg) }))
    const open = []
    for (let count = 0; count < 4; count += 1) open.push(await shop.ask(beginPhotoDoor, { ...upload(), ...held }))
    expect(open.map(({ ok }) => ok)).toEqual([true, true, true, true])
    expect(await shop.ask(beginPhotoDoor, { ...upload(), ...held })).toEqual(refused('too_many_uploads'))
    const other = await claimedWish(clinic)
    expect(await clinic.ask(fulfilWishDoor, { ...other, words: null, photo })).toEqual(refused('unknown_photo'))
    expect(await shop.ask(fulfilWishDoor, { ...held, words: null, photo: randomUUID() })).toEqual(refused('unknown_photo'))
    right(await shop.ask(fulfilWishDoor, { ...held, words: null, photo }))
    const next = await claimedWish()
    expect(await shop.ask(fulfilWishDoor, { ...next, words: null, photo })).toEqual(refused('unknown_photo'))
    right(await shop.ask(giveBackClaimDoor, next))
    for (const { wish } of [held, other, next]) await end(wish)
  })
})
