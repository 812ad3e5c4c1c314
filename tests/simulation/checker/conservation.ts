// Conservation: every movement takes from one account what it gives to another. All accounts of a district sum to zero, each is
// the sum of its transfers, and what the programme has issued is held, redeemed or a discrepancy.

import { unbalanced } from './balances.ts'
import { type Evidence, maybeTextOf, numberOf, type Property, rowsOf, sumBy, textOf, type Violation } from './evidence.ts'

const property = 'conservation'

export const checkConservation: Property = ({ central }: Evidence): Violation[] => {
  const violations: Violation[] = []
  const accounts = rowsOf(central, 'accounts')
  for (const what of unbalanced(accounts)) violations.push({ property, what })
  const moved = new Map<string, number>()
  const move = (district: string, points: number, from: string, to: string): void => {
    for (const [account, sign] of [[from, -1], [to, 1]] as const) moved.set(`${district} ${account}`, (moved.get(`${district} ${account}`) ?? 0) + sign * points)
  }
  for (const row of rowsOf(central, 'transfers')) {
    if (numberOf(row, 'points') <= 0) violations.push({ property, what: `a transfer of ${numberOf(row, 'points')} points` })
    move(textOf(row, 'district_id'), numberOf(row, 'points'), textOf(row, 'from_key'), textOf(row, 'to_key'))
  }
  // A redemption that its slice paid whole has no other transfer and no other entry.
  const paid = rowsOf(central, 'redemptions').filter((row) => maybeTextOf(row, 'ledger_id') !== null)
  const transferred = new Set(rowsOf(central, 'transfers').map((row) => textOf(row, 'event_id')))
  for (const row of paid) {
    const [rider, station, points] = [textOf(row, 'rider_id'), textOf(row, 'station_id'), numberOf(row, 'points')]
    if (points < 0 || transferred.has(textOf(row, 'event_id'))) violations.push({ property, what: `redemption ${textOf(row, 'event_id')} of ${points} points is booked twice or below zero` })
    if (points > 0) move(textOf(row, 'ledger_id'), points, `rider:${rider}@${station}#${textOf(row, 'incarnation')}`, `redeemed@${station}`)
  }
  for (const row of accounts) {
    const key = `${textOf(row, 'district_id')} ${textOf(row, 'account_key')}`
    const sum = moved.get(key) ?? 0
    if (numberOf(row, 'balance') !== sum) violations.push({ property, what: `account ${key} says ${numberOf(row, 'balance')}, its transfers ${sum}` })
    moved.delete(key)
  }
  for (const key of moved.keys()) violations.push({ property, what: `transfers move an account that is not there: ${key}` })

  const byKind = sumBy(accounts, (row) => textOf(row, 'kind'), (row) => numberOf(row, 'balance'))
  const of = (kind: string): number => byKind.get(kind) ?? 0
  const issued = -of('program')
  const held = of('rider_central') + of('rider_station') + of('program_station')
  if (issued !== held + of('redeemed_station') + of('discrepancy')) {
    violations.push({ property, what: `issued ${issued} is not held ${held} + redeemed ${of('redeemed_station')} + discrepancy ${of('discrepancy')}` })
  }
  // What a rider sees adds up to what he has.
  const entries = sumBy(rowsOf(central, 'entries'), (row) => textOf(row, 'rider_id'), (row) => numberOf(row, 'points'))
  for (const [rider, points] of sumBy(paid, (row) => textOf(row, 'rider_id'), (row) => numberOf(row, 'points'))) entries.set(rider, (entries.get(rider) ?? 0) - points)
  const riders = accounts.filter((row) => typeof row['rider_id'] === 'string')
  const balances = sumBy(riders, (row) => textOf(row, 'rider_id'), (row) => numberOf(row, 'balance'))
  for (const rider of new Set([...entries.keys(), ...balances.keys()])) {
    const [seen, has] = [entries.get(rider) ?? 0, balances.get(rider) ?? 0]
    if (seen !== has) violations.push({ property, what: `rider ${rider} has ${has} and his entries say ${seen}` })
  }
  return violations
}
