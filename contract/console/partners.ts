// Partners: units, merchants and party members who claim wishes and give goods, each with accounts of its own.

import { z } from 'zod'
import { plainText } from './plain-text.ts'
import { atMs, bilingual, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'

export const PARTNER_KINDS = ['unit', 'merchant', 'members'] as const
export const PARTNER_STATES = ['active', 'closed'] as const
const name = z.strictObject({ zh: plainText(1, 60), en: plainText(0, 60) })

const partnerRow = z.strictObject({ id: rowId, name: bilingual, kind: z.enum(PARTNER_KINDS), state: z.enum(PARTNER_STATES), madeAtMs: atMs, accounts: z.int().min(0) })
export type PartnerRow = z.infer<typeof partnerRow>
/** Whoever is of a partner sees his own. */
export const partnersDoor = tableDoor('partners', { sorts: ['made'], filters: { kind: PARTNER_KINDS, state: PARTNER_STATES }, row: partnerRow })
export const addPartnerDoor = consoleDoor('add-partner', z.strictObject({ id: rowId, name, kind: z.enum(PARTNER_KINDS) }), nothing)
export const changePartnerDoor = consoleDoor('change-partner', z.strictObject({ partner: rowId, name, kind: z.enum(PARTNER_KINDS) }), nothing)
/** Its people can not sign in any more; what it holds goes back. */
export const closePartnerDoor = consoleDoor('close-partner', z.strictObject({ partner: rowId }), nothing)
