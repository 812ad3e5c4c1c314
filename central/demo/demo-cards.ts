// Which card each demo person holds: old ones signed by key 1, new ones by key 2, a lost one revoked, one that expired, and
// one rider who is known at central but not at station 1.

import { DEMO, DEMO_RIDERS, type DemoRider, stationNumbered } from './demo-data.ts'

export interface DemoCard {
  district_id: string
  holder_kind: 'rider' | 'staff'
  holder_id: string
  card: number
  issue_day: number
  key_id: number
  revoked: boolean
}

const OLD_CARD_DAYS = 300
const NEW_CARD_DAYS = 40
const FIRST_OLD = 20

function firstWithoutHandle(homeStation: number): DemoRider {
  const rider = DEMO_RIDERS.find((candidate) => candidate.homeStation === homeStation && candidate.demo === undefined)
  if (rider === undefined) throw new Error(`station ${homeStation} has no rider without a handle`)
  return rider
}

/** His only card is too old: he needs a new one. */
export const EXPIRED_RIDER = firstWithoutHandle(1)
/** A genuine pass that station 1 has no row for. */
export const UNKNOWN_RIDER = firstWithoutHandle(2)
/** Riders of one station whom another one mirrors already, because they have been there. */
export const VISITING_RIDERS = DEMO_RIDERS.filter((rider) => rider.demo === 'guli').map((rider) => ({ rider: rider.id, station: 1 }))

export function demoCards(today: number): DemoCard[] {
  return [
    ...DEMO_RIDERS.flatMap((rider, index): DemoCard[] => {
      const shared = { district_id: stationNumbered(rider.homeStation).district.id, holder_kind: 'rider' as const, holder_id: rider.id }
      const isOld = rider === EXPIRED_RIDER || (index < FIRST_OLD && !rider.cardLost)
      const age = rider === EXPIRED_RIDER ? DEMO.rules.passValidDays + OLD_CARD_DAYS : isOld ? OLD_CARD_DAYS : NEW_CARD_DAYS
      const lost = rider.cardLost
        ? Array.from({ length: rider.card - 1 }, (_, number): DemoCard => ({ ...shared, card: number + 1, issue_day: today - OLD_CARD_DAYS, key_id: 1, revoked: true }))
        : []
      return [...lost, { ...shared, card: rider.card, issue_day: today - age, key_id: isOld ? 1 : 2, revoked: false }]
    }),
    ...DEMO.staff.map((person): DemoCard => ({
      district_id: stationNumbered(person.station).district.id, holder_kind: 'staff', holder_id: person.id, card: person.card,
      issue_day: today - OLD_CARD_DAYS, key_id: 1, revoked: false,
    })),
  ]
}
