// The one planted bug that no simulated run can show, for there one transaction follows the other: changes are numbered by a bare
// sequence, before the commit and without waiting, and the log goes up to the highest number that is committed. On PostgreSQL
// tests/central/sync/pull.pg.test.ts has to find it.

import type { ChangedRow } from '../../../central/store/changes.ts'
import type { OpenDatabase, Queryable } from '../../../central/store/database.ts'

/** The counter's row is no more: what stood in it is read off the log. */
export async function plantBareSequence(database: OpenDatabase): Promise<void> {
  await database.actAs('owner')
  await database.execute(`
    CREATE SEQUENCE bare_numbers;
    SELECT setval('bare_numbers', (SELECT max(number) FROM change_counters));
    DROP TABLE change_counters;
    CREATE VIEW change_counters AS
      SELECT district_id, max(number) AS number
      FROM (SELECT district_id, number FROM changes UNION ALL SELECT district_id, number FROM entry_changes) AS logged GROUP BY district_id;
  `)
}

/** In place of the product's `appendChanges`. */
export async function appendByBareSequence(transaction: Queryable, changes: readonly ChangedRow[]): Promise<void> {
  for (const { district, scope, kind, key } of changes) {
    await transaction.query(
      `INSERT INTO changes (district_id, scope, kind, key, number) VALUES ($1, $2, $3, $4, nextval('bare_numbers'))
       ON CONFLICT (district_id, scope, kind, key) DO UPDATE SET number = excluded.number`,
      [district, scope, kind, key],
    )
  }
}
