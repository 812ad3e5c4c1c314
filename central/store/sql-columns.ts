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

type Element = Elements[ElementType]

/** Rows and which of their fields it is: it is asked for when it is written, so that nobody makes an array of each field of thousands of rows. */
export class SqlColumn {
  readonly type: ElementType
  readonly rows: readonly unknown[]
  readonly valueIn: (row: unknown, place: number) => Element | null

  constructor(type: ElementType, rows: readonly unknown[], valueIn: (row: unknown, place: number) => Element | null) {
    this.type = type
    this.rows = rows
    this.valueIn = valueIn
  }

  get values(): readonly (Element | null)[] {
    return this.rows.map(this.valueIn)
  }
}

/** Of values as they are, or of a field of rows. */
interface MakesColumn<Value> {
  (values: readonly (Value | null)[]): SqlColumn
  <Row>(rows: readonly Row[], valueIn: (row: Row, place: number) => Value | null): SqlColumn
}

const itself = (value: unknown): Element | null => value as Element | null

function makesColumn<Type extends ElementType>(type: Type): MakesColumn<Elements[Type]> {
  return <Row>(rows: readonly Row[], valueIn?: (row: Row, place: number) => Elements[Type] | null) =>
    new SqlColumn(type, rows, (valueIn as SqlColumn['valueIn'] | undefined) ?? itself)
}

export const uuids = makesColumn('uuid')
export const bigints = makesColumn('bigint')
export const integers = makesColumn('integer')
export const texts = makesColumn('text')
export const byteas = makesColumn('bytea')

const HEAD_BYTES = 20
/** Of nothing there is no dimension. */
const EMPTY_HEAD_BYTES = 12
const LENGTH_BYTES = 4
const UUID_BYTES = 16
const BIGINT_BYTES = 8
/** Of one character of a string. */
const UTF8_BYTES_MAX = 3
const TWO_TO_32 = 2 ** 32
/** Of an element that is null. */
const NO_LENGTH = -1

/** What is kept of it between two statements; nearly none needs more. */
const DRAFT_BYTES = 512 * 1024
/** Where the columns of one statement are put together: how long they are is known only then. */
let draft = Buffer.allocUnsafeSlow(DRAFT_BYTES)

/** The values of a statement with its columns as the bytes they are sent as, all of them in one piece of memory: each piece is a thing to collect. */
export function encodeColumns<Value>(values: readonly (Value | SqlColumn)[]): (Value | Buffer)[] {
  let end = 0
  const ends = values.map((value) => {
    if (value instanceof SqlColumn) end = draftColumn(value, end)
    return end
  })
  const bytes = Buffer.allocUnsafe(end)
  draft.copy(bytes, 0, 0, end)
  if (draft.length > DRAFT_BYTES) draft = Buffer.allocUnsafeSlow(DRAFT_BYTES)
  return values.map((value, index) => (value instanceof SqlColumn ? bytes.subarray(ends[index - 1] ?? 0, ends[index]) : value))
}

function makeRoom(end: number): void {
  if (end <= draft.length) return
  const longer = Buffer.allocUnsafeSlow(Math.max(end, draft.length * 2))
  draft.copy(longer)
  draft = longer
}

/** As PostgreSQL's `array_recv` reads it: one dimension that begins at 1, then each element behind its length. Answers where it ends. Counted loops: an iterator is an object a value before V8 has looked at it long enough. */
function draftColumn({ type, rows, valueIn }: SqlColumn, start: number): number {
  const count = rows.length
  makeRoom(start + HEAD_BYTES)
  let hasNull = 0
  let at = start + (count === 0 ? EMPTY_HEAD_BYTES : HEAD_BYTES)
  for (let place = 0; place < count; place += 1) {
    const value = valueIn(rows[place], place)
    makeRoom(at + LENGTH_BYTES + roomOf(value))
    const written = value === null ? NO_LENGTH : writeElement(draft, type, value, at + LENGTH_BYTES)
    if (value === null) hasNull = 1
    writeInt32(draft, written, at)
    at += LENGTH_BYTES + Math.max(0, written)
  }
  writeInt32(draft, count === 0 ? 0 : 1, start)
  writeInt32(draft, hasNull, start + 4)
  writeInt32(draft, ELEMENT_OIDS[type], start + 8)
  if (count === 0) return at
  writeInt32(draft, count, start + 12)
  writeInt32(draft, 1, start + 16)
  return at
}

/** At most. */
function roomOf(value: Element | null): number {
  if (typeof value === 'string') return Math.max(UUID_BYTES, value.length * UTF8_BYTES_MAX)
  return value instanceof Uint8Array ? value.length : BIGINT_BYTES
}

/** How many bytes it took. */
function writeElement(bytes: Buffer, type: ElementType, value: Element, at: number): number {
  if (typeof value === 'string') return type === 'uuid' ? writeUuid(bytes, value, at) : bytes.write(value, at)
  if (value instanceof Uint8Array) {
    bytes.set(value, at)
    return value.length
  }
  if (!Number.isSafeInteger(value) || (type === 'integer' && value !== (value | 0))) throw new RangeError(`${value} is no integer of a column`)
  if (type === 'integer') return writeInt32(bytes, value, at)
  const high = Math.floor(value / TWO_TO_32)
  writeInt32(bytes, high, at)
  writeInt32(bytes, value - high * TWO_TO_32, at + 4)
  return BIGINT_BYTES
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
