// Who has signed in, as the frame of every page shows it.

import type { WhoIsSignedIn } from '../../contract/console/session.ts'
import { onlyRow, type Queryable } from '../store/database.ts'
import type { SignedIn } from './office-moment.ts'
import { IDLE_MS_MAX } from './sessions.ts'

/** Where a district has no rule of its own. */
export const UTC_OFFSET_MINUTES = 480

export async function readWho(sql: Queryable, who: SignedIn, nowMs: number): Promise<WhoIsSignedIn> {
  const row = onlyRow(
    await sql.query<Pick<WhoIsSignedIn, 'district' | 'station' | 'partner'>>(
      `SELECT json_build_object('id', districts.district_id, 'name', json_build_object('zh', name_zh, 'en', name_en)) AS district,
         (SELECT json_build_object('id', station_id, 'name', name) FROM stations WHERE station_id = $2) AS station,
         (SELECT json_build_object('id', partner_id, 'name', name) FROM partners WHERE partner_id = $3) AS partner
       FROM districts WHERE districts.district_id = $1`,
      [who.district, who.station, who.partner],
    ),
  )
  return { account: who.account, name: who.name, role: who.role, ...row, nowMs, utcOffsetMinutes: await readUtcOffset(sql, who.district), idleEndsAtMs: nowMs + IDLE_MS_MAX }
}

export async function readUtcOffset(sql: Queryable, district: string): Promise<number> {
  const [row] = await sql.query<{ value: number }>(`SELECT value FROM rules WHERE district_id = $1 AND name = 'utc_offset_minutes'`, [district])
  return row?.value ?? UTC_OFFSET_MINUTES
}
