// The demo's office over a real central process: whom `npm start` names can sign in with what it prints, also after the next start;
// and the command by which a district gets its first account makes a link that opens.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { digitsNow } from '../../central/console/six-digits.ts'
import { type AskedOf, type ConsoleDoor, consoleDoorPath, OFFICE_ROLES } from '../../contract/console/console-door.ts'
import { openInvitationDoor, signInDoor } from '../../contract/console/session.ts'
import { openDemoDistrict } from '../support/demo-district.ts'

const root = join(import.meta.dirname, '../..')

interface Person {
  role: string
  signInName: string
  password: string
  totpSecret: string
}

test('each of the demo’s people signs in with what is printed; after a restart too, with the next digits', async () => {
  const district = await openDemoDistrict()
  const central = new URL(JSON.parse(readFileSync(join(district.folder, 'station-1/station.json'), 'utf8')).centralUrl as string)
  const peopleOf = (): Person[] => (JSON.parse(readFileSync(join(district.folder, 'demo-codes.json'), 'utf8')) as { office: Person[] }).office
  const ask = async <Asked>(door: ConsoleDoor<string, Asked>, asked: NoInfer<Asked>): Promise<{ status: number; body: { answer?: Record<string, unknown> } }> => {
    const response = await fetch(new URL(consoleDoorPath(door.name), central), { method: 'POST', headers: { 'content-type': 'application/json', 'origin': central.origin }, body: JSON.stringify(asked) })
    return { status: response.status, body: (await response.json()) as { answer?: Record<string, unknown> } }
  }
  const signIn = (person: Person): AskedOf<typeof signInDoor> => ({ name: person.signInName, password: person.password, code: digitsNow(person.totpSecret, Date.now()) })

  const people = peopleOf()
  expect(new Set(people.map(({ role }) => role))).toEqual(new Set(OFFICE_ROLES))
  for (const person of people) expect((await ask(signInDoor, signIn(person))).body.answer?.['role'], person.signInName).toBe(person.role)
  await district.central.stop()
  await district.startCentral()
  expect(peopleOf()).toEqual(people)

  const token = join(district.centralData, 'operator-token')
  const id = people.length > 0 ? (JSON.parse(readFileSync(join(root, 'resources/demo/stations.json'), 'utf8')) as { district: { id: string } }[])[0]?.district.id : undefined
  const command = ['scripts/office.ts', 'office-account', '--central', central.origin, '--token-file', token, '--district', id ?? '', '--role', 'district_staff', '--name', '新来的同事', '--sign-in-name', 'newcomer']
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const { link } = JSON.parse(stdout) as { link: string }
  expect(link.startsWith(`${central.origin}/console/#/invitation/`)).toBe(true)
  expect(await ask(openInvitationDoor, { code: link.split('/').at(-1) ?? '' })).toMatchObject({ status: 200, body: { answer: { signInName: 'newcomer' } } })
  const wrong = spawnSync(process.execPath, [...command.slice(0, -1), 'NOT A NAME'], { cwd: root, encoding: 'utf8' })
  expect({ status: wrong.status, stderr: wrong.stderr }).toEqual({ status: 1, stderr: 'npm run office --: office-account: bad_request\n' })
}, 90_000)
