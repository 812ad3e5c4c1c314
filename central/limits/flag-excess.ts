// Limits per rider and period hold at each station for what it knows. What riders took beyond them at stations that did not know of
// each other is flagged here, once central has heard of all of it, and never clawed back: nothing moves but the outcome of the event.
// Apart from the booking, by central's clock and a bounded number of events at a time. Several processes may look at once: each life of a
// file is looked at by one. What was flagged stays so, also where it is undone later: somebody may have seen it.

import { dayOf, dayStartMs, periodStartDay } from '../../domain/calendar.ts'
import type { Database, Queryable } from '../store/database.ts'
import { advanceLooks, type LimitLook, type LimitRow, lockLooksBehind, markBeyondLimit, readLimits, readTaken, readUnitsSince, takeLooksAgain, type TakenRow, type TakenUnits } from '../store/limit-looks.ts'

const LOOK_EVERY_MS = 60_000
/** The embedded database does nothing else meanwhile. */
const EVENTS_AT_ONCE_MAX = 250
const LIVES_AT_ONCE_MAX = 100
/** What is left waits for the next look. */
const STEPS_A_LOOK_MAX = 80
/** Official time, everywhere in the country; as stations take it. */
const OFFICIAL_UTC_OFFSET_MINUTES = 480

export interface FlagParts {
  database: Database
}

/** All that is new, or as much as one look may take. Answers how many events it flagged. */
export async function flagExcess({ database }: FlagParts): Promise<number> {
  let flagged = 0
  for (let steps = 1; steps <= STEPS_A_LOOK_MAX; steps += 1) {
    const step = await database.transaction('write', lookAtNext)
    if (step === null) break
    flagged += step
  }
  return flagged
}

/** Looks once a minute. The answer ends it, after the look that is under way. */
export function startFlagging(parts: FlagParts & { failed(error: unknown): void }): () => Promise<void> {
  let underWay: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    underWay = underWay.then(() => flagExcess(parts)).catch(parts.failed)
  }, LOOK_EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}

/** null: nothing is new. */
async function lookAtNext(transaction: Queryable): Promise<number | null> {
  const again = await takeLooksAgain(transaction, EVENTS_AT_ONCE_MAX)
  const looks = firstEvents(await lockLooksBehind(transaction, LIVES_AT_ONCE_MAX), EVENTS_AT_ONCE_MAX - again.length)
  if (again.length + looks.length === 0) return null
  const beyond = await findBeyond(transaction, [...again, ...looks])
  await advanceLooks(transaction, looks)
  return beyond.length === 0 ? 0 : markBeyondLimit(transaction, beyond)
}

/** The first of their events, as many as there is room for. */
function firstEvents(behind: readonly LimitLook[], roomAtFirst: number): LimitLook[] {
  const looks: LimitLook[] = []
  let room = roomAtFirst
  for (const look of behind) {
    if (room === 0) break
    const lastSeq = Math.min(look.lastSeq, look.afterSeq + room)
    room -= lastSeq - look.afterSeq
    looks.push({ ...look, lastSeq })
  }
  return looks
}

async function findBeyond(queryable: Queryable, looks: readonly LimitLook[]): Promise<string[]> {
  const limits = grouped(await readLimits(queryable), ({ item }) => item)
  if (limits.size === 0) return []
  const fresh = await readTaken(queryable, looks, [...limits.keys()])
  if (fresh.length === 0) return []
  const taken = grouped(await readUnitsSince(queryable, questionsOf(fresh, limits)), keyOf)
  const freshEvents = new Set(fresh.map(({ event }) => event))
  return [...taken.values()].flatMap((units) => {
    units.sort(inTheirOrder)
    const ofItem = limits.get(units[0]?.item ?? '') ?? []
    return ofItem.flatMap((limit) => beyondLimit(units, limit, freshEvents))
  })
}

/** Since when to count, for each rider and article. An article may have a limit in several districts, each with its own periods. */
function questionsOf(fresh: readonly TakenRow[], limits: ReadonlyMap<string, readonly LimitRow[]>): { rider: string; item: string; sinceMs: number }[] {
  const questions = new Map<string, { rider: string; item: string; sinceMs: number }>()
  for (const taken of fresh) {
    const { rider, item } = taken
    const sinceMs = Math.min(...(limits.get(item) ?? []).map((limit) => periodStartMs(limit, taken.atMs)))
    const known = questions.get(keyOf(taken))
    if (known === undefined) questions.set(keyOf(taken), { rider, item, sinceMs })
    else known.sinceMs = Math.min(known.sinceMs, sinceMs)
  }
  return [...questions.values()]
}

/**
 * What one rider took of one article, in its order: the events of the limit's district with which it is more than that. The limit is that
 * of the shelf, which the station there goes by; what he took elsewhere counts. Only where something new is counted: the rest was judged, by the limit of its day.
 */
function beyondLimit(units: readonly TakenUnits[], limit: LimitRow, fresh: ReadonlySet<string>): string[] {
  const beyond: string[] = []
  let [first, had, freshAmong] = [0, 0, 0]
  for (const taken of units) {
    const startMs = periodStartMs(limit, taken.atMs)
    for (let before = units[first]; before !== undefined && before.atMs < startMs; before = units[first]) {
      had -= before.quantity
      if (fresh.has(before.event)) freshAmong -= 1
      first += 1
    }
    had += taken.quantity
    if (fresh.has(taken.event)) freshAmong += 1
    if (had > limit.quantity && freshAmong > 0 && taken.district === limit.district) beyond.push(taken.event)
  }
  return beyond
}

function periodStartMs({ period, utcOffsetMinutes }: LimitRow, atMs: number): number {
  const offset = utcOffsetMinutes ?? OFFICIAL_UTC_OFFSET_MINUTES
  return dayStartMs(periodStartDay(period, dayOf(atMs, offset)), offset)
}

function grouped<Row>(rows: readonly Row[], keyIn: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyIn(row))
    if (group === undefined) groups.set(keyIn(row), [row])
    else group.push(row)
  }
  return groups
}

function keyOf({ rider, item }: { rider: string; item: string }): string {
  return `${rider} ${item}`
}

function inTheirOrder(one: TakenUnits, other: TakenUnits): number {
  return one.atMs - other.atMs || (one.event < other.event ? -1 : 1)
}
