// What random calls choose from: the ids of a small town, few enough that calls meet each other's rows.

import fc from 'fast-check'
import type { Outbox } from '../../../central/store/outboxes.ts'
import { FIRST_MS, type IdKind, type SmallTown } from './small-town.ts'

const HASH_BYTES = 32

export function townArbitraries(town: SmallTown) {
  const ids = (kind: IdKind, count: number) => fc.nat(count - 1).map((index) => town.id(kind, index))
  const few = <Value>(one: fc.Arbitrary<Value>) => fc.array(one, { minLength: 1, maxLength: 4 })
  const station = fc.oneof({ arbitrary: fc.constantFrom(...town.stations, ...town.stations.slice(0, 1)), weight: 20 }, { arbitrary: ids('nobody', 1), weight: 1 })
  const rider = fc.oneof({ arbitrary: fc.constantFrom(...town.riders, ...town.riders.slice(0, 2), ...town.riders.slice(0, 1)), weight: 20 }, { arbitrary: ids('nobody', 1), weight: 1 })
  const district = fc.constantFrom(...town.districts)
  const incarnationOf = (which: string) => fc.nat(2).map((place) => town.incarnations[town.stations.indexOf(which)]?.[place === 2 ? 1 : 0] ?? town.id('nobody', 0))
  const outbox: fc.Arbitrary<Outbox> = fc.constantFrom(0, 0, 1, 2).chain((index) => {
    const which = town.stations[index] ?? ''
    return incarnationOf(which).map((incarnation) => ({ district: town.districts[index < 2 ? 0 : 1] ?? '', station: which, incarnation }))
  })
  const event = ids('event', 6)
  const grant = ids('grant', 4)
  const request = ids('request', 4)
  const item = fc.constantFrom(...town.items, 'nothing')
  const nowMs = fc.nat(2).map((hours) => FIRST_MS + hours * 3_600_000)
  const points = fc.integer({ min: 1, max: 60 })
  const hash = fc.nat(3).map((byte) => new Uint8Array(HASH_BYTES).fill(byte))
  const seq = fc.integer({ min: 1, max: 6 })
  const districtOf = (who: string): string => town.districts[town.riders.indexOf(who) < 4 ? 0 : 1] ?? ''
  return { ids, few, station, rider, district, outbox, event, grant, request, item, nowMs, points, hash, seq, districtOf, incarnationOf }
}
