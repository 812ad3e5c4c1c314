// No zombie: what a banned life of a station still sends is recorded and flagged, and moves points from nowhere but the account
// of what went wrong.

import { type Evidence, maybeTextOf, numberOf, type Property, rowsOf, textOf, type Violation } from './evidence.ts'

const property = 'no zombie'

export const checkNoZombie: Property = ({ central }: Evidence): Violation[] => {
  const late = new Map(rowsOf(central, 'events').filter((row) => maybeTextOf(row, 'code') === 'banned').map((row) => [textOf(row, 'event_id'), row]))
  const violations: Violation[] = []
  for (const row of late.values()) {
    if (textOf(row, 'outcome') !== 'flagged') violations.push({ property, what: `event ${textOf(row, 'event_id')} of a banned life is ${textOf(row, 'outcome')}` })
  }
  for (const transfer of rowsOf(central, 'transfers')) {
    if (!late.has(textOf(transfer, 'event_id')) || textOf(transfer, 'from_key') === 'discrepancy') continue
    violations.push({ property, what: `event ${textOf(transfer, 'event_id')} of a banned life moved ${numberOf(transfer, 'points')} points from ${textOf(transfer, 'from_key')}` })
  }
  return violations
}

/** After quiet: what a banned life held has gone home by a write-off. */
export const checkNothingLeftBehind: Property = ({ central }: Evidence): Violation[] => {
  const violations: Violation[] = []
  for (const life of rowsOf(central, 'incarnations').filter((row) => textOf(row, 'state') === 'banned')) {
    const incarnation = textOf(life, 'incarnation')
    for (const account of rowsOf(central, 'accounts')) {
      if (maybeTextOf(account, 'incarnation') !== incarnation || numberOf(account, 'balance') === 0) continue
      violations.push({ property, what: `${numberOf(account, 'balance')} points still lie in ${textOf(account, 'account_key')} of a banned life` })
    }
  }
  return violations
}
