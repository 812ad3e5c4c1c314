// Signing in to the office: a name, a password and the six digits of an authenticator, in one question with one answer, so
// that nobody learns which of them was wrong or whether the name exists. An account begins with an invitation of one use.

import { z } from 'zod'
import { atMs, bilingual, consoleDoor, nothing, OFFICE_ROLES, rowId, tableDoor } from './console-door.ts'

export const SIGN_IN_NAME = /^[a-z0-9][a-z0-9._-]{1,39}$/
/** As people type it. */
export const readSignInName = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()
export const PASSWORD_SIGNS_MIN = 12
export const PASSWORD_SIGNS_MAX = 200
/** 26 signs of Crockford's alphabet: 130 bits. */
export const INVITATION_CODE = /^[0-9A-HJKMNP-TV-Z]{26}$/
/** The code stands behind the number sign: no server and no log sees it there. */
export const invitationLink = (centralUrl: string, code: string): string => `${centralUrl}/console/#/invitation/${code}`

export const whoIsSignedIn = z.strictObject({
  account: rowId,
  name: z.string(),
  role: z.enum(OFFICE_ROLES),
  district: z.strictObject({ id: rowId, name: bilingual }),
  station: z.strictObject({ id: rowId, name: bilingual }).nullable(),
  partner: z.strictObject({ id: rowId, name: bilingual }).nullable(),
  /** Central's clock and the district's wall clock: pages show times by these, not by the browser's. */
  nowMs: atMs,
  utcOffsetMinutes: z.int(),
  idleEndsAtMs: atMs,
})
export type WhoIsSignedIn = z.infer<typeof whoIsSignedIn>

const password = z.string().min(1).max(PASSWORD_SIGNS_MAX * 2)
const sixDigits = z.string().max(20)

export const whoAmIDoor = consoleDoor('who-am-i', nothing, whoIsSignedIn)
export const signInDoor = consoleDoor('sign-in', z.strictObject({ name: z.string().max(200), password, code: sixDigits }), whoIsSignedIn)
export const signOutDoor = consoleDoor('sign-out', nothing, nothing)

export const openInvitationDoor = consoleDoor(
  'open-invitation',
  z.strictObject({ code: z.string().max(60) }),
  z.strictObject({ name: z.string(), signInName: z.string(), role: z.enum(OFFICE_ROLES), secret: z.string(), qrSvg: z.string() }),
)
export const acceptInvitationDoor = consoleDoor(
  'accept-invitation',
  z.strictObject({ code: z.string().max(60), password, sixDigits }),
  whoIsSignedIn,
)

export const SESSION_ENDS = ['signed_out', 'ended_by_staff', 'too_many', 'account_closed', 'invited_again'] as const

const sessionRow = z.strictObject({
  id: rowId, account: rowId, name: z.string(), role: z.enum(OFFICE_ROLES), browser: z.string(), beganAtMs: atMs, seenAtMs: atMs,
  state: z.enum(['open', 'idle', ...SESSION_ENDS]), isThis: z.boolean(),
})
export type SessionRow = z.infer<typeof sessionRow>
export const sessionsDoor = tableDoor('sessions', { sorts: ['seen'], filters: { whose: ['mine', 'all'] }, row: sessionRow })
export const endSessionDoor = consoleDoor('end-session', z.strictObject({ session: rowId }), nothing)
