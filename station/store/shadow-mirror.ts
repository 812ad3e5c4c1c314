// The mirror's shadow: rows of a snapshot as they arrive, beside the mirror that the counter goes on using, and the exchange of
// the one for the other in one transaction. Says nothing about where rows come from.

import type { Scope, SnapshotManifest } from '../../contract/sync/snapshot.ts'
import type { Change } from '../../contract/sync/sync-protocol.ts'
import type { Reader, Writer } from './database.ts'
import { applyMirrorChange, type Lending } from './mirror.ts'
import { versionHash } from './mirror-versions.ts'
import { dropTrainingRows, takeSignupsAndCertificates } from './trainings.ts'
import { takeOwnWishes } from './wishes.ts'

/** A row that is a state: the others are told once and are no part of the exchange. */
export type StateChange = Exclude<Change, Lending | { kind: 'entry' | 'recall' }>

export function readDownload(reader: Reader): string | null {
  return reader.get<{ manifest: string }>('SELECT manifest FROM snapshot_download')?.manifest ?? null
}

export function beginDownload(writer: Writer, manifest: SnapshotManifest): void {
  writer.run('INSERT INTO snapshot_download (one, manifest) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET manifest = excluded.manifest', JSON.stringify(manifest))
}

export function readPart(reader: Reader, sha256: string): Uint8Array | null {
  return reader.get<{ bytes: Uint8Array }>('SELECT bytes FROM snapshot_parts WHERE sha256 = ?', sha256)?.bytes ?? null
}

export function hasPart(reader: Reader, sha256: string): boolean {
  return reader.get('SELECT 1 FROM snapshot_parts WHERE sha256 = ?', sha256) !== undefined
}

export function keepPart(writer: Writer, sha256: string, bytes: Uint8Array): void {
  writer.run('INSERT OR IGNORE INTO snapshot_parts (sha256, bytes) VALUES (?, ?)', sha256, bytes)
}

/** The manifest is of no more use; the parts may be. */
export function endDownload(writer: Writer): void {
  writer.run('DELETE FROM snapshot_download')
}

export function clearShadow(writer: Writer): void {
  writer.run('DELETE FROM shadow_rows')
  writer.run('DELETE FROM shadow_riders')
  writer.run('DELETE FROM shadow_versions')
}

export function addToShadow(writer: Writer, change: StateChange): void {
  const { scope, kind, key, number } = change
  const { high, low } = versionHash(change)
  writer.run(
    'INSERT OR REPLACE INTO shadow_versions (scope, kind, key, number, hash_high, hash_low) VALUES (?, ?, ?, ?, ?, ?)', scope, kind, key, number, high, low,
  )
  if (change.kind !== 'rider') {
    writer.run('INSERT OR REPLACE INTO shadow_rows (scope, kind, key, number, row) VALUES (?, ?, ?, ?, ?)', scope, kind, key, number, JSON.stringify(change.row))
  } else if (change.row !== null) {
    const { row } = change
    writer.run(
      `INSERT OR REPLACE INTO shadow_riders (id, masked_name, standing, hide_balance, balance, included_seq, at_central, home) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      row.id, row.maskedName, row.standing, Number(row.hideBalance), row.balance, row.includedSeq, row.atCentral, Number(row.home),
    )
  }
}

/** In one transaction: what a scope's shadow does not hold is gone, what it holds is here. The cursor moves only with all scopes. */
export function exchangeShadow(writer: Writer, manifest: SnapshotManifest, isEverything: boolean): void {
  const scopes = manifest.scopes.map(({ scope }) => scope)
  for (const scope of scopes) dropRowsOf(writer, scope)
  const rows = writer.all<{ scope: Scope; kind: StateChange['kind']; key: string; number: number; row: string }>(
    "SELECT scope, kind, key, number, row FROM shadow_rows WHERE kind NOT IN ('own_wish', 'signup', 'certificate') ORDER BY kind, key",
  )
  for (const { row, ...change } of rows) applyMirrorChange(writer, { ...change, row: JSON.parse(row) })
  if (scopes.includes('riders')) {
    writer.run(
      `INSERT INTO riders (id, masked_name, standing, hide_balance, balance, included_seq, at_central, home)
       SELECT id, masked_name, standing, hide_balance, balance, included_seq, at_central, home FROM shadow_riders`,
    )
    takeOwnWishes(writer)
    takeSignupsAndCertificates(writer)
  }
  writer.run('INSERT OR REPLACE INTO mirror_versions SELECT scope, kind, key, number, hash_high, hash_low FROM shadow_versions')
  clearShadow(writer)
  endDownload(writer)
  writer.run('DELETE FROM snapshot_parts')
  const { history, number } = manifest.cursor
  if (isEverything) writer.run('UPDATE sync_state SET history = ?, cursor_number = ?', history, number)
}

/** Revocations are never taken back; an item may have lots on the shelf, so it stays and is offered no more. */
function dropRowsOf(writer: Writer, scope: Scope): void {
  writer.run('DELETE FROM mirror_versions WHERE scope = ?', scope)
  switch (scope) {
    case 'district':
      writer.run('DELETE FROM pass_keys')
      writer.run('DELETE FROM donors')
      writer.run('UPDATE items SET offered = 0')
      writer.run('DELETE FROM wall_wishes')
      dropTrainingRows(writer, scope)
      return
    case 'station':
      writer.run('DELETE FROM staff')
      return
    case 'riders':
      writer.run('DELETE FROM riders')
      writer.run('DELETE FROM own_wishes')
      dropTrainingRows(writer, scope)
      return
  }
}
