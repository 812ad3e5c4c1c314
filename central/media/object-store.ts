// Where pictures lie: bytes by a random id, outside the database. One interface over a folder and over an S3-compatible service;
// it knows nothing of what the bytes are or who may see them.

export const OBJECT_BYTES_MAX = 16 * 1024 * 1024
export const OBJECTS_LISTED_MAX = 500
export const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface ListedObject {
  id: string
  changedAtMs: number
}

export interface ObjectStore {
  /** Whole and durable when it resolves, or it throws and nobody ever reads half of it. The same again does no harm. */
  put(id: string, bytes: Uint8Array): Promise<void>
  /** null: there is none. Throws where the store is not reached, or holds more under that id than may be. */
  get(id: string): Promise<Uint8Array | null>
  /** Also where there is none. */
  delete(id: string): Promise<void>
  /** A page, by id, from behind `after` on. What has no id of ours is nobody's business and left out. */
  list(after: string | null): Promise<{ objects: ListedObject[]; next: string | null }>
}

/** An id is made by central; anything else is a mistake of ours, and must never become a path. */
export function checkedId(id: string): string {
  if (!OBJECT_ID.test(id)) throw new RangeError('an object has a random id and no other name')
  return id
}

export function checkedBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length > OBJECT_BYTES_MAX) throw new RangeError('an object is too large for the store')
  return bytes
}
