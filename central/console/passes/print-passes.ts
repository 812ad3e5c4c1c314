// Which passes are printed: the newest card of each rider that is asked for and good. The same card gives the same code, so it can
// be printed again. Every printed card leaves a line.

import type { OfficeRefusal } from '../../../contract/console/console-door.ts'
import type { PassBody } from '../../../contract/pass/pass-code.ts'
import { dayOf } from '../../../domain/calendar.ts'
import { maskName } from '../../../domain/mask-name.ts'
import { passSigningKeys } from '../../keys/pass-key-file.ts'
import { passSigner } from '../../passes.ts'
import { readRiderNames } from '../../store/rider-names.ts'
import type { OfficeMoment } from '../office-moment.ts'
import { readPassValidDays } from '../pages/riders.ts'
import { reachesRiders } from '../rider-reach.ts'
import { readUtcOffset } from '../who-is-signed-in.ts'
import type { PrintedPass } from './pass-sheet.ts'

interface CardRow extends PassBody {
  brand: { zh: string }
  station: { zh: string }
  hotline: string
}

export async function takePasses(moment: OfficeMoment, riders: readonly string[]): Promise<PrintedPass[] | OfficeRefusal> {
  const { sql, who, nowMs, keys } = moment
  if (!(await reachesRiders(moment, riders))) return 'unknown_rider'
  const validDays = await readPassValidDays(sql, who.district)
  const firstGoodDay = dayOf(nowMs, await readUtcOffset(sql, who.district)) - validDays
  const cards = await sql.query<CardRow>(
    `SELECT DISTINCT ON (holder_id) holder_kind AS holder, holder_id AS "holderId", card, issue_day AS "issueDay", key_id AS "keyId", stations.brand->'name' AS brand, stations.name AS station, hotline
     FROM cards JOIN riders ON riders.rider_id = cards.holder_id JOIN stations ON stations.station_id = riders.home_station_id
     WHERE holder_id = ANY($1::uuid[]) AND holder_kind = 'rider' AND revoked_at_ms IS NULL AND issue_day >= $2 ORDER BY holder_id, card DESC`,
    [riders, firstGoodDay],
  )
  if (cards.length === 0) return 'unknown_card'
  const names = await readRiderNames(sql, cards.map(({ holderId }) => holderId))
  const sign = passSigner(passSigningKeys(keys.passKeys))
  const byRider = new Map(cards.map((card) => [card.holderId, card]))
  const passes: PrintedPass[] = []
  for (const rider of new Set(riders)) {
    const found = byRider.get(rider)
    if (found === undefined) continue
    const { brand, station, hotline, ...body } = found
    await moment.note({ act: 'passes_printed', kind: 'rider', row: rider, after: { card: body.card } })
    passes.push({ code: sign(body), maskedName: maskName(names.get(rider) ?? ''), brand: brand.zh, station: station.zh, hotline, card: body.card, issueDay: body.issueDay, lastDay: body.issueDay + validDays })
  }
  return passes
}
