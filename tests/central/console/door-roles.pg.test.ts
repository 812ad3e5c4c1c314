// Every door of the office with every role: who is let in is what the table says, and nobody is let in without signing in.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { DOOR_ROLES } from '../../../central/console/door-roles.ts'
import { OFFICE_ROLES, type OfficeRole } from '../../../contract/console/console-door.ts'
import { CONSOLE_DOORS } from '../../../contract/console/console-doors.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type OfficePerson, startTestOffice, type TestOffice } from '../../support/office.ts'

let databases: TestDatabases
let office: TestOffice
const people = new Map<OfficeRole, OfficePerson>()

beforeAll(async () => {
  databases = await startDatabases('pglite')
  office = await startTestOffice(databases)
  for (const role of OFFICE_ROLES) people.set(role, await office.person(role))
}, 60_000)

afterAll(async () => {
  await office.close()
  await databases.stop()
}, 60_000)

test.each(CONSOLE_DOORS.map(({ name }) => name))('%s', async (name) => {
  // No door understands this, so nothing is done by it; a door that lets in says so.
  const nonsense = { nonsense: true }
  const admitted = DOOR_ROLES[name]
  const verdicts: Record<string, unknown> = {}
  for (const role of OFFICE_ROLES) verdicts[role] = (await office.post(name, nonsense, { cookie: people.get(role)?.cookie })).body
  verdicts['nobody'] = (await office.post(name, nonsense)).body
  const letIn = { ok: false, error: 'bad_request' }
  expect(verdicts).toEqual({
    ...Object.fromEntries(OFFICE_ROLES.map((role) => [role, admitted === 'anybody' || admitted.includes(role) ? letIn : { ok: false, error: 'not_allowed' }])),
    nobody: admitted === 'anybody' ? letIn : { ok: false, error: 'not_signed_in' },
  })
})

test('the table has a row for each door and no other', () => {
  expect(Object.keys(DOOR_ROLES).toSorted()).toEqual(CONSOLE_DOORS.map(({ name }) => name).toSorted())
})
