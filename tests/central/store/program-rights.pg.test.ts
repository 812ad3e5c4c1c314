// Facts are never rewritten (invariant 3): the program has no right to, and a trigger stops even the owner. Tried on both
// databases, for every table of facts, with every way to rewrite one.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sqlStateOf } from '../../../central/store/database-errors.ts'
import { APPEND_ONLY, appendOnlySql, PROGRAM_ROLE, TABLE_RIGHTS } from '../../../central/store/table-rights.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { demoRider, startTestCentral, type TestCentral } from '../../support/test-central.ts'

const PERMISSION_DENIED = '42501'
const RAISED = 'P0001'
const REFERRED_TO = '0A000'

const FACTS = [...APPEND_ONLY, 'events']
/** What a day at a station leaves behind, so that a rewriting could be seen. */
const FILLED = ['transfers', 'entries', 'batches', 'quarantined_events', 'events']

function rewritings(table: string): string[] {
  // A change that changes nothing is refused too.
  const column = table === 'operator_acts' ? 'act' : 'district_id'
  return [`UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`, `TRUNCATE ${table}`, `TRUNCATE ${table} CASCADE`]
}

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let central: TestCentral

  beforeAll(async () => {
    databases = await startDatabases(engine)
    central = await startTestCentral(databases)
    const station = central.first.begin()
    station.redeem(demoRider('li'), 1)
    await station.push()
    const clone = station.clone()
    clone.events.pop()
    clone.redeem(demoRider('li'), 2)
    await clone.push()
  }, 120_000)

  afterAll(async () => {
    await central.app.close()
    await databases.stop()
  }, 60_000)

  afterEach(() => central.database.actAs('program'))

  async function sizes(): Promise<Record<string, number>> {
    const counted: Record<string, number> = {}
    for (const table of FACTS) {
      const [row] = await central.database.query<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`)
      counted[table] = row?.rows ?? 0
    }
    return counted
  }

  test.each([
    ['the program has no right to', 'program' as const, PERMISSION_DENIED],
    ['the owner is stopped by a trigger', 'owner' as const, RAISED],
  ])('every table of facts: %s', async (_who, role, code) => {
    await central.database.actAs(role)
    const before = await sizes()
    expect(FILLED.filter((table) => before[table] === 0)).toEqual([])
    for (const table of FACTS) {
      for (const sql of rewritings(table)) {
        const refused = await central.database.query(sql).then(() => 'done', sqlStateOf)
        // What others refer to is refused before the trigger is asked; with CASCADE it is asked.
        const codes = role === 'owner' && sql === `TRUNCATE ${table}` ? [code, REFERRED_TO] : [code]
        expect(codes, `${role}: ${sql}`).toContain(refused)
      }
    }
    expect(await sizes()).toEqual(before)
  })

  test('the program may change the outcome of an event, and may add facts', async () => {
    await central.database.query(`UPDATE events SET outcome = 'recorded', code = NULL WHERE seq = 1`)
    expect(await central.database.query('SELECT current_user::text AS name')).toEqual([{ name: PROGRAM_ROLE }])
  })

  test('the program can neither make nor drop a table, nor switch a trigger off', async () => {
    for (const sql of ['CREATE TABLE mine (n integer)', 'DROP TABLE changes', 'ALTER TABLE transfers DISABLE TRIGGER USER', 'ALTER TABLE rules ADD COLUMN more integer']) {
      expect(await central.database.query(sql).then(() => 'done', sqlStateOf), sql).toBe(PERMISSION_DENIED)
    }
  })

  test('every table has decided rights, and the database gives exactly those', async () => {
    await central.database.actAs('owner')
    const tables = await central.database.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1`)
    expect(tables.map(({ name }) => name)).toEqual(Object.keys(TABLE_RIGHTS).toSorted())
    const granted = await central.database.query<{ name: string; rights: string[] }>(
      `SELECT tablename AS name, array(
         SELECT r FROM unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) AS r WHERE has_table_privilege($1, quote_ident(tablename), r)
       ) AS rights FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1`,
      [PROGRAM_ROLE],
    )
    expect(Object.fromEntries(granted.map(({ name, rights }) => [name, rights]))).toEqual(
      Object.fromEntries(Object.entries(TABLE_RIGHTS).map(([name, { rights }]) => [name, rights])),
    )
    const columns = await central.database.query<{ name: string; column: string }>(
      `SELECT relname::text AS name, attname::text AS "column" FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE relnamespace = current_schema()::regnamespace AND attacl IS NOT NULL AND has_column_privilege($1, attrelid, attnum, 'UPDATE') ORDER BY 1, 2`,
      [PROGRAM_ROLE],
    )
    expect(columns).toEqual(
      Object.entries(TABLE_RIGHTS).toSorted(([one], [other]) => (one < other ? -1 : 1)).flatMap(([name, { updateOnly = [] }]) => updateOnly.toSorted().map((column) => ({ name, column }))),
    )
  })

  test('a table of a later migration is the program’s to use, or append-only where it says so', async () => {
    const { database } = central
    await database.actAs('owner')
    await database.execute(`CREATE TABLE notes (note text); CREATE TABLE sayings (said text); ${appendOnlySql('sayings')}`)
    await database.actAs('program')
    await database.query(`INSERT INTO notes VALUES ('a')`)
    await database.query('DELETE FROM notes')
    await database.query(`INSERT INTO sayings VALUES ('a')`)
    const answers: unknown[] = []
    for (const role of ['program', 'owner'] as const) {
      await database.actAs(role)
      for (const sql of ['UPDATE sayings SET said = said', 'DELETE FROM sayings', 'TRUNCATE sayings']) answers.push(await database.query(sql).then(() => 'done', sqlStateOf))
    }
    expect(answers).toEqual([PERMISSION_DENIED, PERMISSION_DENIED, PERMISSION_DENIED, RAISED, RAISED, RAISED])
    await database.execute('DROP TABLE notes, sayings')
  })
})
