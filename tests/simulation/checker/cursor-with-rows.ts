// A station has every row that its cursor says it has: for each change in its logs up to the cursor, that version or a newer one.

import { type Evidence, hasTable, maybeTextOf, numberOf, type Property, rowsOf, textOf, type Violation } from './evidence.ts'

const property = 'cursor with its rows'
/** Kinds that are a state of the mirror and have a version there. */
const VERSIONED = new Set(['revoked_card', 'rider', 'pass_key', 'rules', 'station', 'item', 'donor', 'staff'])

export const checkCursorWithRows: Property = ({ central, files }: Evidence): Violation[] => {
  const history = rowsOf(central, 'centrals').map((row) => textOf(row, 'history'))[0]
  return files.filter(({ isLive, tables }) => isLive && hasTable(tables, 'mirror_versions') && hasTable(central, 'changes')).flatMap(({ station, tables }) => {
    const state = rowsOf(tables, 'sync_state')[0]
    if (state === undefined || maybeTextOf(state, 'history') !== history) return []
    const cursor = numberOf(state, 'cursor_number')
    const scopes = new Map([['district', 'district'], [`station@${station}`, 'station'], [`riders@${station}`, 'riders']])
    const versions = new Map(rowsOf(tables, 'mirror_versions').map((row) => [`${textOf(row, 'scope')} ${textOf(row, 'kind')} ${textOf(row, 'key')}`, numberOf(row, 'number')]))
    return rowsOf(central, 'changes').flatMap((change): Violation[] => {
      const scope = scopes.get(textOf(change, 'scope'))
      const [kind, number] = [textOf(change, 'kind'), numberOf(change, 'number')]
      if (scope === undefined || !VERSIONED.has(kind) || number > cursor) return []
      const has = versions.get(`${scope} ${kind} ${textOf(change, 'key')}`)
      if (has !== undefined && has >= number) return []
      return [{ property, what: `station ${station} has its cursor at ${cursor} and not the ${kind} ${textOf(change, 'key')} of number ${number}` }]
    })
  })
}
