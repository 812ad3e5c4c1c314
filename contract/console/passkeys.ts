// Passkeys: a key in a person's device that signs him in by itself, because the device asks for his finger or its code. What goes
// to and fro between the browser and central is WebAuthn's own JSON; the kept library on either side knows it.

import { z } from 'zod'
import { atMs, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'
import { plainText } from './plain-text.ts'
import { whoIsSignedIn } from './session.ts'

export const PASSKEYS_MAX = 10
const webAuthn = z.looseObject({})
/** What a browser answers: its parts are strings, and whatever else it says is not looked at. */
const answered = z.looseObject({ id: z.string().max(1_400), rawId: z.string().max(1_400), type: z.literal('public-key'), response: z.looseObject({ clientDataJSON: z.string().max(8_000) }) })

export const passkeyOptionsDoor = consoleDoor('passkey-options', nothing, webAuthn)
export const passkeySignInDoor = consoleDoor('passkey-sign-in', z.strictObject({ response: answered }), whoIsSignedIn)

const passkeyRow = z.strictObject({ id: rowId, name: z.string(), madeAtMs: atMs, usedAtMs: atMs.nullable() })
export type PasskeyRow = z.infer<typeof passkeyRow>
/** One's own. */
export const passkeysDoor = tableDoor('passkeys', { sorts: ['made'], row: passkeyRow })
export const newPasskeyOptionsDoor = consoleDoor('new-passkey-options', nothing, webAuthn)
export const addPasskeyDoor = consoleDoor('add-passkey', z.strictObject({ id: rowId, name: plainText(1, 40), response: answered }), nothing)
export const removePasskeyDoor = consoleDoor('remove-passkey', z.strictObject({ passkey: rowId }), nothing)
