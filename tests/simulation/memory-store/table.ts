// One table in memory: rows that are replaced, never changed; found by their key and by the indexes that questions need. Refuses
// what PostgreSQL's constraints refuse. Remembers what stood there before the open transaction, so that it can be taken back.

import type { Column, Columns, RowOf } from './column.ts'
import { ConstraintError } from './constraint-error.ts'

type ColumnName<Shape extends Columns> = Extract<keyof Shape, string>

export interface TableShape<Shape extends Columns> {
  columns: Shape
  key: readonly ColumnName<Shape>[]
  unique?: readonly (readonly ColumnName<Shape>[])[]
  /** For questions only. */
  lookups?: readonly (readonly ColumnName<Shape>[])[]
  /** To the key of the other table, or to the unique columns that are named; a null anywhere refers to nothing. */
  references?: readonly { columns: readonly ColumnName<Shape>[]; table: string; unique?: string }[]
  checks?: readonly { name: string; holds: (row: RowOf<Shape>) => boolean }[]
}

export type PlainRow = Readonly<Record<string, unknown>>
/** What stood in the rows that a transaction touched; undefined: nothing. */
export type BeforeImages = ReadonlyMap<string, PlainRow | undefined>

/** Whether a row may be written now, and where another table is. */
export interface TableSurroundings {
  isWriting(): boolean
  hasRow(table: string, key: string, unique: string | undefined): boolean
}

/** What a store needs of a table without knowing its columns. */
export interface AnyTable {
  readonly shape: { readonly columns: Readonly<Record<string, Pick<Column<unknown>, 'type' | 'isNullable'>>>; readonly key: readonly string[]; readonly unique?: readonly (readonly string[])[]; readonly references?: readonly { readonly columns: readonly string[]; readonly table: string }[] }
  /** By its key, or by the unique columns that are named. */
  hasKey(key: string, unique?: string): boolean
  committedRows(): PlainRow[]
  takeChanges(): BeforeImages
  takeBack(images: BeforeImages): void
  load(rows: readonly PlainRow[]): void
}

interface Index<Row> {
  name: string
  isUnique: boolean
  keyOf(row: Row): string | null
  /** Rows by what they hold there, in the order in which they came to hold it. */
  found: Map<string, Map<string, Row>>
}

type KeyValue = string | number | boolean | Uint8Array | null

export class Table<Shape extends Columns> implements AnyTable {
  readonly name: string
  readonly shape: TableShape<Shape>
  /** Grows whenever rows went back to what they were, or were all replaced: what was derived from them is to be derived anew. */
  rewinds = 0
  /** Grows with every row that comes, goes or is another one: as long as it has not, every answer is the same. */
  version = 0
  readonly #surroundings: TableSurroundings
  readonly #indexes: Index<RowOf<Shape>>[]
  readonly #indexByName: ReadonlyMap<string, Index<RowOf<Shape>>>
  readonly #jsonColumns: readonly string[]
  #rows = new Map<string, RowOf<Shape>>()
  #before = new Map<string, RowOf<Shape> | undefined>()

  constructor(name: string, shape: TableShape<Shape>, surroundings: TableSurroundings) {
    this.name = name
    this.shape = shape
    this.#surroundings = surroundings
    this.#jsonColumns = Object.entries(shape.columns).filter(([, column]) => column.type === 'jsonb').map(([name]) => name)
    const indexOf = (columns: readonly ColumnName<Shape>[], isUnique: boolean): Index<RowOf<Shape>> => ({
      name: columns.join(), isUnique, keyOf: (row) => indexKey(columns.map((column) => row[column])), found: new Map(),
    })
    this.#indexes = [...(shape.unique ?? []).map((columns) => indexOf(columns, true)), ...(shape.lookups ?? []).map((columns) => indexOf(columns, false))]
    this.#indexByName = new Map(this.#indexes.map((index) => [index.name, index]))
  }

  get(...key: readonly KeyValue[]): RowOf<Shape> | undefined {
    return this.#rows.get(textOfKey(key))
  }

  hasKey(key: string, unique?: string): boolean {
    return unique === undefined ? this.#rows.has(key) : this.#indexByName.get(unique)?.found.has(key) === true
  }

  /** As the last commit left it, whatever an open transaction has done since. */
  getCommitted(...key: readonly KeyValue[]): RowOf<Shape> | undefined {
    const name = textOfKey(key)
    return this.#before.has(name) ? this.#before.get(name) : this.#rows.get(name)
  }

  rows(): IterableIterator<RowOf<Shape>> {
    return this.#rows.values()
  }

  /** Rows whose columns of that index hold these values. */
  find(columns: readonly ColumnName<Shape>[], ...values: readonly KeyValue[]): RowOf<Shape>[] {
    const [only] = columns
    const index = this.#indexByName.get(columns.length === 1 && only !== undefined ? only : columns.join())
    if (index === undefined) throw new Error(`${this.name} has no index over ${columns.join()}`)
    const found = index.found.get(textOfKey(values))
    return found === undefined ? [] : [...found.values()]
  }

  insert(row: RowOf<Shape>): void {
    const key = this.#keyOf(row)
    if (this.#rows.has(key)) throw new ConstraintError('unique', this.name, `the key ${key} is taken`)
    this.#write(key, this.#asStored(row))
  }

  /** As `ON CONFLICT DO NOTHING`: false where the key or a unique value is taken. */
  insertIfNew(row: RowOf<Shape>): boolean {
    const key = this.#keyOf(row)
    if (this.#rows.has(key) || this.#takenIndex(key, row) !== null) return false
    this.#write(key, this.#asStored(row))
    return true
  }

  /** Columns of the key stay as they are. */
  update(row: RowOf<Shape>, change: Partial<RowOf<Shape>>): void {
    this.#write(this.#keyOf(row), { ...row, ...change })
  }

  delete(row: RowOf<Shape>): void {
    this.#put(this.#keyOf(row), undefined)
  }

  committedRows(): PlainRow[] {
    if (this.#before.size === 0) return [...this.#rows.values()]
    const untouched = [...this.#rows].filter(([key]) => !this.#before.has(key)).map(([, row]) => row)
    return [...untouched, ...[...this.#before.values()].filter((row) => row !== undefined)]
  }

  /** What the open transaction has changed is now the state. */
  takeChanges(): BeforeImages {
    if (this.#before.size === 0) return this.#before
    const images = this.#before
    this.#before = new Map()
    return images
  }

  /** Images of transactions are taken back the newest first. */
  takeBack(images: BeforeImages): void {
    if (images.size === 0) return
    for (const [key, row] of images) this.#replace(key, row as RowOf<Shape> | undefined)
    this.rewinds += 1
  }

  /** Rows from outside: every column is looked at, one that is not named gets its default. Refers to what is loaded with it. */
  load(rows: readonly PlainRow[]): void {
    this.version += 1
    this.#rows = new Map()
    this.#before = new Map()
    for (const index of this.#indexes) index.found.clear()
    for (const row of rows) {
      const whole = this.#wholeRow(row)
      const key = this.#keyOf(whole)
      if (this.#rows.has(key)) throw new ConstraintError('unique', this.name, `the key ${key} is there twice`)
      this.#refuseWrong(key, whole)
      this.#replace(key, whole)
    }
    this.rewinds += 1
  }

  #wholeRow(row: PlainRow): RowOf<Shape> {
    for (const name of Object.keys(row)) if (!Object.hasOwn(this.shape.columns, name)) throw new Error(`${this.name} has no column ${name}`)
    const whole: Record<string, unknown> = {}
    for (const [name, column] of Object.entries(this.shape.columns)) {
      const value = row[name] === undefined ? column.defaultValue : row[name]
      if (!column.holds(value)) throw new TypeError(`${this.name}.${name} holds no ${column.type}: ${String(value)}`)
      whole[name] = value
    }
    return this.#asStored(whole as RowOf<Shape>)
  }

  #asStored(row: RowOf<Shape>): RowOf<Shape> {
    if (this.#jsonColumns.length === 0) return row
    return { ...row, ...Object.fromEntries(this.#jsonColumns.map((name) => [name, asJsonb(row[name])])) }
  }

  #write(key: string, row: RowOf<Shape>): void {
    this.#refuseWrong(key, row)
    for (const { columns, table, unique } of this.shape.references ?? []) {
      const to = indexKey(columns.map((column) => row[column]))
      if (to !== null && !this.#surroundings.hasRow(table, to, unique)) throw new ConstraintError('reference', this.name, `${columns.join()} refers to nothing in ${table}`)
    }
    this.#put(key, row)
  }

  #refuseWrong(key: string, row: RowOf<Shape>): void {
    for (const { name, holds } of this.shape.checks ?? []) if (!holds(row)) throw new ConstraintError('check', this.name, `${name} does not hold for ${key}`)
    const taken = this.#takenIndex(key, row)
    if (taken !== null) throw new ConstraintError('unique', this.name, `${taken} is taken`)
  }

  #takenIndex(key: string, row: RowOf<Shape>): string | null {
    for (const index of this.#indexes) {
      if (!index.isUnique) continue
      const value = index.keyOf(row)
      if (value === null) continue
      for (const other of index.found.get(value)?.keys() ?? []) if (other !== key) return index.name
    }
    return null
  }

  #put(key: string, row: RowOf<Shape> | undefined): void {
    if (!this.#surroundings.isWriting()) throw new ConstraintError('read_only', this.name, 'nothing is written outside of a write transaction')
    if (!this.#before.has(key)) this.#before.set(key, this.#rows.get(key))
    this.#replace(key, row)
  }

  #replace(key: string, row: RowOf<Shape> | undefined): void {
    this.version += 1
    const before = this.#rows.get(key)
    if (row === undefined) this.#rows.delete(key)
    else this.#rows.set(key, row)
    for (const { keyOf, found } of this.#indexes) {
      const left = before === undefined ? null : keyOf(before)
      const right = row === undefined ? null : keyOf(row)
      if (left !== null && left !== right) forget(found, left, key)
      if (right !== null && row !== undefined) remember(found, right, key, row)
    }
  }

  #keyOf(row: RowOf<Shape>): string {
    return textOfKey(this.shape.key.map((column) => row[column]))
  }
}

/** As `jsonb` keeps it: shorter names first, then by their bytes. So equal rows are equal text, whichever store they come from. */
function asJsonb(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonb)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([left], [right]) => left.length - right.length || (left < right ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, asJsonb(inner)]))
}

function remember<Row>(found: Map<string, Map<string, Row>>, value: string, key: string, row: Row): void {
  const rows = found.get(value)
  if (rows === undefined) found.set(value, new Map([[key, row]]))
  else rows.set(key, row)
}

function forget(found: Map<string, Map<string, unknown>>, value: string, key: string): void {
  const rows = found.get(value)
  rows?.delete(key)
  if (rows?.size === 0) found.delete(value)
}

/** null where a value is null: as in SQL, it equals nothing. */
function indexKey(values: readonly unknown[]): string | null {
  return values.includes(null) ? null : textOfKey(values)
}

function textOfKey(values: readonly unknown[]): string {
  if (values.length === 1) return textOfValue(values[0])
  let key = ''
  for (const value of values) key += key === '' ? textOfValue(value) : `\n${textOfValue(value)}`
  return key
}

function textOfValue(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : String(value)
}
