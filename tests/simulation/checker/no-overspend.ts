// No overspend: nobody's points are below zero, no file hands out what it was not lent, and the account of what went wrong gives
// nothing but what a fault that was done explains to the point (unexplained-draws.ts).

import { belowZero } from './balances.ts'
import { type Evidence, numberOf, type Property, rowsOf, textOf, type Violation } from './evidence.ts'
import { ownSlices } from './own-slices.ts'
import { unexplainedDraws } from './unexplained-draws.ts'

const property = 'no overspend'

export const checkNoOverspend: Property = (evidence: Evidence): Violation[] => {
  const found = [...belowZero(rowsOf(evidence.central, 'accounts')), ...belowZeroAtStations(evidence), ...ownSlices(evidence), ...unexplainedDraws(evidence)]
  return found.map((what) => ({ property, what }))
}

function belowZeroAtStations({ files }: Evidence): string[] {
  return files.flatMap(({ station, tables }) =>
    rowsOf(tables, 'allowances').filter((row) => numberOf(row, 'points') < 0).map((row) => `station ${station} holds ${numberOf(row, 'points')} points of rider ${textOf(row, 'rider')}`),
  )
}
