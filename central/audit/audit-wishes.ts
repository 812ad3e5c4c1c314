// Each wish is what its history says, each lease what the wish says, and a wall holds only what everybody may read.

import { replayWish, type WishHistoryLine } from '../../domain/wish-history.ts'
import type { Wish } from '../../domain/wish.ts'
import type { Queryable } from '../store/database.ts'

export type WishDifference =
  | { kind: 'wish_not_its_history'; wish: string; fields: string[] }
  | { kind: 'claims_not_the_wish'; wish: string }
  | { kind: 'wall_not_its_wishes'; wish: string }

const PAGE = 500

export async function auditWishes(snapshot: Queryable): Promise<WishDifference[]> {
  return [...(await histories(snapshot)), ...(await leases(snapshot)), ...(await walls(snapshot))]
}

async function histories(snapshot: Queryable): Promise<WishDifference[]> {
  const wrong: WishDifference[] = []
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const wishes = await snapshot.query<Wish & { id: string; lines: number }>(
      `SELECT wish_id AS id, stage, claim, until_ms AS "untilMs", extensions, again, version, review, approved_version AS "approvedVersion", seen_version AS "seenVersion",
         not_yet AS "notYet", lines FROM wishes WHERE wish_id > $1 ORDER BY wish_id LIMIT $2`,
      [after, PAGE],
    )
    const ids = wishes.map(({ id }) => id)
    const lines = await snapshot.query<WishHistoryLine & { wish: string }>(
      `SELECT wish_id AS wish, act, claim, version, until_ms AS "untilMs", at_ms AS "atMs" FROM wish_history WHERE wish_id = ANY($1::uuid[]) ORDER BY wish_id, line`, [ids],
    )
    const byWish = new Map<string, WishHistoryLine[]>()
    for (const { wish, ...line } of lines) byWish.set(wish, [...(byWish.get(wish) ?? []), line])
    for (const { id, lines: count, ...kept } of wishes) {
      const history = byWish.get(id) ?? []
      const told = replayWish(history)
      const fields = told === null ? ['history'] : (Object.keys(told) as (keyof Wish)[]).filter((field) => told[field] !== kept[field])
      if (history.length !== count) fields.push('lines')
      if (fields.length > 0) wrong.push({ kind: 'wish_not_its_history', wish: id, fields })
    }
    after = ids.at(-1) ?? after
    if (wishes.length < PAGE) return wrong
  }
}

/** No lease beyond the last number, and one that holds exactly where somebody has it, under that number. A central that was restored knows of numbers whose leases it has forgotten. */
async function leases(snapshot: Queryable): Promise<WishDifference[]> {
  const rows = await snapshot.query<{ wish: string }>(
    `SELECT wishes.wish_id AS wish FROM wishes LEFT JOIN claims USING (wish_id)
     GROUP BY wishes.wish_id, wishes.claim, wishes.stage
     HAVING coalesce(max(claims.number), 0) > wishes.claim OR count(claims.number) FILTER (WHERE ended_at_ms IS NULL) <> (CASE WHEN wishes.stage IN ('claimed', 'fulfilled') THEN 1 ELSE 0 END)
       OR bool_or(ended_at_ms IS NULL AND claims.number <> wishes.claim)
     ORDER BY 1`,
  )
  return rows.map(({ wish }) => ({ kind: 'claims_not_the_wish', wish }))
}

async function walls(snapshot: Queryable): Promise<WishDifference[]> {
  const rows = await snapshot.query<{ wish: string }>(
    `SELECT wish_id AS wish FROM wall_places JOIN wishes USING (wish_id)
     WHERE NOT is_public OR stage NOT IN ('open', 'claimed', 'fulfilled', 'confirmed') OR wall_places.district_id <> wishes.district_id ORDER BY 1`,
  )
  return rows.map(({ wish }) => ({ kind: 'wall_not_its_wishes', wish }))
}
