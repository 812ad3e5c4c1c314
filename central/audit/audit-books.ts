// Recomputes what is kept as a figure from what is kept as a fact, and says each difference (invariant 9): balances from
// transfers, riders' entries from balances, each station's sequence and hash chain from the bytes that came, wishes from their
// history, places and sign-ups of trainings from their acts. Writes nothing.

import { createHash } from 'node:crypto'
import { chainSeedText } from '../../contract/sync/event-envelope.ts'
import type { Database, Queryable } from '../store/database.ts'
import { auditTrainings, type TrainingDifference } from './audit-trainings.ts'
import { auditWishes, type WishDifference } from './audit-wishes.ts'

export type AuditDifference =
  | WishDifference
  | TrainingDifference
  /** All accounts of a district together are zero. */
  | { kind: 'district_not_zero'; district: string; sum: number }
  | { kind: 'balance_not_its_transfers'; district: string; account: string; balance: number; transfers: number }
  | { kind: 'entries_not_the_balance'; rider: string; balance: number; entries: number }
  | { kind: 'sequence_not_dense'; station: string; incarnation: string; lastSeq: number; events: number }
  | { kind: 'chain_broken'; station: string; incarnation: string; seq: number }
  | { kind: 'stock_not_its_lots'; station: string; item: string; onHand: number; lots: number }

export interface AuditReport {
  accounts: number
  transfers: number
  events: number
  wishes: number
  trainings: number
  differences: AuditDifference[]
}

const PAGE = 1_000
/** Enough to see what is wrong; a broken chain would otherwise be said once an event. */
const DIFFERENCES_MAX = 200

/** All of it as of one moment. */
export async function auditBooks(database: Database): Promise<AuditReport> {
  return database.transaction('snapshot', async (snapshot) => {
    const differences = [...(await districts(snapshot)), ...(await balances(snapshot)), ...(await entries(snapshot)), ...(await sequences(snapshot)), ...(await stocks(snapshot)), ...(await chains(snapshot)), ...(await auditWishes(snapshot)), ...(await auditTrainings(snapshot))]
    const [counts] = await snapshot.query<Omit<AuditReport, 'differences'>>(
      'SELECT (SELECT count(*) FROM accounts) AS accounts, (SELECT count(*) FROM every_transfer) AS transfers, (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM wishes) AS wishes, (SELECT count(*) FROM trainings) AS trainings',
    )
    if (counts === undefined) throw new Error('a count has a row')
    return { ...counts, differences: differences.slice(0, DIFFERENCES_MAX) }
  })
}

async function districts(snapshot: Queryable): Promise<AuditDifference[]> {
  const rows = await snapshot.query<{ district: string; sum: number }>(
    'SELECT district_id AS district, sum(balance)::bigint AS sum FROM accounts GROUP BY district_id HAVING sum(balance) <> 0 ORDER BY district_id',
  )
  return rows.map((row) => ({ kind: 'district_not_zero', ...row }))
}

async function balances(snapshot: Queryable): Promise<AuditDifference[]> {
  const rows = await snapshot.query<{ district: string; account: string; balance: number; transfers: number }>(
    `WITH moved AS (
       SELECT district_id, account_key, sum(points)::bigint AS points FROM (
         SELECT district_id, to_key AS account_key, points FROM every_transfer
         UNION ALL
         SELECT district_id, from_key, -points FROM every_transfer
       ) AS both_ends GROUP BY district_id, account_key
     )
     SELECT district_id AS district, account_key AS account, balance, coalesce(points, 0)::bigint AS transfers
     FROM accounts LEFT JOIN moved USING (district_id, account_key) WHERE balance <> coalesce(points, 0) ORDER BY account_key LIMIT ${DIFFERENCES_MAX}`,
  )
  return rows.map((row) => ({ kind: 'balance_not_its_transfers', ...row }))
}

async function entries(snapshot: Queryable): Promise<AuditDifference[]> {
  const rows = await snapshot.query<{ rider: string; balance: number; entries: number }>(
    `WITH held AS (SELECT rider_id, sum(balance)::bigint AS points FROM accounts WHERE rider_id IS NOT NULL GROUP BY rider_id),
          seen AS (SELECT rider_id, sum(points)::bigint AS points FROM every_entry GROUP BY rider_id)
     SELECT rider_id AS rider, coalesce(held.points, 0)::bigint AS balance, coalesce(seen.points, 0)::bigint AS entries
     FROM held FULL JOIN seen USING (rider_id) WHERE coalesce(held.points, 0) <> coalesce(seen.points, 0) ORDER BY rider_id LIMIT ${DIFFERENCES_MAX}`,
  )
  return rows.map((row) => ({ kind: 'entries_not_the_balance', ...row }))
}

async function sequences(snapshot: Queryable): Promise<AuditDifference[]> {
  const rows = await snapshot.query<{ station: string; incarnation: string; lastSeq: number; events: number }>(
    `SELECT i.station_id AS station, i.incarnation, i.last_seq AS "lastSeq", count(e.seq) AS events
     FROM incarnations i LEFT JOIN events e USING (station_id, incarnation) GROUP BY i.station_id, i.incarnation, i.last_seq
     HAVING count(e.seq) <> i.last_seq OR coalesce(max(e.seq), 0) <> i.last_seq ORDER BY 1, 2`,
  )
  return rows.map((row) => ({ kind: 'sequence_not_dense', ...row }))
}

async function stocks(snapshot: Queryable): Promise<AuditDifference[]> {
  const rows = await snapshot.query<{ station: string; item: string; onHand: number; lots: number }>(
    `WITH lots AS (SELECT station_id, incarnation, item_id, sum(on_hand)::bigint AS units FROM lots_mirror GROUP BY station_id, incarnation, item_id)
     SELECT station_id AS station, item_id AS item, coalesce(stock.on_hand, 0)::bigint AS "onHand", coalesce(lots.units, 0)::bigint AS lots
     FROM stock_mirror AS stock FULL JOIN lots USING (station_id, incarnation, item_id) WHERE coalesce(stock.on_hand, 0) <> coalesce(lots.units, 0) ORDER BY 1, 2`,
  )
  return rows.map((row) => ({ kind: 'stock_not_its_lots', ...row }))
}

/** Every hash from the bytes, page by page; the first break of a chain is said, what follows it breaks with it. */
async function chains(snapshot: Queryable): Promise<AuditDifference[]> {
  const broken: AuditDifference[] = []
  const incarnations = await snapshot.query<{ station: string; incarnation: string }>('SELECT station_id AS station, incarnation FROM incarnations ORDER BY 1, 2')
  for (const { station, incarnation } of incarnations) {
    let before: Uint8Array = createHash('sha256').update(chainSeedText(station, incarnation)).digest()
    for (let seq = 0; ; ) {
      const page = await snapshot.query<{ seq: number; header: string; body: Uint8Array; hash: Uint8Array }>(
        'SELECT seq, header, body, hash FROM events WHERE station_id = $1 AND incarnation = $2 AND seq > $3 ORDER BY seq LIMIT $4',
        [station, incarnation, seq, PAGE],
      )
      const wrong = page.find((event) => {
        before = createHash('sha256').update(before).update(event.header).update('\n').update(event.body).digest()
        return !Buffer.from(event.hash).equals(before)
      })
      if (wrong !== undefined) broken.push({ kind: 'chain_broken', station, incarnation, seq: wrong.seq })
      if (wrong !== undefined || page.length < PAGE) break
      seq = page.at(-1)?.seq ?? seq
    }
  }
  return broken
}
