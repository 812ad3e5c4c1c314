// SQL over all that decides what a station is told next, in one statement: one statement sees one moment, so a page that needs
// no further question needs no transaction either.

import { scopesOfReader } from './change-scopes.ts'
import { type ChangesPage, type ChangesQuestion, logAfterSql } from './changes.ts'
import { onlyRow, type Queryable } from './database.ts'
import type { IncarnationRow } from './incarnations.ts'
import type { StationRow } from './stations.ts'

export interface PullQuestion extends ChangesQuestion {
  incarnation: string
}

export interface PullHead {
  history: string
  recovering: boolean
  station: Pick<StationRow, 'publicKey' | 'status'> | null
  life: Omit<IncarnationRow, 'lastHash'> | null
  /** As `readChanges` answers. */
  changes: ChangesPage
}

interface HeadRow {
  history: string
  recovering: boolean
  publicKey: string | null
  status: StationRow['status']
  lastSeq: number | null
  state: IncarnationRow['state']
  backedUpSeq: number
  greeted: boolean
  upTo: number
  rows: ChangesPage['rows']
}

export async function readPullHead(queryable: Queryable, { district, station, incarnation, after, limit }: PullQuestion): Promise<PullHead> {
  const head = onlyRow(
    await queryable.query<HeadRow>(
      `SELECT history, recovering_since_ms IS NOT NULL AS recovering, public_key AS "publicKey", status, last_seq AS "lastSeq", state,
         backed_up_seq AS "backedUpSeq", coalesce(hello_history = history, false) AS greeted,
         coalesce((SELECT number FROM change_counters WHERE change_counters.district_id = $3), 0) AS "upTo",
         coalesce((
           SELECT json_agg(json_build_object('scope', split_part(scope, '@', 1), 'kind', kind, 'key', key, 'number', number) ORDER BY number)
           FROM ${logAfterSql({ district: '$3', scopes: '$4::text[]', after: '$5::bigint', limit: '$6::bigint' })} AS page
         ), '[]') AS rows
       FROM centrals LEFT JOIN stations ON stations.station_id = $1
         LEFT JOIN incarnations ON incarnations.station_id = $1 AND incarnations.incarnation = $2`,
      [station, incarnation, district, scopesOfReader(station), after, limit],
    ),
  )
  const { history, recovering, publicKey, status, lastSeq, state, backedUpSeq, greeted, upTo, rows } = head
  return {
    history,
    recovering,
    station: publicKey === null ? null : { publicKey, status },
    life: lastSeq === null ? null : { lastSeq, state, backedUpSeq, greeted },
    changes: { rows, upTo },
  }
}
