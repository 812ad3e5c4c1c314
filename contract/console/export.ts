// A table as a file: every row that its search and filters leave, in its order. Headings and words come with the question,
// because words are the pages' business; which columns there are is the table's.

import { z } from 'zod'
import { consoleDoor, nothing, SEARCH_SIGNS_MAX } from './console-door.ts'

export const EXPORT_FORMATS = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
/** More than any district has riders; whoever needs more asks the operator for the database. */
export const EXPORT_ROWS_MAX = 200_000

export const exportColumn = z.strictObject({
  key: z.string().regex(/^\w{1,40}$/),
  heading: z.string().max(60),
  /** What the row's value is called; others stand as they are. */
  words: z.record(z.string().max(60), z.string().max(60)).optional(),
})
export type ExportColumn = z.infer<typeof exportColumn>

/** Answers with the file itself. */
export const exportDoor = consoleDoor(
  'export',
  z.strictObject({
    table: z.string().max(60),
    format: z.enum(EXPORT_FORMATS),
    language: z.enum(['zh', 'en']),
    columns: z.array(exportColumn).min(1).max(40),
    search: z.string().max(SEARCH_SIGNS_MAX * 4),
    sort: z.string().max(40),
    descending: z.boolean(),
    filters: z.record(z.string().max(40), z.string().max(60)),
  }),
  nothing,
)
