// What is told when changes commit, so that stations that listen pull at once: the district and the scopes, nothing of their
// content. Told by NOTIFY inside the transaction, so it is heard by every central process exactly where the commit is, and
// not at all where it is not. It may be lost: a timer pulls anyway.

import type { MirrorKind } from '../../contract/sync/sync-protocol.ts'
import { DISTRICT_SCOPE } from './change-scopes.ts'

export const WAKEUP_CHANNEL = 'boai_changes'

/** PostgreSQL takes less than 8,000 bytes. */
const PAYLOAD_BYTES_MAX = 7_900
const EVERY_SCOPE = '*'

export interface Wakeup {
  district: string
  /** null: any of them. */
  scopes: readonly string[] | null
}

export function wakeupPayload(district: string, scopes: readonly string[]): string {
  const payload = `${district} ${[...new Set(scopes)].join(' ')}`
  return Buffer.byteLength(payload) > PAYLOAD_BYTES_MAX ? `${district} ${EVERY_SCOPE}` : payload
}

/**
 * What every station of a district shows in a list, and what changes whenever anybody signs up or takes a wish on: it wakes nobody,
 * or each sign-up would have a thousand stations ask at once. They ask at every scan and every half minute anyway; whom it is about
 * is woken by his own row.
 */
const QUIET_KINDS: ReadonlySet<MirrorKind> = new Set<MirrorKind>(['training', 'wall_wish'])

/** The scopes that are told of these rows of the log. */
export function wakingScopes(rows: readonly { scope: string; kind: MirrorKind }[]): string[] {
  return [...new Set(rows.filter(({ scope, kind }) => scope !== DISTRICT_SCOPE || !QUIET_KINDS.has(kind)).map(({ scope }) => scope))]
}

/** null where it is none of ours. */
export function readWakeup(payload: string): Wakeup | null {
  const [district, ...scopes] = payload.split(' ')
  if (district === undefined || scopes.length === 0) return null
  return { district, scopes: scopes.includes(EVERY_SCOPE) ? null : scopes }
}

/** `onLost`: for a while nothing was heard; what was told in it is told no more. */
export interface WakeupListener {
  onPayload(payload: string): void
  onLost(): void
}
