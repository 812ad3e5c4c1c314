// How the office's pages ask central: one door a question or act, its name, what it is asked and what it answers. Tables have
// one shape, so that paging, searching and exporting are written once. Every refusal is a word of one closed list.

import { z } from 'zod'

export const CONSOLE_PATH = '/console/'
export const CONSOLE_DOOR_PATH = '/console/v1'
export const consoleDoorPath = (name: string): string => `${CONSOLE_DOOR_PATH}/${name}`

export const OFFICE_ROLES = ['district_staff', 'station_head', 'volunteer', 'partner', 'read_only'] as const
export type OfficeRole = (typeof OFFICE_ROLES)[number]

export const OFFICE_REFUSALS = [
  // Of every door.
  'not_signed_in', 'not_allowed', 'foreign_request', 'bad_request', 'too_large', 'busy', 'internal',
  // Signing in, and who may.
  'wrong_sign_in', 'too_many_tries', 'unknown_invitation', 'weak_password', 'wrong_code', 'name_taken', 'unknown_account', 'own_account', 'account_closed', 'unknown_session', 'passkey_refused', 'unknown_passkey',
  // Rows that are not there, or not there any more.
  'unknown_rider', 'unknown_card', 'card_revoked', 'unknown_station', 'unknown_partner', 'partner_closed', 'unknown_fact', 'unknown_item', 'unknown_service', 'unknown_rule',
  // Acts.
  'changed_meanwhile', 'unknown_correction', 'same_person', 'already_decided', 'points_lacking', 'already_acknowledged', 'nothing_to_accept',
  // Wishes, claims and talks.
  'unknown_wish', 'wish_over', 'version_superseded', 'already_reviewed', 'text_unusable', 'words_missing', 'words_not_here', 'wishes_full', 'wish_repeated', 'recovering', 'not_open',
  'already_claimed', 'claim_over', 'text_unseen', 'extensions_used_up', 'not_a_member', 'members_full', 'unknown_meeting',
  // Trainings and who came.
  'unknown_training', 'not_your_station', 'training_over', 'training_cancelled', 'training_exists', 'wrong_times', 'fewer_than_seated', 'already_attended', 'too_early', 'too_late', 'training_full', 'no_walk_ins', 'pass_unreadable', 'pass_forged', 'pass_expired', 'unknown_certificate',
  // Photos: what was sent, and how it comes.
  'photo_type', 'photo_too_large', 'photo_pixels', 'photo_unreadable', 'too_many_uploads', 'unknown_upload', 'wrong_offset', 'upload_incomplete', 'unknown_photo', 'photo_gone',
] as const
export type OfficeRefusal = (typeof OFFICE_REFUSALS)[number]

export const officeRefusal = z.strictObject({ ok: z.literal(false), error: z.enum(OFFICE_REFUSALS) })
export type OfficeAnswer<Answer> = { ok: true; answer: Answer } | { ok: false; error: OfficeRefusal }

export interface ConsoleDoor<Name extends string = string, Asked = unknown, Answer = unknown> {
  readonly name: Name
  readonly request: z.ZodType<Asked>
  readonly answer: z.ZodType<Answer>
}

export type AskedOf<Door> = Door extends ConsoleDoor<string, infer Asked> ? Asked : never
export type AnswerOf<Door> = Door extends ConsoleDoor<string, unknown, infer Answer> ? Answer : never

export function consoleDoor<const Name extends string, Asked, Answer>(name: Name, request: z.ZodType<Asked>, answer: z.ZodType<Answer>): ConsoleDoor<Name, Asked, Answer> {
  return { name, request, answer }
}

export const rowId = z.uuid().lowercase()
export const bilingual = z.strictObject({ zh: z.string().max(200), en: z.string().max(200) })
export type Bilingual = z.infer<typeof bilingual>
export const nothing = z.strictObject({})
export type Nothing = z.infer<typeof nothing>
export const atMs = z.int().min(0)

export const TABLE_ROWS_MAX = 100
export const SEARCH_SIGNS_MAX = 80
/** Beyond it a table says "more than". */
export const COUNTED_ROWS_MAX = 10_000

const cell = z.union([z.string(), z.number(), z.boolean(), z.null(), bilingual])
export type Cell = z.infer<typeof cell>

export interface TableQuestion {
  search: string
  sort: string
  descending: boolean
  /** By the filter's name; none is set where it is absent. */
  filters: Readonly<Record<string, string>>
  /** Where the page before ended, as it was told; null: from the first. */
  after: string | null
  limit: number
}

export interface TableAnswer<Row> {
  rows: Row[]
  /** null: this is the last page. */
  next: string | null
  /** With the first page. */
  count: { rows: number; isMore: boolean } | null
}

export interface TableDoor<Name extends string = string, Row = unknown> extends ConsoleDoor<Name, TableQuestion, TableAnswer<Row>> {
  /** The first one is how it stands when it is opened. */
  readonly sorts: readonly string[]
  readonly filters: Readonly<Record<string, readonly string[] | 'id'>>
}

export function tableDoor<const Name extends string, Row>(
  name: Name,
  table: { sorts: readonly [string, ...string[]]; filters?: TableDoor['filters']; row: z.ZodType<Row> },
): TableDoor<Name, Row> {
  const filters = table.filters ?? {}
  return {
    name,
    sorts: table.sorts,
    filters,
    request: z.strictObject({
      search: z.string().max(SEARCH_SIGNS_MAX * 4),
      sort: z.enum(table.sorts),
      descending: z.boolean(),
      filters: z.strictObject(Object.fromEntries(Object.entries(filters).map(([filter, values]) => [filter, (values === 'id' ? rowId : z.enum(values)).optional()]))) as unknown as z.ZodType<
        Readonly<Record<string, string>>
      >,
      after: z.string().max(1_000).nullable(),
      limit: z.int().min(1).max(TABLE_ROWS_MAX),
    }),
    answer: z.strictObject({
      rows: z.array(table.row).max(TABLE_ROWS_MAX),
      next: z.string().nullable(),
      count: z.strictObject({ rows: z.int().min(0), isMore: z.boolean() }).nullable(),
    }),
  }
}
