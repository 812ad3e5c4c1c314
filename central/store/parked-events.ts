// SQL over events that nobody could read when they came: kept as they were sent, and booked once a program can. Only their outcome
// changes then (table-rights.ts).

import type { EventOutcome } from '../../contract/sync/sync-protocol.ts'
import type { Queryable } from './database.ts'
import type { Outbox } from './outboxes.ts'
import { bigints, texts } from './sql-columns.ts'

/** As it was sent. */
export interface ParkedEvent {
  headerLine: string
  body: Uint8Array
}

/** Of one life, by sequence. */
export interface ParkedQuestion {
  outbox: Outbox
  after: number
  limit: number
}

/** Lives of which anything is parked, by station and life. */
export async function readParkedLives(queryable: Queryable): Promise<Outbox[]> {
  return queryable.query<Outbox>(
    `SELECT DISTINCT district_id AS district, station_id AS station, incarnation FROM events WHERE outcome = 'parked' ORDER BY station_id, incarnation`,
  )
}

export async function readParked(queryable: Queryable, { outbox, after, limit }: ParkedQuestion): Promise<ParkedEvent[]> {
  return queryable.query<ParkedEvent>(
    `SELECT header AS "headerLine", body FROM events
     WHERE district_id = $1 AND station_id = $2 AND incarnation = $3 AND seq > $4 AND outcome = 'parked' ORDER BY seq LIMIT $5`,
    [outbox.district, outbox.station, outbox.incarnation, after, limit],
  )
}

/** What became of those that were parked; one that is not parked stays as it is. */
export async function settleParked(transaction: Queryable, { station, incarnation }: Outbox, outcomes: readonly EventOutcome[]): Promise<void> {
  if (outcomes.length === 0) return
  await transaction.query(
    `UPDATE events SET outcome = r.outcome, code = r.code FROM unnest($3::bigint[], $4::text[], $5::text[]) AS r(seq, outcome, code)
     WHERE station_id = $1 AND incarnation = $2 AND events.seq = r.seq AND events.outcome = 'parked'`,
    [
      station, incarnation, bigints(outcomes, ({ seq }) => seq), texts(outcomes, ({ outcome }) => outcome),
      texts(outcomes, (outcome) => ('code' in outcome ? outcome.code : null)),
    ],
  )
}
