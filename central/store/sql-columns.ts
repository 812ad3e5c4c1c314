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

const HEAD_BYTES = 20
const LENGTH_BYTES = 4
const TWO_TO_32 = 2 ** 32
/** Of an element that is null. */
const NO_LENGTH = -1

/** As PostgreSQL's `array_recv` reads it: one dimension that begins at 1, then each element behind its length. */
export function encodeColumn({ type, values }: SqlColumn): Buffer {
  const wide = type === 'text' ? values.map((value) => (value === null ? null : Buffer.from(String(value)))) : values
  const bytes = Buffer.allocUnsafe(wide.reduce<number>((sum, value) => sum + LENGTH_BYTES + widthOf(type, value), HEAD_BYTES))
  bytes.writeInt32BE(values.length === 0 ? 0 : 1, 0)
  bytes.writeInt32BE(values.includes(null) ? 1 : 0, 4)
  bytes.writeInt32BE(ELEMENT_OIDS[type], 8)
  // Of nothing there is no dimension.
  if (values.length === 0) return bytes.subarray(0, 12)
  bytes.writeInt32BE(values.length, 12)
  bytes.writeInt32BE(1, 16)
  let at = HEAD_BYTES
  for (const value of wide) {
    const width = widthOf(type, value)
    bytes.writeInt32BE(value === null ? NO_LENGTH : width, at)
    at += LENGTH_BYTES
    if (value !== null) writeElement(bytes, type, value, at)
    at += width
  }
  return bytes
}

function widthOf(type: ElementType, value: string | number | Uint8Array | null): number {
  if (value === null) return 0
  if (value instanceof Uint8Array) return value.length
  return type === 'uuid' ? 16 : type === 'bigint' ? 8 : 4
}

function writeElement(bytes: Buffer, type: ElementType, value: string | number | Uint8Array, at: number): void {
  if (value instanceof Uint8Array) bytes.set(value, at)
  else if (typeof value === 'string') writeUuid(bytes, value, at)
  else if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no integer of a column`)
  else if (type === 'integer') bytes.writeInt32BE(value, at)
  else {
    const high = Math.floor(value / TWO_TO_32)
    bytes.writeInt32BE(high, at)
    bytes.writeUInt32BE(value - high * TWO_TO_32, at + 4)
  }
}

function writeUuid(bytes: Buffer, uuid: string, at: number): void {
  if (uuid.length !== 36 || bytes.write(uuid.replaceAll('-', ''), at, 16, 'hex') !== 16) throw new RangeError('a uuid of a column is none')
}
