// Who may use the office: accounts with a role, of a district and where the role says so of a station or a partner.

import { z } from 'zod'
import { atMs, bilingual, consoleDoor, nothing, OFFICE_ROLES, rowId, tableDoor } from './console-door.ts'
import { plainText } from './plain-text.ts'
import { SIGN_IN_NAME } from './session.ts'

export const ACCOUNT_STATES = ['invited', 'active', 'closed'] as const

const accountRow = z.strictObject({
  id: rowId, name: z.string(), signInName: z.string(), role: z.enum(OFFICE_ROLES), state: z.enum(ACCOUNT_STATES),
  station: bilingual.nullable(), partner: bilingual.nullable(), madeAtMs: atMs, seenAtMs: atMs.nullable(),
})
export type AccountRow = z.infer<typeof accountRow>

export const accountsDoor = tableDoor('accounts', {
  sorts: ['signInName', 'made'],
  filters: { role: OFFICE_ROLES, state: ACCOUNT_STATES, partner: 'id' },
  row: accountRow,
})

export const shownName = plainText(1, 40)
export const newAccount = z.strictObject({
  id: rowId,
  signInName: z.string().regex(SIGN_IN_NAME),
  name: shownName,
  role: z.enum(OFFICE_ROLES),
  station: rowId.nullable(),
  partner: rowId.nullable(),
})
const invitation = z.strictObject({ link: z.string(), expiresAtMs: atMs })

export const inviteDoor = consoleDoor('invite', newAccount, invitation)
/** A new password and authenticator for who has lost one; what was before ends when the invitation is used. */
export const inviteAgainDoor = consoleDoor('invite-again', z.strictObject({ account: rowId }), invitation)
export const closeAccountDoor = consoleDoor('close-account', z.strictObject({ account: rowId }), nothing)
