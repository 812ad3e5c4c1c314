// SQL behind the operator's pages: stations, their files and how they fare, and what is missing after a restore. Nothing of a
// person.

import type { IncarnationState } from '../../contract/sync/sync-protocol.ts'
import type { Queryable } from './database.ts'

export interface FileView {
  incarnation: string
  state: IncarnationState
  beganAtMs: number
  heardAtMs: number
  lastSeq: number
  /** As it said in its last hello. */
  claimedSeq: number | null
  helloAtMs: number | null
  clockOffsetMs: number | null
  program: string | null
  backedUpSeq: number
  /** Riders' points that it holds, of how many, and since when the oldest were lent. */
  points: number
  riders: number
  oldestLentAtMs: number | null
  programPoints: number
  flagged: number
  parked: number
}

export interface StationView {
  station: string
  district: string
  number: number
  name: { zh: string; en: string }
  status: 'active' | 'revoked'
  files: FileView[]
}

export interface DistrictView {
  district: string
  name: { zh: string; en: string }
}

export async function readDistricts(queryable: Queryable): Promise<DistrictView[]> {
  return queryable.query<DistrictView>(`SELECT district_id AS district, json_build_object('zh', name_zh, 'en', name_en) AS name FROM districts ORDER BY name_zh, district_id`)
}

export async function readStations(snapshot: Queryable): Promise<StationView[]> {
  const stations = await snapshot.query<Omit<StationView, 'files'>>(
    'SELECT station_id AS station, district_id AS district, number, name, status FROM stations ORDER BY district_id, number',
  )
  const files = await snapshot.query<FileView & { station: string }>(
    `SELECT i.station_id AS station, i.incarnation, i.state, i.began_at_ms AS "beganAtMs", i.heard_at_ms AS "heardAtMs", i.last_seq AS "lastSeq",
       i.claimed_seq AS "claimedSeq", i.hello_at_ms AS "helloAtMs", i.clock_offset_ms AS "clockOffsetMs", i.program, i.backed_up_seq AS "backedUpSeq",
       coalesce(held.points, 0)::bigint AS points, coalesce(held.riders, 0)::bigint AS riders, lent.at AS "oldestLentAtMs",
       coalesce(held.program_points, 0)::bigint AS "programPoints", coalesce(odd.flagged, 0)::bigint AS flagged, coalesce(odd.parked, 0)::bigint AS parked
     FROM incarnations i
     LEFT JOIN (
       SELECT station_id, incarnation, sum(balance) FILTER (WHERE rider_id IS NOT NULL) AS points, count(rider_id) AS riders,
         sum(balance) FILTER (WHERE rider_id IS NULL) AS program_points
       FROM accounts WHERE incarnation IS NOT NULL AND balance > 0 GROUP BY station_id, incarnation
     ) AS held USING (station_id, incarnation)
     LEFT JOIN (
       SELECT grants.station_id, grants.incarnation, min(granted_at_ms) AS at FROM grants
       JOIN accounts ON accounts.station_id = grants.station_id AND accounts.incarnation = grants.incarnation AND accounts.rider_id = grants.rider_id AND accounts.balance > 0
       GROUP BY grants.station_id, grants.incarnation
     ) AS lent USING (station_id, incarnation)
     LEFT JOIN (
       SELECT station_id, incarnation, count(*) FILTER (WHERE outcome = 'flagged') AS flagged, count(*) FILTER (WHERE outcome = 'parked') AS parked
       FROM events WHERE outcome IN ('flagged', 'parked') GROUP BY station_id, incarnation
     ) AS odd USING (station_id, incarnation)
     ORDER BY i.station_id, i.began_at_ms DESC, i.incarnation`,
  )
  const byStation = new Map<string, FileView[]>()
  for (const { station, ...file } of files) {
    const known = byStation.get(station)
    if (known === undefined) byStation.set(station, [file])
    else known.push(file)
  }
  return stations.map((row) => ({ ...row, files: byStation.get(row.station) ?? [] }))
}

/** A file that a restored central waits for, or has waited for. */
export interface AwaitedView {
  station: string
  number: number
  name: { zh: string; en: string }
  incarnation: string
  heardAtMs: number | null
  /** Its own since the restore. */
  helloAtMs: number | null
  /** By its own word, or by that of the file that replaced it. */
  claimedSeq: number | null
  lastSeq: number | null
  backAtMs: number | null
  /** null: it has not begun yet under this history. */
  state: IncarnationState | null
}

/** A ban comes back with a restore, the movements of its write-off do not. */
export interface BannedView {
  station: string
  number: number
  name: { zh: string; en: string }
  incarnation: string
  points: number
  riders: number
  programPoints: number
}

export interface RecoveryView {
  recoveringSinceMs: number | null
  restoredAtMs: number | null
  /** The missing first, then by the station's number, the newest first. */
  files: AwaitedView[]
  /** Those that hold points; by the station's number. */
  bannedFiles: BannedView[]
}

export async function readRecovery(snapshot: Queryable): Promise<RecoveryView> {
  const [central] = await snapshot.query<Pick<RecoveryView, 'recoveringSinceMs' | 'restoredAtMs'>>(
    'SELECT recovering_since_ms AS "recoveringSinceMs", restored_at_ms AS "restoredAtMs" FROM centrals',
  )
  const files = await snapshot.query<AwaitedView>(
    `SELECT waits.station_id AS station, stations.number, stations.name, waits.incarnation, waits.hello_at_ms AS "helloAtMs", waits.claimed_seq AS "claimedSeq",
       waits.back_at_ms AS "backAtMs", lives.heard_at_ms AS "heardAtMs", lives.state, lives.last_seq AS "lastSeq"
     FROM recovery_waits AS waits JOIN stations USING (station_id)
     LEFT JOIN incarnations AS lives ON lives.station_id = waits.station_id AND lives.incarnation = waits.incarnation
     ORDER BY waits.back_at_ms IS NOT NULL, stations.number, waits.station_id, lives.began_at_ms DESC, waits.incarnation`,
  )
  const bannedFiles = await snapshot.query<BannedView>(
    `SELECT lives.station_id AS station, stations.number, stations.name, lives.incarnation,
       coalesce(sum(balance) FILTER (WHERE rider_id IS NOT NULL), 0)::bigint AS points, count(rider_id) AS riders,
       coalesce(sum(balance) FILTER (WHERE rider_id IS NULL), 0)::bigint AS "programPoints"
     FROM incarnations AS lives JOIN accounts USING (station_id, incarnation) JOIN stations ON stations.station_id = lives.station_id
     WHERE lives.state = 'banned' AND balance > 0
     GROUP BY lives.station_id, stations.number, stations.name, lives.incarnation
     ORDER BY stations.number, lives.station_id, lives.incarnation`,
  )
  return { recoveringSinceMs: central?.recoveringSinceMs ?? null, restoredAtMs: central?.restoredAtMs ?? null, files, bannedFiles }
}

export interface LateFactView {
  event: string
  station: string
  kind: string
  wallMs: number
  receivedAtMs: number
  /** Paid by `discrepancy`. */
  points: number
}

/** Facts of banned files for which `discrepancy` paid and nobody has accepted yet, the oldest first. */
export async function readLateFacts(snapshot: Queryable, limit: number): Promise<LateFactView[]> {
  return snapshot.query<LateFactView>(
    `SELECT events.event_id AS event, events.station_id AS station, events.kind, events.wall_ms AS "wallMs", events.received_at_ms AS "receivedAtMs",
       sum(transfers.points)::bigint AS points
     FROM events JOIN transfers ON transfers.event_id = events.event_id AND transfers.from_key = 'discrepancy'
     WHERE events.outcome = 'flagged' AND events.code = 'banned' AND NOT EXISTS (SELECT 1 FROM remedies WHERE remedies.event_id = events.event_id)
     GROUP BY events.event_id, events.station_id, events.kind, events.wall_ms, events.received_at_ms
     ORDER BY events.received_at_ms, events.event_id LIMIT $1`,
    [limit],
  )
}

export interface StaffChoice {
  id: string
  district: string
  fullName: string
  role: 'volunteer' | 'station_head'
}

/** Whose names are masked before anybody sees them. */
export async function readActiveStaffOf(snapshot: Queryable): Promise<StaffChoice[]> {
  return snapshot.query<StaffChoice>('SELECT staff_id AS id, district_id AS district, full_name AS "fullName", role FROM staff WHERE active ORDER BY role DESC, staff_id')
}
