// What was done in the office: who, when, what, on which row, and what the row said before and after, without anything
// personal. Nobody changes or removes a line of it.

import { z } from 'zod'
import { atMs, OFFICE_ROLES, rowId, tableDoor } from './console-door.ts'

/** Every act there is. A page with a new act adds its word here; words for people are in the console's catalogue. */
export const OFFICE_ACTS = [
  'signed_in', 'sign_in_failed', 'signed_out', 'session_ended', 'account_invited', 'account_invited_again', 'invitation_accepted', 'account_closed', 'passkey_added', 'passkey_removed',
  'rider_name_shown', 'rider_erased', 'card_revoked', 'card_reissued', 'passes_printed', 'rule_changed', 'service_changed', 'correction_proposed', 'correction_booked', 'correction_refused',
  'item_changed', 'fact_acknowledged', 'fact_accepted', 'partner_added', 'partner_changed', 'partner_closed', 'table_exported',
  'wish_approved', 'wish_asked_back', 'wish_refused', 'wish_posted_for', 'wish_claimed', 'claim_joined', 'claim_extended', 'claim_given_back', 'wish_fulfilled',
  'meeting_added', 'meeting_answered', 'training_made', 'training_changed', 'training_cancelled', 'attendance_recorded', 'certificate_printed',
] as const
export type OfficeAct = (typeof OFFICE_ACTS)[number]

/** Plain values by column. Names, phones and what people wrote stay out. */
export const actedValues = z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean(), z.null()]))
export type ActedValues = z.infer<typeof actedValues>

const actRow = z.strictObject({
  id: rowId, atMs, account: rowId.nullable(), name: z.string().nullable(), role: z.enum(OFFICE_ROLES).nullable(), act: z.enum(OFFICE_ACTS),
  /** The kind of row that it was done to, and which. */
  kind: z.string(), row: z.string(), before: actedValues, after: actedValues,
})
export type ActRow = z.infer<typeof actRow>
export const auditTrailDoor = tableDoor('audit-trail', { sorts: ['at'], filters: { act: OFFICE_ACTS, account: 'id' }, row: actRow })
