// What the checker looks at: plain rows of the stations' SQLite files and of central's tables, and what somebody outside saw.
// Everything in this folder shares nothing with the product but the schema, so it can be laid over any tier: the simulation's
// stores in memory, SQLite files and PostgreSQL.

export type Row = Readonly<Record<string, unknown>>
/** Rows by table, columns named as in SQL. */
export type Tables = Readonly<Record<string, readonly Row[]>>

export interface StationFile {
  station: string
  incarnation: string
  /** The process of this file runs and serves. Others are what is left of a replaced disk, a clone, a banned machine. */
  isLive: boolean
  tables: Tables
}

/** Something that a person or the screen saw as done. */
export interface GreenAct {
  kind: 'redemption' | 'restock' | 'undo' | 'earning' | 'wish' | 'training'
  /** The screen's request. */
  request: string
  station: string
  incarnation: string
  rider: string | null
  points: number
  atMs: number
}

/** A fault that explains a loss or a discrepancy; without one there may be none. */
export interface Excuse {
  kind: 'disk_lost' | 'old_image' | 'clone' | 'written_off'
  station: string
  incarnation: string
  atMs: number
}

/** Central was put back to a copy, at that moment; these lives stand in it. */
export interface Restore {
  atMs: number
  knownLives: readonly string[]
  /** Declared, or to be seen by central's marker: it knows of it before it lends anything. */
  isNoticed: boolean
}

/** The screen said that the points here do not suffice. */
export interface PointsRefusal {
  station: string
  rider: string
  pricePoints: number
  /** Of all his points, wherever they lay, at that moment. */
  balancePoints: number
  atMs: number
}

/** Central answered: this life's events up to here are mine. */
export interface Acknowledgement {
  incarnation: string
  seq: number
}

export interface Witness {
  acts: readonly GreenAct[]
  excuses: readonly Excuse[]
  /** In their order. */
  restores: readonly Restore[]
  /** What central's rows name as their time is at most so long before their commit: within it their order is not known. */
  commitsWithinMs: number
  pointsRefusals: readonly PointsRefusal[]
  /** The highest of each life since central was last restored. */
  acknowledged: readonly Acknowledgement[]
  /** No fault of any kind was done. */
  isFaultless: boolean
  /** By station: people whom its files counted as visitors, and arrivals of which nobody knows whether they were counted (the machine died over them). */
  visits: readonly { station: string; counted: number; uncertain: number }[]
}

export interface Evidence {
  central: Tables
  files: readonly StationFile[]
  witness: Witness
}

export interface Violation {
  property: string
  what: string
}

export type Property = (evidence: Evidence) => Violation[]

export function rowsOf(tables: Tables, table: string): readonly Row[] {
  const rows = tables[table]
  if (rows === undefined) throw new Error(`the evidence has no table ${table}`)
  return rows
}

export function hasTable(tables: Tables, table: string): boolean {
  return tables[table] !== undefined
}

export function numberOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value)
  throw new TypeError(`column ${column} holds no number`)
}

export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`)
  return value
}

/** null also where the column does not exist. */
export function maybeTextOf(row: Row, column: string): string | null {
  const value = row[column]
  return typeof value === 'string' ? value : null
}

export function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw new TypeError(`column ${column} holds no bytes`)
  return value
}

export function hexOf(row: Row, column: string): string {
  return Buffer.from(bytesOf(row, column)).toString('hex')
}

/** The body of an event as it was written; null where it is not JSON. */
export function bodyOf(row: Row): Row | null {
  try {
    const body: unknown = JSON.parse(Buffer.from(bytesOf(row, 'body')).toString('utf8'))
    return typeof body === 'object' && body !== null ? (body as Row) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

export function sumBy(rows: readonly Row[], key: (row: Row) => string, amount: (row: Row) => number): Map<string, number> {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + amount(row))
  return sums
}
