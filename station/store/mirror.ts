// The mirror: rows of central kept here, as central last said. Applied in the order contract/sync gives, inside the
// caller's transaction with its cursor. Stock and allowances are not mirrored: they are this station's own.

import type { Change, MirrorRow } from '../../contract/sync/sync-protocol.ts'
import { MIRROR_ROWS } from '../../contract/sync/sync-protocol.ts'
import { keepConsent } from './consent.ts'
import { erasePerson } from './erase-person.ts'
import type { Reader, Writer } from './database.ts'
import { noteVersion } from './mirror-versions.ts'
import { applyOwnWish, applyWallWish } from './wishes.ts'
import { applyTrainingChange } from './trainings.ts'

/** What central lends: receiving it is a fact, and so an act of its own (acts/receive-grant, acts/hold-seats). */
export type Lending = Extract<Change, { kind: 'grant' | 'earning_slice' | 'seat_block' }>

/** Applies one change, unless a newer one of that row is here already. */
export function applyMirrorChange(writer: Writer, change: Exclude<Change, Lending>): void {
  if (!noteVersion(writer, change)) return
  switch (change.kind) {
    case 'station':
    case 'rules':
      if (change.row === null) return
      writer.run('INSERT INTO documents (kind, row) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET row = excluded.row', change.kind, JSON.stringify(change.row))
      return
    case 'pass_key':
      if (change.row === null) writer.run('DELETE FROM pass_keys WHERE key_id = ?', Number(change.key))
      else {
        writer.run(
          'INSERT INTO pass_keys (key_id, public_key) VALUES (?, ?) ON CONFLICT (key_id) DO UPDATE SET public_key = excluded.public_key',
          change.row.keyId, change.row.publicKey,
        )
      }
      return
    case 'erasure':
      if (change.row !== null) erasePerson(writer, change.row.rider)
      return
    case 'consent':
      if (change.row !== null) keepConsent(writer, change.row)
      return
    case 'sealing_key':
      if (change.row !== null) writer.run('INSERT OR REPLACE INTO sealing_key (one, key_id, public_key) VALUES (1, ?, ?)', change.row.keyId, change.row.publicKey)
      return
    case 'item':
      applyItem(writer, change.key, change.row)
      return
    case 'donor':
      if (change.row === null) writer.run('DELETE FROM donors WHERE id = ?', change.key)
      else {
        writer.run(
          'INSERT INTO donors (id, name_zh, name_en) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en',
          change.row.id, change.row.name.zh, change.row.name.en,
        )
      }
      return
    case 'staff':
      if (change.row === null) writer.run('DELETE FROM staff WHERE id = ?', change.key)
      else {
        writer.run(
          `INSERT INTO staff (id, masked_name, role, pin_hash, active) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET masked_name = excluded.masked_name, role = excluded.role, pin_hash = excluded.pin_hash, active = excluded.active`,
          change.row.id, change.row.maskedName, change.row.role, change.row.pinHash, Number(change.row.active),
        )
      }
      return
    case 'revoked_card':
      if (change.row !== null) writer.run('INSERT OR IGNORE INTO revoked_cards (holder, card) VALUES (?, ?)', change.row.holder, change.row.card)
      return
    case 'rider':
      applyRider(writer, change.key, change.row)
      return
    case 'recall':
      if (change.row === null) writer.run('DELETE FROM recalls WHERE rider = ?', change.key)
      else {
        writer.run(
          'INSERT INTO recalls (rider, asked_at_ms) VALUES (?, ?) ON CONFLICT (rider) DO UPDATE SET asked_at_ms = excluded.asked_at_ms',
          change.row.rider, change.row.askedAtMs,
        )
      }
      return
    case 'entry':
      applyEntry(writer, change.key, change.row)
      return
    case 'wall_wish':
      applyWallWish(writer, change.key, change.row)
      return
    case 'own_wish':
      applyOwnWish(writer, change.key, change.row)
      return
    case 'training':
    case 'signup':
    case 'certificate':
      applyTrainingChange(writer, change)
      return
  }
}

/** A withdrawn item stays as a row (its lots are still on the shelf) and is offered no more. */
function applyItem(writer: Writer, key: string, row: MirrorRow<'item'> | null): void {
  if (row === null) {
    writer.run('UPDATE items SET offered = 0 WHERE id = ?', key)
    return
  }
  writer.run(
    `INSERT INTO items (id, name_zh, name_en, category, price_points, picture, tint, limit_quantity, limit_period, perishable, offered, position)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, category = excluded.category,
       price_points = excluded.price_points, picture = excluded.picture, tint = excluded.tint, limit_quantity = excluded.limit_quantity,
       limit_period = excluded.limit_period, perishable = excluded.perishable, offered = excluded.offered, position = excluded.position`,
    row.id, row.name.zh, row.name.en, row.category, row.pricePoints, row.picture, row.tint,
    row.limit?.quantity ?? null, row.limit?.period ?? null, Number(row.perishable), Number(row.offered), row.position,
  )
  writer.run('DELETE FROM barcodes WHERE item = ?', row.id)
  for (const barcode of row.barcodes) {
    writer.run(
      'INSERT INTO barcodes (code, item, units) VALUES (?, ?, ?) ON CONFLICT (code) DO UPDATE SET item = excluded.item, units = excluded.units',
      canonicalBarcode(barcode.code), row.id, barcode.units,
    )
  }
}

/** Scanners send a UPC-A with or without its leading zero; contract/scan reads it as thirteen digits. */
function canonicalBarcode(code: string): string {
  return /^\d{12}$/.test(code) ? `0${code}` : code
}

function applyRider(writer: Writer, key: string, row: MirrorRow<'rider'> | null): void {
  if (row === null) {
    writer.run('DELETE FROM riders WHERE id = ?', key)
    return
  }
  writer.run(
    `INSERT INTO riders (id, masked_name, standing, hide_balance, balance, included_seq, at_central, home) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET masked_name = excluded.masked_name, standing = excluded.standing, hide_balance = excluded.hide_balance,
       balance = excluded.balance, included_seq = excluded.included_seq, at_central = excluded.at_central, home = excluded.home`,
    row.id, row.maskedName, row.standing, Number(row.hideBalance), row.balance, row.includedSeq, row.atCentral, Number(row.home),
  )
}

/** An entry that this station made itself comes back under the same id: its own row, with its sequence, stays. Only a time that
 *  lay ahead is put right: central heard of it before this station's clock says that it happened. */
function applyEntry(writer: Writer, key: string, row: MirrorRow<'entry'> | null): void {
  if (row === null) return
  const added = writer.run(
    `INSERT INTO entries (id, rider, at_ms, points, reason, what_zh, what_en, station_zh, station_en, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (id) DO NOTHING`,
    key, row.rider, row.atMs, row.points, row.reason, row.what?.zh ?? null, row.what?.en ?? null, row.stationName?.zh ?? null, row.stationName?.en ?? null,
  )
  if (added === 0) {
    writer.run('UPDATE entries SET at_ms = ? WHERE id = ? AND at_ms > ?', row.atMs, key, row.atMs)
    return
  }
  for (const [index, line] of row.lines.entries()) {
    writer.run('INSERT INTO entry_lines (entry, line, item, quantity, points) VALUES (?, ?, ?, ?, ?)', key, index, line.item, line.quantity, line.points)
  }
}

export type StationRow = MirrorRow<'station'>
export type Rules = MirrorRow<'rules'>

/** What holds until central has said anything: nobody is kept out, nothing is sold. */
export const RULES_BEFORE_FIRST_SYNC: Rules = {
  utcOffsetMinutes: 480,
  passValidDays: 1095,
  checkinAgainMinutes: 30,
  cartUnitsMax: 10,
  lowStockUnits: 3,
  expiryWarningDays: 30,
  outboxEventsMax: 20_000,
  standingPoints: 50,
  topUpPointsMax: 500,
  earningSlicePoints: 500,
  spendBeforeHello: true,
  outboxAlarmHours: 24,
  wishesOpenMax: 3,
}

const readStation = parsedOnce((text) => MIRROR_ROWS.station.parse(JSON.parse(text)))
/** What an older program kept lacks the newer rules; they come with the next pull. */
const readRules = parsedOnce((text) => MIRROR_ROWS.rules.parse({ ...RULES_BEFORE_FIRST_SYNC, ...rulesKept.parse(JSON.parse(text)) }))
const rulesKept = MIRROR_ROWS.rules.partial()

export function stationRow(reader: Reader): StationRow | null {
  const document = reader.get<{ row: string }>("SELECT row FROM documents WHERE kind = 'station'")
  return document === undefined ? null : readStation(document.row)
}

export function rulesRow(reader: Reader): Rules {
  const document = reader.get<{ row: string }>("SELECT row FROM documents WHERE kind = 'rules'")
  return document === undefined ? RULES_BEFORE_FIRST_SYNC : readRules(document.row)
}

/** Every act reads these two and they change once a month: the last text is not parsed and checked again. */
function parsedOnce<Row>(parse: (text: string) => Row): (text: string) => Row {
  let last: { text: string; row: Row } | null = null
  return (text) => {
    if (last?.text !== text) last = { text, row: parse(text) }
    return last.row
  }
}

/** The public key (PEM) of that id, or null. */
export function passKey(reader: Reader, keyId: number): string | null {
  return reader.get<{ publicKey: string }>('SELECT public_key AS publicKey FROM pass_keys WHERE key_id = ?', keyId)?.publicKey ?? null
}

export function isCardRevoked(reader: Reader, holder: string, card: number): boolean {
  return reader.get('SELECT 1 FROM revoked_cards WHERE holder = ? AND card = ?', holder, card) !== undefined
}

export interface StaffRow {
  id: string
  maskedName: string
  role: 'volunteer' | 'station_head'
  pinHash: string
  active: boolean
}

export function staffRow(reader: Reader, id: string): StaffRow | null {
  const row = reader.get<Omit<StaffRow, 'active'> & { active: number }>(
    'SELECT id, masked_name AS maskedName, role, pin_hash AS pinHash, active FROM staff WHERE id = ?', id,
  )
  return row === undefined ? null : { ...row, active: row.active === 1 }
}

export function allDonors(reader: Reader): { id: string; name: { zh: string; en: string } }[] {
  return reader
    .all<{ id: string; zh: string; en: string }>('SELECT id, name_zh AS zh, name_en AS en FROM donors ORDER BY name_zh')
    .map(({ id, zh, en }) => ({ id, name: { zh, en } }))
}
