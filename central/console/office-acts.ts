// Writes the audit trail. A line is a fact: it is added in the transaction of the act itself, or the act is not done.

import type { Queryable } from '../store/database.ts'
import type { NotedAct } from './office-moment.ts'

export async function writeOfficeAct(sql: Queryable, id: string, who: { district: string; account: string | null }, act: NotedAct, nowMs: number): Promise<void> {
  await sql.query(
    `INSERT INTO office_acts (act_id, district_id, account_id, at_ms, act, kind, row_key, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb)`,
    [id, who.district, who.account, nowMs, act.act, act.kind, act.row, JSON.stringify(act.before ?? {}), JSON.stringify(act.after ?? {})],
  )
}
