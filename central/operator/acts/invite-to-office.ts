// The operator invites the first person of a district to the office; everybody after that is invited there. The list of the
// operator's acts says what role, not who. A name that is invited already gets a new invitation.

import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { shownName } from '../../../contract/console/accounts.ts'
import { OFFICE_ROLES, type OfficeRole } from '../../../contract/console/console-door.ts'
import { invitationLink, SIGN_IN_NAME } from '../../../contract/console/session.ts'
import { findAccountNamed, INVITATION_BYTES, insertAccount, lockAccount, makeInvitationCode, writeInvitation } from '../../console/accounts.ts'
import { writeOfficeAct } from '../../console/office-acts.ts'
import type { Database } from '../../store/database.ts'
import { writeOperatorAct } from '../../store/staff-acts.ts'

export const OFFICE_ACCOUNT_ACT = 'office-account'

export const officeAccountBody = z.strictObject({
  district: z.uuid().lowercase(),
  signInName: z.string().regex(SIGN_IN_NAME),
  name: shownName,
  role: z.enum(OFFICE_ROLES.filter((role): role is Exclude<OfficeRole, 'partner'> => role !== 'partner')),
  station: z.uuid().lowercase().optional(),
})

export type InvitedToOffice = { ok: true; answer: { account: string; link: string; expiresAtMs: number } } | { ok: false; error: 'bad_request' | 'unknown_district' | 'unknown_station' | 'name_taken' }

export async function inviteToOffice(database: Database, input: unknown, where: { nowMs: number; centralUrl: string }): Promise<InvitedToOffice> {
  const asked = officeAccountBody.safeParse(input)
  if (!asked.success) return { ok: false, error: 'bad_request' }
  const { district, signInName, name, role, station = null } = asked.data
  if ((station !== null) !== (role === 'station_head' || role === 'volunteer')) return { ok: false, error: 'bad_request' }
  const { nowMs, centralUrl } = where
  const code = makeInvitationCode(randomBytes(INVITATION_BYTES))
  return database.transaction('write', async (sql): Promise<InvitedToOffice> => {
    if ((await sql.query('SELECT 1 FROM districts WHERE district_id = $1', [district])).length === 0) return { ok: false, error: 'unknown_district' }
    if (station !== null && (await sql.query('SELECT 1 FROM stations WHERE station_id = $1 AND district_id = $2', [station, district])).length === 0) return { ok: false, error: 'unknown_station' }
    const fresh = randomUUID()
    const isNew = await insertAccount(sql, { id: fresh, district, station, partner: null, signInName, name, role }, nowMs)
    const account = isNew ? fresh : await findAccountNamed(sql, signInName)
    // The same question again, or a district whose only person has lost everything.
    const known = account === null ? null : await lockAccount(sql, district, account)
    if (account === null || known === null || known.role !== role || known.state === 'closed') return { ok: false, error: 'name_taken' }
    const expiresAtMs = await writeInvitation(sql, code, account, nowMs)
    await writeOfficeAct(sql, randomUUID(), { district, account: null }, { act: isNew ? 'account_invited' : 'account_invited_again', kind: 'account', row: account, after: { role, station } }, nowMs)
    await writeOperatorAct(sql, { id: randomUUID(), act: OFFICE_ACCOUNT_ACT, subject: { district, station, role, account }, result: 'done' }, nowMs)
    return { ok: true, answer: { account, link: invitationLink(centralUrl, code), expiresAtMs } }
  })
}
