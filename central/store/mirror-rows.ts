// Rows as a station mirrors them, built from the tables at the moment of reading. The masked name is made here, so a full
// name never leaves central by this way. A row that is no longer there (or no longer this station's) is null: gone.

import { CHANGE_ORDER, type Change, type MirrorKind, type MirrorRow } from '../../contract/sync/sync-protocol.ts'
import { maskName } from '../../domain/mask-name.ts'
import type { Queryable } from './database.ts'

export interface MirrorReader {
  station: string
  district: string
  incarnation: string
  /** The asking station's own events that are inside the balances of this snapshot. */
  includedSeq: number
  /** Entries booked before it stay at central. */
  entriesSinceMs: number
}

type RowsByKey<Kind extends MirrorKind> = Map<string, MirrorRow<Kind>>

/** The changes in the order in which a station applies them. */
export async function readMirrorChanges(
  snapshot: Queryable,
  reader: MirrorReader,
  wanted: readonly { kind: MirrorKind; key: string }[],
): Promise<Change[]> {
  const changes: Change[] = []
  for (const kind of CHANGE_ORDER) {
    const keys = [...new Set(wanted.filter((change) => change.kind === kind).map((change) => change.key))]
    if (keys.length === 0) continue
    const rows: Map<string, unknown> = await readRows[kind](snapshot, reader, keys)
    for (const key of keys) {
      // An entry is never taken back: one that is not read is too old to be mirrored, and is left out.
      if (kind === 'entry' && !rows.has(key)) continue
      changes.push({ kind, key, row: rows.get(key) ?? null } as Change)
    }
  }
  return changes
}

/** Keys of entries of these riders that a station mirrors, newest first. */
export async function recentEntryKeys(snapshot: Queryable, riders: readonly string[], sinceMs: number, limit: number): Promise<string[]> {
  const rows = await snapshot.query<{ entry_id: string }>(
    'SELECT entry_id FROM entries WHERE rider_id = ANY($1::uuid[]) AND booked_at_ms >= $2 ORDER BY booked_at_ms DESC, entry_id LIMIT $3',
    [riders, sinceMs, limit],
  )
  return rows.map((row) => row.entry_id)
}

export function revokedCardKey(holder: string, card: number): string {
  return `${holder}:${card}`
}

const readRows: { [Kind in MirrorKind]: (snapshot: Queryable, reader: MirrorReader, keys: string[]) => Promise<RowsByKey<Kind>> } = {
  station: async (snapshot, reader, keys) => {
    const rows = await snapshot.query<MirrorRow<'station'>>(
      `SELECT station_id AS id, number, name, brand, hotline, facilities, panel_pitch_mm AS "panelPitchMm"
       FROM stations WHERE station_id = $1 AND station_id = ANY($2::uuid[])`,
      [reader.station, keys],
    )
    return new Map(rows.map((row) => [row.id, row]))
  },

  rules: async (snapshot, reader, keys) => {
    const rows = await snapshot.query<{ name: string; value: number }>('SELECT name, value FROM rules WHERE district_id = $1', [reader.district])
    const values = new Map(rows.map((row) => [row.name, row.value]))
    const rule = (name: string): number => {
      const value = values.get(name)
      if (value === undefined) throw new Error(`the rule ${name} is missing`)
      return value
    }
    const row: MirrorRow<'rules'> = {
      utcOffsetMinutes: rule('utc_offset_minutes'),
      passValidDays: rule('pass_valid_days'),
      checkinAgainMinutes: rule('checkin_again_minutes'),
      cartUnitsMax: rule('cart_units_max'),
      lowStockUnits: rule('low_stock_units'),
      expiryWarningDays: rule('expiry_warning_days'),
      outboxEventsMax: rule('outbox_events_max'),
    }
    return new Map(keys.map((key) => [key, row]))
  },

  pass_key: async (snapshot, _reader, keys) => {
    const rows = await snapshot.query<MirrorRow<'pass_key'>>(
      'SELECT key_id AS "keyId", public_key AS "publicKey" FROM pass_keys WHERE key_id = ANY($1::integer[])',
      [keys.map(Number)],
    )
    return new Map(rows.map((row) => [String(row.keyId), row]))
  },

  item: async (snapshot, reader, keys) => {
    const rows = await snapshot.query<MirrorRow<'item'>>(
      `SELECT item_id AS id, name, category, price_points AS "pricePoints", picture, tint,
         CASE WHEN limit_quantity IS NULL THEN NULL ELSE json_build_object('quantity', limit_quantity, 'period', limit_period) END AS "limit",
         perishable, offered, position,
         coalesce((SELECT json_agg(json_build_object('code', code, 'units', units) ORDER BY units, code) FROM barcodes
           WHERE barcodes.district_id = items.district_id AND barcodes.item_id = items.item_id), '[]') AS barcodes
       FROM items WHERE district_id = $1 AND item_id = ANY($2::text[])`,
      [reader.district, keys],
    )
    return new Map(rows.map((row) => [row.id, row]))
  },

  donor: async (snapshot, reader, keys) => {
    const rows = await snapshot.query<MirrorRow<'donor'>>(
      'SELECT donor_id AS id, name FROM donors WHERE district_id = $1 AND donor_id = ANY($2::uuid[])',
      [reader.district, keys],
    )
    return new Map(rows.map((row) => [row.id, row]))
  },

  staff: async (snapshot, reader, keys) => {
    const rows = await snapshot.query<Omit<MirrorRow<'staff'>, 'maskedName'> & { fullName: string }>(
      `SELECT staff_id AS id, full_name AS "fullName", role, pin_hash AS "pinHash", active
       FROM staff WHERE station_id = $1 AND staff_id = ANY($2::uuid[])`,
      [reader.station, keys],
    )
    return new Map(rows.map(({ id, fullName, role, pinHash, active }) => [id, { id, maskedName: maskName(fullName), role, pinHash, active }]))
  },

  revoked_card: async (snapshot, _reader, keys) => {
    const rows = await snapshot.query<MirrorRow<'revoked_card'>>(
      `SELECT holder_id AS holder, card FROM cards
       WHERE revoked_at_ms IS NOT NULL AND holder_id = ANY($1::uuid[])`,
      [keys.map((key) => key.split(':')[0] ?? '')],
    )
    return new Map(rows.map((row) => [revokedCardKey(row.holder, row.card), row]))
  },

  rider: async (snapshot, reader, keys) => {
    const rows = await snapshot.query<Omit<MirrorRow<'rider'>, 'maskedName' | 'includedSeq'> & { fullName: string }>(
      `SELECT riders.rider_id AS id, full_name AS "fullName", standing, hide_balance AS "hideBalance",
         (SELECT coalesce(sum(balance), 0)::bigint FROM accounts WHERE accounts.rider_id = riders.rider_id) AS balance
       FROM riders JOIN station_riders ON station_riders.rider_id = riders.rider_id AND station_riders.station_id = $1
       WHERE riders.rider_id = ANY($2::uuid[])`,
      [reader.station, keys],
    )
    return new Map(
      rows.map(({ id, fullName, standing, hideBalance, balance }) => [
        id,
        { id, maskedName: maskName(fullName), standing, hideBalance, balance, includedSeq: reader.includedSeq },
      ]),
    )
  },

  grant: async (snapshot, reader, keys) => {
    const rows = await snapshot.query<MirrorRow<'grant'>>(
      // Only what was lent to this very file, and nothing to one in quarantine: two copies of it would both spend it.
      `SELECT grant_id AS id, rider_id AS rider, points FROM grants JOIN incarnations USING (station_id, incarnation)
       WHERE station_id = $1 AND incarnation = $2 AND state = 'active' AND grant_id = ANY($3::uuid[])`,
      [reader.station, reader.incarnation, keys],
    )
    return new Map(rows.map((row) => [row.id, row]))
  },

  entry: async (snapshot, reader, keys) => {
    const rows = await snapshot.query<MirrorRow<'entry'>>(
      `SELECT entries.entry_id AS id, entries.rider_id AS rider, at_ms AS "atMs", points, reason, what, lines, stations.name AS "stationName"
       FROM entries
       JOIN station_riders ON station_riders.rider_id = entries.rider_id AND station_riders.station_id = $1
       LEFT JOIN stations ON stations.station_id = entries.station_id
       WHERE entry_id = ANY($2::uuid[]) AND booked_at_ms >= $3`,
      [reader.station, keys, reader.entriesSinceMs],
    )
    return new Map(rows.map((row) => [row.id, row]))
  },
}
