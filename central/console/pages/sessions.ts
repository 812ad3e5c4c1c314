// Who is signed in where: everybody sees his own sessions and may end them, district staff those of the district.

import { endSessionDoor, sessionsDoor } from '../../../contract/console/session.ts'
import { servesTable } from '../keyset-table.ts'
import { acts, answered, refuse, type ServedDoor } from '../office-moment.ts'
import { endSession, IDLE_MS_MAX, SESSION_MS_MAX, type SessionEnd } from '../sessions.ts'
import type { OfficeRole } from '../../../contract/console/console-door.ts'

interface SessionRaw {
  id: string
  account: string
  name: string
  role: OfficeRole
  browser: string
  beganAtMs: number
  seenAtMs: number
  why: SessionEnd | null
}

export const SESSION_DOORS: readonly ServedDoor[] = [
  servesTable(sessionsDoor, {
    from: 'office_sessions JOIN office_accounts USING (account_id)',
    id: { sql: 'office_sessions.session_id', type: 'uuid' },
    sorts: { seen: { sql: 'office_sessions.seen_at_ms', type: 'bigint' } },
    columns: `office_sessions.session_id AS id, office_accounts.account_id AS account, shown_name AS name, role, browser, began_at_ms AS "beganAtMs", seen_at_ms AS "seenAtMs", ended_why AS why`,
    where: ({ who }, { filters, search }, bind) => [
      `office_accounts.district_id = ${bind(who.district)}`,
      ...(who.role === 'district_staff' && filters['whose'] !== 'mine' ? [] : [`office_accounts.account_id = ${bind(who.account)}`]),
      ...(search.trim() === '' ? [] : [`strpos(office_accounts.shown_name, ${bind(search.trim())}) > 0`]),
    ],
    rows: (raws: readonly SessionRaw[], { who, nowMs }) =>
      raws.map(({ why, ...raw }) => ({ ...raw, state: why ?? (isOver(raw, nowMs) ? ('idle' as const) : ('open' as const)), isThis: raw.id === who.session })),
  }),

  acts(endSessionDoor, async ({ sql, who, nowMs, note }, { session }) => {
    const account = await endSession(sql, { session, account: who.role === 'district_staff' ? null : who.account, district: who.district }, 'ended_by_staff', nowMs)
    if (account === null) return refuse('unknown_session')
    await note({ act: 'session_ended', kind: 'session', row: session, after: { account } })
    return answered({})
  }),
]

function isOver({ seenAtMs, beganAtMs }: Pick<SessionRaw, 'seenAtMs' | 'beganAtMs'>, nowMs: number): boolean {
  return nowMs - seenAtMs >= IDLE_MS_MAX || nowMs - beganAtMs >= SESSION_MS_MAX
}
