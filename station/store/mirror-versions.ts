// Which version of each of central's rows lies here, by scope, kind and key; gone ones too. What is older than what is here is
// not applied; what is here adds up to a checksum that central compares with its own. Computed from these rows, never copied.

import { hash } from 'node:crypto'
import { type Change, CHECKED_KINDS, checksumText, SCOPES, type ScopeChecksum } from '../../contract/sync/sync-protocol.ts'
import type { Reader, Writer } from './database.ts'

export type Versioned = Pick<Change, 'scope' | 'kind' | 'key' | 'number'>

const CHECKED: ReadonlySet<string> = new Set(CHECKED_KINDS)

/** Notes the version; false: a newer one is here already, and the change is not to be applied. */
export function noteVersion(writer: Writer, { scope, kind, key, number }: Versioned): boolean {
  if (!CHECKED.has(kind)) return true
  const { high, low } = versionHash({ kind, key, number })
  const noted = writer.run(
    `INSERT INTO mirror_versions (scope, kind, key, number, hash_high, hash_low) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (scope, kind, key) DO UPDATE SET number = excluded.number, hash_high = excluded.hash_high, hash_low = excluded.hash_low
     WHERE number < excluded.number`,
    scope, kind, key, number, high, low,
  )
  if (noted > 0) return true
  // Nearly every change is new: what is here is looked at only where it stayed.
  return writer.get<{ number: number }>('SELECT number FROM mirror_versions WHERE scope = ? AND kind = ? AND key = ?', scope, kind, key)?.number === number
}

/** The first eight bytes of the version's hash, in two halves. */
export function versionHash(version: Pick<Versioned, 'kind' | 'key' | 'number'>): { high: number; low: number } {
  const bytes = hash('sha256', checksumText(version), 'buffer')
  return { high: bytes.readUInt32BE(0), low: bytes.readUInt32BE(4) }
}

export function forgetVersions(writer: Writer, scope?: Change['scope']): void {
  if (scope === undefined) writer.run('DELETE FROM mirror_versions')
  else writer.run('DELETE FROM mirror_versions WHERE scope = ?', scope)
}

/** Of every scope: one that lost all its rows is found by having none. Halves of 32 bits: a million rows add up to less than 2^53. */
export function scopeChecksums(reader: Reader): ScopeChecksum[] {
  const sums = reader.all<{ scope: ScopeChecksum['scope']; rows: number; high: number; low: number }>(
    'SELECT scope, count(*) AS rows, sum(hash_high) AS high, sum(hash_low) AS low FROM mirror_versions GROUP BY scope',
  )
  return SCOPES.map((scope) => {
    const { rows, high, low } = sums.find((one) => one.scope === scope) ?? { rows: 0, high: 0, low: 0 }
    return { scope, rows, sum: BigInt.asUintN(64, (BigInt(high) << 32n) + BigInt(low)).toString(16).padStart(16, '0') }
  })
}
