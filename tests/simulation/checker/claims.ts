// Claims: of each wish one lease holds at most, and exactly one where it is claimed or lit; numbers only rise; within a lease a
// wish only moves forward, but for the rider's "not yet"; none is granted while central waits for stations. After quiet nothing
// that a station said of a wish is lost, and the walls and riders' own wishes at stations are what central has.

import { type Evidence, maybeTextOf, numberOf, type Property, type Row, rowsOf, type StationFile, type Tables, textOf, type Violation } from './evidence.ts'

const property = 'claims'

const HELD = new Set(['claimed', 'fulfilled'])
/** What stands after an act that took effect; the others leave it. */
const AFTER: Readonly<Record<string, string>> = {
  claimed: 'claimed', fulfilled: 'fulfilled', handed_over: 'fulfilled', confirmed: 'confirmed', withdrawn: 'withdrawn', lapsed: 'open', given_back: 'open', ended: 'open', not_yet: 'claimed',
}
/** From what each may follow. */
const MAY_FOLLOW: Readonly<Record<string, readonly string[]>> = {
  claimed: ['open'], fulfilled: ['claimed'], handed_over: ['claimed'], confirmed: ['fulfilled'], not_yet: ['fulfilled'], withdrawn: ['open', 'claimed'], lapsed: ['claimed'],
  given_back: ['claimed'], ended: ['claimed'],
}
/** Facts that count although another lease was seen. */
const ALWAYS_TAKEN = new Set(['withdrawn', 'edited'])

export const checkClaims: Property = ({ central }: Evidence): Violation[] => {
  const say = (wish: string, what: string): Violation => ({ property, what: `wish ${wish} ${what}` })
  const linesOf = groupBy(rowsOf(central, 'wish_history'))
  const leasesOf = groupBy(rowsOf(central, 'claims'))
  const waits = rowsOf(central, 'recovery_waits').map((row) => ({
    sinceMs: numberOf(row, 'since_ms'), untilMs: row['back_at_ms'] === null ? Number.POSITIVE_INFINITY : numberOf(row, 'back_at_ms'),
  }))
  return rowsOf(central, 'wishes').flatMap((row) => {
    const wish = textOf(row, 'wish_id')
    const leases = leasesOf.get(wish) ?? []
    const holding = leases.filter((lease) => lease['ended_at_ms'] === null)
    const wanted = HELD.has(textOf(row, 'stage')) ? [numberOf(row, 'claim')] : []
    const found: Violation[] = []
    if (JSON.stringify(holding.map((lease) => numberOf(lease, 'number'))) !== JSON.stringify(wanted)) found.push(say(wish, `is ${textOf(row, 'stage')} and is held by ${holding.length}`))
    const lines = (linesOf.get(wish) ?? []).toSorted((one, other) => numberOf(one, 'line') - numberOf(other, 'line'))
    found.push(...walk(row, lines).map((what) => say(wish, what)))
    for (const lease of leases) {
      const atMs = numberOf(lease, 'granted_at_ms')
      if (waits.some(({ sinceMs, untilMs }) => atMs > sinceMs && atMs < untilMs)) found.push(say(wish, `was granted at ${atMs}, while central waited for stations`))
    }
    return found
  })
}

/** Its life by the lines: what is wrong with it. */
function walk(row: Row, lines: readonly Row[]): string[] {
  const found: string[] = []
  let [state, granted] = ['open', 0]
  for (const line of lines) {
    const [act, claim, flag] = [textOf(line, 'act'), numberOf(line, 'claim'), maybeTextOf(line, 'flag')]
    const after = AFTER[act]
    if (after === undefined || (flag !== null && !(ALWAYS_TAKEN.has(act) && flag === 'claim_stale'))) continue
    if (act === 'withdrawn' && flag === 'claim_stale' && state !== 'open' && state !== 'claimed') continue
    if (MAY_FOLLOW[act]?.includes(state) !== true) found.push(`was ${act} when it was ${state}`)
    if (act === 'claimed') {
      if (claim <= granted) found.push(`was claimed under ${claim} after ${granted}`)
      granted = claim
    } else if (!ALWAYS_TAKEN.has(act) && claim !== granted) found.push(`was ${act} under ${claim}, and ${granted} held it`)
    state = after
  }
  const stage = textOf(row, 'stage')
  // Before its first approval, or refused: nobody could claim it.
  if (stage !== state && !(state === 'open' && (stage === 'new' || stage === 'refused'))) found.push(`is ${stage}, and its lines say ${state}`)
  return found
}

/** After quiet. */
export const checkWishesEverywhere: Property = ({ central, files }: Evidence): Violation[] => [
  ...lostFacts(central), ...files.filter(({ isLive }) => isLive).flatMap((file) => [...differentOwn(central, file), ...differentWall(central, file)].map((what) => ({ property, what }))),
]

/** Booked, and what the wish's own lines do not have. */
function lostFacts(central: Tables): Violation[] {
  const told = new Set(rowsOf(central, 'wish_history').map((line) => maybeTextOf(line, 'event_id')))
  const ofNoWish = new Set(['rider_unknown', 'wish_unknown', 'wish_repeated', 'banned'])
  return rowsOf(central, 'events')
    .filter((event) => textOf(event, 'kind').startsWith('wish.') && textOf(event, 'outcome') !== 'parked' && !ofNoWish.has(maybeTextOf(event, 'code') ?? ''))
    .filter((event) => !told.has(textOf(event, 'event_id')))
    .map((event) => ({ property, what: `the event ${textOf(event, 'event_id')} (${textOf(event, 'kind')}) is in no wish’s history` }))
}

function differentOwn(central: Tables, { station, tables }: StationFile): string[] {
  const mirrored = new Set(rowsOf(central, 'station_riders').filter((row) => textOf(row, 'station_id') === station).map((row) => textOf(row, 'rider_id')))
  const wanted = new Map(rowsOf(central, 'wishes').filter((row) => mirrored.has(textOf(row, 'rider_id'))).map((row) => [textOf(row, 'wish_id'), ownText(row)]))
  const here = new Map(rowsOf(tables, 'own_wishes').map((row) => [textOf(row, 'id'), `${textOf(row, 'state')} ${numberOf(row, 'claim')} ${Boolean(row['not_yet'])}`]))
  return differing(`station ${station}: own wish`, here, wanted)
}

function ownText(row: Row): string {
  const [stage, review] = [textOf(row, 'stage'), textOf(row, 'review')]
  const waits = (stage === 'new' || stage === 'open') && (review === 'in_review' || review === 'asked_back')
  return `${waits ? review : stage === 'new' ? 'refused' : stage} ${numberOf(row, 'claim')} ${String(row['not_yet'])}`
}

function differentWall(central: Tables, { station, tables }: StationFile): string[] {
  const places = new Set(rowsOf(central, 'wall_places').map((row) => textOf(row, 'wish_id')))
  const wanted = new Map(rowsOf(central, 'wishes').filter((row) => places.has(textOf(row, 'wish_id'))).map((row) => [textOf(row, 'wish_id'), `${textOf(row, 'stage')} ${numberOf(row, 'claim')}`]))
  const here = new Map(rowsOf(tables, 'wall_wishes').map((row) => [textOf(row, 'id'), `${textOf(row, 'state')} ${numberOf(row, 'claim')}`]))
  return differing(`station ${station}: wall wish`, here, wanted)
}

function differing(kind: string, here: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): string[] {
  return [...new Set([...here.keys(), ...wanted.keys()])].flatMap((id) => (here.get(id) === wanted.get(id) ? [] : [`${kind} ${id} is ${here.get(id) ?? 'missing'}, at central ${wanted.get(id) ?? 'nowhere'}`]))
}

function groupBy(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(textOf(row, 'wish_id'))
    if (group === undefined) groups.set(textOf(row, 'wish_id'), [row])
    else group.push(row)
  }
  return groups
}
