// What a column of a modelled table may hold, once as a type and once as a check of a row that comes from outside. The names of
// the types are PostgreSQL's, so that the differential test can lay the model beside the real catalogue.

export type SqlType = 'uuid' | 'text' | 'integer' | 'bigint' | 'double precision' | 'boolean' | 'bytea' | 'jsonb' | 'ARRAY'

export interface Column<Value> {
  readonly type: SqlType
  readonly isNullable: boolean
  /** What a row gets that does not name the column; undefined: it has to. */
  readonly defaultValue: Value | undefined
  readonly holds: (value: unknown) => value is Value
}

export type Columns = Readonly<Record<string, Column<unknown>>>
export type RowOf<Shape extends Columns> = { readonly [Name in keyof Shape]: Shape[Name] extends Column<infer Value> ? Value : never }

function column<Value>(type: SqlType, holds: (value: unknown) => value is Value): Column<Value> {
  return { type, isNullable: false, defaultValue: undefined, holds }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)
const isUuid = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

export const uuid = column('uuid', isUuid)
export const text = column('text', isText)
export const integer = column('integer', isWhole)
export const bigint = column('bigint', isWhole)
export const double = column('double precision', (value): value is number => Number.isFinite(value))
export const boolean = column('boolean', (value): value is boolean => typeof value === 'boolean')
export const bytes = column('bytea', (value): value is Uint8Array => value instanceof Uint8Array)

export const texts = column('ARRAY', (value): value is readonly string[] => Array.isArray(value) && value.every(isText))

/** What lies in it is the business of those who write it. */
export function json<Value>(): Column<Value> {
  return column('jsonb', (value): value is Value => value !== undefined && value !== null)
}

/** Text that only the contract narrows: the database takes any. */
export function textOf<Value extends string>(): Column<Value> {
  return column('text', (value): value is Value => isText(value))
}

export function oneOf<const Value extends string>(...values: readonly Value[]): Column<Value> {
  const known: readonly string[] = values
  return column('text', (value): value is Value => isText(value) && known.includes(value))
}

export function nullable<Value>(inner: Column<Value>): Column<Value | null> {
  return { type: inner.type, isNullable: true, defaultValue: null, holds: (value): value is Value | null => value === null || inner.holds(value) }
}

export function withDefault<Value>(inner: Column<Value>, defaultValue: Value): Column<Value> {
  return { ...inner, defaultValue }
}
