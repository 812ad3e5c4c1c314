// What is said of a door in the OpenAPI document: one row for each route of central, beside the code that answers there. The
// schemas are the very ones that the code reads and answers with.

import type { z } from 'zod'

export interface BodyDescription {
  mediaType: string
  /** null: not JSON; `text` says what it is. */
  schema: z.ZodType | null
  text: string
}

export interface DoorDescription {
  method: 'get' | 'post' | 'patch'
  path: string
  summary: string
  /** Signed by a station (contract/sync/sync-protocol). */
  signed: boolean
  /** Names of headers that are asked for, with what they hold. */
  headers: Readonly<Record<string, z.ZodType>>
  /** null: there is none. */
  request: BodyDescription | null
  answer: BodyDescription
  /** By HTTP status. */
  refusals: Readonly<Record<number, z.ZodType>>
}

export function json(schema: z.ZodType, text: string): BodyDescription {
  return { mediaType: 'application/json', schema, text }
}
