// A station's file as plain rows, for the checker: every table that is there, whatever a later migration adds.

import type { Reader } from '../../../station/store/database.ts'
import type { Row, StationFile } from '../checker/evidence.ts'

export function dumpStation(reader: Reader, isLive: boolean): StationFile {
  const tables = reader.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
  const rows = Object.fromEntries(tables.map(({ name }) => [name, reader.all<Row>(`SELECT * FROM "${name}"`)]))
  const identity = reader.get<{ station: string; incarnation: string }>('SELECT station, incarnation FROM identity')
  if (identity === undefined) throw new Error('a file without identity has no station')
  return { ...identity, isLive, tables: rows }
}
