// One line in the log and one count for each request, when it is over: which door, what became of it, how long it took, and
// which station it said it was (a station is not a person). Never a path that nobody registered, a query, a header or a body.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { REQUEST_HEADER, STATION_HEADER } from '../../contract/sync/sync-protocol.ts'
import type { Metrics } from './metrics.ts'
import { HEALTH_PATH, METRICS_PATH, READY_PATH } from './ops-doors.ts'

/** Asked every few seconds by machines: in the log only where the answer is no. */
const PROBES = new Set([HEALTH_PATH, READY_PATH, METRICS_PATH])
const NO_DOOR = 'none'
/** The asker was gone before the answer was out. */
const ABORTED = 'aborted'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function observeRequests(app: FastifyInstance, metrics: Metrics, monotonicMs: () => number): void {
  app.decorateReply('verdict', 'ok')
  app.addHook('onRequest', (request, reply, done) => {
    const beganAtMs = monotonicMs()
    metrics.requestBegan()
    let isOver = false
    const end = (isAnswered: boolean): void => {
      if (isOver) return
      isOver = true
      observe(request, reply, { metrics, isAnswered, ms: monotonicMs() - beganAtMs })
    }
    // Answered in full, or the asker is gone: whichever is first.
    reply.raw.once('finish', () => end(true))
    reply.raw.once('close', () => end(false))
    done()
  })
}

function observe(request: FastifyRequest, reply: FastifyReply, { metrics, isAnswered, ms }: { metrics: Metrics; isAnswered: boolean; ms: number }): void {
  const door = request.routeOptions.url ?? NO_DOOR
  const verdict = isAnswered ? reply.verdict : ABORTED
  const bytesIn = request.body instanceof Uint8Array ? request.body.length : 0
  const bytesOut = Number(reply.getHeader('content-length') ?? 0)
  metrics.requestAnswered({ door, verdict, ms, bytesIn, bytesOut })
  if (PROBES.has(door) && verdict === 'ok') return
  const station = uuidIn(request.headers[STATION_HEADER])
  const line = { door, status: reply.statusCode, verdict, ms: Math.round(ms * 10) / 10, bytesIn, bytesOut }
  // Whoever is unknown may have sent anything as his name.
  request.log.info(station === null || verdict === 'unknown_station' ? line : { ...line, station }, 'answered')
}

/** The station's own id of the request, so that both logs can be read together; one of ours where it has none. */
export function requestIds(): (request: { headers: Record<string, unknown> }) => string {
  let given = 0
  return ({ headers }) => {
    const id = uuidIn(headers[REQUEST_HEADER])
    if (id !== null) return id
    given += 1
    return `central-${given}`
  }
}

function uuidIn(header: unknown): string | null {
  return typeof header === 'string' && UUID.test(header) ? header : null
}
