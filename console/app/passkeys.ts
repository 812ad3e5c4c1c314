// Passkeys in the browser, by @simplewebauthn/browser. What the person stops at, or what the device can not do, is a refusal.

import { browserSupportsWebAuthn, type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { type AskedOf } from '../../contract/console/console-door.ts'
import { addPasskeyDoor, newPasskeyOptionsDoor, passkeyOptionsDoor, passkeySignInDoor } from '../../contract/console/passkeys.ts'
import type { WhoIsSignedIn } from '../../contract/console/session.ts'
import { askDoor, type Outcome } from './ask-door.ts'
import type { Ask } from './session.tsx'

/** A passkey belongs to a name over https, or to this very machine; never to a bare number of a network. */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn() && !/^[\d.]+$|:/.test(location.hostname)
}

const REFUSED = { ok: false, error: 'passkey_refused' } as const

export async function signInByPasskey(): Promise<Outcome<WhoIsSignedIn>> {
  const options = await askDoor(passkeyOptionsDoor, {})
  if (!options.ok) return options
  const response = await startAuthentication({ optionsJSON: options.answer as unknown as PublicKeyCredentialRequestOptionsJSON }).catch(() => null)
  if (response === null) return REFUSED
  return askDoor(passkeySignInDoor, { response: response as unknown as AskedOf<typeof passkeySignInDoor>['response'] })
}

export async function addThisDevice(ask: Ask, key: { id: string; name: string }): Promise<Outcome<unknown>> {
  const options = await ask(newPasskeyOptionsDoor, {})
  if (!options.ok) return options
  const response = await startRegistration({ optionsJSON: options.answer as unknown as PublicKeyCredentialCreationOptionsJSON }).catch(() => null)
  if (response === null) return REFUSED
  return ask(addPasskeyDoor, { ...key, response: response as unknown as AskedOf<typeof addPasskeyDoor>['response'] })
}
