// No overspend: nobody's points are below zero, and the account of what went wrong is empty unless a fault that was done (an old
// image, a clone, a write-off) explains it, at the station and the file it names; or a restore of central, to the letter: it had
// forgotten that it lent those points, and lent them to nobody else before it heard, but where nobody could know of the restore.

import { bodyOf, type Evidence, maybeTextOf, numberOf, type Property, type Restore, type Row, rowsOf, textOf, type Violation } from './evidence.ts'

const property = 'no overspend'
const NEVER_BELOW_ZERO = new Set(['rider_central', 'rider_station', 'program_station', 'redeemed_station'])
const EXPLAINS = new Set(['old_image', 'clone', 'written_off'])

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
    const points = numberOf(row, 'points')
    if (event === undefined) {
      violations.push({ property, what: `${points} points came from discrepancy for no station's fact` })
      continue
    }
    const life = `${textOf(event, 'station_id')} ${textOf(event, 'incarnation')}`
    if (excused.has(life)) continue
    const why = whyNotForgotten(central, witness.restores, event)
    if (why !== null) violations.push({ property, what: `${points} points of ${life} came from discrepancy: ${why}` })
  }
  return violations
}

/** null: a restore of central explains it. */
function whyNotForgotten(central: Evidence['central'], restores: readonly Restore[], event: Row): string | null {
  const heardAtMs = numberOf(event, 'received_at_ms')
  const restore = restores.findLast(({ atMs }) => atMs <= heardAtMs)
  if (restore === undefined) return 'no fault explains it'
  if (textOf(event, 'kind') !== 'allowance.received') return `a restore does not explain ${textOf(event, 'kind')}`
  if (textOf(event, 'outcome') !== 'flagged' || maybeTextOf(event, 'code') !== 'overdrawn') return 'it is not flagged'
  const { grant, rider } = bodyOf(event) ?? {}
  // A restore may have found a life that it knew: it has to wait for it, and lend this rider's points to nobody meanwhile.
  if (!restore.isNoticed || !restore.knownLives.includes(textOf(event, 'incarnation'))) return null
  const lent = rowsOf(central, 'grants').filter((row) => {
    const atMs = numberOf(row, 'granted_at_ms')
    return row['rider_id'] === rider && row['grant_id'] !== grant && atMs >= restore.atMs && atMs < heardAtMs && !isRelent(central, row)
  })
  return lent.length === 0 ? null : `what a restore had forgotten was lent twice (${lent.map((row) => textOf(row, 'grant_id')).join(', ')})`
}

/** Booked by the fact that it was received: it had been lent before the restore. */
function isRelent(central: Evidence['central'], grant: Row): boolean {
  return rowsOf(central, 'events').some(
    (event) => textOf(event, 'kind') === 'allowance.received' && numberOf(event, 'received_at_ms') === numberOf(grant, 'granted_at_ms') && bodyOf(event)?.['grant'] === grant['grant_id'],
  )
}
