// What a file may hand out by its own word: what it says that it was lent, less what it says that it gave back, fact by fact. That
// bounds what an old image or a clone can cost, whichever of the copies is heard, and needs nothing that central has booked.

import { bodyOf, type Evidence, numberOf, type Row, rowsOf, type StationFile, textOf } from './evidence.ts'

/** Of a rider, or of what the programme has lent for earnings. */
const PROGRAMME = 'of the programme'
const named = (whose: string): string => (whose === PROGRAMME ? PROGRAMME : `of rider ${whose}`)

interface Slices {
  held: ReadonlyMap<string, number>
  /** The first fact that spends what is not there. */
  overspent: string | null
}

export function ownSlices({ central, files }: Evidence): string[] {
  const told = [...byLife(rowsOf(central, 'events'))].flatMap(([life, events]) => {
    const { overspent } = replay(inOrder(events))
    return overspent === null ? [] : [`what ${life} told spends ${overspent}`]
  })
  return [...told, ...files.flatMap(wrongIn)]
}

function wrongIn({ station, incarnation, tables }: StationFile): string[] {
  const outbox = inOrder(rowsOf(tables, 'outbox'))
  const [first] = outbox
  // What was sent long ago is not kept; what central has of it is looked at as well.
  if (first !== undefined && numberOf(first, 'seq') > 1) return []
  const { held, overspent } = replay(outbox)
  const life = `${station} ${incarnation}`
  const has = new Map(rowsOf(tables, 'allowances').map((row) => [textOf(row, 'rider'), numberOf(row, 'points')]))
  for (const row of rowsOf(tables, 'earning_slice')) has.set(PROGRAMME, numberOf(row, 'points'))
  const differing = [...new Set([...has.keys(), ...held.keys()])].filter((whose) => (has.get(whose) ?? 0) !== (held.get(whose) ?? 0))
  return [
    ...(overspent === null ? [] : [`${life} spends ${overspent}`]),
    ...differing.map((whose) => `${life} holds ${has.get(whose) ?? 0} points ${named(whose)}, by its own events ${held.get(whose) ?? 0}`),
  ]
}

function byLife(events: readonly Row[]): Map<string, Row[]> {
  const lives = new Map<string, Row[]>()
  for (const row of events) {
    const life = `${textOf(row, 'station_id')} ${textOf(row, 'incarnation')}`
    const known = lives.get(life)
    if (known === undefined) lives.set(life, [row])
    else known.push(row)
  }
  return lives
}

function inOrder(facts: readonly Row[]): Row[] {
  return facts.toSorted((left, right) => numberOf(left, 'seq') - numberOf(right, 'seq'))
}

function replay(facts: readonly Row[]): Slices {
  const held = new Map<string, number>()
  let overspent: string | null = null
  for (const fact of facts) {
    for (const [whose, points] of movesOf(fact)) {
      const left = (held.get(whose) ?? 0) + points
      held.set(whose, left)
      if (left < 0 && points < 0) overspent ??= `${-left} points ${named(whose)} at event ${numberOf(fact, 'seq')} that it does not hold`
    }
  }
  return { held, overspent }
}

const MOVING = new Set(['allowance.received', 'allowance.returned', 'earning_slice.received', 'redemption.recorded', 'redemption.undone', 'points.earned', 'attendance.recorded'])

/** Nothing, of an event that cannot be read. */
function movesOf(fact: Row): [whose: string, points: number][] {
  const kind = textOf(fact, 'kind')
  if (!MOVING.has(kind)) return []
  const { rider, points, inSlice } = bodyOf(fact) ?? {}
  if (typeof points !== 'number') return []
  if (kind === 'earning_slice.received') return [[PROGRAMME, points]]
  if (typeof rider !== 'string') return []
  switch (kind) {
    case 'allowance.received':
    case 'redemption.undone':
      return [[rider, points]]
    case 'allowance.returned':
    case 'redemption.recorded':
      return [[rider, -points]]
    default:
      return inSlice === true ? [[PROGRAMME, -points], [rider, points]] : []
  }
}
