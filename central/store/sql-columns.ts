// A column of values for one array parameter: `$1::uuid[]` and the like, whose name and type the statement says. Most of what
// central writes and asks goes in this way, many rows a statement; a driver that can sends it in PostgreSQL's binary form,
// which costs a third of its text (bench upload). Pure.

/** The type of an element, with its number in PostgreSQL's catalogue. */
const ELEMENT_OIDS = { uuid: 2950, bigint: 20, integer: 23, text: 25, bytea: 17 } as const

type ElementType = keyof typeof ELEMENT_OIDS

interface Elements {
  uuid: string
  bigint: number
  integer: number
  text: string
  bytea: Uint8Array
}

export class SqlColumn<Type extends ElementType = ElementType> {
  readonly type: Type
  readonly values: readonly (Elements[Type] | null)[]

  constructor(type: Type, values: readonly (Elements[Type] | null)[]) {
    this.type = type
    this.values = values
  }
}

export const uuids = (values: readonly (string | null)[]): SqlColumn => new SqlColumn('uuid', values)
export const bigints = (values: readonly (number | null)[]): SqlColumn => new SqlColumn('bigint', values)
export const integers = (values: readonly (number | null)[]): SqlColumn => new SqlColumn('integer', values)
export const texts = (values: readonly (string | null)[]): SqlColumn => new SqlColumn('text', values)
export const byteas = (values: readonly (Uint8Array | null)[]): SqlColumn => new SqlColumn('bytea', values)

/** Bytes of an element that is not null; null: each has its own. */
const FIXED_WIDTHS = { uuid: 16, bigint: 8, integer: 4, text: null, bytea: null } as const

const HEAD_BYTES = 20
const LENGTH_BYTES = 4
const TWO_TO_32 = 2 ** 32
/** Of an element that is null. */
const NO_LENGTH = -1

/** As PostgreSQL's `array_recv` reads it: one dimension that begins at 1, then each element behind its length. Counted loops: an iterator is an object a value before V8 has looked at it long enough. */
export function encodeColumn({ type, values }: SqlColumn): Buffer {
  const count = values.length
  const fixed = FIXED_WIDTHS[type]
  let width = HEAD_BYTES + count * LENGTH_BYTES
  let hasNull = 0
  for (let place = 0; place < count; place += 1) {
    const value = values[place] ?? null
    if (value === null) hasNull = 1
    else width += fixed ?? lengthOf(value)
  }
  const bytes = Buffer.allocUnsafe(width)
  writeInt32(bytes, count === 0 ? 0 : 1, 0)
  writeInt32(bytes, hasNull, 4)
  writeInt32(bytes, ELEMENT_OIDS[type], 8)
  // Of nothing there is no dimension.
  if (count === 0) return bytes.subarray(0, 12)
  writeInt32(bytes, count, 12)
  writeInt32(bytes, 1, 16)
  let at = HEAD_BYTES
  for (let place = 0; place < count; place += 1) {
    const value = values[place] ?? null
    const written = value === null ? NO_LENGTH : writeElement(bytes, type, value, at + LENGTH_BYTES)
    writeInt32(bytes, written, at)
    at += LENGTH_BYTES + Math.max(0, written)
  }
  return bytes
}

function lengthOf(value: string | number | Uint8Array): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : (value as Uint8Array).length
}

/** How many bytes it took. */
function writeElement(bytes: Buffer, type: ElementType, value: string | number | Uint8Array, at: number): number {
  if (value instanceof Uint8Array) {
    bytes.set(value, at)
    return value.length
  }
  if (typeof value === 'string') return type === 'uuid' ? writeUuid(bytes, value, at) : bytes.write(value, at)
  if (!Number.isSafeInteger(value) || (type === 'integer' && value !== (value | 0))) throw new RangeError(`${value} is no integer of a column`)
  if (type === 'integer') return writeInt32(bytes, value, at)
  const high = Math.floor(value / TWO_TO_32)
  writeInt32(bytes, high, at)
  writeInt32(bytes, value - high * TWO_TO_32, at + 4)
  return 8
}

/** The lowest 32 bits, the highest first. */
function writeInt32(bytes: Buffer, value: number, at: number): number {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
  return LENGTH_BYTES
}

/** By the code of a character; 16 and above: no hex digit. */
const HEX = new Uint8Array(128).fill(16)
for (let digit = 0; digit < 16; digit += 1) {
  HEX[digit.toString(16).charCodeAt(0)] = digit
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}
const UUID_CHARACTERS = 36
const HYPHEN = 0x2d
/** Where its sixteen bytes stand in a uuid's text, and its hyphens. */
const UUID_BYTES_AT = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34)
const UUID_HYPHENS_AT = Uint8Array.of(8, 13, 18, 23)

/** No array is taken apart in it: three thousand ids come with the first batch after a start, and until V8 has looked at it that costs ten times as much as the rest. */
function writeUuid(bytes: Buffer, uuid: string, at: number): number {
  // Every digit of all of them: 16 and above where one is none.
  let digits = 0
  for (let place = 0; place < UUID_BYTES_AT.length; place += 1) {
    const from = UUID_BYTES_AT[place] ?? 0
    const high = HEX[uuid.charCodeAt(from)] ?? 16
    const low = HEX[uuid.charCodeAt(from + 1)] ?? 16
    digits |= high | low
    bytes[at + place] = high * 16 + low
  }
  let isUuid = uuid.length === UUID_CHARACTERS && digits < 16
  for (let place = 0; place < UUID_HYPHENS_AT.length; place += 1) isUuid &&= uuid.charCodeAt(UUID_HYPHENS_AT[place] ?? 0) === HYPHEN
  if (!isUuid) throw new RangeError('a uuid of a column is none')
  return UUID_BYTES_AT.length
}

/** Rows that one statement writes: while the database writes these, the next ones are put together. */
const ROWS_AT_ONCE = 500

export function inPieces<Row>(rows: readonly Row[]): (readonly Row[])[] {
  if (rows.length <= ROWS_AT_ONCE) return [rows]
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, piece) => rows.slice(piece * ROWS_AT_ONCE, (piece + 1) * ROWS_AT_ONCE))
}
