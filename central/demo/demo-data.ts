// The demo's people and goods as they stand in resources/demo (its README says what each key means), and where the demo's
// file says what to do.

import { z } from 'zod'
import donors from '../../resources/demo/donors.json' with { type: 'json' }
import items from '../../resources/demo/items.json' with { type: 'json' }
import riders from '../../resources/demo/riders.json' with { type: 'json' }
import rules from '../../resources/demo/rules.json' with { type: 'json' }
import services from '../../resources/demo/services.json' with { type: 'json' }
import staff from '../../resources/demo/staff.json' with { type: 'json' }
import stations from '../../resources/demo/stations.json' with { type: 'json' }
import type { Period } from '../../domain/calendar.ts'

export const UTC_OFFSET_MINUTES = 480

/** What `--demo FILE` holds: the stations' keys, and where to write what the demo's tray needs. */
export const demoOrder = z.strictObject({
  stations: z
    .array(z.strictObject({ number: z.int().min(1), publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }))
    .min(1)
    .max(100),
  write: z.string().min(1),
})
export type DemoOrder = z.infer<typeof demoOrder>

export interface DemoService {
  id: string
  zh: string
  en: string
  points: number
  per: string
  capPerActivity?: number
}

export interface DemoItem {
  id: string
  pricePoints: number
  limit: { quantity: number; period: Period } | null
}

export interface DemoRider {
  id: string
  name: string
  homeStation: number
  status: string
  card: number
  cardLost: boolean
  services: readonly { service: string; perMonth: number }[]
  demo?: string
}

export const DEMO = { donors, items, riders, rules, services, staff, stations }
/** The same, as narrow as the rules for the ledger's past need it. */
export const DEMO_RIDERS: readonly DemoRider[] = riders
export const DEMO_SERVICES: readonly DemoService[] = services
export const DEMO_ITEMS: readonly DemoItem[] = items.map((item) => ({ id: item.id, pricePoints: item.pricePoints, limit: readLimit(item.limit) }))

function readLimit(limit: { quantity: number; period: string } | null): DemoItem['limit'] {
  if (limit === null) return null
  const period = z.enum(['day', 'week', 'month', 'halfyear']).parse(limit.period)
  return { quantity: limit.quantity, period }
}

export function stationNumbered(number: number): (typeof stations)[number] {
  const station = stations.find((candidate) => candidate.number === number)
  if (station === undefined) throw new Error(`the demo has no station ${number}`)
  return station
}
