// What partners do: they see what waits, first what came back; take it on, alone or with others; say that it is done. The acts
// are central/wishes'; here they get their door and their line in the trail.

import {
  claimWishDoor, extendClaimDoor, fulfilWishDoor, giveBackClaimDoor, joinClaimDoor, type MyClaim, myClaimsDoor, type PartnerWallRow, partnerWallDoor, seeWishDoor, wallWishDoor,
} from '../../../contract/console/claims.ts'
import type { Bilingual } from '../../../contract/console/console-door.ts'
import type { ActedValues, OfficeAct } from '../../../contract/console/audit-trail.ts'
import { cleanText } from '../../../domain/clean-text.ts'
import { isFrozen } from '../../../domain/wish.ts'
import { bindPhoto, lockUnboundPhoto } from '../../store/photos.ts'
import { sqlTransaction } from '../../store/sql-store.ts'
import {
  type ActingPartner, type ClaimActResult, claimWish, extendLease, fulfilWish, giveBackClaim, joinClaim, seeWish,
} from '../../wishes/claim-wish.ts'
import { acts, answered, type OfficeMoment, reads, refuse, type ServedDoor } from '../office-moment.ts'

const WALL_SHOWN_MAX = 200
const CLAIMS_SHOWN_MAX = 100

export const CLAIM_DOORS: readonly ServedDoor[] = [
  reads(partnerWallDoor, async (moment) => {
    const wishes = await readWall(moment, 'TRUE', [])
    return answered({ wishes: wishes.slice(0, WALL_SHOWN_MAX), isMore: wishes.length > WALL_SHOWN_MAX })
  }),
  reads(wallWishDoor, async (moment, { wish }) => answered({ wish: (await readWall(moment, 'wishes.wish_id = $3', [wish]))[0] ?? null })),
  reads(myClaimsDoor, async (moment) => answered({ claims: await readClaims(moment) })),

  acts(claimWishDoor, (moment, { wish }) => asPartner(moment, 'wish_claimed', wish, (transaction, partner, nowMs) => claimWish(transaction, partner, wish, nowMs))),
  acts(joinClaimDoor, (moment, held) => asPartner(moment, 'claim_joined', held.wish, (transaction, partner, nowMs) => joinClaim(transaction, partner, held, nowMs))),
  acts(extendClaimDoor, (moment, held) => {
    const reason = cleanText(held.reason)
    if (reason === '') return Promise.resolve(refuse('words_missing'))
    return asPartner(moment, 'claim_extended', held.wish, (transaction, partner, nowMs) => extendLease(transaction, partner, { ...held, reason }, nowMs))
  }),
  acts(giveBackClaimDoor, (moment, held) => asPartner(moment, 'claim_given_back', held.wish, (transaction, partner, nowMs) => giveBackClaim(transaction, partner, held, nowMs))),
  acts(seeWishDoor, (moment, held) => asPartner(moment, null, held.wish, (transaction, partner, nowMs) => seeWish(transaction, partner, held, nowMs))),
  acts(fulfilWishDoor, async (moment, held) => {
    const words = held.words === null ? null : cleanText(held.words)
    if ((words === null || words === '') && held.photo === null) return refuse('words_missing')
    const { photo } = held
    if (photo !== null && !(await lockUnboundPhoto(moment.sql, photo, moment.who.account))) return refuse('unknown_photo')
    const lit = await asPartner(moment, 'wish_fulfilled', held.wish, (transaction, partner, nowMs) => fulfilWish(transaction, partner, { ...held, words: words === '' ? null : words }, nowMs), { photo })
    if (lit.ok && photo !== null) await bindPhoto(moment.sql, photo, held.wish)
    return lit
  }),
]

/** `act` null: nobody needs to read that he looked. */
async function asPartner<Answer>(
  { sql, who, nowMs, note }: OfficeMoment,
  act: OfficeAct | null,
  wish: string,
  does: (transaction: ReturnType<typeof sqlTransaction>, partner: ActingPartner, nowMs: number) => Promise<ClaimActResult<Answer>>,
  more: ActedValues = {},
): Promise<{ ok: true; answer: Answer } | ReturnType<typeof refuse>> {
  const [partner] = await sql.query<{ id: string; name: Bilingual }>(`SELECT partner_id AS id, name FROM partners WHERE partner_id = $1 AND district_id = $2 AND state = 'active' FOR SHARE`, [who.partner, who.district])
  if (partner === undefined) return refuse('partner_closed')
  const result = await does(sqlTransaction(sql), { ...partner, district: who.district, account: who.account }, nowMs)
  if (!result.ok) return refuse(result.error)
  if (act !== null) await note({ act, kind: 'wish', row: wish, after: { partner: partner.id, ...more } })
  return answered(result.answer)
}

/** What came back before what is new, what waits longest before what is young; then what others hold and may be joined. */
async function readWall({ sql, who }: OfficeMoment, condition: string, values: readonly string[]): Promise<PartnerWallRow[]> {
  return sql.query<PartnerWallRow>(
    `SELECT wishes.wish_id AS wish, category, public_text AS text, public_who AS who, stations.name AS station, stage AS state, again, posted_at_ms AS "postedAtMs",
       CASE WHEN stage = 'claimed' THEN claim END AS claim, CASE WHEN stage = 'claimed' THEN until_ms END AS "untilMs", coalesce(members.by, '[]') AS by, coalesce(members.mine, false) AS mine
     FROM wishes LEFT JOIN stations USING (station_id) LEFT JOIN LATERAL (
       SELECT json_agg(name ORDER BY joined_at_ms, partner_id) AS by, bool_or(partner_id = $2) AS mine FROM claim_members
       WHERE claim_members.wish_id = wishes.wish_id AND number = wishes.claim AND left_at_ms IS NULL AND stage = 'claimed'
     ) AS members ON true
     WHERE wishes.district_id = $1 AND is_public AND stage IN ('open', 'claimed') AND ${condition}
     ORDER BY (stage = 'claimed'), again DESC, changed_at_ms, wishes.wish_id LIMIT ${WALL_SHOWN_MAX + 1}`,
    [who.district, who.partner, ...values],
  )
}

type ClaimRaw = Omit<MyClaim, 'isFrozen' | 'news' | 'state' | 'fulfilment'> & {
  fulfilmentWords: string | null
  hasPhoto: boolean
  stage: string
  isNewest: boolean
  endedAtMs: number | null
  approvedVersion: number
  seenVersion: number
  news: MyClaim['news'] | null
}

async function readClaims({ sql, who }: OfficeMoment): Promise<MyClaim[]> {
  const rows = await sql.query<ClaimRaw>(
    `SELECT wishes.wish_id AS wish, claims.number AS claim, category, CASE WHEN is_public THEN public_text END AS text, stations.name AS station, reach,
       granted_at_ms AS "grantedAtMs", claims.until_ms AS "untilMs", stage, wishes.claim = claims.number AS "isNewest", ended_at_ms AS "endedAtMs",
       approved_version AS "approvedVersion", seen_version AS "seenVersion", not_yet AS "notYet", fulfilment_words AS "fulfilmentWords", fulfilment_photo IS NOT NULL AS "hasPhoto",
       greatest(0, coalesce((SELECT value FROM rules WHERE rules.district_id = wishes.district_id AND rules.name = 'claim_extensions_max'), 0) - extensions) AS "extensionsLeft",
       (SELECT json_agg(name ORDER BY joined_at_ms, partner_id) FROM claim_members AS others WHERE others.wish_id = claims.wish_id AND others.number = claims.number AND others.left_at_ms IS NULL) AS members,
       (SELECT json_agg(json_build_object('what', what, 'took', took, 'atMs', at_ms) ORDER BY line) FROM claim_news
        WHERE claim_news.wish_id = claims.wish_id AND claim_news.claim = claims.number AND seen_at_ms IS NULL) AS news
     FROM claim_members AS own JOIN claims USING (wish_id, number) JOIN wishes USING (wish_id) LEFT JOIN stations USING (station_id)
     WHERE own.partner_id = $1 AND own.left_at_ms IS NULL AND wishes.district_id = $2
     ORDER BY (ended_at_ms IS NOT NULL), CASE WHEN ended_at_ms IS NULL THEN claims.until_ms ELSE -ended_at_ms END, wishes.wish_id LIMIT ${CLAIMS_SHOWN_MAX}`,
    [who.partner, who.district],
  )
  return rows.map(({ stage, isNewest, endedAtMs, approvedVersion, seenVersion, news, fulfilmentWords, hasPhoto, ...row }): MyClaim => ({
    ...row, news: news ?? [], isFrozen: endedAtMs === null && isFrozen({ approvedVersion, seenVersion }),
    fulfilment: isNewest && (stage === 'fulfilled' || stage === 'confirmed') ? { words: fulfilmentWords, hasPhoto } : null,
    state: endedAtMs === null ? (stage === 'fulfilled' ? 'fulfilled' : 'holding') : isNewest && stage === 'confirmed' ? 'confirmed' : 'over',
  }))
}
