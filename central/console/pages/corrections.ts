// Corrections: proposed with an id that the page made, booked at once by district staff up to the rule's threshold, else by a
// second person. Booking is a movement and an entry in the ledger; a rider's points never fall below what lies at central.

import { CORRECTION_WORDS, type CorrectionReason, type CorrectionRow, correctionsDoor, decideCorrectionDoor, proposeCorrectionDoor } from '../../../contract/console/corrections.ts'
import { RULE_RANGES } from '../../../contract/console/rules.ts'
import type { Account } from '../../../domain/ledger.ts'
import { appendChanges, type ChangedRow, ridersScope } from '../../store/changes.ts'
import { balanceKey } from '../../store/district-account.ts'
import { writeEntries } from '../../store/entries.ts'
import { lockBalances, writePostings } from '../../store/ledger.ts'
import { readMaskedNames } from '../../store/rider-names.ts'
import { lockRider } from '../../store/riders.ts'
import { stationsThatMirror } from '../../store/stations.ts'
import { servesTable } from '../keyset-table.ts'
import { acts, answered, type OfficeMoment, refuse, type ServedDoor } from '../office-moment.ts'
import { reachedRiders, reachesRiders } from '../rider-reach.ts'

interface Correction {
  id: string
  rider: string
  points: number
  reason: CorrectionReason
}

type Raw = Omit<CorrectionRow, 'maskedName' | 'isMine'> & { proposer: string }

export const CORRECTION_DOORS: readonly ServedDoor[] = [
  servesTable(correctionsDoor, {
    from: '(corrections JOIN riders USING (rider_id))',
    id: { sql: 'corrections.correction_id', type: 'uuid' },
    sorts: { proposed: { sql: 'corrections.proposed_at_ms', type: 'bigint' } },
    columns: `corrections.correction_id AS id, rider_id AS rider, points, reason, note, corrections.state, proposer.account_id AS proposer, proposer.shown_name AS "proposedBy",
      proposed_at_ms AS "proposedAtMs", decider.shown_name AS "decidedBy", decided_at_ms AS "decidedAtMs"`,
    columnsFrom: `(corrections JOIN office_accounts AS proposer ON proposer.account_id = corrections.proposed_by LEFT JOIN office_accounts AS decider ON decider.account_id = corrections.decided_by)`,
    where: ({ who }, { filters }, bind) => [
      `corrections.district_id = ${bind(who.district)}`,
      ...(who.station === null ? [] : reachedRiders(who, bind)),
      ...(filters['state'] === undefined ? [] : [`corrections.state = ${bind(filters['state'])}`]),
      ...(filters['rider'] === undefined ? [] : [`corrections.rider_id = ${bind(filters['rider'])}`]),
    ],
    rows: async (raws: readonly Raw[], { sql, who }) => {
      const names = await readMaskedNames(sql, raws.map(({ rider }) => rider))
      return raws.map(({ proposer, ...raw }) => ({ ...raw, maskedName: names.get(raw.rider) ?? '*', isMine: proposer === who.account }))
    },
  }),

  acts(proposeCorrectionDoor, async (moment, asked) => {
    const { sql, who, nowMs, note } = moment
    const [known] = await sql.query<{ rider: string; points: number; state: 'waiting' | 'booked' | 'refused' }>(
      'SELECT rider_id AS rider, points, state FROM corrections WHERE correction_id = $1 AND district_id = $2',
      [asked.id, who.district],
    )
    if (known !== undefined) return known.rider === asked.rider && known.points === asked.points ? answered({ state: known.state }) : refuse('bad_request')
    if (!(await isOwnRider(moment, asked.rider))) return refuse('unknown_rider')
    const isAlone = who.role === 'district_staff' && Math.abs(asked.points) <= (await readThreshold(moment))
    if (isAlone && !(await canBook(moment, asked))) return refuse('points_lacking')
    await sql.query(
      `INSERT INTO corrections (correction_id, district_id, rider_id, points, reason, note, state, proposed_by, proposed_at_ms, decided_by, decided_at_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [asked.id, who.district, asked.rider, asked.points, asked.reason, asked.note, isAlone ? 'booked' : 'waiting', who.account, nowMs, isAlone ? who.account : null, isAlone ? nowMs : null],
    )
    await note({ act: isAlone ? 'correction_booked' : 'correction_proposed', kind: 'correction', row: asked.id, after: { rider: asked.rider, points: asked.points, reason: asked.reason } })
    if (isAlone) await book(moment, asked)
    return answered({ state: isAlone ? 'booked' : 'waiting' })
  }),

  acts(decideCorrectionDoor, async (moment, { correction, isApproved }) => {
    const { sql, who, nowMs, note } = moment
    // The rider first: the order of locks is one for the whole of central.
    const [found] = await sql.query<{ rider: string }>('SELECT rider_id AS rider FROM corrections WHERE correction_id = $1 AND district_id = $2', [correction, who.district])
    if (found === undefined || !(await isOwnRider(moment, found.rider))) return refuse('unknown_correction')
    const [row] = await sql.query<Correction & { state: string; proposedBy: string }>(
      'SELECT correction_id AS id, rider_id AS rider, points, reason, state, proposed_by AS "proposedBy" FROM corrections WHERE correction_id = $1 FOR UPDATE',
      [correction],
    )
    if (row === undefined) return refuse('unknown_correction')
    if (row.state !== 'waiting') return refuse('already_decided')
    if (row.proposedBy === who.account && isApproved) return refuse('same_person')
    if (isApproved && !(await canBook(moment, row))) return refuse('points_lacking')
    const state = isApproved ? 'booked' : 'refused'
    await sql.query('UPDATE corrections SET state = $2, decided_by = $3, decided_at_ms = $4 WHERE correction_id = $1', [correction, state, who.account, nowMs])
    await note({ act: isApproved ? 'correction_booked' : 'correction_refused', kind: 'correction', row: correction, before: { state: 'waiting' }, after: { state, rider: row.rider, points: row.points } })
    if (isApproved) await book(moment, row)
    return answered({ state })
  }),
]

/** Locks him. */
async function isOwnRider(moment: OfficeMoment, rider: string): Promise<boolean> {
  return (await lockRider(moment.sql, rider)) && reachesRiders(moment, [rider])
}

async function readThreshold({ sql, who }: OfficeMoment): Promise<number> {
  const [rule] = await sql.query<{ value: number }>(`SELECT value FROM rules WHERE district_id = $1 AND name = 'correction_alone_points_max'`, [who.district])
  return rule?.value ?? RULE_RANGES.correction_alone_points_max[2]
}

/** Locks his account at central. What stations hold of him is theirs to spend; it is not taken from here. */
async function canBook({ sql, who }: OfficeMoment, { rider, points }: Pick<Correction, 'rider' | 'points'>): Promise<boolean> {
  const place = { district: who.district, account: { kind: 'rider_central', rider } as Account }
  const balances = await lockBalances(sql, [place])
  return (balances.get(balanceKey(place)) ?? 0) + points >= 0
}

async function book({ sql, who, nowMs }: OfficeMoment, { id, rider, points, reason }: Correction): Promise<void> {
  const own: Account = { kind: 'rider_central', rider }
  const transfer = points > 0 ? { from: { kind: 'program' } as const, to: own, points } : { from: own, to: { kind: 'program' } as const, points: -points }
  await writePostings(sql, [{ eventId: id, line: 1, district: who.district, transfer, bookedAtMs: nowMs }])
  await writeEntries(sql, [{ id, district: who.district, rider, atMs: nowMs, bookedAtMs: nowMs, points, reason: 'correction', what: CORRECTION_WORDS[reason], lines: [], station: null }])
  const readers = (await stationsThatMirror(sql, [rider])).get(rider) ?? []
  await appendChanges(sql, readers.flatMap(({ district, station }): ChangedRow[] => [
    { district, scope: ridersScope(station), kind: 'rider', key: rider }, { district, scope: ridersScope(station), kind: 'entry', key: id },
  ]))
}
