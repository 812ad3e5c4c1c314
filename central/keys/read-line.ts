// One line of JSON in a file beside the database, where a power cut may have torn it.

import type { z } from 'zod'

/** null where it is no JSON, or not of that schema. */
export function readLineAs<Value>(schema: z.ZodType<Value>, line: string): Value | null {
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
