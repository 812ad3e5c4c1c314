// SQL behind the rows that stations mirror: what the tables hold at the moment of reading. Masks and orders nothing; that is
// mirror-changes.ts, which no full name passes.

import type { MirrorKind } from '../../contract/sync/sync-protocol.ts'
import type { Queryable } from './database.ts'
import { readOwnFacts, readWallFacts } from './wish-facts.ts'
import { holderOfRevokedCardKey, type MirrorFacts, type MirrorReader } from './mirror-changes.ts'

export async function readMirrorFacts<Kind extends MirrorKind>(
  snapshot: Queryable,
  kind: Kind,
  reader: MirrorReader,
  keys: readonly string[],
): Promise<MirrorFacts[Kind][]> {
  return readFacts[kind](snapshot, reader, keys)
}

/** Keys of entries of these riders that a station mirrors, newest first, then by key. */
export async function recentEntryKeys(snapshot: Queryable, riders: readonly string[], sinceMs: number, limit: number): Promise<string[]> {
  const rows = await snapshot.query<{ entry_id: string }>(
    'SELECT entry_id FROM every_entry WHERE rider_id = ANY($1::uuid[]) AND booked_at_ms >= $2 ORDER BY booked_at_ms DESC, entry_id LIMIT $3',
    [riders, sinceMs, limit],
  )
  return rows.map((row) => row.entry_id)
}

type ReadFacts = { [Kind in MirrorKind]: (snapshot: Queryable, reader: MirrorReader, keys: readonly string[]) => Promise<MirrorFacts[Kind][]> }

const readFacts: ReadFacts = {
  station: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT station_id AS id, number, name, brand, hotline, facilities, panel_pitch_mm AS "panelPitchMm"
       FROM stations WHERE station_id = $1 AND station_id = ANY($2::uuid[])`,
      [reader.station, keys],
    ),

  rules: (snapshot, reader) => snapshot.query('SELECT name, value FROM rules WHERE district_id = $1', [reader.district]),

  pass_key: (snapshot, _reader, keys) =>
    snapshot.query('SELECT key_id AS "keyId", public_key AS "publicKey" FROM pass_keys WHERE key_id = ANY($1::integer[])', [keys.map(Number)]),

  sealing_key: (snapshot) => snapshot.query('SELECT key_id AS "keyId", public_key AS "publicKey" FROM sealing_key'),

  erasure: (snapshot, _reader, keys) => snapshot.query('SELECT rider_id AS rider, erased_at_ms AS "atMs" FROM erased_persons WHERE rider_id = ANY($1::uuid[])', [keys]),

  consent: (snapshot, reader) => snapshot.query('SELECT version, text FROM consent_texts WHERE district_id = $1 ORDER BY version DESC LIMIT 1', [reader.district]),

  item: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT item_id AS id, name, category, price_points AS "pricePoints", picture, tint,
         CASE WHEN limit_quantity IS NULL THEN NULL ELSE json_build_object('quantity', limit_quantity, 'period', limit_period) END AS "limit",
         perishable, offered, position,
         coalesce((SELECT json_agg(json_build_object('code', code, 'units', units)) FROM barcodes
           WHERE barcodes.district_id = items.district_id AND barcodes.item_id = items.item_id), '[]') AS barcodes
       FROM items WHERE district_id = $1 AND item_id = ANY($2::text[])`,
      [reader.district, keys],
    ),

  donor: (snapshot, reader, keys) =>
    snapshot.query('SELECT donor_id AS id, name FROM donors WHERE district_id = $1 AND donor_id = ANY($2::uuid[])', [reader.district, keys]),

  staff: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT staff_id AS id, full_name AS "fullName", role, pin_hash AS "pinHash", active
       FROM staff WHERE station_id = $1 AND staff_id = ANY($2::uuid[])`,
      [reader.station, keys],
    ),

  revoked_card: (snapshot, _reader, keys) =>
    snapshot.query(
      `SELECT holder_id AS holder, card FROM cards
       WHERE revoked_at_ms IS NOT NULL AND holder_id = ANY($1::uuid[])`,
      [keys.map(holderOfRevokedCardKey)],
    ),

  rider: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT riders.rider_id AS id, masked_name AS "maskedName", standing, hide_balance AS "hideBalance",
         (SELECT coalesce(sum(balance), 0)::bigint FROM accounts WHERE accounts.rider_id = riders.rider_id) AS balance,
         (SELECT coalesce(sum(balance), 0)::bigint FROM accounts WHERE accounts.rider_id = riders.rider_id AND kind = 'rider_central') AS "atCentral",
         home_station_id = $1 AS home
       FROM riders JOIN station_riders ON station_riders.rider_id = riders.rider_id AND station_riders.station_id = $1
       WHERE riders.rider_id = ANY($2::uuid[])`,
      [reader.station, keys],
    ),

  grant: (snapshot, reader, keys) =>
    snapshot.query(
      // Only what was lent to this very file, and nothing to one in quarantine: two copies of it would both spend it.
      `SELECT grant_id AS id, rider_id AS rider, points FROM grants JOIN incarnations USING (station_id, incarnation)
       WHERE station_id = $1 AND incarnation = $2 AND state NOT IN ('quarantined', 'banned') AND grant_id = ANY($3::uuid[])`,
      [reader.station, reader.incarnation, keys],
    ),

  earning_slice: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT grant_id AS id, points FROM earning_slices JOIN incarnations USING (station_id, incarnation)
       WHERE station_id = $1 AND incarnation = $2 AND state NOT IN ('quarantined', 'banned') AND grant_id = ANY($3::uuid[])`,
      [reader.station, reader.incarnation, keys],
    ),

  recall: (snapshot, reader, keys) =>
    snapshot.query(
      'SELECT rider_id AS rider, asked_at_ms AS "askedAtMs" FROM recalls WHERE holder_id = $1 AND asked_at_ms >= $2 AND rider_id = ANY($3::uuid[])',
      [reader.station, reader.recallsSinceMs, keys],
    ),

  entry: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT entries.entry_id AS id, entries.rider_id AS rider, at_ms AS "atMs", points, reason, what,
         (SELECT coalesce(jsonb_agg(line - 'lots' ORDER BY place), '[]') FROM jsonb_array_elements(lines) WITH ORDINALITY AS of_it(line, place)) AS lines,
         stations.name AS "stationName"
       FROM every_entry AS entries
       JOIN station_riders ON station_riders.rider_id = entries.rider_id AND station_riders.station_id = $1
       LEFT JOIN stations ON stations.station_id = entries.station_id
       WHERE entry_id = ANY($2::uuid[]) AND booked_at_ms >= $3`,
      [reader.station, keys, reader.entriesSinceMs],
    ),

  wall_wish: readWallFacts,
  own_wish: readOwnFacts,
  training: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT training_id AS id, topic, title, place, starts_at_ms AS "startsAtMs", ends_at_ms AS "endsAtMs", closes_at_ms AS "closesAtMs",
         blocks_back_at_ms AS "blocksBackAtMs", capacity, points, certificate_months AS "certificateMonths", late_minutes AS "lateMinutes", walk_ins AS "walkIns", host_station_id AS host,
         audience <> '{"platforms": [], "stations": [], "groups": []}'::jsonb AS "isForSome", state, cancel_reason AS "cancelReason", revision, told_revision AS "toldRevision",
         (SELECT count(*) FROM training_seats AS seat WHERE seat.training_id = trainings.training_id
           AND block_id IS NULL AND rider_id IS NULL AND offered_to IS NULL AND NOT retired) AS "freeAtCentral",
         coalesce((SELECT json_agg(number ORDER BY number) FROM signups WHERE signups.training_id = trainings.training_id AND standing = 'waiting'), '[]') AS "waitingNumbers"
       FROM trainings WHERE district_id = $1 AND training_id = ANY($2::uuid[]) AND ends_at_ms >= $3`,
      [reader.district, keys, reader.trainingsSinceMs],
    ),

  seat_block: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT block_id AS id, training_id AS training, seats, recalled FROM seat_blocks JOIN incarnations USING (station_id, incarnation)
       WHERE station_id = $1 AND incarnation = $2 AND state NOT IN ('quarantined', 'banned') AND block_id = ANY($3::uuid[])`,
      [reader.station, reader.incarnation, keys],
    ),

  signup: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT training_id AS training, signups.rider_id AS rider, signup_id AS id, standing, seat, number, offer_ends_at_ms AS "offerEndsAtMs", refusal, note,
         seen_revision AS "seenRevision"
       FROM signups JOIN trainings USING (training_id) JOIN station_riders ON station_riders.rider_id = signups.rider_id AND station_riders.station_id = $1
       WHERE (training_id, signups.rider_id) IN (SELECT * FROM unnest($2::uuid[], $3::uuid[])) AND ends_at_ms >= $4`,
      [reader.station, keys.map((key) => key.split(':')[0] ?? ''), keys.map((key) => key.split(':')[1] ?? ''), reader.trainingsSinceMs],
    ),

  certificate: (snapshot, reader, keys) =>
    snapshot.query(
      `SELECT certificate_id AS id, certificates.rider_id AS rider, topic, title, issued_day AS "issuedDay", expires_day AS "expiresDay"
       FROM certificates JOIN station_riders ON station_riders.rider_id = certificates.rider_id AND station_riders.station_id = $1
       WHERE certificate_id = ANY($2::uuid[])`,
      [reader.station, keys],
    ),
}
