// A station of the differential test: it does what it is told, well or badly, and sends the same bytes to both stores. Its ids
// are decided by its town, so that a run can be told again.

import fc from 'fast-check'
import { HELLO_PATH, OWN_EVENTS_PATH, RENEWALS_PATH } from '../../../contract/sync/hello.ts'
import { NEW_PASS_PATH } from '../../../contract/sync/new-pass.ts'
import { type SealedBox, WORDS_PATH, type WordsReference } from '../../../contract/sync/sealed-words.ts'
import { SNAPSHOT_PART_PATH, SNAPSHOT_PATH } from '../../../contract/sync/snapshot.ts'
import { ALLOWANCE_PATH, type Change, type Cursor, PULL_PATH, RIDER_PATH } from '../../../contract/sync/sync-protocol.ts'
import { sealFor } from '../../support/seal-box.ts'
import { type Reply, type Send, TestStation } from '../../support/station-client.ts'
import { type FactAct, FACTS, type Story } from './random-facts.ts'
import { HISTORY } from './random-staff-calls.ts'
import { TWIN_SEALING } from './twin-sealing.ts'
import { FIRST_MS, type SmallTown } from './small-town.ts'

const REQUEST_ACTS = [
  'push', 'push_again', 'push_with_gap', 'pull', 'pull_from_start', 'pull_from_nowhere', 'ask_allowance', 'ask_again', 'ask_rider', 'renew', 'hello', 'lie_in_hello',
  'own_events', 'snapshot', 'begin_anew', 'begin_anew', 'speak_as_before', 'diverge', 'push_words', 'push_words', 'ask_pass',
] as const
type RequestAct = (typeof REQUEST_ACTS)[number]

export interface StationAct {
  station: number
  act: FactAct | RequestAct
  rider: number
  points: number
  pick: number
}

const FACT_ACTS = Object.keys(FACTS) as FactAct[]
/** So often that runs get somewhere. */
const OFTEN: readonly StationAct['act'][] = [
  'push', 'push', 'push', 'push', 'pull', 'pull', 'ask_allowance', 'ask_allowance', 'redeem', 'redeem', 'redeem', 'redeem', 'redeem', 'receive', 'receive', 'renew',
  'register', 'push_words', 'earn', 'earn', 'give_back', 'undo', 'undo', 'undo', 'restock',
]

export function stationActs(): fc.Arbitrary<StationAct> {
  return fc.record({
    station: fc.constantFrom(0, 0, 0, 1, 2), act: fc.constantFrom(...OFTEN, ...FACT_ACTS, ...REQUEST_ACTS), rider: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4, 5),
    points: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 70 })), pick: fc.nat(999),
  })
}

export class RandomStation {
  readonly station: TestStation
  readonly #index: number
  readonly #town: SmallTown
  readonly #counts: { ids: number }
  #lives = 0
  #earlier: Pick<TestStation, 'incarnation' | 'events'> | null = null
  #acknowledged = 0
  #cursor: Cursor | null = null
  #grants: { id: string; rider: string; points: number }[] = []
  #earningSlices: { id: string; points: number }[] = []
  #redemptions: { event: string; rider: string; points: number }[] = []
  readonly #boxes: SealedBox[] = []
  #asked: { requestId: string; rider: string }[] = []

  constructor(town: SmallTown, index: number, station: TestStation, counts: { ids: number }) {
    this.#town = town
    this.#index = index
    this.#counts = counts
    this.station = station
    this.#begin()
  }

  async do({ act, rider: riderIndex, points, pick }: StationAct, nowMs: number): Promise<void> {
    const rider = this.#town.riders[riderIndex] ?? this.#town.id('nobody', 0)
    if (isFactAct(act)) {
      this.#record(act, { rider, points, pick }, pick % 11 === 0 ? FIRST_MS + 9e10 : nowMs - pick)
      return
    }
    const requests: Record<RequestAct, () => void | Promise<unknown>> = {
      push: () => this.#push(Math.max(1, Math.min(this.#acknowledged + 1, this.station.events.length))),
      push_again: () => this.#push(1),
      push_with_gap: () => this.#push(this.#acknowledged + 2),
      pull: () => this.#pull(this.#cursor, pick),
      pull_from_start: () => this.#pull(null, pick),
      pull_from_nowhere: () => this.#pull({ history: pick % 2 === 0 ? this.#town.id('nobody', 2) : HISTORY, number: 100_000 }, pick),
      ask_allowance: () => this.#askAllowance({ requestId: this.#id('grant'), rider }),
      ask_again: () => this.#askAgain(rider, pick),
      ask_rider: () => this.#post(RIDER_PATH, { rider }),
      renew: () => this.#post(RENEWALS_PATH, {}),
      hello: () => this.#hello({}),
      lie_in_hello: () => this.#hello(this.#lie(pick)),
      push_words: () => this.#pushWords(pick),
      ask_pass: () => this.#post(NEW_PASS_PATH, { rider: this.#town.id('registered', pick % 12) }),
      own_events: () => this.#post(OWN_EVENTS_PATH, { after: pick % 3 }),
      snapshot: () => this.#snapshot(pick),
      begin_anew: () => this.#begin(),
      // The machine that was replaced is switched on again.
      speak_as_before: () => this.#swapWithEarlierLife(),
      // Somebody else wrote under this name: the last event is another one.
      diverge: () => {
        if (this.station.events.pop() !== undefined) this.#record('sign_in', { rider, points, pick }, nowMs)
      },
    }
    await requests[act]()
  }

  #record(act: FactAct, of: Pick<Story, 'rider' | 'points' | 'pick'>, wallMs: number): void {
    const { pick } = of
    const story: Story = {
      ...of, town: this.#town, request: () => (pick % 3 === 0 ? this.#town.id('request', 0) : this.#id('request')), grant: this.#grants[pick % Math.max(1, this.#grants.length)],
      earningSlice: this.#earningSlices[pick % Math.max(1, this.#earningSlices.length)], redemption: this.#redemptions.at(-1 - (pick % 2)), typed: () => this.#type(pick),
    }
    for (const [name, body] of FACTS[act](story)) {
      const event = this.#say(name, body, wallMs)
      if (act === 'redeem') this.#redemptions.push({ event, rider: of.rider, points: of.points })
    }
  }

  #say(name: string, body: object, wallMs: number): string {
    const [kind = '', version] = name.split('/')
    const id = this.#id('event')
    this.station.recordRaw(kind, Number(version), JSON.stringify(body), { id, wallMs })
    return id
  }

  /** A morning as it should be: it gets its slices, says so, and has points to give. */
  async openShop(nowMs: number): Promise<void> {
    await this.#post(RENEWALS_PATH, {})
    await this.#pull(null, 1)
    for (const { id, rider, points } of this.#grants) this.#say('allowance.received/1', { grant: id, rider, points }, nowMs)
    for (const { id, points } of this.#earningSlices) this.#say('earning_slice.received/1', { grant: id, points }, nowMs)
    await this.#push(1)
  }

  /** All that it has it brings. */
  async bringEverything(): Promise<void> {
    await this.#hello({ cursor: null })
    await this.#push(1)
  }

  #swapWithEarlierLife(): void {
    const earlier = this.#earlier
    if (earlier === null) return
    this.#keepLife()
    this.station.incarnation = earlier.incarnation
    this.station.events = earlier.events
    this.#acknowledged = 0
    this.#cursor = null
  }

  #keepLife(): void {
    this.#earlier = { incarnation: this.station.incarnation, events: this.station.events }
  }

  #begin(): void {
    if (this.#lives > 0) this.#keepLife()
    this.station.begin()
    this.station.incarnation = this.#town.id('incarnation', this.#index + 3 * this.#lives)
    this.#lives += 1
    this.#acknowledged = 0
    this.#cursor = null
    this.#grants = []
    this.#earningSlices = []
  }

  async #push(first: number): Promise<void> {
    if (first > this.station.events.length) return
    const { body } = await this.station.pushBytes(this.station.batchBytes(first, this.station.events.length))
    if (isObject(body) && body['result'] === 'applied') this.#acknowledged = Number(body['lastSeq'])
  }

  async #pull(cursor: Cursor | null, pick: number): Promise<void> {
    const checksums = pick % 3 === 0 ? [{ scope: 'riders', rows: pick, sum: pick.toString(16).padStart(16, '0') }] : []
    const { body } = await this.#post(PULL_PATH, { cursor, checksums })
    if (!isObject(body) || body['result'] !== 'page') return
    this.#cursor = body['cursor'] as Cursor
    for (const change of body['changes'] as Change[]) {
      if (change.kind === 'grant' && change.row !== null) this.#grants.push(change.row)
      if (change.kind === 'earning_slice' && change.row !== null) this.#earningSlices.push(change.row)
    }
  }

  async #askAllowance(asked: { requestId: string; rider: string }): Promise<void> {
    this.#asked.push(asked)
    const { body } = await this.#post(ALLOWANCE_PATH, asked)
    if (isObject(body) && isObject(body['grant'])) this.#grants.push(body['grant'] as { id: string; rider: string; points: number })
  }

  async #askAgain(rider: string, pick: number): Promise<void> {
    const asked = this.#asked[pick % Math.max(1, this.#asked.length)]
    if (asked !== undefined) await this.#askAllowance(pick % 4 === 0 ? { ...asked, rider } : asked)
  }

  async #hello(said: Parameters<TestStation['helloBody']>[0]): Promise<void> {
    await this.#post(HELLO_PATH, this.station.helloBody({ nonce: 'n'.repeat(43), acknowledgedSeq: this.#acknowledged, cursor: this.#cursor, ...said }))
  }

  /** An older file, another one, or one that was told more than central knows. */
  #lie(pick: number): Parameters<TestStation['helloBody']>[0] {
    const { events } = this.station
    const older = events[(pick % Math.max(1, events.length)) - 1]
    if (pick % 3 === 0) return { acknowledgedSeq: events.length + 1 }
    if (pick % 3 === 1 || older === undefined) return { lastHash: 'ab'.repeat(32) }
    return { lastSeq: older.header.seq, lastHash: older.hash.toString('hex') }
  }

  async #snapshot(pick: number): Promise<void> {
    const { body } = await this.#post(SNAPSHOT_PATH, { scopes: pick % 2 === 0 ? ['district', 'station', 'riders'] : ['riders'] })
    if (!isObject(body) || !Array.isArray(body['scopes'])) return
    for (const { parts } of body['scopes'] as { parts: { sha256: string }[] }[]) {
      for (const { sha256 } of parts) await this.#post(SNAPSHOT_PART_PATH, { snapshot: body['snapshot'], sha256 })
    }
  }

  /** At times another text than it promises, or sealed to nobody, or for another station. */
  #type(pick: number): WordsReference {
    const ref = pick % 13 === 0 ? this.#town.id('words', 0) : this.#id('words')
    const { words, box } = sealFor(TWIN_SEALING, pick % 11 === 0 ? this.#town.id('nobody', 1) : this.station.station, ref, JSON.stringify({ name: '张伟', phone: '13900000000', site: '' }))
    this.#boxes.push(pick % 7 === 0 ? { ...box, keyId: '0'.repeat(16) } : box)
    return pick % 5 === 0 ? { ref, commitment: 'ab'.repeat(32) } : words
  }

  /** All that were typed so far, again and again, also before the event was sent. */
  async #pushWords(pick: number): Promise<void> {
    const boxes = this.#boxes.slice(-3 - (pick % 4))
    if (boxes.length > 0) await this.#post(WORDS_PATH, { boxes })
  }

  #post(path: string, question: object): Promise<Reply> {
    return this.station.post(path, Buffer.from(JSON.stringify({ incarnation: this.station.incarnation, ...question })))
  }

  #id(kind: 'event' | 'grant' | 'request' | 'words'): string {
    this.#counts.ids += 1
    return this.#town.id(kind, 1000 + this.#counts.ids)
  }
}

export function openStations(number: number, send: Send, build: (number: number, publicKeys: readonly string[]) => SmallTown): { town: SmallTown; stations: RandomStation[] } {
  const clients = build(number, []).stations.map((id) => new TestStation(id, send))
  const town = build(number, clients.map((client) => client.publicKey))
  const counts = { ids: 0 }
  return { town, stations: clients.map((client, index) => new RandomStation(town, index, client, counts)) }
}

function isFactAct(act: StationAct['act']): act is FactAct {
  return Object.hasOwn(FACTS, act)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
