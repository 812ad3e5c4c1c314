// A kiosk and the phone beside it: a real central that listens on a port, a real station with its file, its sync and its stream of
// wake-ups, somebody who stands at it, and the doors that a phone knocks at.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { buildCentral } from '../../central/app.ts'
import { seedDemoTrainings } from '../../central/demo/demo-trainings.ts'
import { seedDemo } from '../../central/demo/seed-demo.ts'
import { objectsInMemory } from '../../central/media/memory-store.ts'
import type { ObjectStore } from '../../central/media/object-store.ts'
import { beginHistory } from '../../central/store/changes.ts'
import type { OpenDatabase } from '../../central/store/database.ts'
import { migrate } from '../../central/store/migrate.ts'
import type { HandOffPurpose, HandOffShown } from '../../contract/kiosk/hand-off.ts'
import { stationFrame, type StationFrame } from '../../contract/kiosk/kiosk-frames.ts'
import type { KioskInput, KioskRequestName } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import type { AnswerOf, AskedOf, PHONE_DOORS, PhoneAnswer } from '../../contract/phone/phone-doors.ts'
import { phoneDoorPath } from '../../contract/phone/phone-doors.ts'
import { openStation, type Station } from '../../station/compose.ts'
import { publicKeyOf } from '../../station/station-config.ts'
import { makeTestKeys, type TestKeys } from './central-keys.ts'
import { FIRST_STATION_ID, newStationKeys } from './station-keys.ts'

type Doors = (typeof PHONE_DOORS)[number]
type Named<Name extends Doors['name']> = Extract<Doors, { name: Name }>

export interface Phone {
  cookie: string | null
  ask<Name extends Doors['name']>(name: Name, asked: AskedOf<Named<Name>>): Promise<PhoneAnswer<AnswerOf<Named<Name>>>>
}

export interface PhoneDistrict {
  url: string
  app: FastifyInstance
  database: OpenDatabase
  /** Where its photos lie. */
  objects: ObjectStore
  keys: TestKeys
  station: Station
  /** Where the kiosk's page is; null: it was not asked for. Once a browser has it, this district's own screen is replaced. */
  kioskUrl: string | null
  /** All that central wrote to its log. */
  log(): string
  clock: { offsetMs: number }
  request<Name extends KioskRequestName>(name: Name, input: KioskInput<Name>): Promise<Extract<StationFrame, { type: 'answer' | 'refusal' }>>
  view(): KioskView
  /** Answers how long it took. */
  until(what: string, holds: (view: KioskView) => boolean, msMax?: number): Promise<number>
  /** Whoever stood there before is gone. */
  signIn(rider: string): Promise<string>
  endSession(): Promise<void>
  /** What the screen shows once central has answered. */
  openHandOff(purpose: HandOffPurpose, session: string | null): Promise<HandOffShown | null>
  handOver(purpose: HandOffPurpose, session: string | null): Promise<{ code: string; shown: HandOffShown }>
  phone(): Phone
  close(): Promise<void>
}

export async function startPhoneDistrict(database: OpenDatabase, pages: string | null = null, kioskPage: string | null = null): Promise<PhoneDistrict> {
  const keys = makeTestKeys()
  const clock = { offsetMs: 0 }
  const nowMs = (): number => Date.now() + clock.offsetMs
  const { privateKey, publicKey } = newStationKeys()
  await migrate(database)
  await database.actAs('program')
  await beginHistory(database, randomUUID())
  await seedDemo(database, { stations: [{ number: 1, publicKey }], write: '/nowhere' }, nowMs(), keys.passKeys, keys.index)
  await seedDemoTrainings(database, nowMs())
  const lines: string[] = []
  const logTo = { write: (line: string) => lines.push(line) > 0 } as unknown as NodeJS.WritableStream
  const objects = objectsInMemory()
  const app = buildCentral({
    database, nowMs, keys, media: { objects, origin: null }, office: { keys: keys.office, pages: null }, phone: { pages }, logTo, listen: (listener) => database.listen(listener),
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const dataFolder = mkdtempSync(join(tmpdir(), 'boai-'))
  const station = await openStation({
    config: {
      station: FIRST_STATION_ID, centralUrl: url, privateKey, centralKey: publicKeyOf(keys.signer.publicKey), certificate: null, witnessFolder: null, demo: null,
    },
    dataFolder, log: pino({ level: 'silent' }), loopback: kioskPage === null ? null : { port: 0, pageFolder: kioskPage }, hid: false,
  })
  let view: KioskView | null = null
  let asked = 0
  let cards = 0
  let told: () => void = () => undefined
  const waiting = new Map<number, (frame: Extract<StationFrame, { type: 'answer' | 'refusal' }>) => void>()
  const screen = station.screens.connect((text) => {
    const frame = stationFrame.parse(JSON.parse(text))
    if (frame.type === 'view') {
      view = frame.view
      told()
    } else if (frame.type === 'answer' || frame.type === 'refusal') {
      waiting.get(frame.id)?.(frame)
      waiting.delete(frame.id)
    }
  }, () => undefined)
  screen.receive(JSON.stringify({ type: 'hello', protocol: 2 }))

  const district: PhoneDistrict = {
    url, app, database, objects, keys, station, clock, kioskUrl: station.kioskUrl,
    log: () => lines.join(''),
    request: (name, input) =>
      new Promise((resolve) => {
        const id = (asked += 1)
        waiting.set(id, resolve)
        screen.receive(JSON.stringify({ type: 'request', id, name, input }))
      }),
    view() {
      if (view === null) throw new Error('the station has shown nothing yet')
      return view
    },
    async until(what, holds, msMax = 10_000) {
      const beganAtMs = performance.now()
      for (;;) {
        if (view !== null && holds(view)) return performance.now() - beganAtMs
        const leftMs = beganAtMs + msMax - performance.now()
        if (leftMs <= 0) throw new Error(`waited ${msMax} ms for ${what}; the screen shows ${JSON.stringify(view?.handOff)}`)
        await Promise.race([new Promise<void>((resolve) => (told = resolve)), new Promise((resolve) => setTimeout(resolve, Math.min(leftMs, 50)))])
      }
    },
    async endSession() {
      const session = view?.session?.session
      if (session === undefined) return
      await district.request('end_session', { session })
      await district.until('nobody', (shown) => shown.session === null)
    },
    async signIn(rider) {
      await district.endSession()
      const before = view?.session?.session
      // Another card each time: the same one right after is not read.
      cards += 1
      station.scan(keys.signPass({ holder: 'rider', holderId: rider, card: 60_000 + cards, issueDay: Math.floor(nowMs() / 86_400_000), keyId: 2 }))
      await district.until('a session', ({ session }) => session?.kind === 'rider' && session.session !== before && session.maskedName !== null)
      return district.view().session?.session ?? ''
    },
    async openHandOff(purpose, session) {
      const { revision: before } = district.view()
      await district.request('open_hand_off', { session, purpose })
      await district.until('central’s answer', ({ handOff, revision }) => revision > before && handOff !== null && handOff.state !== 'connecting')
      return district.view().handOff
    },
    async handOver(purpose, session) {
      const shown = await district.openHandOff(purpose, session)
      if (shown?.url === null || shown === null) throw new Error(`no code: ${JSON.stringify(shown)}`)
      return { code: new URL(shown.url).hash.slice(1), shown }
    },
    phone() {
      const phone: Phone = {
        cookie: null,
        async ask(name, asked) {
          const response = await fetch(url + phoneDoorPath(name), {
            method: 'POST', body: JSON.stringify(asked), headers: { 'content-type': 'application/json', origin: url, ...(phone.cookie === null ? {} : { cookie: phone.cookie }) },
          })
          const set = response.headers.get('set-cookie')
          if (set !== null) phone.cookie = set.split(';')[0] ?? null
          return response.json()
        },
      }
      return phone
    },
    async close() {
      await station.stop()
      await app.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
  await district.until('the catalogue', ({ station: own, link }) => own !== null && link.state === 'online')
  return district
}
