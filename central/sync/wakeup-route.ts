// The stream that tells a station to pull: server-sent events over one response that stays open, with a sign of life often
// enough for a dead line to be noticed at both ends. Signed like any request. Holds as little as a stream can be held with.

import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { WAKEUPS_PATH } from '../../contract/sync/hello.ts'
import type { SyncContext } from './sync-context.ts'
import { refusal } from './sync-doors.ts'
import { recogniseStation } from './station-auth.ts'
import type { WakeupHub } from './wakeup-hub.ts'

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
    const response = reply.raw
    const leave = hub.join(asking.answer, { wake: () => send(response, PULL_EVENT), end: () => response.end() })
    if (leave === null) {
      const { status, headers, body } = refusal('busy')
      reply.verdict = 'busy'
      return reply.code(status).headers(headers).send(body)
    }
    reply.verdict = 'ok'
    reply.leave()
    reply.hijack()
    open.add(response)
    context.counters.count({ what: 'wakeup_stream', change: 1 })
    response.once('close', () => {
      leave()
      open.delete(response)
      context.counters.count({ what: 'wakeup_stream', change: -1 })
    })
    response.writeHead(200, HEADERS)
    // Whatever was told before this moment is not told to this stream.
    send(response, PULL_EVENT)
    return reply
  })

  app.addHook('preClose', (done) => {
    clearInterval(beat)
    hub.endAll()
    done()
  })
}

function send(response: ServerResponse, text: string): void {
  if (response.destroyed || response.writableEnded) return
  if (response.writableLength > UNSENT_BYTES_MAX) response.destroy()
  else response.write(text)
}
