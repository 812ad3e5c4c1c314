// Stock: at a station what is on hand is the sum of its movements and never below zero; what central believes of a station is
// the sum of what the station's files said, and after quiet the same as on the shelf.

import { type Evidence, numberOf, type Property, rowsOf, type StationFile, sumBy, textOf, type Violation } from './evidence.ts'

const property = 'stock'

export const checkStock: Property = ({ central, files }: Evidence): Violation[] => {
  const violations = files.flatMap(checkShelf)
  const lots = rowsOf(central, 'lots_mirror')
  const byItem = sumBy(lots, (row) => `${textOf(row, 'station_id')} ${textOf(row, 'item_id')}`, (row) => numberOf(row, 'on_hand'))
  for (const row of rowsOf(central, 'stock_mirror')) {
    const key = `${textOf(row, 'station_id')} ${textOf(row, 'item_id')}`
    if (byItem.has(key) && numberOf(row, 'on_hand') > (byItem.get(key) ?? 0)) {
      violations.push({ property, what: `central believes more of ${key} to be there (${numberOf(row, 'on_hand')}) than in all lots (${byItem.get(key) ?? 0})` })
    }
  }
  for (const file of files.filter(({ isLive }) => isLive)) {
    const mirrored = new Map(
      lots
        .filter((row) => textOf(row, 'station_id') === file.station && textOf(row, 'incarnation') === file.incarnation)
        .map((row) => [numberOf(row, 'lot'), numberOf(row, 'on_hand')]),
    )
    const shelf = new Map(rowsOf(file.tables, 'lots').map((row) => [numberOf(row, 'lot'), numberOf(row, 'quantity_left')]))
    for (const lot of new Set([...mirrored.keys(), ...shelf.keys()])) {
      if (mirrored.get(lot) === shelf.get(lot)) continue
      violations.push({ property, what: `lot ${lot} of station ${file.station}: central believes ${mirrored.get(lot) ?? 'nothing'}, the shelf has ${shelf.get(lot) ?? 'nothing'}` })
    }
  }
  return violations
}

function checkShelf({ station, tables }: StationFile): Violation[] {
  const moved = sumBy(rowsOf(tables, 'stock_movements'), (row) => String(numberOf(row, 'lot')), (row) => numberOf(row, 'quantity'))
  return rowsOf(tables, 'lots').flatMap((row) => {
    const [lot, left] = [numberOf(row, 'lot'), numberOf(row, 'quantity_left')]
    const sum = moved.get(String(lot)) ?? 0
    if (left === sum && left >= 0) return []
    return [{ property, what: `lot ${lot} of station ${station} has ${left} on hand, its movements say ${sum}` }]
  })
}
