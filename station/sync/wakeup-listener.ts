// Hears central say "pull": a stream of server-sent events that carries no data and may be lost. Keeps one stream open, opens it
// again with full jitter, and gives up one that has said nothing for too long. Says whether it hears, so that a station that
// does need not ask every few seconds; a round that fails says more than a stream that ends.

import { createHash, type KeyObject, sign } from 'node:crypto'
import { WAKEUPS_PATH } from '../../contract/sync/hello.ts'
import { REQUEST_HEADER, requestSigningText, SIGNATURE_HEADER, STATION_HEADER } from '../../contract/sync/sync-protocol.ts'
import type { StationIds } from '../station-ids.ts'
import type { SyncTimers } from './sync-loop.ts'

/** The pieces of one stream, as they come; ends or throws when it is over. */
export type OpenStream = (request: { path: string; headers: Readonly<Record<string, string>>; signal: AbortSignal }) => Promise<AsyncIterable<Uint8Array>>

export interface WakeupListenerOptions {
  station: string
  privateKey: KeyObject
  ids: Pick<StationIds, 'random'>
  openStream: OpenStream
  timers: SyncTimers
  onWakeup: () => void
  /** Once an outage. */
  onProblem: (problem: string) => void
}

export interface WakeupListener {
  /** A stream is open and has been heard of lately. */
  isHearing(): boolean
  stop(): Promise<void>
}

/** Central says something every 25 s. */
const SILENCE_MS_MAX = 70_000
const AGAIN_FIRST_MS = 1_000
const AGAIN_LONGEST_MS = 60_000
/** A line longer than this is none of ours. */
const LINE_SIGNS_MAX = 1_024
const EMPTY_BODY_SHA256 = createHash('sha256').digest('hex')

export function startWakeupListener(options: WakeupListenerOptions): WakeupListener {
  const { timers } = options
  let isStopped = false
  let isOpen = false
  let failures = 0
  let ending: AbortController | null = null
  let cancelTimer: () => void = () => undefined
  let cancelSilence: () => void = () => undefined
  let listening: Promise<void> = Promise.resolve()

  function heard(): void {
    cancelSilence()
    cancelSilence = timers.after(SILENCE_MS_MAX, () => ending?.abort(new Error('central has said nothing for too long')))
  }

  async function listen(): Promise<void> {
    const own = new AbortController()
    ending = own
    heard()
    try {
      const pieces = await options.openStream({ path: WAKEUPS_PATH, headers: signedHeaders(options), signal: own.signal })
      let line = ''
      for await (const piece of pieces) {
        heard()
        isOpen = true
        const lines = (line + Buffer.from(piece).toString('latin1')).split('\n')
        line = lines.pop() ?? ''
        if (line.length > LINE_SIGNS_MAX) throw new RangeError('a wake-up is a short line')
        // Several that came together say no more than one.
        if (lines.includes('event: pull')) options.onWakeup()
      }
    } catch (error) {
      // Whatever ended it, the next one is opened below; rounds tell staff whether central can be reached.
      if (failures === 0 && !isStopped) options.onProblem(`no wake-ups: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      cancelSilence()
      own.abort()
      failures = isOpen ? 1 : failures + 1
      const wasOpen = isOpen
      isOpen = false
      // Central may be gone: a round finds out sooner than the slow timer would.
      if (wasOpen && !isStopped) options.onWakeup()
    }
    if (isStopped) return
    const longestMs = Math.min(AGAIN_FIRST_MS * 2 ** Math.min(failures, 16), AGAIN_LONGEST_MS)
    cancelTimer = timers.after(Math.ceil(timers.random() * longestMs), begin)
  }

  function begin(): void {
    listening = listen()
  }

  begin()
  return {
    isHearing: () => isOpen,
    async stop() {
      isStopped = true
      cancelTimer()
      ending?.abort(new Error('the station stops'))
      await listening
    },
  }
}

function signedHeaders({ station, privateKey, ids }: WakeupListenerOptions): Record<string, string> {
  const requestId = ids.random()
  const text = requestSigningText({ path: WAKEUPS_PATH, station, requestId, bodySha256: EMPTY_BODY_SHA256 })
  return { [STATION_HEADER]: station, [REQUEST_HEADER]: requestId, [SIGNATURE_HEADER]: sign(null, Buffer.from(text), privateKey).toString('base64url') }
}

/** Over HTTP. Throws where the answer is no stream. */
export function streamOverHttp(baseUrl: string): OpenStream {
  return async ({ path, headers, signal }) => {
    const response = await fetch(new URL(path, baseUrl), { headers, redirect: 'error', signal })
    if (!response.ok || response.body === null || response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      await response.body?.cancel()
      throw new Error(`no stream: status ${response.status}`)
    }
    return response.body
  }
}
