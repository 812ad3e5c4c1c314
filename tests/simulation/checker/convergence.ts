// Convergence: after quiet every queue is empty and each live station's mirror is what central has for its scope: riders with
// their balances, the catalogue, staff, revoked cards, and the slices of points that lie at that station.

import { type Evidence, maybeTextOf, numberOf, type Property, type Row, rowsOf, type StationFile, sumBy, type Tables, textOf, type Violation } from './evidence.ts'

const property = 'convergence'

export const checkConvergence: Property = ({ central, files }: Evidence): Violation[] => {
  const history = rowsOf(central, 'centrals').map((row) => textOf(row, 'history'))[0] ?? ''
  return files.filter(({ isLive }) => isLive).flatMap((file) => {
    const say = (what: string): Violation => ({ property, what: `station ${file.station}: ${what}` })
    return [...checkQueue(central, file, history), ...checkRiders(central, file), ...checkSlices(central, file), ...checkCatalogue(central, file)].map(say)
  })
}

function checkQueue(central: Tables, { station, incarnation, tables }: StationFile, history: string): string[] {
  const state = rowsOf(tables, 'sync_state')[0]
  if (state === undefined) return ['it has no state of sync']
  const lastSeq = rowsOf(tables, 'outbox').reduce((last, row) => Math.max(last, numberOf(row, 'seq')), 0)
  const life = rowsOf(central, 'incarnations').find((row) => textOf(row, 'station_id') === station && textOf(row, 'incarnation') === incarnation)
  const atCentral = life === undefined ? 0 : numberOf(life, 'last_seq')
  const found: string[] = []
  const fence = maybeTextOf(state, 'fence')
  if (fence !== null) found.push(`it is fenced: ${fence}`)
  if (lastSeq !== atCentral) found.push(`its queue ends at ${lastSeq}, central has ${atCentral}`)
  if (numberOf(state, 'acknowledged_seq') !== lastSeq) found.push(`it knows of ${numberOf(state, 'acknowledged_seq')} acknowledged events of ${lastSeq}`)
  if (maybeTextOf(state, 'history') !== history) found.push('its cursor is of another history')
  return found
}

function checkRiders(central: Tables, { station, tables }: StationFile): string[] {
  const balances = sumBy(rowsOf(central, 'accounts').filter((row) => maybeTextOf(row, 'rider_id') !== null), (row) => textOf(row, 'rider_id'), (row) => numberOf(row, 'balance'))
  const wanted = new Set(rowsOf(central, 'station_riders').filter((row) => textOf(row, 'station_id') === station).map((row) => textOf(row, 'rider_id')))
  const standing = new Map(rowsOf(central, 'riders').map((row) => [textOf(row, 'rider_id'), textOf(row, 'standing')]))
  const later = new Map<string, number>()
  const included = new Map(rowsOf(tables, 'riders').map((row) => [textOf(row, 'id'), numberOf(row, 'included_seq')]))
  for (const entry of rowsOf(tables, 'entries')) {
    const rider = textOf(entry, 'rider')
    if (entry['seq'] !== null && numberOf(entry, 'seq') > (included.get(rider) ?? 0)) later.set(rider, (later.get(rider) ?? 0) + numberOf(entry, 'points'))
  }
  const found: string[] = []
  const here = new Map(rowsOf(tables, 'riders').map((row) => [textOf(row, 'id'), row]))
  for (const rider of wanted) {
    const row = here.get(rider)
    if (row === undefined) {
      found.push(`rider ${rider} is missing`)
      continue
    }
    const shown = numberOf(row, 'balance') + (later.get(rider) ?? 0)
    if (shown !== (balances.get(rider) ?? 0)) found.push(`rider ${rider} is shown ${shown} points and has ${balances.get(rider) ?? 0}`)
    if (textOf(row, 'standing') !== standing.get(rider)) found.push(`rider ${rider} stands as ${textOf(row, 'standing')}`)
  }
  for (const rider of here.keys()) if (!wanted.has(rider)) found.push(`rider ${rider} is none of its scope`)
  return found
}

/** The slices as the station counts them are the accounts that central keeps for this file. */
function checkSlices(central: Tables, { station, incarnation, tables }: StationFile): string[] {
  const accounts = rowsOf(central, 'accounts').filter(
    (row) => textOf(row, 'kind') === 'rider_station' && textOf(row, 'station_id') === station && (maybeTextOf(row, 'incarnation') ?? incarnation) === incarnation,
  )
  const atCentral = sumBy(accounts, (row) => textOf(row, 'rider_id'), (row) => numberOf(row, 'balance'))
  const here = sumBy(rowsOf(tables, 'allowances'), (row) => textOf(row, 'rider'), (row) => numberOf(row, 'points'))
  return [...new Set([...atCentral.keys(), ...here.keys()])].flatMap((rider) => {
    const [says, has] = [atCentral.get(rider) ?? 0, here.get(rider) ?? 0]
    return says === has ? [] : [`it holds ${has} points of rider ${rider}, central says ${says}`]
  })
}

function checkCatalogue(central: Tables, { station, tables }: StationFile): string[] {
  const district = rowsOf(central, 'stations').filter((row) => textOf(row, 'station_id') === station).map((row) => textOf(row, 'district_id'))[0]
  const found: string[] = []
  const items = new Map(rowsOf(tables, 'items').map((row) => [textOf(row, 'id'), row]))
  for (const item of rowsOf(central, 'items').filter((row) => row['district_id'] === district)) {
    const row = items.get(textOf(item, 'item_id'))
    const isSame = row !== undefined && numberOf(row, 'price_points') === numberOf(item, 'price_points') && (row['offered'] === 1) === (item['offered'] === true)
    if (!isSame) found.push(`item ${textOf(item, 'item_id')} is another at central`)
  }
  found.push(...differing('staff', idsOf(rowsOf(tables, 'staff'), 'id'), idsOf(rowsOf(central, 'staff').filter((row) => textOf(row, 'station_id') === station), 'staff_id')))
  const known = new Set(rowsOf(tables, 'riders').map((row) => textOf(row, 'id')))
  const revoked = rowsOf(central, 'cards').filter((row) => row['revoked_at_ms'] !== null && known.has(textOf(row, 'holder_id')))
  const here = new Set(rowsOf(tables, 'revoked_cards').map((row) => `${textOf(row, 'holder')}:${numberOf(row, 'card')}`))
  for (const card of revoked) {
    const name = `${textOf(card, 'holder_id')}:${numberOf(card, 'card')}`
    if (!here.has(name)) found.push(`the revoked card ${name} is not known`)
  }
  return found
}

function idsOf(rows: readonly Row[], column: string): Set<string> {
  return new Set(rows.map((row) => textOf(row, column)))
}

function differing(kind: string, here: ReadonlySet<string>, wanted: ReadonlySet<string>): string[] {
  const missing = [...wanted].filter((id) => !here.has(id)).map((id) => `${kind} ${id} is missing`)
  const spare = [...here].filter((id) => !wanted.has(id)).map((id) => `${kind} ${id} is none of its scope`)
  return [...missing, ...spare]
}
