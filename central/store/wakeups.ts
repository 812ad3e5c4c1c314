// What is told when changes commit, so that stations that listen pull at once: the district and the scopes, nothing of their
// content. Told by NOTIFY inside the transaction, so it is heard by every central process exactly where the commit is, and
// not at all where it is not. It may be lost: a timer pulls anyway.

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
