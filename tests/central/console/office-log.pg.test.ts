// The log and the metrics say which door was asked and what became of it, and nothing that was typed there.

import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import people from '../../../resources/demo/riders.json' with { type: 'json' }
import { riderNameDoor, ridersDoor } from '../../../contract/console/riders.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { PASSWORD, startTestOffice, tableQuestion, type TestOffice } from '../../support/office.ts'

let databases: TestDatabases
let office: TestOffice
const said: string[] = []

beforeAll(async () => {
  databases = await startDatabases('pglite')
  const log = new PassThrough()
  log.on('data', (part: Buffer) => said.push(part.toString()))
  office = await startTestOffice(databases, null, log)
}, 60_000)

afterAll(async () => {
  await office.close()
  await databases.stop()
}, 60_000)

test('names, searches, passwords, digits, invitations and cookies stay out of the log and the metrics', async () => {
  const staff = await office.person('district_staff')
  const rider = people[0]
  if (rider === undefined) throw new Error('the demo has riders')
  await staff.ask(ridersDoor, tableQuestion('joined', { search: rider.name }))
  await staff.ask(riderNameDoor, { rider: rider.id })
  await office.post('sign-in', { name: 'somebody.private', password: 'a secret that was typed', code: '123456' })
  await office.post('riders', `{"search":"${rider.name}"`, { cookie: staff.cookie })
  const metrics = (await office.app.inject({ method: 'GET', url: '/metrics' })).body
  const whole = said.join('') + metrics
  const secrets = [rider.name, rider.id, 'somebody.private', staff.signInName, staff.account, PASSWORD, 'a secret that was typed', staff.secret, staff.cookie.split('=')[1] ?? 'no cookie']
  expect(secrets.filter((secret) => whole.includes(secret))).toEqual([])
  expect(said.filter((line) => line.includes('/console/v1/sign-in')).map((line) => (JSON.parse(line) as { verdict: string }).verdict)).toEqual(['wrong_sign_in'])
  expect(metrics).toContain('door="/console/v1/riders",verdict="ok"')
})
