// What the events of uploads name: all that has to be asked of the database before any of them is planned. Pure.

import type { EventBody, EventName } from '../../contract/sync/event-bodies.ts'
import { type DistrictAccount, earningSliceOf, sliceOf } from '../store/district-account.ts'
import type { Outbox, SentEvent } from '../store/outboxes.ts'
import type { ScreenRequest } from '../store/station-facts.ts'
import type { NamedTrainings } from './book-trainings.ts'

export type ReadEvent = { [Name in EventName]: { name: Name; body: EventBody<Name>; event: SentEvent } }[EventName]

export interface UploadToRead {
  outbox: Outbox
  readable: readonly ReadEvent[]
}

/** Facts that move points of the rider they name. */
const MOVING_POINTS: ReadonlySet<EventName> = new Set<EventName>([
  'redemption.recorded/1', 'allowance.received/1', 'allowance.returned/1', 'points.earned/1', 'redemption.undone/1', 'attendance.recorded/1',
])
/** Of these, those that can not touch what lies at central. */
const SLICE_ONLY: ReadonlySet<EventName> = new Set<EventName>(['redemption.recorded/1', 'redemption.undone/1'])

export interface Named {
  riders: Set<string>
  /** Of them, those whose points move. */
  moving: Set<string>
  staff: Set<string>
  /** By district. */
  items: Map<string, Set<string>>
  services: Map<string, Set<string>>
  grants: Set<string>
  earningSlices: Set<string>
  undoable: Set<string>
  wishes: Set<string>
  requests: ScreenRequest[]
  earningRequests: ScreenRequest[]
  training: NamedTrainings
}

export function namesIn(uploads: readonly UploadToRead[]): Named {
  const named: Named = {
    riders: new Set(), moving: new Set(), staff: new Set(), items: new Map(), services: new Map(), grants: new Set(), earningSlices: new Set(), undoable: new Set(), wishes: new Set(), requests: [],
    earningRequests: [], training: { trainings: new Set(), certificates: new Set(), blocks: new Set(), riders: new Set(), asking: new Set() },
  }
  for (const { outbox, readable } of uploads) {
    const { station, district } = outbox
    for (const { name, body } of readable) {
      if ('rider' in body) {
        named.riders.add(body.rider)
        if (MOVING_POINTS.has(name)) named.moving.add(body.rider)
      }
      if ('staff' in body) named.staff.add(body.staff)
      if ('wish' in body) named.wishes.add(body.wish)
      if ('training' in body) {
        named.training.trainings.add(body.training)
        if ('rider' in body) named.training.riders.add(body.rider)
      }
      if (name === 'signup.requested/1') named.training.asking.add(body.rider)
      if (name === 'attendance.recorded/1' && body.certificate !== null) named.training.certificates.add(body.certificate)
      if (name === 'seat_block.received/1') named.training.blocks.add(body.block)
      if ('lines' in body) for (const line of body.lines) addTo(named.items, district, line.item)
      if (name === 'allowance.received/1') named.grants.add(body.grant)
      if (name === 'earning_slice.received/1') named.earningSlices.add(body.grant)
      if (name === 'redemption.recorded/1') named.requests.push({ station, request: body.request })
      if (name === 'redemption.undone/1') named.undoable.add(body.redemption)
      if (name === 'points.earned/1') {
        named.earningRequests.push({ station, request: body.request })
        addTo(named.services, district, body.service)
      }
    }
  }
  return named
}

/** Whose balances decide: of riders whose points move, and the station's earning slice. */
export function accountsOf(outbox: Outbox, readable: readonly ReadEvent[], riderDistricts: ReadonlyMap<string, string>): DistrictAccount[] {
  const moving = new Set<string>()
  const atCentral = new Set<string>()
  for (const { name, body } of readable) {
    if (!('rider' in body) || !MOVING_POINTS.has(name)) continue
    moving.add(body.rider)
    if (!SLICE_ONLY.has(name)) atCentral.add(body.rider)
  }
  const accounts = [...moving].flatMap((rider): DistrictAccount[] => {
    const district = riderDistricts.get(rider)
    if (district === undefined) return []
    const slice = sliceOf(outbox, rider, district)
    return atCentral.has(rider) ? [slice, { district, account: { kind: 'rider_central', rider } }] : [slice]
  })
  return readable.some(({ name }) => name === 'points.earned/1' || name === 'attendance.recorded/1') ? [...accounts, earningSliceOf(outbox)] : accounts
}

/** What comes again and again. */
export type AskedNames = Pick<Named, 'riders' | 'moving' | 'staff' | 'items'>

/** Without those that were asked for before; from now on these are too. */
export function newNames(named: Named, asked: AskedNames): Named {
  return {
    ...named, riders: newIn(named.riders, asked.riders), moving: newIn(named.moving, asked.moving), staff: newIn(named.staff, asked.staff), items: newByKey(named.items, asked.items),
  }
}

function newByKey(named: ReadonlyMap<string, ReadonlySet<string>>, asked: Map<string, Set<string>>): Map<string, Set<string>> {
  const fresh = new Map<string, Set<string>>()
  for (const [key, names] of named) {
    const before = asked.get(key) ?? new Set<string>()
    asked.set(key, before)
    const more = newIn(names, before)
    if (more.size > 0) fresh.set(key, more)
  }
  return fresh
}

function newIn(named: ReadonlySet<string>, asked: Set<string>): Set<string> {
  const fresh = new Set<string>()
  for (const name of named) {
    if (asked.has(name)) continue
    fresh.add(name)
    asked.add(name)
  }
  return fresh
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key)
  if (set === undefined) sets.set(key, new Set([value]))
  else set.add(value)
}
