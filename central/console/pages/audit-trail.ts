// The audit trail, the newest first. It names who did it as he is called now; the line itself holds only his account.

import { auditTrailDoor, type ActedValues, type OfficeAct } from '../../../contract/console/audit-trail.ts'
import type { OfficeRole } from '../../../contract/console/console-door.ts'
import { servesTable } from '../keyset-table.ts'
import type { ServedDoor } from '../office-moment.ts'

interface ActRaw {
  id: string
  atMs: number
  account: string | null
  name: string | null
  role: OfficeRole | null
  act: OfficeAct
  kind: string
  row: string
  before: ActedValues
  after: ActedValues
}

export const AUDIT_TRAIL_DOORS: readonly ServedDoor[] = [
  servesTable(auditTrailDoor, {
    from: 'office_acts',
    id: { sql: 'office_acts.act_id', type: 'uuid' },
    sorts: { at: { sql: 'office_acts.at_ms', type: 'bigint' } },
    columns: `act_id AS id, at_ms AS "atMs", office_acts.account_id AS account, shown_name AS name, role, act, kind, row_key AS row, before, after`,
    columnsFrom: '(office_acts LEFT JOIN office_accounts USING (account_id))',
    where: ({ who }, { filters, search }, bind) => [
      `office_acts.district_id = ${bind(who.district)}`,
      ...(filters['act'] === undefined ? [] : [`act = ${bind(filters['act'])}`]),
      ...(filters['account'] === undefined ? [] : [`office_acts.account_id = ${bind(filters['account'])}`]),
      // By the key of the row that something was done to.
      ...(search.trim() === '' ? [] : [`row_key = ${bind(search.trim().toLowerCase())}`]),
    ],
    rows: (raws: readonly ActRaw[]) => [...raws],
  }),
]
