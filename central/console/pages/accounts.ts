// Accounts of the office: invited, invited again, closed. Nobody does this to himself, so that a district can not lock itself
// out by one slip of the hand.

import { randomBytes } from 'node:crypto'
import { type AccountRow as AccountLine, accountsDoor, closeAccountDoor, inviteAgainDoor, inviteDoor } from '../../../contract/console/accounts.ts'
import { invitationLink } from '../../../contract/console/session.ts'
import { closeAccount, insertAccount, INVITATION_BYTES, lockAccount, makeInvitationCode, writeInvitation } from '../accounts.ts'
import { servesTable } from '../keyset-table.ts'
import { acts, answered, type OfficeMoment, refuse, type ServedDoor } from '../office-moment.ts'
import { endSessionsOf } from '../sessions.ts'

export const ACCOUNT_DOORS: readonly ServedDoor[] = [
  servesTable(accountsDoor, {
    from: 'office_accounts',
    id: { sql: 'office_accounts.account_id', type: 'uuid' },
    sorts: { signInName: { sql: 'office_accounts.sign_in_name', type: 'text' }, made: { sql: 'office_accounts.made_at_ms', type: 'bigint' } },
    columns: `office_accounts.account_id AS id, shown_name AS name, sign_in_name AS "signInName", role, office_accounts.state, office_accounts.made_at_ms AS "madeAtMs",
      stations.name AS station, partners.name AS partner,
      (SELECT max(seen_at_ms) FROM office_sessions WHERE office_sessions.account_id = office_accounts.account_id) AS "seenAtMs"`,
    columnsFrom: '(office_accounts LEFT JOIN stations USING (station_id) LEFT JOIN partners USING (partner_id))',
    where: ({ who }, { filters, search }, bind) => [
      `office_accounts.district_id = ${bind(who.district)}`,
      ...(filters['role'] === undefined ? [] : [`role = ${bind(filters['role'])}`]),
      ...(filters['state'] === undefined ? [] : [`office_accounts.state = ${bind(filters['state'])}`]),
      ...(filters['partner'] === undefined ? [] : [`office_accounts.partner_id = ${bind(filters['partner'])}`]),
      ...(search.trim() === '' ? [] : [`(strpos(sign_in_name, lower(${bind(search.trim())})) > 0 OR strpos(shown_name, ${bind(search.trim())}) > 0)`]),
    ],
    rows: (raws: readonly AccountLine[]) => [...raws],
  }),

  acts(inviteDoor, async (moment, asked) => {
    const { sql, who, nowMs, note } = moment
    const needsStation = asked.role === 'station_head' || asked.role === 'volunteer'
    if ((asked.station !== null) !== needsStation || (asked.partner !== null) !== (asked.role === 'partner')) return refuse('bad_request')
    const { district } = who
    if (asked.station !== null && (await sql.query('SELECT 1 FROM stations WHERE station_id = $1 AND district_id = $2', [asked.station, district])).length === 0) return refuse('unknown_station')
    // Shared, so that it is not closed in the meantime.
    const open = `SELECT 1 FROM partners WHERE partner_id = $1 AND district_id = $2 AND state = 'active' FOR SHARE`
    if (asked.partner !== null && (await sql.query(open, [asked.partner, district])).length === 0) return refuse('unknown_partner')
    if (!(await insertAccount(sql, { ...asked, district }, nowMs))) return refuse('name_taken')
    await note({ act: 'account_invited', kind: 'account', row: asked.id, after: { role: asked.role, station: asked.station, partner: asked.partner } })
    return invitationOf(moment, asked.id)
  }),

  acts(inviteAgainDoor, async (moment, { account }) => {
    const found = await lockOther(moment, account)
    if (typeof found === 'string') return refuse(found)
    await moment.note({ act: 'account_invited_again', kind: 'account', row: account })
    return invitationOf(moment, account)
  }),

  acts(closeAccountDoor, async (moment, { account }) => {
    const found = await lockOther(moment, account)
    if (typeof found === 'string') return refuse(found)
    await closeAccount(moment.sql, account, moment.nowMs)
    await endSessionsOf(moment.sql, account, 'account_closed', moment.nowMs)
    await moment.note({ act: 'account_closed', kind: 'account', row: account, before: { state: found.state }, after: { state: 'closed' } })
    return answered({})
  }),
]

async function lockOther({ sql, who }: OfficeMoment, account: string): Promise<{ state: string } | 'own_account' | 'unknown_account' | 'account_closed'> {
  if (account === who.account) return 'own_account'
  const found = await lockAccount(sql, who.district, account)
  if (found === null) return 'unknown_account'
  return found.state === 'closed' ? 'account_closed' : found
}

async function invitationOf({ sql, nowMs, centralUrl }: OfficeMoment, account: string): Promise<{ ok: true; answer: { link: string; expiresAtMs: number } }> {
  const code = makeInvitationCode(randomBytes(INVITATION_BYTES))
  return answered({ expiresAtMs: await writeInvitation(sql, code, account, nowMs), link: invitationLink(centralUrl, code) })
}
