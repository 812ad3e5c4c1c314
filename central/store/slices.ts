// SQL over where a rider's points lie: slices at stations, who asks for them back, and which standing allowances are due.

import type { Queryable } from './database.ts'

/** What one station holds of a rider's points, over the files of it that may still speak for themselves. */
export interface SliceElsewhere {
  station: string
  /** In whose log the station reads. */
  district: string
  name: { zh: string; en: string }
  points: number
  /** When central last heard of it. */
  heardAtMs: number | null
}

/** Slices of the rider at other stations, the largest first, then by station. Banned files have none; a quarantined one answers nobody, and is named all the same. */
export async function readSlicesElsewhere(queryable: Queryable, rider: string, asker: string, limit: number): Promise<SliceElsewhere[]> {
  return queryable.query<SliceElsewhere>(
    `SELECT accounts.station_id AS station, stations.district_id AS district, stations.name, sum(accounts.balance)::bigint AS points,
       (SELECT max(heard_at_ms) FROM incarnations WHERE incarnations.station_id = accounts.station_id) AS "heardAtMs"
     FROM accounts JOIN stations ON stations.station_id = accounts.station_id
     WHERE accounts.rider_id = $1 AND accounts.kind = 'rider_station' AND accounts.balance > 0 AND accounts.station_id <> $2
     GROUP BY accounts.station_id, stations.district_id, stations.name
     ORDER BY points DESC, station LIMIT $3`,
    [rider, asker, limit],
  )
}

export interface RecallRow {
  rider: string
  holder: string
  /** The holder's: in whose log it is told. */
  district: string
  asker: string
  askedAtMs: number
}

/** Asks, or asks again. Answers those that the holder has not been told since `staleBeforeMs`: only these are worth a change. */
export async function writeRecalls(transaction: Queryable, recalls: readonly RecallRow[], staleBeforeMs: number): Promise<RecallRow[]> {
  if (recalls.length === 0) return []
  return transaction.query<RecallRow>(
    `INSERT INTO recalls (rider_id, holder_id, district_id, asker_id, asked_at_ms)
     SELECT rider, holder, district, asker, "askedAtMs"
     FROM json_to_recordset($1::json) AS r(rider uuid, holder uuid, district uuid, asker uuid, "askedAtMs" bigint) ORDER BY rider, holder
     ON CONFLICT (rider_id, holder_id) DO UPDATE SET asker_id = excluded.asker_id, asked_at_ms = excluded.asked_at_ms
       WHERE recalls.asker_id <> excluded.asker_id OR recalls.asked_at_ms < $2
     RETURNING rider_id AS rider, holder_id AS holder, district_id AS district, asker_id AS asker, asked_at_ms AS "askedAtMs"`,
    [JSON.stringify(recalls), staleBeforeMs],
  )
}

export interface ClosedRecall {
  rider: string
  asker: string
  /** The asker's: in whose log he reads. */
  district: string
  askedAtMs: number
}

/** The holders have given these riders' points back: the questions are over. Answers who asked. */
export async function closeRecalls(transaction: Queryable, returned: readonly Pick<RecallRow, 'rider' | 'holder'>[]): Promise<ClosedRecall[]> {
  if (returned.length === 0) return []
  return transaction.query<ClosedRecall>(
    // Locked in the order in which writeRecalls locks them.
    `WITH over AS MATERIALIZED (
       SELECT rider_id, holder_id FROM recalls WHERE (rider_id, holder_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
       ORDER BY rider_id, holder_id FOR UPDATE
     ), closed AS (
       DELETE FROM recalls USING over WHERE recalls.rider_id = over.rider_id AND recalls.holder_id = over.holder_id
       RETURNING recalls.rider_id, recalls.holder_id, recalls.asker_id, recalls.asked_at_ms
     )
     SELECT rider_id AS rider, asker_id AS asker, stations.district_id AS district, asked_at_ms AS "askedAtMs"
     FROM closed JOIN stations ON stations.station_id = closed.asker_id ORDER BY rider_id, holder_id`,
    [returned.map(({ rider }) => rider), returned.map(({ holder }) => holder)],
  )
}

export interface StandingDue {
  rider: string
  district: string
  centralPoints: number
  /** The slice that this file holds of him already. */
  herePoints: number
}

/** Active riders whose home this station is, once each, who have points at central (in the ledger of their district) and no slice elsewhere, and were not looked at for this day; by rider. */
export async function readStandingDue(
  queryable: Queryable,
  { station, incarnation, day, limit }: { station: string; incarnation: string; day: number; limit: number },
): Promise<StandingDue[]> {
  return queryable.query<StandingDue>(
    `SELECT riders.rider_id AS rider, riders.district_id AS district, central.balance AS "centralPoints", coalesce(here.balance, 0)::bigint AS "herePoints"
     FROM riders
     JOIN accounts AS central ON central.rider_id = riders.rider_id AND central.district_id = riders.district_id AND central.kind = 'rider_central' AND central.balance > 0
     LEFT JOIN accounts AS here ON here.rider_id = riders.rider_id AND here.district_id = riders.district_id AND here.kind = 'rider_station' AND here.station_id = $1 AND here.incarnation = $2
     WHERE riders.home_station_id = $1 AND riders.standing = 'active'
       AND NOT EXISTS (SELECT 1 FROM accounts AS other WHERE other.rider_id = riders.rider_id AND other.kind = 'rider_station' AND other.balance > 0
         AND (other.station_id <> $1 OR other.incarnation <> $2))
       AND NOT EXISTS (SELECT 1 FROM standing_renewals AS renewed WHERE renewed.rider_id = riders.rider_id AND renewed.day = $3)
     ORDER BY riders.rider_id LIMIT $4`,
    [station, incarnation, day, limit],
  )
}

export async function markStandingRenewed(transaction: Queryable, riders: readonly { rider: string; district: string }[], day: number): Promise<void> {
  if (riders.length === 0) return
  await transaction.query(
    `INSERT INTO standing_renewals (rider_id, district_id, day)
     SELECT rider, district, $2 FROM json_to_recordset($1::json) AS r(rider uuid, district uuid) ORDER BY rider
     ON CONFLICT (rider_id) DO UPDATE SET day = excluded.day`,
    [JSON.stringify(riders), day],
  )
}

/** The rules of a district by name. */
export async function readRuleValues(queryable: Queryable, district: string): Promise<Map<string, number>> {
  const rows = await queryable.query<{ name: string; value: number }>('SELECT name, value FROM rules WHERE district_id = $1', [district])
  return new Map(rows.map(({ name, value }) => [name, value]))
}

/** Central was restored from a backup and waits for its stations: nothing is lent. */
export async function readRecovering(queryable: Queryable): Promise<boolean> {
  const rows = await queryable.query('SELECT 1 FROM centrals WHERE recovering_since_ms IS NOT NULL')
  return rows.length > 0
}
