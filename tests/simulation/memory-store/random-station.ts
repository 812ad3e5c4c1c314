// A station of the differential test: it does what it is told, well or badly, and sends the same bytes to both stores. Its ids
// are decided by its town, so that a run can be told again.

import fc from 'fast-check'
import { HELLO_PATH, OWN_EVENTS_PATH, RENEWALS_PATH } from '../../../contract/sync/hello.ts'
import { ALLOWANCE_PATH, type Change, PULL_PATH, RIDER_PATH } from '../../../contract/sync/sync-protocol.ts'
import { type Reply, type Send, TestStation } from '../../support/station-client.ts'
import { HISTORY } from './random-staff-calls.ts'
import { FIRST_MS, type SmallTown } from './small-town.ts'

const ACTS = [
  'redeem', 'restock', 'check_in', 'sign_in', 'refuse_scan', 'receive', 'receive_slice', 'give_back', 'earn', 'undo', 'say_unknown', 'say_unreadable', 'push', 'push_again',
  'push_with_gap', 'pull', 'pull_from_start', 'pull_from_nowhere', 'ask_allowance', 'ask_again', 'ask_rider', 'renew', 'hello', 'own_events', 'begin_anew', 'diverge', 'time_passes',
] as const
type ActName = (typeof ACTS)[number]

export interface StationAct {
  station: number
  act: ActName
  rider: number
  points: number
  /** Decides what else there is to choose. */
  pick: number
}

const OFTEN: readonly ActName[] = [
  'push', 'push', 'push', 'push', 'pull', 'pull', 'ask_allowance', 'ask_allowance', 'redeem', 'redeem', 'redeem', 'redeem', 'redeem', 'receive', 'receive', 'renew', 'earn', 'earn',
  'give_back', 'undo', 'undo', 'undo', 'restock',
]

export function stationActs(): fc.Arbitrary<StationAct> {
  return fc.record({ station: fc.constantFrom(0, 0, 0, 1, 2), act: fc.constantFrom(...OFTEN, ...ACTS), rider: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4, 5), points: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 70 })), pick: fc.nat(999) })
}

interface Lent {
  id: string
  points: number
  rider?: string
}

export class RandomStation {
  readonly station: TestStation
  readonly #index: number
  readonly #town: SmallTown
  readonly #counts: { ids: number }
  #lives = 0
  #acknowledged = 0
  #cursor: unknown = null
  #grants: Lent[] = []
  #slices: Lent[] = []
  #redemptions: { event: string; rider: string; points: number }[] = []
  #asked: { requestId: string; rider: string }[] = []

  constructor(town: SmallTown, index: number, station: TestStation, counts: { ids: number }) {
    this.#town = town
    this.#index = index
    this.#counts = counts
    this.station = station
    this.#begin()
  }

  async do({ act, rider: riderIndex, points, pick }: StationAct, nowMs: number): Promise<void> {
    const { station } = this
    const rider = this.#town.riders[riderIndex] ?? this.#town.id('nobody', 0)
    const item = this.#town.items[pick % 5] ?? 'nothing'
    const staff = this.#town.staff[pick % 3] ?? this.#town.id('nobody', 1)
    const wallMs = pick % 11 === 0 ? FIRST_MS + 9e10 : nowMs - pick
    const say = (name: string, body: object): string => {
      const [kind = '', version] = name.split('/')
      const id = this.#id('event')
      station.recordRaw(kind, Number(version), JSON.stringify(body), { id, wallMs })
      return id
    }
    switch (act) {
      case 'redeem': {
        const lots = pick % 7 === 0 ? [[1, 2]] : [[1 + (pick % 2), 1]]
        const event = say('redemption.recorded/1', { request: this.#request(pick), rider, points, receipt: '1-00001-0', lines: [{ item, quantity: 1, points, lots }] })
        this.#redemptions.push({ event, rider, points })
        return
      }
      case 'restock':
        say('restock.recorded/1', {
          request: this.#request(pick), staff,
          lines: [1, 2].map((lot) => ({ item: lot === 1 ? item : 'soap-a', lot: 1 + (pick % 2), quantity: points, expiryDay: pick % 3 === 0 ? null : 20_500 + lot, donor: this.#town.donors[pick % 3] ?? null })),
        })
        return
      case 'check_in':
        say('checkin.recorded/1', { rider, card: 1, known: true })
        return
      case 'sign_in':
        say('staff.signed_in/1', { staff })
        return
      case 'refuse_scan':
        say('scan.refused/1', { verdict: 'expired', count: 1 })
        return
      case 'receive': {
        const grant = this.#grants[pick % Math.max(1, this.#grants.length)]
        if (pick % 9 === 0) say('allowance.received/1', { grant: this.#town.id('grant', 900 + (pick % 3)), rider, points })
        else if (grant !== undefined) say('allowance.received/1', { grant: grant.id, rider: grant.rider, points: grant.points })
        return
      }
      case 'receive_slice': {
        const slice = this.#slices[pick % Math.max(1, this.#slices.length)]
        say('earning_slice.received/1', slice === undefined || pick % 9 === 0 ? { grant: this.#town.id('grant', 910), points } : { grant: slice.id, points: slice.points })
        return
      }
      case 'give_back':
        say('allowance.returned/1', { rider, points, reason: 'visit_over' })
        return
      case 'earn':
        say('points.earned/1', { request: this.#request(pick), rider, points, service: pick % 5 === 0 ? 'nothing' : 'help', staff, inSlice: pick % 3 !== 0 })
        return
      case 'undo': {
        const redemption = this.#redemptions.at(-1 - (pick % 2))
        if (redemption === undefined) return
        const event = pick % 7 === 0 ? this.#town.id('nobody', 3) : redemption.event
        for (let times = pick % 5 === 0 ? 2 : 1; times > 0; times -= 1) say('redemption.undone/1', { request: this.#request(pick), redemption: event, rider: redemption.rider, points: redemption.points, staff })
        return
      }
      case 'say_unknown':
        say('wish.posted/1', { a: 1 })
        return
      case 'say_unreadable':
        say('checkin.recorded/1', { rider: '字' })
        return
      case 'push':
        return this.#push(Math.max(1, Math.min(this.#acknowledged + 1, station.events.length)))
      case 'push_again':
        return this.#push(1)
      case 'push_with_gap':
        return this.#push(this.#acknowledged + 2)
      case 'diverge': {
        // Somebody else wrote under this name: the last event is another one.
        const last = station.events.pop()
        if (last !== undefined) say('staff.signed_in/1', { staff })
        return
      }
      case 'begin_anew':
        this.#begin()
        return
      case 'time_passes':
        return
      default:
        return this.#ask(act, rider, pick, nowMs)
    }
  }

  async #ask(act: ActName, rider: string, pick: number, nowMs: number): Promise<void> {
    const { incarnation, events } = this.station
    switch (act) {
      case 'pull':
        return this.#pull(this.#cursor, pick)
      case 'pull_from_start':
        return this.#pull(null, pick)
      case 'pull_from_nowhere':
        return this.#pull({ history: pick % 2 === 0 ? this.#town.id('nobody', 2) : HISTORY, number: 100_000 }, pick)
      case 'ask_allowance': {
        const asked = { requestId: this.#id('grant'), rider }
        this.#asked.push(asked)
        return this.#askAllowance(asked)
      }
      case 'ask_again': {
        const asked = this.#asked[pick % Math.max(1, this.#asked.length)]
        if (asked !== undefined) await this.#askAllowance(pick % 4 === 0 ? { ...asked, rider } : asked)
        return
      }
      case 'ask_rider':
        await this.#post(RIDER_PATH, { rider, incarnation })
        return
      case 'renew':
        await this.#post(RENEWALS_PATH, { incarnation })
        return
      case 'hello': {
        const lastHash = events.at(-1)?.hash.toString('hex') ?? '0'.repeat(64)
        await this.#post(HELLO_PATH, {
          incarnation, nonce: 'n'.repeat(43), previous: null, lastSeq: events.length, lastHash, acknowledgedSeq: this.#acknowledged, cursor: this.#cursor, certificate: null,
          wallMs: nowMs + pick, program: 'test',
        })
        return
      }
      case 'own_events':
        await this.#post(OWN_EVENTS_PATH, { incarnation, after: pick % 3 })
    }
  }

  #begin(): void {
    this.station.begin()
    this.station.incarnation = this.#town.id('incarnation', this.#index + 3 * this.#lives)
    this.#lives += 1
    this.#acknowledged = 0
    this.#cursor = null
    this.#grants = []
    this.#slices = []
  }

  async #push(first: number): Promise<void> {
    if (first > this.station.events.length) return
    const { body } = await this.station.pushBytes(this.station.batchBytes(first, this.station.events.length))
    if (isObject(body) && body['result'] === 'applied') this.#acknowledged = Number(body['lastSeq'])
  }

  async #pull(cursor: unknown, pick: number): Promise<void> {
    const checksums = pick % 3 === 0 ? [{ scope: 'riders', rows: pick, sum: pick.toString(16).padStart(16, '0') }] : []
    const { body } = await this.#post(PULL_PATH, { cursor, incarnation: this.station.incarnation, checksums })
    if (!isObject(body) || body['result'] !== 'page') return
    this.#cursor = body['cursor']
    for (const change of body['changes'] as Change[]) {
      if (change.kind === 'grant' && change.row !== null) this.#grants.push(change.row)
      if (change.kind === 'earning_slice' && change.row !== null) this.#slices.push(change.row)
    }
  }

  async #askAllowance(asked: { requestId: string; rider: string }): Promise<void> {
    const { body } = await this.#post(ALLOWANCE_PATH, { ...asked, incarnation: this.station.incarnation })
    if (isObject(body) && isObject(body['grant'])) this.#grants.push(body['grant'] as unknown as Lent)
  }

  #post(path: string, question: object): Promise<Reply> {
    return this.station.post(path, Buffer.from(JSON.stringify(question)))
  }

  /** Now and then the screen asks for what it asked for before. */
  #request(pick: number): string {
    return pick % 3 === 0 ? this.#town.id('request', 0) : this.#id('request')
  }

  #id(kind: 'event' | 'grant' | 'request'): string {
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
