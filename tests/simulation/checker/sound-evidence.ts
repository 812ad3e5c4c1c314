// A small district of which everything is true: one rider, one station, a slice lent and half of it spent. A test takes it,
// makes one thing untrue, and the property it belongs to must say so.

import { createHash } from 'node:crypto'
import type { Evidence, Row } from './evidence.ts'

export const STATION = 'station-1'
export const LIFE = 'life-1'
export const RIDER = 'rider-1'
const DISTRICT = 'district-1'

const KINDS = ['allowance.received', 'redemption.recorded', 'redemption.recorded', 'wish.posted']
/** A lease that came to nothing, and what was said of it when it was over. */
const WISH_LINES = [
  { act: 'posted', claim: 0, event_id: 'event-4' }, { act: 'approved', claim: 0 }, { act: 'claimed', claim: 1 }, { act: 'lapsed', claim: 1 }, { act: 'claimed', claim: 2 },
  { act: 'handed_over', claim: 1, flag: 'claim_stale' },
]

type Rows = Record<string, Record<string, unknown>[]>

export interface OpenEvidence extends Evidence {
  central: Rows
  files: { station: string; incarnation: string; isLive: boolean; tables: Rows }[]
  witness: { -readonly [Key in keyof Evidence['witness']]: Evidence['witness'][Key] }
}

export function soundEvidence(): OpenEvidence {
  const bodies = [{ grant: 'grant-1', rider: RIDER, points: 40 }, { request: 'request-1', rider: RIDER, points: 10 }, { request: 'request-2', rider: 'nobody', points: 0 }, { request: 'request-3', wish: 'wish-1', rider: RIDER }]
  let previous: Uint8Array = createHash('sha256').update(`boai/outbox/1\n${STATION}\n${LIFE}`).digest()
  const events = bodies.map((content, index) => {
    const [header, body] = [`[${index + 1}]`, Buffer.from(JSON.stringify(content))]
    previous = createHash('sha256').update(previous).update(header).update('\n').update(body).digest()
    return { seq: index + 1, event_id: `event-${index + 1}`, header, body, hash: previous }
  })
  const life = { station_id: STATION, incarnation: LIFE }
  const account = (account_key: string, kind: string, rider_id: string | null, balance: number): Record<string, unknown> => ({ district_id: DISTRICT, account_key, kind, rider_id, station_id: null, balance })
  const transfer = (event_id: string, from_key: string, to_key: string, points: number): Record<string, unknown> => ({ district_id: DISTRICT, event_id, line: 1, from_key, to_key, points, booked_at_ms: 1_500 })
  const training = (training_id: string, capacity: number): Record<string, unknown> => ({ training_id, capacity, closes_at_ms: 9_000, state: 'open' })
  const seat = (training_id: string, number: number, more: object): Record<string, unknown> => ({ training_id, seat: number, rider_id: null, offered_to: null, block_id: null, retired: false, ...more })
  const signup = (rider_id: string, standing: string, place: number | null, number: number | null): Record<string, unknown> => ({
    training_id: 'training-1', rider_id, signup_id: `signup of ${rider_id}`, standing, seat: place, number,
  })
  const slice = { ...account('rider@station', 'rider_station', RIDER, 30), ...life }
  return {
    central: {
      centrals: [{ history: 'history-1', restored_at_ms: 1_000 }],
      recovery_waits: [{ station_id: STATION, since_ms: 1_000, back_at_ms: 2_000 }],
      grants: [{ grant_id: 'grant-1', station_id: STATION, points: 40, granted_at_ms: 1_500 }],
      earning_slices: [],
      changes: [{ scope: `riders@${STATION}`, kind: 'rider', key: RIDER, number: 9 }, { scope: 'district', kind: 'item', key: 'soap', number: 10 }],
      stations: [{ station_id: STATION, district_id: DISTRICT }],
      riders: [{ rider_id: RIDER, standing: 'active' }],
      station_riders: [{ station_id: STATION, rider_id: RIDER }],
      staff: [{ staff_id: 'staff-1', station_id: STATION }],
      cards: [{ holder_id: RIDER, card: 1, revoked_at_ms: 5 }],
      items: [{ district_id: DISTRICT, item_id: 'soap', price_points: 10, offered: true }],
      accounts: [account('program', 'program', null, -100), account('rider', 'rider_central', RIDER, 60), slice, account('redeemed', 'redeemed_station', null, 10), account('discrepancy', 'discrepancy', null, 0)],
      transfers: [{ ...transfer('opening', 'program', 'rider', 100), booked_at_ms: 1_000 }, transfer('grant-1', 'rider', 'rider@station', 40), transfer('event-2', 'rider@station', 'redeemed', 10)],
      entries: [{ rider_id: RIDER, points: 100 }, { rider_id: RIDER, points: -10 }],
      incarnations: [{ ...life, last_seq: 4, last_hash: previous, state: 'active' }],
      events: events.map((event, index) => ({ ...life, ...event, kind: KINDS[index] ?? 'redemption.recorded', outcome: 'recorded', code: null, received_at_ms: 1_500 })),
      quarantined_events: [],
      redemptions: [{ ...life, event_id: 'event-2', request_id: 'request-1' }],
      wishes: [{ wish_id: 'wish-1', district_id: DISTRICT, rider_id: RIDER, stage: 'claimed', review: 'approved', claim: 2, not_yet: false }],
      wish_history: WISH_LINES.map((line, index) => ({ wish_id: 'wish-1', line: index + 1, flag: null, event_id: null, ...line })),
      claims: [{ wish_id: 'wish-1', number: 1, granted_at_ms: 2_500, ended_at_ms: 2_600 }, { wish_id: 'wish-1', number: 2, granted_at_ms: 2_700, ended_at_ms: null }],
      wall_places: [{ wish_id: 'wish-1', district_id: DISTRICT }],
      trainings: [training('training-1', 2), training('training-2', 1)],
      training_seats: [seat('training-1', 1, { rider_id: RIDER }), seat('training-1', 2, { offered_to: 'rider-8' }), seat('training-2', 3, { block_id: 'block-1' })],
      seat_blocks: [{ block_id: 'block-1', training_id: 'training-2', ...life }],
      signups: [signup(RIDER, 'seated', 1, null), signup('rider-8', 'offered', 2, null), signup('rider-2', 'waiting', null, 3), signup('rider-3', 'waiting', null, 4)],
      training_acts: [RIDER, 'rider-8', 'rider-2', 'rider-3'].map((rider, index) => ({ training_id: 'training-1', number: index + 2, at_ms: 1, act: { act: 'requested', fact: { id: `signup of ${rider}` } } })),
      attendances: [],
      service_records: [],
      stock_mirror: [{ station_id: STATION, item_id: 'soap', on_hand: 4 }],
      lots_mirror: [{ ...life, lot: 1, item_id: 'soap', on_hand: 4 }],
    },
    files: [
      {
        station: STATION,
        incarnation: LIFE,
        isLive: true,
        tables: {
          sync_state: [{ history: 'history-1', cursor_number: 9, acknowledged_seq: 4 }],
          uncounted_checkins: [],
          previous_file: [],
          mirror_versions: [{ scope: 'riders', kind: 'rider', key: RIDER, number: 9 }],
          outbox: events.map(({ seq, body, hash }, index) => ({ seq, kind: KINDS[index], body, hash })),
          allowances: [{ rider: RIDER, points: 30 }],
          earning_slice: [{ one: 1, points: 0 }],
          riders: [{ id: RIDER, balance: 90, included_seq: 4, standing: 'active' }],
          entries: [{ rider: RIDER, points: -10, seq: 2 }],
          items: [{ id: 'soap', price_points: 10, offered: 1 }],
          staff: [{ id: 'staff-1' }],
          revoked_cards: [{ holder: RIDER, card: 1 }],
          own_wishes: [{ id: 'wish-1', state: 'claimed', claim: 2, not_yet: 0 }],
          held_seats: [{ training: 'training-2', seat: 3 }],
          signup_acts: [],
          signups: [{ training: 'training-1', rider: RIDER, standing: 'seated', seat: 1, number: null }],
          wall_wishes: [{ id: 'wish-1', state: 'claimed', claim: 2 }],
          lots: [{ lot: 1, quantity_left: 4 }],
          stock_movements: [{ lot: 1, quantity: 5 }, { lot: 1, quantity: -1 }],
        },
      },
    ],
    witness: {
      acts: [{ kind: 'redemption', request: 'request-1', station: STATION, incarnation: LIFE, rider: RIDER, points: 10, atMs: 100 }],
      excuses: [],
      restores: [],
      commitsWithinMs: 0,
      pointsRefusals: [],
      acknowledged: [{ incarnation: LIFE, seq: 4 }],
      isFaultless: true,
      visits: [{ station: STATION, counted: 0, uncertain: 0 }],
    },
  }
}

/** The row of that table where the column has that value, to be made untrue. */
export function rowWhere(rows: readonly Record<string, unknown>[] | undefined, column: string, value: unknown): Record<string, unknown> {
  const found = rows?.find((row: Row) => row[column] === value)
  if (found === undefined) throw new Error(`no row with ${column} ${String(value)}`)
  return found
}
