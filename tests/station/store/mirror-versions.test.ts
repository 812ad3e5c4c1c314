import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checksumText, SCOPES } from '../../../contract/sync/sync-protocol.ts'
import { noteVersion, scopeChecksums, type Versioned } from '../../../station/store/mirror-versions.ts'
import { riderRow } from '../../../station/store/rider-points.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { openEmptyCounter, rider, ZHANG } from '../../support/counter.ts'

/** As contract/sync says it, from nothing but the newest version of each row. */
function sumOf(rows: readonly Versioned[]): { rows: number; sum: string } {
  const sum = rows.reduce((total, row) => total + createHash('sha256').update(checksumText(row)).digest().readBigUInt64BE(0), 0n)
  return { rows: rows.length, sum: BigInt.asUintN(64, sum).toString(16).padStart(16, '0') }
}

const anyVersion = fc.record({
  scope: fc.constantFrom('district', 'station', 'riders'),
  kind: fc.constantFrom('rider', 'item', 'staff'),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  number: fc.integer({ min: 1, max: 1_000_000 }),
}) as fc.Arbitrary<Versioned>

test('each scope adds up to the checksum of its newest rows, in whatever order they came, also one that has none', () => {
  fc.assert(
    fc.property(fc.array(anyVersion, { maxLength: 40 }), (versions) => {
      const counter = openEmptyCounter()
      const newest = new Map<string, Versioned>()
      counter.database.write((writer) => {
        for (const version of versions) {
          const id = `${version.scope} ${version.kind} ${version.key}`
          const isOlder = (newest.get(id)?.number ?? 0) > version.number
          expect(noteVersion(writer, version)).toBe(!isOlder)
          if (!isOlder) newest.set(id, version)
        }
      })
      expect(scopeChecksums(counter.database.read)).toEqual(SCOPES.map((scope) => ({ scope, ...sumOf([...newest.values()].filter((row) => row.scope === scope)) })))
    }),
    { numRuns: 25 },
  )
})

test('a row that is older than what is here is not applied; told-once kinds have no version', () => {
  const counter = openEmptyCounter()
  applyChanges(counter, [{ ...rider(ZHANG, { balance: 70 }), number: 9 }, { ...rider(ZHANG, { balance: 126 }), number: 4 }])
  expect(riderRow(counter.database.read, ZHANG)?.balance).toBe(70)
  applyChanges(counter, [{ kind: 'recall', scope: 'station', number: 12, key: ZHANG, row: { rider: ZHANG, askedAtMs: 5 } }])
  expect(scopeChecksums(counter.database.read).map(({ scope, rows }) => `${scope} ${rows}`)).toEqual(['district 0', 'station 0', 'riders 1'])
  // Gone rows count too.
  applyChanges(counter, [{ kind: 'rider', scope: 'riders', number: 13, key: ZHANG, row: null }])
  expect([riderRow(counter.database.read, ZHANG), scopeChecksums(counter.database.read)[2]?.rows]).toEqual([null, 1])
})
