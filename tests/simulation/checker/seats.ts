// Seats: of each training never more people on a place than there are places, one place a rider and one rider a place, wherever it
// was told; the list in the order in which central took the requests. After quiet nobody waits while a place is free anywhere, the
// places that a file holds are those that central lent it, and every station shows of its riders what central has.

import { bodyOf, type Evidence, maybeTextOf, numberOf, type Property, type Row, rowsOf, type StationFile, type Tables, textOf, type Violation } from './evidence.ts'

const property = 'seats'

const say = (training: string, what: string): Violation => ({ property, what: `training ${training} ${what}` })

export const checkSeats: Property = ({ central, files, witness }: Evidence): Violation[] => {
  const seats = groupBy(rowsOf(central, 'training_seats'), 'training_id')
  const signups = groupBy(rowsOf(central, 'signups'), 'training_id')
  const requests = groupBy(rowsOf(central, 'training_acts').filter((row) => actOf(row)['act'] === 'requested'), 'training_id')
  const claims = witness.excuses.length === 0 ? unsentSeats(files) : []
  return rowsOf(central, 'trainings').flatMap((row) => {
    const training = textOf(row, 'training_id')
    const own = (seats.get(training) ?? []).filter((seat) => seat['retired'] !== true)
    const list = signups.get(training) ?? []
    return [
      ...tooMany(row, own), ...onOnePlace(training, own, list), ...inOrder(training, list, requests.get(training) ?? []),
      ...promisedTwice(training, own, claims.filter((claim) => claim.training === training)),
    ]
  })
}

function tooMany(row: Row, own: readonly Row[]): Violation[] {
  const [training, capacity] = [textOf(row, 'training_id'), numberOf(row, 'capacity')]
  const taken = own.filter((seat) => maybeTextOf(seat, 'rider_id') !== null).length
  const found: Violation[] = []
  if (taken > capacity) found.push(say(training, `has ${taken} people on ${capacity} places`))
  if (own.length > capacity) found.push(say(training, `has ${own.length} places and room for ${capacity}`))
  return found
}

function onOnePlace(training: string, own: readonly Row[], list: readonly Row[]): Violation[] {
  const found: Violation[] = []
  const byRider = new Map<string, number>()
  for (const seat of own) {
    const rider = maybeTextOf(seat, 'rider_id')
    if (rider === null) continue
    if (byRider.has(rider)) found.push(say(training, `has rider ${rider} on two places`))
    byRider.set(rider, numberOf(seat, 'seat'))
    if (maybeTextOf(seat, 'offered_to') !== null) found.push(say(training, `offers a place that ${rider} has`))
  }
  for (const row of list) {
    const [rider, standing] = [textOf(row, 'rider_id'), textOf(row, 'standing')]
    if (standing === 'seated' && byRider.get(rider) !== row['seat']) found.push(say(training, `says ${rider} sits on ${String(row['seat'])}, and he sits on ${String(byRider.get(rider) ?? 'none')}`))
    if (standing !== 'seated' && standing !== 'attended' && byRider.has(rider)) found.push(say(training, `has a place for ${rider}, who is ${standing}`))
  }
  return found
}

/** Whoever waits by a request waits in the order in which the requests were taken. Those who lost a place stand before them. */
function inOrder(training: string, list: readonly Row[], requests: readonly Row[]): Violation[] {
  const takenAs = new Map(requests.map((row) => [String((actOf(row)['fact'] as Row)['id']), numberOf(row, 'number')]))
  const waiting = list.filter((row) => textOf(row, 'standing') === 'waiting' && numberOf(row, 'number') > 0).toSorted((one, other) => numberOf(one, 'number') - numberOf(other, 'number'))
  const order = waiting.map((row) => takenAs.get(textOf(row, 'signup_id')))
  if (order.includes(undefined)) return [say(training, 'has somebody on its list who has asked for nothing')]
  return order.some((at, index) => index > 0 && (at ?? 0) < (order[index - 1] ?? 0)) ? [say(training, 'has a list that is not in the order of the requests')] : []
}

interface UnsentSeat {
  training: string
  seat: number
  rider: string
  seq: number
}

/** Told at a station and not yet at central, and not taken back there since. */
function unsentSeats(files: readonly StationFile[]): UnsentSeat[] {
  return files.flatMap(({ tables }) => {
    const sent = rowsOf(tables, 'sync_state').map((row) => numberOf(row, 'acknowledged_seq'))[0] ?? 0
    const acts = rowsOf(tables, 'signup_acts')
    return acts
      .filter((row) => textOf(row, 'act') === 'seated' && numberOf(row, 'seq') > sent)
      .filter((row) => !acts.some((later) => textOf(later, 'act') === 'cancelled' && later['signup'] === row['signup'] && numberOf(later, 'seq') > numberOf(row, 'seq')))
      .map((row) => ({ training: textOf(row, 'training'), seat: numberOf(row, 'seat'), rider: textOf(row, 'rider'), seq: numberOf(row, 'seq') }))
  })
}

/** Where no file was lost, copied or set back, a place that a station has given away is nobody else's at central. */
function promisedTwice(training: string, own: readonly Row[], claims: readonly UnsentSeat[]): Violation[] {
  return claims.flatMap(({ seat, rider }) => {
    const has = maybeTextOf(own.find((row) => row['seat'] === seat) ?? {}, 'rider_id')
    const twice = claims.filter((other) => other.seat === seat && other.rider !== rider).length > 0
    return twice || (has !== null && has !== rider) ? [say(training, `has promised place ${seat} to ${rider} and to somebody else`)] : []
  })
}

function actOf(row: Row): Row {
  const act = row['act']
  return typeof act === 'object' && act !== null ? (act as Row) : {}
}

/** After quiet. */
export const checkSeatsEverywhere: Property = (evidence: Evidence): Violation[] => [
  ...freeWhileSomebodyWaits(evidence), ...attendedOnce(evidence.central),
  ...evidence.files.filter(({ isLive }) => isLive).flatMap((file) => [...differentHeld(evidence.central, file), ...differentSignups(evidence.central, file)].map((what) => ({ property, what: `station ${file.station} ${what}` }))),
]

function freeWhileSomebodyWaits({ central, files }: Evidence): Violation[] {
  // It gives nothing while it waits for stations, and may wait for one that nobody has written off yet.
  if (rowsOf(central, 'centrals').some((row) => typeof row['recovering_since_ms'] === 'number')) return []
  const live = new Set(files.filter(({ isLive }) => isLive).map(({ incarnation }) => incarnation))
  const holders = new Map(rowsOf(central, 'seat_blocks').map((row) => [textOf(row, 'block_id'), textOf(row, 'incarnation')]))
  // Central's clock as its events have it: what closes is given to nobody any more.
  const nowMs = Math.max(0, ...rowsOf(central, 'training_acts').map((row) => numberOf(row, 'at_ms')), ...rowsOf(central, 'events').map((row) => numberOf(row, 'received_at_ms')))
  const waiting = groupBy(rowsOf(central, 'signups').filter((row) => textOf(row, 'standing') === 'waiting'), 'training_id')
  return rowsOf(central, 'trainings').flatMap((row) => {
    const training = textOf(row, 'training_id')
    if (!waiting.has(training) || numberOf(row, 'closes_at_ms') <= nowMs || textOf(row, 'state') !== 'open') return []
    const own = rowsOf(central, 'training_seats').filter((seat) => textOf(seat, 'training_id') === training && seat['retired'] !== true)
    const free = own.filter((seat) => maybeTextOf(seat, 'rider_id') === null && maybeTextOf(seat, 'offered_to') === null)
    // What lies in a file that nobody runs any more comes back when it is written off.
    const given = free.filter((seat) => {
      const block = maybeTextOf(seat, 'block_id')
      return block === null || live.has(holders.get(block) ?? '')
    })
    return given.length === 0 ? [] : [say(training, `has ${given.length} places free while somebody waits`)]
  })
}

/** Whoever was there was there once, and his points, where it gave any, once. */
function attendedOnce(central: Tables): Violation[] {
  const there = new Set(rowsOf(central, 'attendances').map((row) => `${textOf(row, 'training_id')} ${textOf(row, 'rider_id')}`))
  const records = rowsOf(central, 'service_records').filter((row) => textOf(row, 'kind') === 'training').map((row) => `${textOf(row, 'subject_id')} ${textOf(row, 'rider_id')}`)
  const found: Violation[] = []
  if (records.length !== new Set(records).size || records.length !== there.size) found.push({ property, what: 'service records are not the attendances' })
  for (const event of rowsOf(central, 'events')) {
    if (textOf(event, 'kind') !== 'attendance.recorded' || ['rider_unknown', 'training_unknown', 'banned'].includes(maybeTextOf(event, 'code') ?? '') || textOf(event, 'outcome') === 'parked') continue
    const body = bodyOf(event) ?? {}
    if (!there.has(`${textOf(body, 'training')} ${textOf(body, 'rider')}`)) found.push({ property, what: `the event ${textOf(event, 'event_id')} is in no list of attendance` })
  }
  return found
}

function differentHeld(central: Tables, { incarnation, tables }: StationFile): string[] {
  const blocks = new Set(rowsOf(central, 'seat_blocks').filter((row) => textOf(row, 'incarnation') === incarnation).map((row) => textOf(row, 'block_id')))
  const lent = new Set(rowsOf(central, 'training_seats').filter((row) => blocks.has(maybeTextOf(row, 'block_id') ?? '')).map((row) => `${textOf(row, 'training_id')} ${numberOf(row, 'seat')}`))
  const held = new Set(rowsOf(tables, 'held_seats').map((row) => `${textOf(row, 'training')} ${numberOf(row, 'seat')}`))
  return [...[...lent].filter((seat) => !held.has(seat)).map((seat) => `does not hold place ${seat}`), ...[...held].filter((seat) => !lent.has(seat)).map((seat) => `holds place ${seat}, which is not lent to it`)]
}

function differentSignups(central: Tables, { station, tables }: StationFile): string[] {
  const mirrored = new Set(rowsOf(central, 'station_riders').filter((row) => textOf(row, 'station_id') === station).map((row) => textOf(row, 'rider_id')))
  const shown = (row: Row): string => `${textOf(row, 'standing')} ${String(row['seat'])} ${String(row['number'])}`
  const wanted = new Map(rowsOf(central, 'signups').filter((row) => mirrored.has(textOf(row, 'rider_id'))).map((row) => [`${textOf(row, 'training_id')} ${textOf(row, 'rider_id')}`, shown(row)]))
  const here = new Map(rowsOf(tables, 'signups').map((row) => [`${textOf(row, 'training')} ${textOf(row, 'rider')}`, shown(row)]))
  return [...new Set([...wanted.keys(), ...here.keys()])].flatMap((key) => (wanted.get(key) === here.get(key) ? [] : [`shows sign-up ${key} as ${here.get(key) ?? 'missing'}, at central it is ${wanted.get(key) ?? 'nowhere'}`]))
}

function groupBy(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(textOf(row, column), [...(groups.get(textOf(row, column)) ?? []), row])
  return groups
}
