// Partners of the district. A partner's own people see theirs; closing one ends every session of its people at once, and
// what they had claimed alone is back on the wall.

import { addPartnerDoor, changePartnerDoor, closePartnerDoor, type PartnerRow, partnersDoor } from '../../../contract/console/partners.ts'
import { servesTable } from '../keyset-table.ts'
import { acts, answered, type OfficeMoment, refuse, type ServedDoor } from '../office-moment.ts'
import { sqlTransaction } from '../../store/sql-store.ts'
import { endClaimsOfPartner } from '../../wishes/claim-wish.ts'
import { endSessionsOf } from '../sessions.ts'

type Locked = Pick<PartnerRow, 'name' | 'kind' | 'state'>

export const PARTNER_DOORS: readonly ServedDoor[] = [
  servesTable(partnersDoor, {
    from: 'partners',
    id: { sql: 'partners.partner_id', type: 'uuid' },
    sorts: { made: { sql: 'partners.made_at_ms', type: 'bigint' } },
    columns: `partners.partner_id AS id, partners.name, partners.kind, partners.state, partners.made_at_ms AS "madeAtMs",
      (SELECT count(*) FROM office_accounts WHERE office_accounts.partner_id = partners.partner_id AND office_accounts.state <> 'closed') AS accounts`,
    where: ({ who }, { filters, search }, bind) => [
      `partners.district_id = ${bind(who.district)}`,
      ...(who.partner === null ? [] : [`partners.partner_id = ${bind(who.partner)}`]),
      ...(filters['kind'] === undefined ? [] : [`partners.kind = ${bind(filters['kind'])}`]),
      ...(filters['state'] === undefined ? [] : [`partners.state = ${bind(filters['state'])}`]),
      ...(search.trim() === '' ? [] : [`(strpos(partners.name->>'zh', ${bind(search.trim())}) > 0 OR strpos(lower(partners.name->>'en'), lower(${bind(search.trim())})) > 0)`]),
    ],
    rows: (raws: readonly PartnerRow[]) => [...raws],
  }),

  acts(addPartnerDoor, async ({ sql, who, nowMs, note }, { id, name, kind }) => {
    const rows = await sql.query(
      `INSERT INTO partners (partner_id, district_id, name, kind, state, made_at_ms) VALUES ($1, $2, $3::jsonb, $4, 'active', $5) ON CONFLICT DO NOTHING RETURNING 1`,
      [id, who.district, JSON.stringify(name), kind, nowMs],
    )
    // Asked before, and the answer was lost.
    if (rows.length === 0) return answered({})
    await note({ act: 'partner_added', kind: 'partner', row: id, after: { kind } })
    return answered({})
  }),

  acts(changePartnerDoor, async (moment, { partner, name, kind }) => {
    const found = await lockPartner(moment, partner)
    if (typeof found === 'string') return refuse(found)
    await moment.sql.query('UPDATE partners SET name = $2::jsonb, kind = $3 WHERE partner_id = $1', [partner, JSON.stringify(name), kind])
    await moment.note({ act: 'partner_changed', kind: 'partner', row: partner, before: { kind: found.kind }, after: { kind, renamed: found.name.zh !== name.zh || found.name.en !== name.en } })
    return answered({})
  }),

  acts(closePartnerDoor, async (moment, { partner }) => {
    const found = await lockPartner(moment, partner)
    if (typeof found === 'string') return refuse(found)
    const { sql, who, nowMs, note } = moment
    await sql.query(`UPDATE partners SET state = 'closed', closed_at_ms = $2 WHERE partner_id = $1`, [partner, nowMs])
    const people = await sql.query<{ account: string }>('SELECT account_id AS account FROM office_accounts WHERE partner_id = $1 ORDER BY account_id', [partner])
    for (const { account } of people) await endSessionsOf(sql, account, 'account_closed', nowMs)
    await endClaimsOfPartner(sqlTransaction(sql), partner, who.account, nowMs)
    await note({ act: 'partner_closed', kind: 'partner', row: partner, before: { state: found.state }, after: { state: 'closed', accounts: people.length } })
    return answered({})
  }),
]

async function lockPartner({ sql, who }: OfficeMoment, partner: string): Promise<Locked | 'unknown_partner' | 'partner_closed'> {
  const [row] = await sql.query<Locked>('SELECT name, kind, state FROM partners WHERE partner_id = $1 AND district_id = $2 FOR UPDATE', [partner, who.district])
  if (row === undefined) return 'unknown_partner'
  return row.state === 'closed' ? 'partner_closed' : row
}
