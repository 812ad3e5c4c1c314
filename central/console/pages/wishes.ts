// Wishes in the office: all of them in a table, one with its history, and how long each category waits.

import { type WishLineRow, wishDoor, wishesDoor, wishFiguresDoor } from '../../../contract/console/wishes.ts'
import type { AnswerOf, TableQuestion } from '../../../contract/console/console-door.ts'
import { WISH_CATEGORIES, type WishCategory } from '../../../contract/kiosk/wish-view.ts'
import { stateOfWish, type WishFacts } from '../../store/wish-facts.ts'
import { type Bind, servesTable } from '../keyset-table.ts'
import { answered, type OfficeMoment, reads, refuse, type ServedDoor } from '../office-moment.ts'

type WishRaw = Omit<WishLineRow, 'state'> & Pick<WishFacts, 'stage' | 'review'>

const WISH_COLUMNS = `wishes.wish_id AS id, category, stage, review, CASE WHEN is_public THEN public_text END AS text, again, stations.name AS station,
  posted_at_ms AS "postedAtMs", changed_at_ms AS "changedAtMs",
  coalesce((SELECT json_agg(name ORDER BY joined_at_ms, partner_id) FROM claim_members WHERE claim_members.wish_id = wishes.wish_id AND number = wishes.claim AND left_at_ms IS NULL
    AND wishes.stage IN ('claimed', 'fulfilled', 'confirmed')), '[]') AS by,
  CASE WHEN stage IN ('claimed', 'fulfilled') THEN until_ms END AS "untilMs"`
const WISHES_FROM = '(wishes LEFT JOIN stations USING (station_id))'

/** As domain and mirror name it, from the two columns. */
export const WISH_STATE_SQL = `CASE WHEN stage NOT IN ('new', 'open') THEN stage WHEN review IN ('in_review', 'asked_back') THEN review WHEN stage = 'new' THEN 'refused' ELSE 'open' END`

function wishesWhere({ who }: OfficeMoment, { filters, search }: TableQuestion, bind: Bind): string[] {
  return [
    `wishes.district_id = ${bind(who.district)}`,
    ...(filters['state'] === undefined ? [] : [`${WISH_STATE_SQL} = ${bind(filters['state'])}`]),
    ...(filters['category'] === undefined ? [] : [`category = ${bind(filters['category'])}`]),
    ...(filters['station'] === undefined ? [] : [`wishes.station_id = ${bind(filters['station'])}`]),
    ...(search.trim() === '' ? [] : [`is_public AND strpos(public_text, ${bind(search.trim())}) > 0`]),
  ]
}

function shownWish({ stage, review, ...raw }: WishRaw): WishLineRow {
  return { ...raw, state: stateOfWish({ stage, review }) }
}

export const WISH_DOORS: readonly ServedDoor[] = [
  servesTable(wishesDoor, {
    from: 'wishes',
    id: { sql: 'wishes.wish_id', type: 'uuid' },
    sorts: { posted: { sql: 'wishes.posted_at_ms', type: 'bigint' }, changed: { sql: 'wishes.changed_at_ms', type: 'bigint' } },
    columns: WISH_COLUMNS,
    columnsFrom: WISHES_FROM,
    where: wishesWhere,
    rows: (raws: readonly WishRaw[]) => raws.map(shownWish),
  }),

  reads(wishDoor, async ({ sql, who }, { wish }) => {
    const [row] = await sql.query<WishRaw & Omit<AnswerOf<typeof wishDoor>, 'wish' | 'fulfilment' | 'meeting' | 'history' | 'news'> & { words: string | null; photo: string | null; meeting: { id: string; title: string } | null }>(
      `SELECT ${WISH_COLUMNS}, public_who AS who, reach, rider_id AS rider, claim, not_yet AS "notYet", staff_words AS "staffWords", fulfilment_words AS words, fulfilment_photo AS photo,
         (SELECT json_build_object('id', meetings.meeting_id, 'title', title) FROM meeting_wishes JOIN meetings USING (meeting_id) WHERE meeting_wishes.wish_id = wishes.wish_id) AS meeting
       FROM ${WISHES_FROM} WHERE wishes.wish_id = $1 AND wishes.district_id = $2`,
      [wish, who.district],
    )
    if (row === undefined) return refuse('unknown_wish')
    const { who: named, reach, rider, claim, notYet, staffWords, words, photo, meeting, ...shown } = row
    const isLit = shown.stage === 'fulfilled' || shown.stage === 'confirmed'
    return answered({
      wish: shownWish(shown), who: named, reach, rider, claim, notYet, staffWords, meeting, fulfilment: isLit ? { words, photo } : null,
      history: await readHistory(sql, wish), news: await readNews(sql, wish),
    })
  }),

  reads(wishFiguresDoor, async ({ sql, who }) => answered(await readFigures(sql, who.district))),
]

type WishAnswer = AnswerOf<typeof wishDoor>

async function readHistory(sql: OfficeMoment['sql'], wish: string): Promise<WishAnswer['history']> {
  return sql.query(
    `SELECT line, wish_history.at_ms AS "atMs", act, claim, flag, words, office_accounts.shown_name AS account, stations.name AS station,
       coalesce((SELECT name FROM claim_members WHERE claim_members.wish_id = wish_history.wish_id AND claim_members.partner_id = wish_history.partner_id LIMIT 1), NULL) AS partner
     FROM wish_history LEFT JOIN office_accounts USING (account_id) LEFT JOIN events ON events.event_id = wish_history.event_id LEFT JOIN stations ON stations.station_id = events.station_id
     WHERE wish_id = $1 ORDER BY line`,
    [wish],
  )
}

async function readNews(sql: OfficeMoment['sql'], wish: string): Promise<WishAnswer['news']> {
  return sql.query('SELECT claim, what, took, at_ms AS "atMs", seen_at_ms AS "seenAtMs" FROM claim_news WHERE wish_id = $1 ORDER BY line', [wish])
}

type Figures = AnswerOf<typeof wishFiguresDoor>
type FigureRaw = Omit<Figures['categories'][number], 'daysToClaim' | 'daysToLight'> & { claimMs: number | null; lightMs: number | null }

const DAY_MS = 86_400_000

/** From the first approval: to the first claim, to the last time it was lit; and leases that came to nothing. */
async function readFigures(sql: OfficeMoment['sql'], district: string): Promise<Figures> {
  const rows = await sql.query<FigureRaw & { category: WishCategory | null }>(
    `WITH told AS (
       SELECT wish_id, min(at_ms) FILTER (WHERE act = 'approved') AS approved, min(at_ms) FILTER (WHERE act = 'claimed') AS claimed,
         max(at_ms) FILTER (WHERE act IN ('fulfilled', 'handed_over') AND flag IS NULL) AS lit, count(*) FILTER (WHERE act = 'lapsed') AS lapsed
       FROM wish_history WHERE district_id = $1 AND act IN ('approved', 'claimed', 'fulfilled', 'handed_over', 'lapsed') GROUP BY wish_id
     )
     SELECT category, count(*) AS posted, count(*) FILTER (WHERE review IN ('in_review', 'asked_back') AND stage IN ('new', 'open')) AS "inReview",
       count(*) FILTER (WHERE stage = 'open' AND review NOT IN ('in_review', 'asked_back')) AS open, count(*) FILTER (WHERE stage = 'claimed') AS claimed,
       count(*) FILTER (WHERE stage IN ('fulfilled', 'confirmed')) AS lit,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY told.claimed - approved) AS "claimMs",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN stage IN ('fulfilled', 'confirmed') THEN told.lit - approved END) AS "lightMs",
       coalesce(sum(told.lapsed), 0)::bigint AS lapsed
     FROM wishes LEFT JOIN told USING (wish_id) WHERE wishes.district_id = $1 GROUP BY GROUPING SETS ((category), ())`,
    [district],
  )
  const all = rows.find(({ category }) => category === null)
  const empty = { posted: 0, inReview: 0, open: 0, claimed: 0, lit: 0, claimMs: null, lightMs: null, lapsed: 0 }
  return {
    categories: WISH_CATEGORIES.map((category) => inDays({ ...(rows.find((row) => row.category === category) ?? empty), category })),
    all: { daysToClaim: daysOf(all?.claimMs ?? null), daysToLight: daysOf(all?.lightMs ?? null), lapsed: all?.lapsed ?? 0 },
  }
}

function inDays({ claimMs, lightMs, ...row }: FigureRaw): Figures['categories'][number] {
  return { ...row, daysToClaim: daysOf(claimMs), daysToLight: daysOf(lightMs) }
}

/** To a tenth. */
function daysOf(ms: number | null): number | null {
  return ms === null ? null : Math.round((Math.max(0, ms) / DAY_MS) * 10) / 10
}

