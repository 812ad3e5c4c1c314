// Each training is what its acts say, taken again one by one in their order: places with their owners and riders, blocks, the list.
// And whoever sits sits on one place, that names him; who was there is on the list as such.

import { actOn, emptyTraining } from '../../domain/training/training-acts.ts'
import type { TrainingBook } from '../../domain/training/training-book.ts'
import type { Queryable } from '../store/database.ts'
import { type KeptAct, readTrainings } from '../store/trainings.ts'

export type TrainingDifference =
  | { kind: 'training_not_its_acts'; training: string; what: string[] }
  | { kind: 'places_not_the_list'; training: string }
  | { kind: 'attendance_not_the_list'; training: string; rider: string }

const PAGE = 100

export async function auditTrainings(snapshot: Queryable): Promise<TrainingDifference[]> {
  return [...(await acts(snapshot)), ...(await places(snapshot)), ...(await attendances(snapshot))]
}

async function acts(snapshot: Queryable): Promise<TrainingDifference[]> {
  const wrong: TrainingDifference[] = []
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const ids = (await snapshot.query<{ id: string }>('SELECT training_id AS id FROM trainings WHERE training_id > $1 ORDER BY training_id LIMIT $2', [after, PAGE])).map(({ id }) => id)
    const sheets = await readTrainings(snapshot, ids)
    for (const [training, { book, lastAct }] of sheets) {
      const kept = await snapshot.query<KeptAct & { number: number }>(
        'SELECT number, act, at_ms AS "atMs", may_give AS "mayGive" FROM training_acts WHERE training_id = $1 ORDER BY number', [training],
      )
      const told = replay(training, kept)
      const what = told === null ? ['acts'] : differing(told, book)
      if (kept.length !== lastAct || kept.some(({ number }, index) => number !== index + 1)) what.push('numbers')
      if (what.length > 0) wrong.push({ kind: 'training_not_its_acts', training, what })
    }
    after = ids.at(-1) ?? after
    if (ids.length < PAGE) return wrong
  }
}

/** null: it does not begin as a training begins. */
function replay(training: string, kept: readonly KeptAct[]): TrainingBook | null {
  const [first] = kept
  if (first?.act.act !== 'terms_set') return null
  return kept.reduce((book, { act, atMs, mayGive }) => actOn(book, act, { nowMs: atMs, mayGive }).book, emptyTraining(training, first.act.terms))
}

function differing(told: TrainingBook, book: TrainingBook): string[] {
  const parts: Record<string, (one: TrainingBook) => unknown> = {
    terms: ({ terms }) => terms, lastNumber: ({ lastNumber }) => lastNumber,
    seats: ({ seats }) => byKey(seats), blocks: ({ blocks }) => byKey(blocks), signups: ({ signups }) => byKey(signups),
  }
  return Object.entries(parts).flatMap(([name, part]) => (inOneOrder(part(told)) === inOneOrder(part(book)) ? [] : [name]))
}

function byKey(rows: ReadonlyMap<string | number, unknown>): unknown {
  return Object.fromEntries([...rows].map(([key, row]) => [String(key), row]))
}

/** As text, the fields of every object in one order. */
function inOneOrder(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1))) : inner,
  )
}

/** Recomputed from the rows alone: no more places than there are, each rider on the one that his sign-up names. */
async function places(snapshot: Queryable): Promise<TrainingDifference[]> {
  const rows = await snapshot.query<{ training: string }>(
    `SELECT training_id AS training FROM trainings AS t WHERE
       EXISTS (SELECT 1 FROM training_seats AS seat LEFT JOIN signups AS s ON s.training_id = seat.training_id AND s.rider_id = seat.rider_id
         WHERE seat.training_id = t.training_id AND seat.rider_id IS NOT NULL AND (s.seat IS DISTINCT FROM seat.seat OR s.standing NOT IN ('seated', 'attended')))
       OR EXISTS (SELECT 1 FROM signups AS s LEFT JOIN training_seats AS seat ON seat.training_id = s.training_id AND seat.seat = s.seat
         WHERE s.training_id = t.training_id AND ((s.standing = 'seated' AND seat.rider_id IS DISTINCT FROM s.rider_id) OR (s.standing = 'offered' AND seat.offered_to IS DISTINCT FROM s.rider_id)))
     ORDER BY 1`,
  )
  return rows.map(({ training }) => ({ kind: 'places_not_the_list', training }))
}

async function attendances(snapshot: Queryable): Promise<TrainingDifference[]> {
  const rows = await snapshot.query<{ training: string; rider: string }>(
    `SELECT a.training_id AS training, a.rider_id AS rider FROM attendances AS a LEFT JOIN signups AS s USING (training_id, rider_id) WHERE s.standing IS DISTINCT FROM 'attended'
     UNION SELECT s.training_id, s.rider_id FROM signups AS s LEFT JOIN attendances AS a USING (training_id, rider_id) WHERE s.standing = 'attended' AND a.rider_id IS NULL
     ORDER BY 1, 2`,
  )
  return rows.map((row) => ({ kind: 'attendance_not_the_list', ...row }))
}
