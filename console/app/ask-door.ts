// The one way to central: a door is asked, and answers or refuses with a word of the list. What does not come back, or comes
// back in another shape, is a refusal too; nothing is thrown at a page.

import { type ConsoleDoor, consoleDoorPath, OFFICE_REFUSALS, type OfficeRefusal } from '../../contract/console/console-door.ts'

/**
 * `offline`: central was not reached. `newer`: central speaks of something these pages do not know; they were left open too long.
 * `passkey_known`, `passkey_not_made`: the device itself says so.
 */
export type Refusal = OfficeRefusal | 'offline' | 'newer' | 'passkey_known' | 'passkey_not_made'
export type Outcome<Answer> = { ok: true; answer: Answer } | { ok: false; error: Refusal }

const ANSWER_MS_MAX = 30_000

export async function askDoor<Asked, Answer>(door: ConsoleDoor<string, Asked, Answer>, asked: NoInfer<Asked>, signal?: AbortSignal): Promise<Outcome<Answer>> {
  const timeout = AbortSignal.timeout(ANSWER_MS_MAX)
  const response = await fetch(consoleDoorPath(door.name), {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked), signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  }).catch(() => null)
  if (response === null) return { ok: false, error: 'offline' }
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) return { ok: false, error: refusalOf(body) }
  const answer = door.answer.safeParse((body as { answer?: unknown } | null)?.answer)
  return answer.success ? { ok: true, answer: answer.data } : { ok: false, error: 'newer' }
}

export function refusalOf(body: unknown): Refusal {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  return OFFICE_REFUSALS.find((known) => known === error) ?? 'internal'
}
