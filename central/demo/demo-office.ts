// The demo's people of the office, one of each role: their passwords and authenticators follow from the key that lies beside
// this demo's database, so that each start can say them again and no other demo has the same. Made where nobody is there yet.

import { hashPassword } from '../console/passwords.ts'
import { insertAccount, setSecrets } from '../console/accounts.ts'
import { totpSecret } from '../console/six-digits.ts'
import type { OfficeBox } from '../keys/office-box.ts'
import { encodeCrockford } from '../../contract/pass/crockford.ts'
import type { OfficeRole } from '../../contract/console/console-door.ts'
import type { Database } from '../store/database.ts'
import { insertRows } from './insert-rows.ts'
import { stationNumbered } from './demo-data.ts'

export interface DemoOfficeAccount {
  role: OfficeRole
  name: string
  signInName: string
  password: string
  /** For an authenticator, base32. */
  totpSecret: string
}

interface DemoPerson {
  id: string
  role: OfficeRole
  name: string
  signInName: string
}

const PEOPLE: readonly DemoPerson[] = [
  { id: '019ca704-0ff1-7c00-8000-000000000001', role: 'district_staff', name: '陈敏', signInName: 'chen' },
  { id: '019ca704-0ff1-7c00-8000-000000000002', role: 'district_staff', name: '帕提古丽·艾合买提', signInName: 'pati' },
  { id: '019ca704-0ff1-7c00-8000-000000000003', role: 'station_head', name: '胡建平', signInName: 'hu' },
  { id: '019ca704-0ff1-7c00-8000-000000000004', role: 'volunteer', name: '王秀兰', signInName: 'wang' },
  { id: '019ca704-0ff1-7c00-8000-000000000005', role: 'partner', name: '南门粮店 马师傅', signInName: 'ma' },
  { id: '019ca704-0ff1-7c00-8000-000000000006', role: 'read_only', name: '街道办 李科', signInName: 'li' },
]
export const DEMO_PARTNERS = [
  { id: '019ca704-0ff1-7c00-8000-0000000000a1', name: { zh: '南门粮店', en: 'South Gate Grain Shop' }, kind: 'merchant' },
  { id: '019ca704-0ff1-7c00-8000-0000000000a2', name: { zh: '区税务局党支部', en: 'Tax Office Party Branch' }, kind: 'members' },
  { id: '019ca704-0ff1-7c00-8000-0000000000a3', name: { zh: '水磨沟区医院', en: 'Shuimogou District Hospital' }, kind: 'unit' },
] as const
const PASSWORD_BYTES = 10

export function demoOfficeAccounts(box: OfficeBox): DemoOfficeAccount[] {
  return PEOPLE.map(({ role, name, signInName }) => ({
    role, name, signInName,
    password: encodeCrockford(box.derive(`demo password of ${signInName}`).subarray(0, PASSWORD_BYTES)).toLowerCase().replace(/(.{4})(?=.)/g, '$1-'),
    totpSecret: totpSecret(box.derive(`demo authenticator of ${signInName}`)),
  }))
}

/** Nothing where anybody has an account. */
export async function seedDemoOffice(database: Database, box: OfficeBox, nowMs: number): Promise<void> {
  if ((await database.query('SELECT 1 FROM office_accounts LIMIT 1')).length > 0) return
  const accounts = demoOfficeAccounts(box)
  const hashes = await Promise.all(accounts.map(({ password }) => hashPassword(password)))
  const { id: station, district } = stationNumbered(1)
  await database.transaction('write', async (sql) => {
    await insertRows(
      sql, 'partners', { partner_id: 'uuid', district_id: 'uuid', name: 'jsonb', kind: 'text', state: 'text', made_at_ms: 'bigint' },
      DEMO_PARTNERS.map(({ id, name, kind }) => ({ partner_id: id, district_id: district.id, name, kind, state: 'active', made_at_ms: nowMs })),
    )
    for (const [index, { id, role, name, signInName }] of PEOPLE.entries()) {
      const isOfStation = role === 'station_head' || role === 'volunteer'
      await insertAccount(sql, { id, district: district.id, station: isOfStation ? station : null, partner: role === 'partner' ? DEMO_PARTNERS[0].id : null, signInName, name, role }, nowMs)
      await setSecrets(sql, id, { passwordHash: hashes[index] ?? '', totpBox: box.seal(id, accounts[index]?.totpSecret ?? ''), step: 0 })
    }
  })
}
