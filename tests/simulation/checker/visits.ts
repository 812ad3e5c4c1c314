// Visits: everybody whom a station's file counted as a visitor, by an event or, where there was no room for one, by a number, is in
// central's figures in the end, once. Not compared where a disk was lost, copied or put back: what those files counted is anybody's guess.

import { bodyOf, type Evidence, numberOf, type Property, type Row, rowsOf, textOf, type Violation } from './evidence.ts'

const property = 'visits'
const UNKNOWABLE = new Set(['disk_lost', 'old_image', 'clone'])

export const checkVisits: Property = ({ central, files, witness }: Evidence): Violation[] => {
  const unknowable = new Set(witness.excuses.filter(({ kind }) => UNKNOWABLE.has(kind)).map(({ station }) => station))
  // What a file that was replaced had counted its successor tells.
  const replaced = new Set(files.flatMap(({ tables }) => rowsOf(tables, 'previous_file').map((row) => textOf(row, 'incarnation'))))
  const told = new Map<string, number>()
  const add = (station: string, people: number): void => void told.set(station, (told.get(station) ?? 0) + people)
  for (const row of rowsOf(central, 'events')) add(textOf(row, 'station_id'), peopleOf(row))
  for (const { station, incarnation, tables } of files) {
    if (!replaced.has(incarnation)) for (const row of rowsOf(tables, 'uncounted_checkins')) add(station, numberOf(row, 'people'))
  }
  return witness.visits.flatMap(({ station, counted, uncertain }) => {
    const people = told.get(station) ?? 0
    if (unknowable.has(station) || (people >= counted && people <= counted + uncertain)) return []
    return [{ property, what: `station ${station} counted ${counted} visits (${uncertain} more are uncertain), and ${people} are known` }]
  })
}

function peopleOf(row: Row): number {
  const kind = textOf(row, 'kind')
  if (kind === 'checkin.recorded') return 1
  return kind === 'checkin.counted' ? numberOf(bodyOf(row) ?? {}, 'count') : 0
}
