// Who may prepare a database and who may run on it, with logins as a real server has them: an owner that may not make roles, one
// that may, and a login that owns nothing.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../central/store/database.ts'
import { isMigrated, migrate, MIGRATIONS } from '../../../central/store/migrate.ts'
import { openPostgres } from '../../../central/store/postgres-database.ts'
import { PROGRAM_ROLE } from '../../../central/store/table-rights.ts'
import { startPostgres, type TestPostgres } from '../../support/postgres.ts'

let server: TestPostgres
let administrator: OpenDatabase
const opened: OpenDatabase[] = []

beforeAll(async () => {
  server = await startPostgres()
  administrator = openPostgres(await server.createDatabase(), noIdleError)
  await administrator.execute(`
    CREATE ROLE humble LOGIN PASSWORD 'one';
    CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'two';
    CREATE ROLE runner LOGIN PASSWORD 'three';`)
}, 120_000)

afterAll(async () => {
  for (const database of opened) await database.close()
  await administrator.close()
  await server.stop()
}, 60_000)

function noIdleError(error: Error): void {
  process.stderr.write(`${error.message}\n`)
}

/** A new database that belongs to `owner`; its address for any login. */
async function createFor(owner: string): Promise<(login: string, password: string) => OpenDatabase> {
  const url = new URL(await server.createDatabase())
  await administrator.execute(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${owner}`)
  return (login, password) => {
    url.username = login
    url.password = password
    const database = openPostgres(url.href, noIdleError)
    opened.push(database)
    return database
  }
}

test('an owner that may not make roles is told what an administrator has to type', async () => {
  const open = await createFor('humble')
  const database = open('humble', 'one')
  await expect(migrate(database)).rejects.toThrow(
    'role boai_program is missing and humble may not create roles; an administrator types: CREATE ROLE boai_program NOLOGIN; GRANT boai_program TO humble;',
  )
  // One that may makes it, and may act as it from then on.
  const other = (await createFor('maker'))('maker', 'two')
  await migrate(other)
  await other.actAs('program')
  await expect(other.query('TRUNCATE entries')).rejects.toThrow('permission denied')

  await expect(migrate(database)).rejects.toThrow('humble may not act as boai_program; an administrator types: GRANT boai_program TO humble;')
  await administrator.execute(`GRANT ${PROGRAM_ROLE} TO humble`)
  expect(await migrate(database)).toEqual(MIGRATIONS.map(({ number }) => number).filter((number) => number >= 6))
  await database.actAs('program')
  await expect(database.query('DELETE FROM transfers')).rejects.toThrow('permission denied')
})

test('a login that owns nothing runs on a migrated database, with no more rights than the program has', async () => {
  const open = await createFor('maker')
  await migrate(open('maker', 'two'))
  await administrator.execute(`GRANT ${PROGRAM_ROLE} TO runner`)
  const database = open('runner', 'three')
  expect(await migrate(database)).toEqual([])
  expect(await isMigrated(database)).toBe(true)
  await database.actAs('program')
  await expect(database.query('UPDATE transfers SET points = 1')).rejects.toThrow('permission denied')
  await database.actAs('owner')
  await expect(database.query('UPDATE transfers SET points = 1')).rejects.toThrow('permission denied')
})

test('options in the address are kept beside the role', async () => {
  const url = new URL(await server.createDatabase())
  await migrate(openFor(url))
  url.searchParams.set('options', '-c application_name=kept')
  const database = openFor(url)
  await database.actAs('program')
  expect(await database.query(`SELECT current_user::text AS name, current_setting('application_name') AS application`)).toEqual([
    { name: PROGRAM_ROLE, application: 'kept' },
  ])
})

function openFor(url: URL): OpenDatabase {
  const database = openPostgres(url.href, noIdleError)
  opened.push(database)
  return database
}
