// The stream that tells a station to pull: server-sent events over one response that stays open, with a sign of life often
// enough for a dead line to be noticed at both ends. Signed like any request. Holds as little as a stream can be held with.

import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { WAKEUPS_PATH } from '../../contract/sync/hello.ts'
import type { SyncContext } from './sync-context.ts'
import { refusal } from './sync-doors.ts'
import { recogniseStation } from './station-auth.ts'
import type { WakeupHub, WakeupStream } from './wakeup-hub.ts'

export const WAKEUP_BEAT_MS = 25_000
const PULL_EVENT = 'event: pull\ndata:\n\n'
const BEAT = ':\n\n'
/** The line goes with the stream: kept alive behind it, it would hold up a process that closes. */
const HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'close' }
/** One that takes nothing any more is ended: it would be kept in memory for ever. */
const UNSENT_BYTES_MAX = 4_096

export function addWakeupRoute(app: FastifyInstance, context: SyncContext, hub: WakeupHub): void {
  const open = new Set<ServerResponse>()
  const beat = setInterval(() => {
    for (const response of open) send(response, BEAT)
  }, WAKEUP_BEAT_MS)
  beat.unref()

  app.get(WAKEUPS_PATH, async (request, reply) => {
    const asking = await recogniseStation(context.store, { path: WAKEUPS_PATH, headers: request.headers, body: new Uint8Array() })
    const error = !asking.ok ? asking.error : asking.answer.isRevoked ? 'revoked' : null
    if (error !== null || !asking.ok) {
      const { status, verdict, headers, body } = refusal(error ?? 'internal')
      context.counters.count({ what: 'refusal', code: error ?? 'internal' })
      reply.verdict = verdict
      return reply.code(status).headers(headers).send(body)
    }
    // It has gone meanwhile: nobody would hear of its end, and it would be kept for ever.
    if (reply.raw.destroyed) return reply.hijack()
    const stream = streamOver(reply.raw)
    const leave = hub.join(asking.answer, stream)
    if (leave === null) {
      const { status, headers, body } = refusal('busy')
      reply.verdict = 'busy'
      return reply.code(status).headers(headers).send(body)
    }
    reply.verdict = 'ok'
    reply.leave()
    reply.hijack()
    const over = reply.handOver()
    letRequestGo(reply.raw)
    keepOpen(reply.raw, leave, over)
    // Whatever was told before this moment is not told to this stream.
    stream.wake()
    return reply
  })

  /** Apart from the door: what lies open holds nothing of the request. */
  function keepOpen(response: ServerResponse, leave: () => void, over: (isAnswered: boolean) => void): void {
    open.add(response)
    context.counters.count({ what: 'wakeup_stream', change: 1 })
    response.once('close', () => {
      leave()
      open.delete(response)
      context.counters.count({ what: 'wakeup_stream', change: -1 })
      over(response.writableFinished)
    })
    response.writeHead(200, HEADERS)
  }

  app.addHook('preClose', (done) => {
    clearInterval(beat)
    hub.endAll()
    done()
  })
}

function streamOver(response: ServerResponse): WakeupStream {
  return { wake: () => send(response, PULL_EVENT), end: () => void response.end() }
}

/** By these two fastify hears of the end of an answer that it has given up (`hijack`), and keeps request, reply and log until then: half of what a stream costs beside its line. */
function letRequestGo(response: ServerResponse): void {
  for (const event of ['finish', 'error']) {
    for (const listener of response.listeners(event)) if (listener.name === FASTIFY_LISTENER) response.off(event, listener as () => void)
  }
  // A line that breaks ends the stream; unheard it would end the process.
  response.on('error', endBroken)
}

const FASTIFY_LISTENER = 'onResFinished'

function endBroken(this: ServerResponse): void {
  this.destroy()
}

function send(response: ServerResponse, text: string): void {
  if (response.destroyed || response.writableEnded) return
  if (response.writableLength > UNSENT_BYTES_MAX) response.destroy()
  else response.write(text)
}
