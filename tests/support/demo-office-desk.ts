// Somebody of the demo's office who asks its doors over HTTP as a page would: for end-to-end tests beside a kiosk.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { digitsNow } from '../../central/console/six-digits.ts'
import { type ConsoleDoor, consoleDoorPath, type OfficeRole } from '../../contract/console/console-door.ts'
import { signInDoor } from '../../contract/console/session.ts'
import type { DemoDistrict } from './demo-district.ts'

interface DemoAccount {
  role: OfficeRole
  signInName: string
  password: string
  totpSecret: string
}

/** Throws where the door says no: these tests are about what follows. */
export type AskOffice = <Asked, Answer>(door: ConsoleDoor<string, Asked, Answer>, asked: NoInfer<Asked>) => Promise<Answer>

export async function signInToDemoOffice(district: DemoDistrict, role: OfficeRole): Promise<AskOffice> {
  const central = new URL((JSON.parse(readFileSync(join(district.folder, 'station-1/station.json'), 'utf8')) as { centralUrl: string }).centralUrl)
  const { office } = JSON.parse(readFileSync(join(district.folder, 'demo-codes.json'), 'utf8')) as { office: DemoAccount[] }
  const account = office.find((one) => one.role === role)
  if (account === undefined) throw new Error(`the demo's office has no ${role}`)
  let cookie = ''
  const ask: AskOffice = async (door, asked) => {
    const response = await fetch(new URL(consoleDoorPath(door.name), central), {
      method: 'POST', headers: { 'content-type': 'application/json', 'origin': central.origin, cookie }, body: JSON.stringify(asked),
    })
    const body = (await response.json()) as { ok: true; answer: unknown } | { ok: false; error: string }
    if (!body.ok) throw new Error(`the office's door ${door.name} says ${body.error}`)
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return door.answer.parse(body.answer)
  }
  await ask(signInDoor, { name: account.signInName, password: account.password, code: digitsNow(account.totpSecret, Date.now()) })
  return ask
}
