// The log that stations read: which row of a scope changed, numbered in commit order. The counter's row is locked by the
// writer until it commits and taken last, so a reader never sees a number while a smaller one is still to come. A bare
// sequence gives numbers before commit and readers skip rows (docs/decisions/0003).

import type { Change, MirrorKind } from '../../contract/sync/sync-protocol.ts'
import { DISTRICT_SCOPE, scopesOfReader } from './change-scopes.ts'
import type { Queryable } from './database.ts'
import { bigints, texts } from './sql-columns.ts'
import { WAKEUP_CHANNEL, wakeupPayload } from './wakeups.ts'

export { DISTRICT_SCOPE, ridersScope, stationScope } from './change-scopes.ts'

export interface ChangedRow {
  /** Whose log: the district of the station that reads it. */
  district: string
  scope: string
  kind: MirrorKind
  key: string
}

export interface ChangesQuestion {
  district: string
  station: string
  after: number
  limit: number
}

/** `scope` as the station knows its logs (contract/sync). */
export interface NumberedChange {
  scope: Change['scope']
  kind: MirrorKind
  key: string
  number: number
}

export interface ChangesPage {
  rows: NumberedChange[]
  upTo: number
}

/** Call it last in a transaction: from here to the commit all other writers of the district wait. */
export async function appendChanges(transaction: Queryable, changes: readonly ChangedRow[]): Promise<void> {
  const once = distinct(changes)
  for (const district of [...new Set(once.map((change) => change.district))].toSorted()) {
    const rows = once.filter((change) => change.district === district)
    await transaction.query(
      `WITH counter AS (
         INSERT INTO change_counters (district_id, number) VALUES ($1, $2::bigint)
         ON CONFLICT (district_id) DO UPDATE SET number = change_counters.number + $2::bigint
         RETURNING number
       ), logged AS (
       INSERT INTO changes (district_id, scope, kind, key, number)
       SELECT $1, r.scope, r.kind, r.key, counter.number - $2::bigint + r.position
       FROM counter, unnest($3::text[], $4::text[], $5::text[], $6::bigint[]) AS r(scope, kind, key, position)
       ON CONFLICT (district_id, scope, kind, key) DO UPDATE SET number = excluded.number)
       SELECT pg_notify('${WAKEUP_CHANNEL}', $7)`,
      [
        district, rows.length, texts(rows.map(({ scope }) => scope)), texts(rows.map(({ kind }) => kind)), texts(rows.map(({ key }) => key)), bigints(rows.map((_row, index) => index + 1)),
        wakeupPayload(district, rows.map(({ scope }) => scope)),
      ],
    )
  }
}

/** Changes after `after` in a station's scopes, oldest first, and the number up to which the log goes at this moment. */
export async function readChanges(snapshot: Queryable, question: ChangesQuestion): Promise<ChangesPage> {
  const [counter] = await snapshot.query<{ number: number }>('SELECT number FROM change_counters WHERE district_id = $1', [question.district])
  const rows = await snapshot.query<NumberedChange>(
    `SELECT split_part(scope, '@', 1) AS scope, kind, key, number FROM changes WHERE district_id = $1 AND scope = ANY($2::text[]) AND number > $3 ORDER BY number LIMIT $4`,
    [question.district, scopesOfReader(question.station), question.after, question.limit],
  )
  return { rows, upTo: counter?.number ?? 0 }
}

export interface NumbersQuestion {
  district: string
  /** As in change-scopes.ts. */
  scope: string
  rows: readonly { kind: MirrorKind; key: string }[]
}

/** Under which numbers these rows stand in the log, in the order of their numbers. */
export async function readNumbers(queryable: Queryable, { district, scope, rows }: NumbersQuestion): Promise<NumberedChange[]> {
  return queryable.query<NumberedChange>(
    `SELECT split_part(scope, '@', 1) AS scope, kind, key, number FROM changes
     WHERE district_id = $1 AND scope = $2
       AND (kind, key) IN (SELECT kind, key FROM json_to_recordset($3::json) AS wanted(kind text, key text)) ORDER BY number`,
    [district, scope, JSON.stringify(rows.map(({ kind, key }) => ({ kind, key })))],
  )
}

export interface ScopeSum {
  rows: number
  /** 16 hex digits, see contract/sync `scopeChecksum`. */
  sum: string
  /** The highest number in the scope, of any kind. */
  newest: number
}

export interface ScopeSumQuestion {
  district: string
  station: string
  scope: Change['scope']
  /** That the asker keeps. */
  kinds: readonly MirrorKind[]
}

/** What the log says that a station's rows of one scope should add up to. */
export async function readScopeSum(snapshot: Queryable, question: ScopeSumQuestion): Promise<ScopeSum> {
  const scope = question.scope === 'district' ? DISTRICT_SCOPE : `${question.scope}@${question.station}`
  const [row] = await snapshot.query<{ rows: number; sum: string; newest: number }>(
    `SELECT count(*) FILTER (WHERE kind = ANY($3::text[])) AS rows, coalesce(max(number), 0) AS newest,
       coalesce(sum(('x' || encode(substring(sha256(convert_to(kind || ' ' || key || ' ' || number, 'UTF8')) FOR 8), 'hex'))::bit(64)::bigint::numeric)
         FILTER (WHERE kind = ANY($3::text[])), 0)::text AS sum
     FROM changes WHERE district_id = $1 AND scope = $2`,
    [question.district, scope, question.kinds],
  )
  if (row === undefined) throw new Error('a sum is always answered')
  return { ...row, sum: BigInt.asUintN(64, BigInt(row.sum)).toString(16).padStart(16, '0') }
}

export async function readHistory(queryable: Queryable): Promise<string> {
  const [row] = await queryable.query<{ history: string }>('SELECT history FROM centrals')
  if (row === undefined) throw new Error('the database has no history yet: it was not prepared')
  return row.history
}

/** The history of a database that is new; one that has its history keeps it. */
export async function beginHistory(queryable: Queryable, history: string): Promise<void> {
  await queryable.query('INSERT INTO centrals (history) VALUES ($1) ON CONFLICT DO NOTHING', [history])
}

function distinct(changes: readonly ChangedRow[]): ChangedRow[] {
  return [...new Map(changes.map((change) => [`${change.district} ${change.scope} ${change.kind} ${change.key}`, change])).values()]
}
