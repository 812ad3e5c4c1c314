// What central tells a station that speaks an older version of this protocol: only kinds of rows that version knows, and of
// each row only its fields, because a station refuses a page with anything else in it. Additive: a kind or a field is listed
// here with the version it came with. A station that was updated finds by its checksums what it was not told before.

import { type Change, type MirrorKind, SYNC_PROTOCOL_VERSION } from './sync-protocol.ts'

/** Absent: since version 1. */
const KIND_SINCE: Partial<Record<MirrorKind, number>> = { erasure: 2, sealing_key: 2, consent: 2, wall_wish: 2, own_wish: 2, training: 2, seat_block: 2, signup: 2, certificate: 2 }

/** Fields of kinds that are older than they are. */
const FIELDS_SINCE: Partial<Record<MirrorKind, Readonly<Record<string, number>>>> = {}

export function isKindOf(version: number, kind: MirrorKind): boolean {
  return (KIND_SINCE[kind] ?? 1) <= version
}

/** As that version can read them. */
export function changesFor(version: number, changes: readonly Change[]): Change[] {
  if (version >= SYNC_PROTOCOL_VERSION) return [...changes]
  return changes.filter(({ kind }) => isKindOf(version, kind)).map((change) => withoutNewer(version, change))
}

function withoutNewer(version: number, change: Change): Change {
  const since = FIELDS_SINCE[change.kind]
  if (since === undefined || change.row === null) return change
  const row = Object.fromEntries(Object.entries(change.row).filter(([field]) => (since[field] ?? 1) <= version))
  return { ...change, row } as Change
}
