// The log that stations read: which row of a scope changed, numbered in commit order. The counter's row is locked by the
// writer until it commits and taken last, so a reader never sees a number while a smaller one is still to come. A bare
// sequence gives numbers before commit and readers skip rows (docs/decisions/0003).

import type { Change, MirrorKind } from '../../contract/sync/sync-protocol.ts'
import type { Reached } from '../keys/marker.ts'
import { DISTRICT_SCOPE, scopesOfReader } from './change-scopes.ts'
import type { Queryable } from './database.ts'
import { integers, texts, uuids } from './sql-columns.ts'
import { WAKEUP_CHANNEL, wakeupPayload, wakingScopes } from './wakeups.ts'

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

/** Call it last in a transaction: from here to the commit all other writers of the district wait. Entries are numbered behind the rest. Nearly all other rows stand in the log already, so that is tried first. */
export async function appendChanges(transaction: Queryable, changes: readonly ChangedRow[]): Promise<void> {
  for (const { district, rows, told, count } of numberedFromOne(changes)) {
    const waking = wakingScopes([...rows, ...told.map(({ scope }) => ({ scope, kind: 'entry' as const }))])
    await transaction.query(
      `WITH counter AS (
         INSERT INTO change_counters (district_id, number) VALUES ($1, $2::bigint)
         ON CONFLICT (district_id) DO UPDATE SET number = change_counters.number + $2::bigint
         RETURNING number
       ), numbered AS MATERIALIZED (
         SELECT r.scope, r.kind, r.key, counter.number - $2::bigint + r.position AS number
         FROM counter, unnest($3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS r(scope, kind, key, position)
       ), renumbered AS (
         UPDATE changes SET number = numbered.number FROM numbered
         WHERE changes.district_id = $1 AND changes.scope = numbered.scope AND changes.kind = numbered.kind AND changes.key = numbered.key
         RETURNING numbered.number
       ), logged AS (
         INSERT INTO changes (district_id, scope, kind, key, number)
         SELECT $1, scope, kind, key, number FROM numbered WHERE number NOT IN (SELECT number FROM renumbered)
         ON CONFLICT (district_id, scope, kind, key) DO UPDATE SET number = excluded.number
       ), told AS (
       INSERT INTO entry_changes (district_id, scope, number, keys)
       SELECT $1, r.scope, counter.number - $2::bigint + r.last, ($6::uuid[])[r.last - r.count - $7::integer + 1 : r.last - $7::integer]
       FROM counter, unnest($8::text[], $9::integer[], $10::integer[]) AS r(scope, last, count))
       SELECT pg_notify('${WAKEUP_CHANNEL}', $11) WHERE $11::text IS NOT NULL`,
      [
        district, count, texts(rows, ({ scope }) => scope), texts(rows, ({ kind }) => kind), texts(rows, ({ key }) => key),
        uuids(told.flatMap(({ keys }) => keys)), rows.length,
        texts(told, ({ scope }) => scope), integers(told, ({ last }) => last), integers(told, ({ keys }) => keys.length),
        waking.length === 0 ? null : wakeupPayload(district, waking),
      ],
    )
  }
}

export interface NumberedFromOne {
  district: string
  /** Each key once, numbered from 1 in this order. */
  rows: readonly ChangedRow[]
  /** Entries, a scope at a time, behind the rows; `last`: the number of the last key. */
  told: readonly { scope: string; keys: readonly string[]; last: number }[]
  count: number
}

/** By district, in the order in which their counters are locked. The same for every store. */
export function numberedFromOne(changes: readonly ChangedRow[]): NumberedFromOne[] {
  const byDistrict = new Map<string, DistrictChanges>()
  for (const change of changes) {
    const known = byDistrict.get(change.district)
    const own = known ?? { rows: new Map(), entries: new Map() }
    if (known === undefined) byDistrict.set(change.district, own)
    addChange(own, change)
  }
  return [...byDistrict].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([district, own]) => ({ district, ...numberDistrict(own) }))
}

/** Each once: rows by what names them, entries by scope. */
interface DistrictChanges {
  rows: Map<string, ChangedRow>
  entries: Map<string, Set<string>>
}

function addChange({ rows, entries }: DistrictChanges, change: ChangedRow): void {
  const { scope, kind, key } = change
  if (kind !== 'entry') {
    rows.set(`${scope} ${kind} ${key}`, change)
    return
  }
  const keys = entries.get(scope)
  if (keys === undefined) entries.set(scope, new Set([key]))
  else keys.add(key)
}

function numberDistrict({ rows, entries }: DistrictChanges): Omit<NumberedFromOne, 'district'> {
  let last = rows.size
  const told = [...entries].map(([scope, keys]) => {
    last += keys.size
    return { scope, keys: [...keys], last }
  })
  return { rows: [...rows.values()], told, count: last }
}

/**
 * What of a log is above a number, as a subquery over rows and entries: `scope`, `kind`, `key`, `number`. Each of the two is
 * bounded by itself, and in each scope, where an index has its order, so that a page costs a page. What a block's first number
 * is follows from its keys, so it is said once a block: asked of each key, the whole block would be unpacked for each.
 */
export function logAfterSql({ district, scopes, after, limit }: { district: string; scopes: string; after: string; limit: string }): string {
  const inScope = (log: string): string => `${log}.district_id = ${district} AND ${log}.scope = asked.scope AND number > ${after}`
  return `(
    SELECT scope, kind, key, number FROM unnest(${scopes}) AS asked(scope) CROSS JOIN LATERAL (
      (SELECT kind, key, number FROM changes WHERE ${inScope('changes')} ORDER BY number LIMIT ${limit})
      UNION ALL
      (SELECT 'entry', key::text, before + place
       FROM (SELECT number - cardinality(keys) AS before, keys FROM entry_changes WHERE ${inScope('entry_changes')} ORDER BY number LIMIT ${limit}) AS blocks,
         unnest(keys) WITH ORDINALITY AS told(key, place)
       WHERE before + place > ${after} ORDER BY before + place LIMIT ${limit})
    ) AS of_scope
    ORDER BY number LIMIT ${limit}
  )`
}

/** Every entry that one scope was told, with its number. */
export function toldEntriesSql(district: string, scope: string): string {
  // OFFSET 0 keeps the sum where it stands, once a block (see `logAfterSql`).
  return `(SELECT scope, 'entry'::text AS kind, told.key, before + place AS number
    FROM (SELECT scope, keys, number - cardinality(keys) AS before FROM entry_changes WHERE district_id = ${district} AND scope = ${scope} OFFSET 0) AS blocks,
      unnest(keys) WITH ORDINALITY AS told(key, place))`
}

/** Changes after `after` in a station's scopes, oldest first, and the number up to which the log goes at this moment. */
export async function readChanges(snapshot: Queryable, question: ChangesQuestion): Promise<ChangesPage> {
  const [counter] = await snapshot.query<{ number: number }>('SELECT number FROM change_counters WHERE district_id = $1', [question.district])
  const rows = await snapshot.query<NumberedChange>(
    `SELECT split_part(scope, '@', 1) AS scope, kind, key, number FROM ${logAfterSql({ district: '$1', scopes: '$2::text[]', after: '$3::bigint', limit: '$4::bigint' })} AS page ORDER BY number`,
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
    `SELECT split_part(scope, '@', 1) AS scope, kind, key, number FROM (
       SELECT scope, kind, key, number FROM changes
       WHERE district_id = $1 AND scope = $2 AND (kind, key) IN (SELECT * FROM unnest($3::text[], $4::text[]))
       UNION ALL
       SELECT scope, kind, key::text, max(number) FROM ${toldEntriesSql('$1', '$2')} AS told WHERE key = ANY($5::uuid[]) GROUP BY scope, kind, key
     ) AS found ORDER BY number`,
    [
      district, scope, texts(rows, ({ kind }) => kind), texts(rows, ({ key }) => key),
      uuids(rows.flatMap(({ kind, key }) => (kind === 'entry' ? [key] : []))),
    ],
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
    `SELECT count(*) FILTER (WHERE kind = ANY($3::text[])) AS rows,
       coalesce(greatest(max(number), (SELECT max(number) FROM entry_changes WHERE district_id = $1 AND scope = $2)), 0) AS newest,
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

/** In one statement, so that both are of one moment. */
export async function readReached(queryable: Queryable): Promise<Reached> {
  const [row] = await queryable.query<Reached>('SELECT history, (SELECT coalesce(sum(number), $1)::bigint FROM change_counters) AS changes FROM centrals', [0])
  if (row === undefined) throw new Error('the database has no history yet: it was not prepared')
  return row
}

/** The history of a database that is new; one that has its history keeps it. */
export async function beginHistory(queryable: Queryable, history: string): Promise<void> {
  await queryable.query('INSERT INTO centrals (history) VALUES ($1) ON CONFLICT DO NOTHING', [history])
}
