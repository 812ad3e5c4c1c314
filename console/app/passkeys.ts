// Passkeys in the browser, by @simplewebauthn/browser. What the person stops at, or what the device can not do, is a refusal.

import { browserSupportsWebAuthn, type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { type AskedOf } from '../../contract/console/console-door.ts'
import { addPasskeyDoor, newPasskeyOptionsDoor, passkeyOptionsDoor, passkeySignInDoor } from '../../contract/console/passkeys.ts'
import type { WhoIsSignedIn } from '../../contract/console/session.ts'
import { askDoor, type Outcome } from './ask-door.ts'
import type { Ask } from './session.tsx'

/** A passkey belongs to a name over https, or to this very machine; never to a bare number of a network. */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn() && !isNumber()
}

/** `a_number`: the page was opened by one; `here`: the same machine under its name, where it is this very one. */
export function whyNoPasskeys(): { why: 'a_number' | 'browser'; here: string | null } {
  if (!isNumber()) return { why: 'browser', here: null }
  return { why: 'a_number', here: location.hostname === '127.0.0.1' ? `${location.protocol}//localhost:${location.port}${location.pathname}` : null }
}

function isNumber(): boolean {
  return /^[\d.]+$|:/.test(location.hostname)
}

const REFUSED = { ok: false, error: 'passkey_refused' } as const

export async function signInByPasskey(): Promise<Outcome<WhoIsSignedIn>> {
  const options = await askDoor(passkeyOptionsDoor, {})
  if (!options.ok) return options
  const response = await startAuthentication({ optionsJSON: options.answer as unknown as PublicKeyCredentialRequestOptionsJSON }).catch(() => null)
  if (response === null) return REFUSED
  return askDoor(passkeySignInDoor, { response: response as unknown as AskedOf<typeof passkeySignInDoor>['response'] })
}

/** WebAuthn's word for a key that this device holds for the account already. */
function whyNotMade(error: unknown): 'passkey_known' | 'passkey_not_made' {
  return error instanceof Error && error.name === 'InvalidStateError' ? 'passkey_known' : 'passkey_not_made'
}

export async function addThisDevice(ask: Ask, key: { id: string; name: string }): Promise<Outcome<unknown>> {
  const options = await ask(newPasskeyOptionsDoor, {})
  if (!options.ok) return options
  const response = await startRegistration({ optionsJSON: options.answer as unknown as PublicKeyCredentialCreationOptionsJSON }).catch(whyNotMade)
  if (typeof response === 'string') return { ok: false, error: response }
  return ask(addPasskeyDoor, { ...key, response: response as unknown as AskedOf<typeof addPasskeyDoor>['response'] })
}
