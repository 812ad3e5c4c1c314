// Brings a database to this program's schema: one step a transaction, together with its line in `migrations`. A second run
// does no harm. Refuses a database that a newer program has written: it would not understand what stands there; and a server that
// is too old.

import type { Database, Queryable } from './database.ts'
import { migration as ledger } from './migrations/0003-ledger.ts'
import { migration as mirrors } from './migrations/0004-mirrors.ts'
import { migration as grantsOfAnIncarnation } from './migrations/0005-grants-of-an-incarnation.ts'
import { migration as outboxes } from './migrations/0002-outboxes.ts'
import { migration as parties } from './migrations/0001-parties-and-catalogue.ts'
import { migration as programRole } from './migrations/0006-program-role.ts'
import { migration as slicesOfAnIncarnation } from './migrations/0007-slices-of-an-incarnation.ts'
import { migration as whoIsWho } from './migrations/0008-who-is-who.ts'
import { migration as snapshots } from './migrations/0009-snapshots.ts'
import { migration as factsWithoutReferences } from './migrations/0010-facts-without-references.ts'
import { migration as waitsOfALife } from './migrations/0011-waits-of-a-life.ts'
import { migration as wishes } from './migrations/0012-wishes.ts'
import { migration as sealedWords } from './migrations/0013-sealed-words.ts'
import { migration as officeAccounts } from './migrations/0020-office-accounts.ts'
import { migration as officeActs } from './migrations/0021-office-acts.ts'
import { migration as officeWork } from './migrations/0022-office-work.ts'
import { migration as passkeys } from './migrations/0023-passkeys.ts'
import { migration as meetings } from './migrations/0025-meetings.ts'
import { migration as wordsTypedAtCentral } from './migrations/0026-words-typed-at-central.ts'
import { migration as people } from './migrations/0027-people.ts'
import { migration as handOffs } from './migrations/0028-hand-offs.ts'
import { migration as trainings } from './migrations/0029-trainings.ts'
import { migration as photos } from './migrations/0030-photos.ts'
import { migration as certificatesOfADistrict } from './migrations/0031-certificates-of-a-district.ts'
import { migration as redemptionsAreTransfers } from './migrations/0032-redemptions-are-transfers.ts'
import { migration as entriesToldTogether } from './migrations/0033-entries-told-together.ts'
import { migration as refusalsAreSeen } from './migrations/0034-refusals-are-seen.ts'
import { migration as doorRules } from './migrations/0035-door-rules.ts'
import { migration as roomForBalances } from './migrations/0036-room-for-balances.ts'
import { migration as looksAtLimits } from './migrations/0037-looks-at-limits.ts'
import type { Migration } from './migrations/migration.ts'
import { checkServer } from './server-version.ts'

export const MIGRATIONS: readonly Migration[] = [
  parties, outboxes, ledger, mirrors, grantsOfAnIncarnation, programRole, slicesOfAnIncarnation, whoIsWho, snapshots, factsWithoutReferences,
  waitsOfALife,
  wishes,
  sealedWords,
  officeAccounts,
  officeActs,
  officeWork,
  passkeys,
  meetings,
  wordsTypedAtCentral,
  people,
  handOffs,
  trainings,
  photos,
  certificatesOfADistrict,
  redemptionsAreTransfers,
  entriesToldTogether, refusalsAreSeen, doorRules, roomForBalances, looksAtLimits,
]

/** Whether the database has taken each of this program's steps, and none that it does not know. */
export async function isMigrated(queryable: Queryable): Promise<boolean> {
  const taken = new Set((await queryable.query<{ number: number }>('SELECT number FROM migrations')).map(({ number }) => number))
  return taken.size === MIGRATIONS.length && MIGRATIONS.every(({ number }) => taken.has(number))
}

export class DatabaseNewerError extends Error {
  override name = 'DatabaseNewerError'
  constructor(found: number, known: number) {
    super(`the database is at migration ${found}, this program knows ${known}: it was written by a newer program`)
  }
}

/** Numbers of the steps that were taken now. */
export async function migrate(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<number[]> {
  await checkServer(database)
  await database.transaction('write', createBookkeeping)
  const known = Math.max(...migrations.map(({ number }) => number))
  const taken: number[] = []
  for (const migration of migrations) {
    const wasTaken = await database.transaction('write', (transaction) => takeStep(transaction, migration, known))
    if (wasTaken) taken.push(migration.number)
  }
  return taken
}

async function createBookkeeping(transaction: Queryable): Promise<void> {
  // Two processes may start at once on PostgreSQL; "if not exists" alone is not safe against that.
  await transaction.query('SELECT pg_advisory_xact_lock(7201)')
  // A login that may not make tables can run the program all the same, once the owner has migrated.
  if ((await transaction.query("SELECT 1 WHERE to_regclass('migrations') IS NOT NULL")).length > 0) return
  await transaction.execute(
    'CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, name text NOT NULL, taken_at timestamptz NOT NULL DEFAULT now())',
  )
}

async function takeStep(transaction: Queryable, migration: Migration, known: number): Promise<boolean> {
  await transaction.query('SELECT pg_advisory_xact_lock(7201)')
  const rows = await transaction.query<{ number: number }>('SELECT number FROM migrations ORDER BY number')
  const highest = rows.at(-1)?.number ?? 0
  if (highest > known) throw new DatabaseNewerError(highest, known)
  if (rows.some((row) => row.number === migration.number)) return false
  await transaction.execute(migration.sql)
  await transaction.query('INSERT INTO migrations (number, name) VALUES ($1, $2)', [migration.number, migration.name])
  return true
}
