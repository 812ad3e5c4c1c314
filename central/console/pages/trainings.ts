// Trainings in the office: all of them in a table, and one with its places, everybody on its list in central's order, and who came.
// The table is everybody's who works here; names are told to the district and where the training is held.

import type { AnswerOf, Bilingual } from '../../../contract/console/console-door.ts'
import { PEOPLE_MAX, trainingDoor, type TrainingPerson, type TrainingRow, trainingsDoor, type TrainingState, WEEKS_MAX } from '../../../contract/console/trainings.ts'
import { certificateNumber } from '../../../domain/training/certificate.ts'
import { freeAtCentral, seatsInUse, surplusSeats, takenSeats, waitingList } from '../../../domain/training/training-book.ts'
import type { Queryable } from '../../store/database.ts'
import { readTrainings, type TrainingSheet } from '../../store/trainings.ts'
import { servesTable } from '../keyset-table.ts'
import { answered, reads, refuse, type ServedDoor, type SignedIn } from '../office-moment.ts'

type TrainingRaw = Omit<TrainingRow, 'state'> & { kept: 'open' | 'cancelled' }

const COLUMNS = `trainings.training_id AS id, topic, title, place, trainings.host_station_id AS host, stations.name AS station, starts_at_ms AS "startsAtMs", ends_at_ms AS "endsAtMs", capacity, state AS kept,
  (SELECT count(*) FROM training_seats AS seat WHERE seat.training_id = trainings.training_id AND seat.rider_id IS NOT NULL) AS seated,
  (SELECT count(*) FROM signups WHERE signups.training_id = trainings.training_id AND standing = 'waiting') AS waiting,
  (SELECT count(*) FROM attendances WHERE attendances.training_id = trainings.training_id) AS attended`
const FROM = '(trainings JOIN stations ON stations.station_id = trainings.host_station_id)'

/** Of a training that was not cancelled, by the clock. */
const IN_STATE: Readonly<Record<string, (now: string) => string>> = {
  not_over: (now) => `state = 'open' AND ends_at_ms > ${now}`,
  to_come: (now) => `state = 'open' AND starts_at_ms > ${now}`,
  under_way: (now) => `state = 'open' AND starts_at_ms <= ${now} AND ends_at_ms > ${now}`,
  over: (now) => `state = 'open' AND ends_at_ms <= ${now}`,
  cancelled: (now) => `state = 'cancelled' AND ${now} IS NOT NULL`,
}

function shownTraining({ kept, ...row }: TrainingRaw, nowMs: number): TrainingRow {
  const byClock: TrainingState = nowMs < row.startsAtMs ? 'to_come' : nowMs < row.endsAtMs ? 'under_way' : 'over'
  return { ...row, state: kept === 'cancelled' ? 'cancelled' : byClock }
}

export const TRAINING_DOORS: readonly ServedDoor[] = [
  servesTable(trainingsDoor, {
    from: 'trainings',
    id: { sql: 'trainings.training_id', type: 'uuid' },
    sorts: { starts: { sql: 'trainings.starts_at_ms', type: 'bigint' } },
    columns: COLUMNS,
    columnsFrom: FROM,
    where: ({ who, nowMs }, { filters, search }, bind) => {
      const text = search.trim()
      const inState = IN_STATE[filters['state'] ?? '']
      return [
        `trainings.district_id = ${bind(who.district)}`,
        ...(filters['topic'] === undefined ? [] : [`topic = ${bind(filters['topic'])}`]),
        ...(filters['station'] === undefined ? [] : [`host_station_id = ${bind(filters['station'])}`]),
        ...(inState === undefined ? [] : [inState(`${bind(nowMs)}::bigint`)]),
        ...(text === '' ? [] : [`strpos(lower(concat_ws(' ', title->>'zh', title->>'en', place->>'zh', place->>'en')), lower(${bind(text)})) > 0`]),
      ]
    },
    rows: (raws: readonly TrainingRaw[], { nowMs }) => raws.map((raw) => shownTraining(raw, nowMs)),
  }),

  reads(trainingDoor, async ({ sql, who, nowMs }, { training }) => {
    const [raw] = await sql.query<TrainingRaw>(`SELECT ${COLUMNS} FROM ${FROM} WHERE trainings.training_id = $1 AND trainings.district_id = $2`, [training, who.district])
    const sheet = (await readTrainings(sql, [training])).get(training)
    if (raw === undefined || sheet === undefined) return refuse('unknown_training')
    const { details, book } = sheet
    const inUse = seatsInUse(book)
    const people = isHeldWhere(who, details.host) ? await readPeople(sql, sheet) : null
    return answered({
      training: shownTraining(raw, nowMs),
      revision: details.revision,
      form: formOf(sheet),
      cancelReason: details.cancelReason,
      closesAtMs: book.terms.closesAtMs,
      others: await readOthers(sql, sheet, nowMs),
      places: {
        taken: takenSeats(book).length, offered: inUse.filter(({ offeredTo }) => offeredTo !== null).length, free: freeAtCentral(book).length,
        lent: inUse.filter(({ block, rider }) => block !== null && rider === null).length, surplus: surplusSeats(book),
      },
      people: people?.slice(0, PEOPLE_MAX) ?? null,
      isMore: people !== null && people.length > PEOPLE_MAX,
    })
  }),
]

/** Who belongs to one station acts for the trainings that are held there, and sees who is on their lists. */
export function isHeldWhere({ station }: Pick<SignedIn, 'station'>, host: string): boolean {
  return station === null || station === host
}

const MINUTE_MS = 60_000

/** As staff had entered it. */
export function formOf({ details, book: { terms } }: TrainingSheet): AnswerOf<typeof trainingDoor>['form'] {
  const { topic, title, place, host, points, certificateMonths, lateMinutes, walkIns, audience } = details
  const { capacity, startsAtMs, endsAtMs, closesAtMs, answerMs } = terms
  const { platforms, stations, groups } = audience
  return {
    topic, title, place, host, capacity, points, certificateMonths, startsAtMs, endsAtMs, closingMinutes: Math.round((startsAtMs - closesAtMs) / MINUTE_MS), answerMinutes: Math.round(answerMs / MINUTE_MS), lateMinutes, walkIns,
    audience: { platforms: [...platforms], stations: [...stations], groups: [...groups] },
  }
}

async function readOthers(sql: Queryable, { details: { series }, book: { training } }: TrainingSheet, nowMs: number): Promise<{ id: string; startsAtMs: number }[]> {
  if (series === null) return []
  return sql.query(
    `SELECT training_id AS id, starts_at_ms AS "startsAtMs" FROM trainings WHERE series_id = $1 AND training_id <> $2 AND starts_at_ms > $3 AND state = 'open' ORDER BY starts_at_ms, training_id LIMIT ${WEEKS_MAX}`,
    [series, training, nowMs],
  )
}

type PersonRaw = Omit<TrainingPerson, 'turn' | 'hasSeen' | 'attended'> & {
  seenRevision: number
  cameMs: number | null
  late: boolean
  walkIn: boolean
  points: number
  certificate: string | null
  station: Bilingual | null
  account: string | null
}

/** One more than are shown: those with a place by its number, who were offered one, who wait in their order, then everybody else. */
async function readPeople(sql: Queryable, { details, book }: TrainingSheet): Promise<TrainingPerson[]> {
  const turns = new Map(waitingList(book).map(({ rider }, index) => [rider, index + 1]))
  const rows = await sql.query<PersonRaw>(
    `SELECT signups.rider_id AS rider, riders.masked_name AS "maskedName", signups.standing, signups.seat, offer_ends_at_ms AS "offerEndsAtMs", asked_at_ms AS "askedAtMs", refusal, note,
       seen_revision AS "seenRevision", attendances.at_ms AS "cameMs", late, walk_in AS "walkIn", points, certificate_id AS certificate, stations.name AS station, coalesce(office_accounts.shown_name, staff.full_name) AS account
     FROM signups JOIN riders USING (rider_id) LEFT JOIN attendances USING (training_id, rider_id) LEFT JOIN stations ON stations.station_id = attendances.station_id
       LEFT JOIN office_accounts ON office_accounts.account_id = attendances.staff_id LEFT JOIN staff ON staff.staff_id = attendances.staff_id
     WHERE signups.training_id = $1
     ORDER BY array_position(ARRAY['attended', 'seated', 'offered', 'waiting'], signups.standing), signups.number, signups.seat, asked_at_ms, signups.rider_id LIMIT ${PEOPLE_MAX + 1}`,
    [book.training],
  )
  return rows.map(({ seenRevision, cameMs, late, walkIn, points, certificate, station, account, ...row }) => ({
    ...row,
    turn: turns.get(row.rider) ?? null,
    hasSeen: seenRevision >= details.toldRevision,
    attended: cameMs === null ? null : { atMs: cameMs, late, walkIn, points, certificate: certificate === null ? null : { id: certificate, number: certificateNumber(certificate) }, station, account },
  }))
}
