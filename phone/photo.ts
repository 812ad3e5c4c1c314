// The photo with which somebody granted a wish: fetched when its rider wants to see it, for it weighs more than the page.

import type { Failure } from './ask.ts'
import { element } from './element.ts'

const ANSWER_MS_MAX = 30_000

/** Its bytes, or where it is at the origin that pictures have to themselves. */
export async function askPhoto(wish: string, alt: string): Promise<{ ok: true; picture: HTMLImageElement } | { ok: false; error: Failure }> {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), ANSWER_MS_MAX)
  try {
    const response = await fetch('/phone/v1/wish-photo', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ wish }), credentials: 'same-origin', signal: ending.signal,
    })
    if ((response.headers.get('content-type') ?? '').startsWith('image/')) {
      const src = URL.createObjectURL(await response.blob())
      return { ok: true, picture: element('img', { src, alt, class: 'photo', onload: () => URL.revokeObjectURL(src) }) }
    }
    const told = (await response.json()) as { ok: true; answer: { url: string } } | { ok: false; error: Failure } | { error: string }
    if (!('ok' in told)) return { ok: false, error: 'busy' }
    return told.ok ? { ok: true, picture: element('img', { src: told.answer.url, alt, class: 'photo' }) } : told
  } catch {
    // No network, no answer in time, or none that is ours: for who holds the phone it is the same.
    return { ok: false, error: 'no_network' }
  } finally {
    clearTimeout(timer)
  }
}
