// No overspend: nobody's points are below zero, and the account of what went wrong is empty unless a fault that was done (an old
// image, a clone, a write-off, a central restored) explains it, at the station and the file it names.

import { type Evidence, numberOf, type Property, rowsOf, textOf, type Violation } from './evidence.ts'

const property = 'no overspend'
const NEVER_BELOW_ZERO = new Set(['rider_central', 'rider_station', 'program_station', 'redeemed_station'])
const EXPLAINS = new Set(['old_image', 'clone', 'written_off', 'central_restored'])

export const checkNoOverspend: Property = ({ central, files, witness }: Evidence): Violation[] => {
  const violations: Violation[] = []
  for (const row of rowsOf(central, 'accounts')) {
    if (NEVER_BELOW_ZERO.has(textOf(row, 'kind')) && numberOf(row, 'balance') < 0) {
      violations.push({ property, what: `account ${textOf(row, 'account_key')} is at ${numberOf(row, 'balance')}` })
    }
  }
  for (const { station, tables } of files) {
    for (const row of rowsOf(tables, 'allowances')) {
      if (numberOf(row, 'points') < 0) violations.push({ property, what: `station ${station} holds ${numberOf(row, 'points')} points of rider ${textOf(row, 'rider')}` })
    }
  }

  const excused = new Set(witness.excuses.filter(({ kind }) => EXPLAINS.has(kind)).map(({ station, incarnation }) => `${station} ${incarnation}`))
  const events = new Map(rowsOf(central, 'events').map((row) => [textOf(row, 'event_id'), row]))
  for (const row of rowsOf(central, 'transfers')) {
    if (textOf(row, 'from_key') !== 'discrepancy') continue
    const event = events.get(textOf(row, 'event_id'))
    const life = event === undefined ? null : `${textOf(event, 'station_id')} ${textOf(event, 'incarnation')}`
    if (life === null) violations.push({ property, what: `${numberOf(row, 'points')} points came from discrepancy for no station's fact` })
    else if (!excused.has(life)) violations.push({ property, what: `${numberOf(row, 'points')} points of ${life} came from discrepancy, and no fault explains it` })
  }
  return violations
}
