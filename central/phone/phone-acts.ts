// What a handed-over phone may ask and do, in the transaction in which its session is locked: register, post a wish, look at one's
// points, wishes and trainings, say that one reached him. For the rider of the session and nobody else.

import type { PersonalSpan } from '../../domain/find-personal.ts'
import { findPersonal } from '../../domain/find-personal.ts'
import { cleanText } from '../../domain/clean-text.ts'
import { countCharacters } from '../../domain/count-characters.ts'
import { dayOf } from '../../domain/calendar.ts'
import { readPersonName } from '../../domain/person-name.ts'
import { WISH_TEXT_MAX } from '../../contract/kiosk/wish-view.ts'
import {
  type AnswerOf, confirmWishDoor, myPointsDoor, myWishesDoor, postWishDoor, registerDoor,
} from '../../contract/phone/phone-doors.ts'
import { personRow } from '../people/person-words.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { ridersScope } from '../store/change-scopes.ts'
import type { Queryable } from '../store/database.ts'
import type { HandOffRow } from '../store/hand-offs.ts'
import { ownWishRow } from '../store/wish-facts.ts'
import { sqlTransaction } from '../store/sql-store.ts'
import { mirrorReader } from '../sync/sync-context.ts'
import { postWish, tellOfWish } from '../wishes/rider-wishes.ts'
import { readTexts } from '../words/read-words.ts'
import { keepTyped } from '../words/keep-typed.ts'
import { act, OFFICIAL_UTC_OFFSET_MINUTES, type PhoneAct, received, refuse, riderOf } from './phone-moment.ts'
import { TRAINING_ACTS } from './training-acts.ts'

const ENTRIES_SHOWN_MAX = 50
const WISHES_SHOWN_MAX = 50

export const PHONE_ACTS: readonly PhoneAct[] = [
  act(registerDoor, async (moment, asked) => {
    const { sql, context, handOff, nowMs } = moment
    if (handOff.receivedAtMs !== null) return refuse('already_received')
    const store = sqlTransaction(sql)
    const { district, station } = handOff
    if ((await store.readConsentVersion(district)) !== asked.consentVersion) return refuse('consent_outdated')
    const name = readPersonName(asked.name)
    if (name === null) return refuse('name_unusable')
    const rider = moment.newId()
    const utcOffset = (await store.readRuleValues(district)).get('utc_offset_minutes') ?? OFFICIAL_UTC_OFFSET_MINUTES
    const { platform, redCross, volunteerTeam, consentVersion } = asked
    await store.registerRiders([{ rider, district, station, platform, redCross, volunteerTeam, consentVersion, issueDay: dayOf(nowMs, utcOffset) }], nowMs)
    const personKey = context.newPersonKey()
    await store.makePersonKeys([{ rider, district, key: personKey }], nowMs)
    await store.writePersons([personRow({ rider, site: cleanText(asked.site), personKey, index: context.index }, { name, phone: asked.phone })])
    await store.noteSamePhones([rider], nowMs)
    await received(moment, rider)
    await store.appendChanges([{ district, scope: ridersScope(station), kind: 'rider', key: rider }])
    return { ok: true, answer: {} }
  }),

  act(postWishDoor, async (moment, { category, text: typed, shown, reach, despitePersonal }) => {
    const { sql, handOff, nowMs } = moment
    if (handOff.receivedAtMs !== null) return refuse('already_received')
    const rider = riderOf(handOff)
    const text = cleanText(typed)
    if (text === '') return refuse('wish_empty')
    if (countCharacters(text) > WISH_TEXT_MAX) return refuse('wish_too_long')
    const spans: PersonalSpan[] = despitePersonal ? [] : findPersonal(text)
    if (spans.length > 0) return { ok: true, answer: { result: 'personal', text, spans } as const }
    const store = sqlTransaction(sql)
    const district = (await store.readRidersKnown([rider])).get(rider)
    if (district === undefined) return refuse('session_over')
    const words = () => keepTyped(store, { ref: moment.newId(), rider, district, purpose: 'wish', text }, moment.randomBytes, nowMs)
    const posted = await postWish(store, { id: moment.newId(), rider, station: handOff.station, category, shown, reach, words, account: null }, nowMs)
    if (!posted.ok) return refuse(posted.error === 'wishes_full' ? 'wishes_full' : 'session_over')
    await received(moment, null)
    return { ok: true, answer: { result: 'posted' } as const }
  }),

  act(myPointsDoor, async ({ sql, handOff }) => {
    const rider = riderOf(handOff)
    const [sum] = await sql.query<{ balance: number }>('SELECT coalesce(sum(balance), 0)::bigint AS balance FROM accounts WHERE rider_id = $1', [rider])
    const entries = await sql.query<AnswerOf<typeof myPointsDoor>['entries'][number]>(
      `SELECT entry_id AS id, at_ms AS "atMs", points, reason, what, stations.name AS "stationName" FROM every_entry LEFT JOIN stations USING (station_id)
       WHERE rider_id = $1 ORDER BY booked_at_ms DESC, entry_id LIMIT $2`,
      [rider, ENTRIES_SHOWN_MAX],
    )
    return { ok: true, answer: { balance: sum?.balance ?? 0, entries } }
  }),

  act(myWishesDoor, async ({ sql, handOff, nowMs }) => ({ ok: true, answer: { wishes: await readOwnWishes(sql, sqlTransaction(sql), handOff, nowMs) } })),

  act(confirmWishDoor, async (moment, { wish, claim, reached }) => {
    const { sql, handOff, nowMs } = moment
    const rider = riderOf(handOff)
    const store = sqlTransaction(sql)
    await store.readRidersKnown([rider])
    const own = (await readOwnWishes(sql, store, handOff, nowMs)).find((one) => one.wish === wish)
    if (own === undefined) return refuse('wish_unknown')
    if (own.state !== 'fulfilled') return refuse('wish_not_in_state')
    await received(moment, null)
    const told = await tellOfWish(store, { wish, rider, fact: { fact: 'confirmed', claim, reached }, account: null }, nowMs)
    return told.ok ? { ok: true, answer: {} } : refuse('wish_unknown')
  }),

  ...TRAINING_ACTS,
]

/** What he typed last, which nobody but he is shown here; a wish without it is left out. */
async function readTyped(sql: Queryable, store: StoreTransaction, wishes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const versions = await sql.query<{ wish: string; ref: string }>(
    'SELECT wish_id AS wish, words_ref AS ref FROM wishes JOIN wish_versions USING (wish_id, version) WHERE wish_id = ANY($1::uuid[])', [wishes],
  )
  const texts = await readTexts(store, versions.map(({ ref }) => ref))
  return new Map(versions.flatMap(({ wish, ref }): [string, string][] => {
    const text = texts.get(ref)
    return typeof text === 'string' ? [[wish, text]] : []
  }))
}

/** As stations are told of them, with his own words. */
async function readOwnWishes(sql: Queryable, store: StoreTransaction, handOff: HandOffRow, nowMs: number): Promise<AnswerOf<typeof myWishesDoor>['wishes']> {
  const reader = mirrorReader({ station: handOff.station, district: handOff.district, incarnation: handOff.id, includedSeq: 0 }, nowMs)
  const wishes = await store.readWishesOfRiders([riderOf(handOff)], WISHES_SHOWN_MAX)
  const facts = await store.readMirrorFacts('own_wish', reader, wishes)
  const typed = await readTyped(sql, store, wishes)
  return facts
    .map((one) => ownWishRow(one, 0))
    .toSorted((one, other) => other.postedAtMs - one.postedAtMs || (one.id < other.id ? -1 : 1))
    .map(({ id, category, text, state, staffWords, claim, lease, fulfilment, postedAtMs, notYet }) => ({
      wish: id, category, text: typed.get(id) ?? text, state, staffWords, claim, by: lease?.by ?? [], untilMs: lease?.untilMs ?? null, fulfilmentWords: fulfilment?.words ?? null,
      photo: fulfilment?.photo ?? null, postedAtMs, notYet,
    }))
}
