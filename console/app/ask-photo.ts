// The photo of a wish that was lit: its bytes through the door, or where it is at the origin that pictures have to themselves.

import { consoleDoorPath } from '../../contract/console/console-door.ts'
import { wishPhotoDoor } from '../../contract/console/photos.ts'
import { type Outcome, refusalOf } from './ask-door.ts'

export interface ShownPhoto {
  /** For an `img`. */
  url: string
  /** It is shown no more. */
  release(): void
}

export async function askPhoto(wish: string, signal: AbortSignal): Promise<Outcome<ShownPhoto>> {
  const response = await fetch(consoleDoorPath(wishPhotoDoor.name), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ wish }), signal }).catch(() => null)
  if (response === null) return { ok: false, error: 'offline' }
  if (response.headers.get('content-type')?.startsWith('image/') === true) {
    const picture = await response.blob().catch(() => null)
    if (picture === null) return { ok: false, error: 'offline' }
    const url = URL.createObjectURL(picture)
    return { ok: true, answer: { url, release: () => URL.revokeObjectURL(url) } }
  }
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) return { ok: false, error: refusalOf(body) }
  const answer = wishPhotoDoor.answer.safeParse((body as { answer?: unknown } | null)?.answer)
  return answer.success ? { ok: true, answer: { url: answer.data.url, release: () => undefined } } : { ok: false, error: 'newer' }
}
