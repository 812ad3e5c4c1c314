// A rider's cards: one is revoked for good and every station hears of it; a new one revokes all before it. The new card's number
// is the next one, and which one that is comes with the question, so that a repeated question makes one card.

import { reissueCardDoor, revokeCardDoor } from '../../../contract/console/riders.ts'
import { dayOf } from '../../../domain/calendar.ts'
import { appendChanges, type ChangedRow, DISTRICT_SCOPE } from '../../store/changes.ts'
import { revokedCardKey } from '../../store/mirror-changes.ts'
import { lockRider } from '../../store/riders.ts'
import { stationsThatMirror } from '../../store/stations.ts'
import { acts, answered, type OfficeMoment, refuse, type ServedDoor } from '../office-moment.ts'
import { reachesRiders } from '../rider-reach.ts'
import { readUtcOffset } from '../who-is-signed-in.ts'

interface CardRow {
  card: number
  revokedAtMs: number | null
}

export const CARD_DOORS: readonly ServedDoor[] = [
  acts(revokeCardDoor, async (moment, { rider, card }) => {
    const cards = await lockCards(moment, rider)
    if (cards === null) return refuse('unknown_rider')
    const found = cards.find((one) => one.card === card)
    if (found === undefined) return refuse('unknown_card')
    if (found.revokedAtMs !== null) return refuse('card_revoked')
    await revoke(moment, rider, [card])
    await moment.note({ act: 'card_revoked', kind: 'rider', row: rider, before: { card, revoked: false }, after: { card, revoked: true } })
    return answered({})
  }),

  acts(reissueCardDoor, async (moment, { rider, after }) => {
    const cards = await lockCards(moment, rider)
    if (cards === null) return refuse('unknown_rider')
    const last = cards.at(-1)?.card ?? 0
    // Asked before, and the answer was lost.
    if (last === after + 1 && cards.every(({ card, revokedAtMs }) => card === last || revokedAtMs !== null)) return answered({ card: last })
    if (last !== after) return refuse('changed_meanwhile')
    const { sql, who, nowMs, keys } = moment
    const keyId = Math.max(...keys.passKeys.read().keys())
    if (!Number.isInteger(keyId)) throw new Error('there is no pass key to issue with')
    await revoke(moment, rider, cards.filter(({ revokedAtMs }) => revokedAtMs === null).map(({ card }) => card))
    await sql.query(
      `INSERT INTO cards (district_id, holder_kind, holder_id, card, issue_day, key_id) VALUES ($1, 'rider', $2, $3, $4, $5)`,
      [who.district, rider, last + 1, dayOf(nowMs, await readUtcOffset(sql, who.district)), keyId],
    )
    await moment.note({ act: 'card_reissued', kind: 'rider', row: rider, before: { card: last }, after: { card: last + 1 } })
    return answered({ card: last + 1 })
  }),
]

/** By number. null: he is not reached. Locks the rider, so that two at once make one card after the other. */
async function lockCards(moment: OfficeMoment, rider: string): Promise<CardRow[] | null> {
  const { sql } = moment
  if (!(await lockRider(sql, rider)) || !(await reachesRiders(moment, [rider]))) return null
  return sql.query<CardRow>(`SELECT card, revoked_at_ms AS "revokedAtMs" FROM cards WHERE holder_id = $1 AND holder_kind = 'rider' ORDER BY card`, [rider])
}

/** Every station of his district hears of it, and those of other districts that mirror him. */
async function revoke({ sql, who, nowMs }: OfficeMoment, rider: string, cards: readonly number[]): Promise<void> {
  if (cards.length === 0) return
  await sql.query('UPDATE cards SET revoked_at_ms = $3 WHERE holder_id = $1 AND card = ANY($2::int[]) AND revoked_at_ms IS NULL', [rider, cards, nowMs])
  const mirroring = (await stationsThatMirror(sql, [rider])).get(rider) ?? []
  const districts = [...new Set([who.district, ...mirroring.map(({ district }) => district)])]
  await appendChanges(sql, districts.flatMap((district) => cards.map((card): ChangedRow => ({ district, scope: DISTRICT_SCOPE, kind: 'revoked_card', key: revokedCardKey(rider, card) }))))
}
