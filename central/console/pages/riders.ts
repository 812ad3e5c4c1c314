// Riders of the district: found by a surname or a whole name, the end of a phone number or a scanned pass; one rider with his
// cards and his points; his ledger, line by line. Names leave masked; the whole name is an act of its own.

import { decodePass } from '../../../contract/pass/pass-code.ts'
import { type CardRow, ENTRY_REASONS, eraseRiderDoor, riderDoor, riderEntriesDoor, riderNameDoor, type RiderRow, ridersDoor } from '../../../contract/console/riders.ts'
import type { Bilingual, TableQuestion } from '../../../contract/console/console-door.ts'
import { RULE_RANGES } from '../../../contract/console/rules.ts'
import { dayOf } from '../../../domain/calendar.ts'
import type { Queryable } from '../../store/database.ts'
import { erasePerson } from '../../people/erase-person.ts'
import { sqlTransaction } from '../../store/sql-store.ts'
import { readRiderNames, riderNameMatches } from '../../store/rider-names.ts'
import { type Bind, servesTable } from '../keyset-table.ts'
import { acts, answered, type OfficeMoment, reads, refuse, type ServedDoor } from '../office-moment.ts'
import { reachedRiders, reachesRiders } from '../rider-reach.ts'
import { readUtcOffset } from '../who-is-signed-in.ts'
import { presentFilesSql } from './station-health.ts'

const RIDER_COLUMNS = `riders.rider_id AS id, masked_name AS "maskedName", phone_tail AS "phoneTail", platform, site, standing, stations.name AS home,
  (SELECT coalesce(sum(balance), 0)::bigint FROM accounts WHERE accounts.rider_id = riders.rider_id) AS points`
const RIDERS_FROM = '(riders JOIN stations ON stations.station_id = riders.home_station_id)'

/** What was typed or scanned, as a condition. */
export function riderSearched(search: string, bind: Bind, { keys }: OfficeMoment): string[] {
  const text = search.trim()
  if (text === '') return []
  if (/^\d{4}$/.test(text)) return [`riders.phone_tail = ${bind(text)}`]
  const pass = decodePass(text)
  if (pass.ok) return [`riders.rider_id = ${bind(pass.pass.body.holderId)}`]
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return [`riders.rider_id = ${bind(text)}::uuid`]
  return [riderNameMatches(text, bind, keys.box.derive)]
}

function ridersWhere(moment: OfficeMoment, { search, filters }: TableQuestion, bind: Bind): string[] {
  return [
    ...reachedRiders(moment.who, bind),
    ...(filters['standing'] === undefined ? [] : [`riders.standing = ${bind(filters['standing'])}`]),
    ...(filters['station'] === undefined ? [] : [`riders.home_station_id = ${bind(filters['station'])}`]),
    ...riderSearched(search, bind, moment),
  ]
}

export const RIDER_DOORS: readonly ServedDoor[] = [
  servesTable(ridersDoor, {
    from: 'riders',
    id: { sql: 'riders.rider_id', type: 'uuid' },
    sorts: {
      joined: { sql: 'riders.rider_id', type: 'uuid' },
      phoneTail: { sql: 'riders.phone_tail', type: 'text' },
      site: { sql: 'riders.site', type: 'text' },
      home: { sql: 'riders.home_station_id', type: 'uuid' },
    },
    columns: RIDER_COLUMNS,
    columnsFrom: RIDERS_FROM,
    where: ridersWhere,
    rows: (raws: readonly RiderRow[]) => [...raws],
  }),

  reads(riderDoor, async (moment, { rider }) => {
    const { sql } = moment
    if (!(await reachesRiders(moment, [rider]))) return refuse('unknown_rider')
    const [row] = await sql.query<RiderRow & { hideBalance: boolean }>(
      `SELECT ${RIDER_COLUMNS}, hide_balance AS "hideBalance" FROM ${RIDERS_FROM} WHERE riders.rider_id = $1`, [rider],
    )
    if (row === undefined) return refuse('unknown_rider')
    const { hideBalance, ...shown } = row
    const held = await sql.query<{ station: Bilingual | null; points: number }>(
      `SELECT stations.name AS station, sum(balance)::bigint AS points FROM accounts LEFT JOIN stations USING (station_id)
       WHERE accounts.rider_id = $1 AND balance <> 0 GROUP BY stations.station_id, stations.name, stations.number ORDER BY stations.number NULLS FIRST`,
      [rider],
    )
    return answered({
      rider: shown, hideBalance, cards: await readCards(moment, rider),
      atCentral: held.find(({ station }) => station === null)?.points ?? 0,
      atStations: held.flatMap(({ station, points }) => (station === null ? [] : [{ station, points }])),
    })
  }),

  servesTable(riderEntriesDoor, {
    from: '(entries JOIN riders USING (rider_id))',
    id: { sql: 'entries.entry_id', type: 'uuid' },
    sorts: { booked: { sql: 'entries.booked_at_ms', type: 'bigint' } },
    columns: `entry_id AS id, at_ms AS "atMs", points, reason, what, stations.name AS station,
      (SELECT coalesce(sum((line->>'quantity')::bigint), 0)::bigint FROM jsonb_array_elements(lines) AS line) AS units`,
    columnsFrom: '(entries LEFT JOIN stations USING (station_id))',
    // Without a rider it is nobody's ledger.
    where: ({ who }, { filters }, bind) => [...reachedRiders(who, bind), `entries.rider_id = ${bind(filters['rider'] ?? NOBODY)}`],
    rows: (raws: readonly ({ id: string; atMs: number; points: number; reason: (typeof ENTRY_REASONS)[number]; what: Bilingual | null; station: Bilingual | null; units: number })[]) => [...raws],
  }),

  acts(eraseRiderDoor, async (moment, { rider }) => {
    const { sql, nowMs, outside, note } = moment
    if (!(await reachesRiders(moment, [rider]))) return refuse('unknown_rider')
    const erased = await erasePerson(sqlTransaction(sql), rider, nowMs)
    if (!erased.ok) return refuse('unknown_rider')
    // Said outside before it is done inside: whatever breaks in between, no backup brings him back.
    outside.append({ kind: 'person_erased', rider, atMs: nowMs })
    if (erased.isNew) await note({ act: 'rider_erased', kind: 'rider', row: rider })
    return answered({})
  }),

  acts(riderNameDoor, async (moment, { rider }) => {
    const { sql, note } = moment
    const fullName = (await reachesRiders(moment, [rider])) ? (await readRiderNames(sql, [rider])).get(rider) : undefined
    if (fullName === undefined) return refuse('unknown_rider')
    await note({ act: 'rider_name_shown', kind: 'rider', row: rider })
    return answered({ fullName })
  }),
]

const NOBODY = '00000000-0000-0000-0000-000000000000'

export async function readPassValidDays(sql: Queryable, district: string): Promise<number> {
  const [rule] = await sql.query<{ value: number }>(`SELECT value FROM rules WHERE district_id = $1 AND name = 'pass_valid_days'`, [district])
  return rule?.value ?? RULE_RANGES.pass_valid_days[2]
}

/** A station that was never heard has no file, so no rider's card works there. One of another district counts where it knows him: that one is told too. */
const CARDS_SQL = `
  WITH heard AS MATERIALIZED (
    SELECT stations.station_id, stations.name, present.heard_at_ms
    FROM (${presentFilesSql('ANY (SELECT $2::uuid UNION SELECT district_id FROM station_riders WHERE rider_id = $1)')}) AS present JOIN stations USING (station_id)
    WHERE status = 'active' AND (stations.district_id = $2 OR EXISTS (SELECT 1 FROM station_riders AS known WHERE known.rider_id = $1 AND known.station_id = stations.station_id))
  ), latest AS (
    SELECT card, issue_day, revoked_at_ms FROM cards WHERE holder_id = $1 AND holder_kind = 'rider' ORDER BY card DESC LIMIT 100
  )
  SELECT card, issue_day AS "issueDay", revoked_at_ms AS "revokedAtMs", (SELECT count(*) FROM heard WHERE heard_at_ms <= revoked_at_ms) AS stations,
    (SELECT json_build_object('name', name, 'heardAtMs', heard_at_ms) FROM heard WHERE heard_at_ms <= revoked_at_ms ORDER BY heard_at_ms, station_id LIMIT 1) AS longest
  FROM latest ORDER BY card DESC`

type RawCard = Pick<CardRow, 'card' | 'issueDay' | 'revokedAtMs'> & NonNullable<CardRow['unheard']>

async function readCards({ sql, who, nowMs }: OfficeMoment, rider: string): Promise<CardRow[]> {
  const firstGoodDay = dayOf(nowMs, await readUtcOffset(sql, who.district)) - (await readPassValidDays(sql, who.district))
  const cards = await sql.query<RawCard>(CARDS_SQL, [rider, who.district])
  return cards.map(({ stations, longest, ...card }) => {
    const [isRevoked, isExpired] = [card.revokedAtMs !== null, card.issueDay < firstGoodDay]
    return { ...card, state: isRevoked ? 'revoked' : isExpired ? 'expired' : 'good', unheard: isRevoked && !isExpired ? { stations, longest } : null }
  })
}
