// Wishes as this station knows them: central's rows, with what was done here since on top. Own facts count until central's row
// says that they are inside, so nothing flickers between a touch and the next pull.

import type { OwnWishState, WallState, WishCategory } from '../../contract/kiosk/wish-view.ts'
import type { MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { Reader, Writer } from './database.ts'

export type WishFactKind = 'posted' | 'edited' | 'withdrawn' | 'confirmed' | 'not_yet' | 'fulfilled'

export interface OwnWishRow extends Omit<MirrorRow<'own_wish'>, 'state' | 'includedSeq'> {
  state: OwnWishState
}

export type WallWishRow = MirrorRow<'wall_wish'>

interface WishFactRow {
  seq: number
  wish: string
  kind: WishFactKind
  category: WishCategory | null
  atMs: number
  /** Central has it. */
  told: number
}

// ── central's rows ──

export function applyWallWish(writer: Writer, key: string, row: WallWishRow | null): void {
  if (row === null) {
    writer.run('DELETE FROM wall_wishes WHERE id = ?', key)
    return
  }
  writer.run(
    `INSERT OR REPLACE INTO wall_wishes (id, category, text, who, station_zh, station_en, state, claim, again, posted_at_ms, changed_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id, row.category, row.text, row.who, row.stationName?.zh ?? null, row.stationName?.en ?? null, row.state, row.claim, Number(row.again), row.postedAtMs, row.changedAtMs,
  )
}

export function applyOwnWish(writer: Writer, key: string, row: MirrorRow<'own_wish'> | null): void {
  if (row === null) {
    writer.run('DELETE FROM own_wishes WHERE id = ?', key)
    return
  }
  writer.run(
    `INSERT OR REPLACE INTO own_wishes (id, rider, category, text, state, staff_words, claim, lease_by, lease_until_ms, fulfilment, posted_at_ms, not_yet, included_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id, row.rider, row.category, row.text, row.state, row.staffWords, row.claim, row.lease === null ? null : JSON.stringify(row.lease.by), row.lease?.untilMs ?? null,
    row.fulfilment === null ? null : JSON.stringify(row.fulfilment), row.postedAtMs, Number(row.notYet), row.includedSeq,
  )
}

/** All of a snapshot's at once, into an empty table: thousands, and the counter waits meanwhile. The same rows as `applyOwnWish` makes. */
export function takeOwnWishes(writer: Writer): void {
  writer.run(
    `INSERT INTO own_wishes (id, rider, category, text, state, staff_words, claim, lease_by, lease_until_ms, fulfilment, posted_at_ms, not_yet, included_seq)
     SELECT key, row ->> 'rider', row ->> 'category', row ->> 'text', row ->> 'state', row ->> 'staffWords', row ->> 'claim', row -> '$.lease.by', row ->> '$.lease.untilMs',
       nullif(row -> 'fulfilment', 'null'), row ->> 'postedAtMs', row ->> 'notYet', row ->> 'includedSeq'
     FROM shadow_rows WHERE kind = 'own_wish' AND row <> 'null'`,
  )
}

// ── the wall ──

/** How many of each state the screen is given: it shows the whole of a small wall and the head of a long one. */
const SHOWN_MAX: Record<WallState, number> = { open: 36, claimed: 12, fulfilled: 8, confirmed: 4 }

/** What comes again first, then what waits longest; of those that were lit the latest. Without what was taken back or changed here just now. */
export function wallWishes(reader: Reader): WallWishRow[] {
  const here = lateFacts(reader)
  const rows = (['open', 'claimed', 'fulfilled', 'confirmed'] as const).flatMap((state) => wallRows(reader, state))
  return rows.flatMap((row): WallWishRow[] => {
    const facts = here.get(row.id) ?? []
    if (facts.some((kind) => kind === 'withdrawn' || kind === 'edited')) return []
    if (facts.includes('confirmed')) return [{ ...row, state: 'confirmed' }]
    return facts.includes('fulfilled') && row.state === 'claimed' ? [{ ...row, state: 'fulfilled' }] : [row]
  })
}

export function wallWish(reader: Reader, wish: string): WallWishRow | null {
  const row = reader.get<StoredWallWish>(`${WALL_SQL} WHERE id = ?`, wish)
  return row === undefined ? null : readWallRow(row)
}

interface StoredWallWish extends Omit<WallWishRow, 'stationName' | 'again'> {
  stationZh: string | null
  stationEn: string | null
  again: number
}

const WALL_SQL = `SELECT id, category, text, who, station_zh AS stationZh, station_en AS stationEn, state, claim, again, posted_at_ms AS postedAtMs, changed_at_ms AS changedAtMs FROM wall_wishes`

function wallRows(reader: Reader, state: WallState): WallWishRow[] {
  const order = state === 'open' || state === 'claimed' ? 'again DESC, changed_at_ms, id' : 'changed_at_ms DESC, id'
  return reader.all<StoredWallWish>(`${WALL_SQL} WHERE state = ? ORDER BY ${order} LIMIT ?`, state, SHOWN_MAX[state]).map(readWallRow)
}

function readWallRow({ stationZh, stationEn, again, ...row }: StoredWallWish): WallWishRow {
  return { ...row, again: again === 1, stationName: stationZh === null || stationEn === null ? null : { zh: stationZh, en: stationEn } }
}

/** By wish, what was done here that central has not acknowledged. */
function lateFacts(reader: Reader): Map<string, WishFactKind[]> {
  const late = new Map<string, WishFactKind[]>()
  const rows = reader.all<{ wish: string; kind: WishFactKind }>('SELECT wish, kind FROM wish_facts WHERE seq > (SELECT acknowledged_seq FROM sync_state) ORDER BY seq')
  for (const { wish, kind } of rows) late.set(wish, [...(late.get(wish) ?? []), kind])
  return late
}

// ── a rider's own ──

const OWN_MAX = 50

/** The newest first. */
export function ownWishes(reader: Reader, rider: string): OwnWishRow[] {
  const facts = factsOf(reader, 'wish_facts.rider = ?', rider)
  const rows = new Map(storedOwn(reader, 'rider = ?', rider).map((row) => [row.id, row]))
  const ids = new Set([...rows.keys(), ...facts.map(({ wish }) => wish)])
  return [...ids]
    .flatMap((wish) => overlaid(rider, rows.get(wish), factsOf(reader, 'wish_facts.wish = ?', wish)) ?? [])
    .toSorted((one, other) => other.postedAtMs - one.postedAtMs || (one.id < other.id ? -1 : 1))
    .slice(0, OWN_MAX)
}

export function ownWish(reader: Reader, rider: string, wish: string): OwnWishRow | null {
  const [row] = storedOwn(reader, 'rider = ? AND id = ?', rider, wish)
  return overlaid(rider, row, factsOf(reader, 'wish_facts.rider = ? AND wish_facts.wish = ?', rider, wish))
}

/** Wishes of his that are not over. */
export function countOpenWishes(reader: Reader, rider: string): number {
  return ownWishes(reader, rider).filter(({ state }) => state !== 'confirmed' && state !== 'withdrawn' && state !== 'refused').length
}

/** The wish of a request that was answered before. */
export function wishOfRequest(reader: Reader, request: string): string | null {
  return reader.get<{ wish: string }>('SELECT wish FROM wish_facts WHERE request = ?', request)?.wish ?? null
}

type StoredOwn = MirrorRow<'own_wish'>

function storedOwn(reader: Reader, where: string, ...values: string[]): StoredOwn[] {
  return reader
    .all<Omit<StoredOwn, 'lease' | 'fulfilment' | 'notYet'> & { leaseBy: string | null; leaseUntilMs: number | null; fulfilment: string | null; notYet: number }>(
      `SELECT id, rider, category, text, state, staff_words AS staffWords, claim, lease_by AS leaseBy, lease_until_ms AS leaseUntilMs, fulfilment,
              posted_at_ms AS postedAtMs, not_yet AS notYet, included_seq AS includedSeq
       FROM own_wishes WHERE ${where} ORDER BY posted_at_ms DESC LIMIT ${OWN_MAX}`,
      ...values,
    )
    .map(({ leaseBy, leaseUntilMs, fulfilment, notYet, ...row }) => ({
      ...row,
      lease: leaseBy === null || leaseUntilMs === null ? null : { by: JSON.parse(leaseBy) as string[], untilMs: leaseUntilMs },
      fulfilment: fulfilment === null ? null : (JSON.parse(fulfilment) as StoredOwn['fulfilment']),
      notYet: notYet === 1,
    }))
}

function factsOf(reader: Reader, where: string, ...values: string[]): WishFactRow[] {
  return reader.all<WishFactRow>(
    `SELECT seq, wish, kind, category, at_ms AS atMs, seq <= acknowledged_seq AS told FROM wish_facts, sync_state WHERE ${where} ORDER BY seq`,
    ...values,
  )
}

/** null: nothing is known of it but what others did. */
function overlaid(rider: string, row: StoredOwn | undefined, facts: readonly WishFactRow[]): OwnWishRow | null {
  const later = facts.filter(({ seq }) => seq > (row?.includedSeq ?? 0))
  let wish: OwnWishRow | null = row === undefined ? null : withoutSeq(row)
  for (const { kind, wish: id, category, atMs, told } of later) {
    const waiting = told === 1 ? 'in_review' : 'unsent'
    if (kind === 'posted' && category !== null) {
      wish ??= { id, rider, category, text: null, state: waiting, staffWords: null, claim: 0, lease: null, fulfilment: null, postedAtMs: atMs, notYet: false }
    } else if (wish !== null) wish = after(wish, kind, waiting)
  }
  return wish
}

function after(wish: OwnWishRow, kind: WishFactKind, waiting: OwnWishState): OwnWishRow {
  switch (kind) {
    case 'posted':
      return wish
    case 'edited':
      return wish.state === 'claimed' ? wish : { ...wish, state: waiting, text: null, staffWords: null }
    case 'withdrawn':
      return { ...wish, state: 'withdrawn', lease: null }
    case 'confirmed':
      return { ...wish, state: 'confirmed', notYet: false }
    case 'not_yet':
      return { ...wish, state: 'claimed', notYet: true }
    case 'fulfilled':
      return wish.state === 'claimed' ? { ...wish, state: 'fulfilled' } : wish
  }
}

function withoutSeq({ includedSeq: _includedSeq, ...wish }: StoredOwn): OwnWishRow {
  return wish
}
