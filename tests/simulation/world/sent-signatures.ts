// Signatures as stations sent them. Central is told at once what its check must come to, where it asks about the very text that a
// station's line carried with this signature; the check itself is made by another thread while the run goes on, each of them, and
// one that does not hold fails the run at its end. Whatever was changed on the way, comes again or is asked about another key is checked where central asks.

import { hash, type KeyObject } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { isSignature } from '../../../central/sync/station-auth.ts'
import { batchSigningText } from '../../../contract/sync/event-envelope.ts'
import { PUSH_PATH, type PushHead, REQUEST_HEADER, requestSigningText, SIGNATURE_HEADER, STATION_HEADER } from '../../../contract/sync/sync-protocol.ts'
import type { ExchangeRequest } from '../../../station/sync/http-exchange.ts'

export interface SentSignatures {
  /** Leaves a station, signed by the key with this public half (32 bytes as base64url). */
  sent(request: Pick<ExchangeRequest, 'path' | 'headers' | 'body'>, publicKey: string): void
  /** As central asks. */
  isSignature(publicKey: KeyObject, text: string, signature: string): boolean
  /** All have been checked: those texts whose signature does not hold. Nothing is asked afterwards. */
  settle(): Promise<string[]>
}

interface SentSignature {
  publicKey: string
  text: string
  signature: string
}

/** To the other thread: key, text and signature of each, one after the other as one text, which is copied at once; or that this was all. */
export type ToCheck = { check: string } | 'that is all'
const BETWEEN = '\0'

const CHECKED_AT_ONCE = 128
/** Of what never arrived. */
const KEPT_MAX = 20_000

export function openSentSignatures(): SentSignatures {
  const thread = new Worker(new URL('check-signatures.ts', import.meta.url))
  const settled = new Promise<string[]>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  // Heard by whoever waits for it, at the end.
  settled.catch(() => undefined)
  const known = new Map<string, SentSignature>()
  const rawKeys = new WeakMap<KeyObject, string>()
  let waiting: string[] = []

  const tell = (what: ToCheck): void => thread.postMessage(what, [])
  const tellWaiting = (): void => {
    if (waiting.length > 0) tell({ check: waiting.join(BETWEEN) })
    waiting = []
  }
  const rawKeyOf = (key: KeyObject): string => {
    const raw = rawKeys.get(key) ?? key.export({ format: 'jwk' }).x ?? ''
    rawKeys.set(key, raw)
    return raw
  }
  const know = (sent: SentSignature): void => {
    if (known.size >= KEPT_MAX) known.clear()
    known.set(sent.signature, sent)
  }
  return {
    sent({ path, headers, body }, publicKey) {
      const { [STATION_HEADER]: station = '', [REQUEST_HEADER]: requestId = '', [SIGNATURE_HEADER]: signature = '' } = headers
      know({ publicKey, text: requestSigningText({ path, station, requestId, bodySha256: hash('sha256', body, 'hex') }), signature })
      if (path !== PUSH_PATH) return
      const head = JSON.parse(Buffer.from(body.subarray(0, body.indexOf(0x0a))).toString('utf8')) as PushHead
      know({ publicKey, text: batchSigningText({ station, ...head }), signature: head.signature })
    },
    isSignature(publicKey, text, signature) {
      const sent = known.get(signature)
      if (sent === undefined || sent.text !== text || sent.publicKey !== rawKeyOf(publicKey)) return isSignature(publicKey, text, signature)
      known.delete(signature)
      waiting.push(sent.publicKey, sent.text, sent.signature)
      if (waiting.length >= CHECKED_AT_ONCE * 3) tellWaiting()
      return true
    },
    async settle() {
      tellWaiting()
      tell('that is all')
      const wrong = await settled
      await thread.terminate()
      return wrong
    },
  }
}
