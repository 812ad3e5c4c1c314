// A photo on its way to central, over a network that comes and goes: in parts, from where central has it, again after ever longer
// pauses as long as only the network is to blame. Whatever central says of the photo itself ends it.

import { beginPhotoDoor, finishPhotoDoor, PHOTO_BYTES_MAX, PHOTO_OFFSET_HEADER, PHOTO_PART_BYTES_MAX, PHOTO_PART_TYPE, photoPartAnswer, photoPartPath } from '../../contract/console/photos.ts'
import { type Outcome, type Refusal, refusalOf } from './ask-door.ts'
import type { Ask } from './session.tsx'

export interface PhotoFor {
  /** Made once for this file: with it an upload goes on. */
  upload: string
  wish: string
  claim: number
}

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000]
const PART_MS_MAX = 60_000
const PASSING: readonly Refusal[] = ['offline', 'busy', 'wrong_offset', 'upload_incomplete']

const refuse = (error: Refusal): { ok: false; error: Refusal } => ({ ok: false, error })

/** Answers the photo's id. `told`: how much of it is there, from 0 to 1. */
export async function sendPhoto(ask: Ask, file: Blob, to: PhotoFor, told: (share: number) => void, signal: AbortSignal): Promise<Outcome<string>> {
  if (file.size > PHOTO_BYTES_MAX) return refuse('photo_too_large')
  if (file.size === 0) return refuse('photo_unreadable')
  const sha256 = await sha256Of(file)
  if (sha256 === null) return refuse('photo_unreadable')
  let received = 0
  for (let tries = 0; ; tries += 1) {
    const before = received
    const outcome = await sendOn(ask, file, { ...to, sha256 }, signal, (now) => {
      received = Math.max(received, now)
      told(now / file.size)
    })
    // What gets further is worth as many tries again.
    if (received > before) tries = 0
    const pauseMs = PAUSES_MS[tries]
    if (outcome.ok || signal.aborted || pauseMs === undefined || !PASSING.includes(outcome.error)) return outcome
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

async function sendOn(ask: Ask, file: Blob, { upload, wish, claim, sha256 }: PhotoFor & { sha256: string }, signal: AbortSignal, told: (received: number) => void): Promise<Outcome<string>> {
  const begun = await ask(beginPhotoDoor, { upload, bytes: file.size, wish, claim }, signal)
  if (!begun.ok) return begun
  for (let { received } = begun.answer; ; ) {
    told(received)
    if (received >= file.size) break
    const sent = await sendPart(upload, file, received, signal)
    if (!sent.ok) return sent
    received = sent.answer
  }
  const finished = await ask(finishPhotoDoor, { upload, sha256 }, signal)
  return finished.ok ? { ok: true, answer: finished.answer.photo } : finished
}

/** null: it can not be read any more. */
async function sha256Of(file: Blob): Promise<string | null> {
  const bytes = await file.arrayBuffer().catch(() => null)
  if (bytes === null) return null
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function sendPart(upload: string, file: Blob, offset: number, signal: AbortSignal): Promise<Outcome<number>> {
  // The file may have been moved or taken away since it was chosen.
  const part = await file.slice(offset, offset + PHOTO_PART_BYTES_MAX).arrayBuffer().catch(() => null)
  if (part === null) return refuse('photo_unreadable')
  const response = await fetch(photoPartPath(upload), {
    method: 'PATCH', headers: { 'content-type': PHOTO_PART_TYPE, [PHOTO_OFFSET_HEADER]: String(offset) }, body: part, signal: AbortSignal.any([signal, AbortSignal.timeout(PART_MS_MAX)]),
  }).catch(() => null)
  if (response === null) return refuse('offline')
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) return refuse(refusalOf(body))
  const answer = photoPartAnswer.safeParse(body)
  return answer.success ? { ok: true, answer: answer.data.answer.received } : refuse('newer')
}
