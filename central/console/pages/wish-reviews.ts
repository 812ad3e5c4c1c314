// Moderation: the texts that wait, each with what in it may say who somebody is; approved, asked back or refused. A station head
// reads what was posted at the own station, the district everything. And wishes that staff write for a rider.

import { randomBytes } from 'node:crypto'
import { postWishForDoor, reviewWishDoor, type WaitingText, wishQueueDoor } from '../../../contract/console/wishes.ts'
import { WISH_TEXT_MAX } from '../../../contract/kiosk/wish-view.ts'
import { cleanText } from '../../../domain/clean-text.ts'
import { countCharacters } from '../../../domain/count-characters.ts'
import { findPersonal, redactPersonal } from '../../../domain/find-personal.ts'
import { readMaskedNames } from '../../store/rider-names.ts'
import { sqlTransaction } from '../../store/sql-store.ts'
import { reviewWish } from '../../wishes/review-wish.ts'
import { postWish } from '../../wishes/rider-wishes.ts'
import { keepTyped } from '../../words/keep-typed.ts'
import { readTexts } from '../../words/read-words.ts'
import { acts, answered, reads, refuse, type ServedDoor } from '../office-moment.ts'

const SHOWN_MAX = 50

interface QueueRaw extends Pick<WaitingText, 'wish' | 'version' | 'category' | 'shown' | 'station' | 'writtenAtMs' | 'before' | 'isClaimed'> {
  ref: string
}

const WAITING_SQL = `FROM wishes JOIN wish_versions USING (wish_id, version) LEFT JOIN words ON words.ref = words_ref
  WHERE wishes.district_id = $1 AND review = 'in_review' AND stage IN ('new', 'open', 'claimed') AND ($2::uuid IS NULL OR wishes.station_id = $2)`

export const WISH_REVIEW_DOORS: readonly ServedDoor[] = [
  reads(wishQueueDoor, async ({ sql, who }) => {
    const waiting = await sql.query<QueueRaw>(
      `SELECT wishes.wish_id AS wish, version, category, shown, words_ref AS ref, written_at_ms AS "writtenAtMs", public_text AS before, stage = 'claimed' AS "isClaimed",
         (SELECT name FROM stations WHERE stations.station_id = wishes.station_id) AS station
       ${WAITING_SQL} AND words.kept IS NOT NULL ORDER BY written_at_ms, wishes.wish_id LIMIT ${SHOWN_MAX + 1}`,
      [who.district, who.station],
    )
    const [{ awaited } = { awaited: 0 }] = await sql.query<{ awaited: number }>(`SELECT count(*) AS awaited ${WAITING_SQL} AND words.kept IS NULL`, [who.district, who.station])
    const shown = waiting.slice(0, SHOWN_MAX)
    const texts = await readTexts(sqlTransaction(sql), shown.map(({ ref }) => ref))
    return answered({
      isMore: waiting.length > SHOWN_MAX,
      awaited,
      texts: shown.flatMap(({ ref, ...row }): WaitingText[] => {
        const text = texts.get(ref) ?? null
        if (text === null) return []
        const personal = findPersonal(text)
        return [{ ...row, text, personal, proposal: redactPersonal(text, personal) }]
      }),
    })
  }),

  acts(reviewWishDoor, async (moment, review) => {
    const { sql, who, nowMs, note } = moment
    const [row] = await sql.query<{ rider: string }>('SELECT rider_id AS rider FROM wishes WHERE wish_id = $1 AND district_id = $2 AND ($3::uuid IS NULL OR station_id = $3)', [review.wish, who.district, who.station])
    if (row === undefined) return refuse('unknown_wish')
    const named = review.verdict === 'approve' ? { who: (await readMaskedNames(sql, [row.rider])).get(row.rider) ?? null } : {}
    const result = await reviewWish(sqlTransaction(sql), who.district, { ...review, ...named, account: who.account } as Parameters<typeof reviewWish>[2], nowMs)
    if (!result.ok) return refuse(result.error)
    const act = { approve: 'wish_approved', ask_back: 'wish_asked_back', refuse: 'wish_refused' } as const
    await note({ act: act[review.verdict], kind: 'wish', row: review.wish, after: { version: review.version } })
    return answered({})
  }),

  acts(postWishForDoor, async (moment, asked) => {
    const { sql, who, nowMs, note, newId } = moment
    const text = cleanText(asked.text)
    if (text === '' || countCharacters(text) > WISH_TEXT_MAX) return refuse('text_unusable')
    if (asked.meeting !== null && (await sql.query('SELECT 1 FROM meetings WHERE meeting_id = $1 AND district_id = $2', [asked.meeting, who.district])).length === 0) return refuse('unknown_meeting')
    const transaction = sqlTransaction(sql)
    if ((await transaction.readRidersKnown([asked.rider])).get(asked.rider) !== who.district) return refuse('unknown_rider')
    const { id, rider, category, shown, reach } = asked
    const ref = newId()
    const words = () => keepTyped(transaction, { ref, rider, district: who.district, purpose: 'wish', text }, randomBytes, nowMs)
    const result = await postWish(transaction, { id, rider, station: who.station, category, shown, reach, words, account: who.account }, nowMs)
    if (!result.ok) return refuse(result.error)
    if (asked.meeting !== null) await sql.query('INSERT INTO meeting_wishes (wish_id, meeting_id, district_id) VALUES ($1, $2, $3)', [id, asked.meeting, who.district])
    await note({ act: 'wish_posted_for', kind: 'wish', row: id, after: { meeting: asked.meeting } })
    return answered({})
  }),
]
