// One line in the log and one count for each request, when it is over: which door, what became of it, how long it took, and
// which station it said it was (a station is not a person). Never a path that nobody registered, a query, a header or a body.

import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { REQUEST_HEADER, STATION_HEADER } from '../../contract/sync/sync-protocol.ts'
import type { Metrics } from './metrics.ts'
import { HEALTH_PATH, METRICS_PATH, READY_PATH } from './ops-doors.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** Its answer is a stream from now on, which may stay open for weeks: request and reply are held no longer. To be told when it is over, and whether it was ended here. */
    handOver: () => (isAnswered: boolean) => void
  }
}

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
    const { raw } = reply
    // Answered in full, or the asker is gone: whichever is first.
    const answered = (): void => end(true)
    const gone = (): void => end(false)
    const letGo = (): void => void raw.off('finish', answered).off('close', gone)
    const end = (isAnswered: boolean): void => {
      letGo()
      observe(request.log, seenOf(request, reply), { metrics, isAnswered, ms: monotonicMs() - beganAtMs })
    }
    raw.once('finish', answered)
    raw.once('close', gone)
    reply.handOver = () => {
      letGo()
      return observeStream(app.log, request.id, seenOf(request, reply), { metrics, monotonicMs, beganAtMs })
    }
    done()
  })
}

/** Apart from the hook: what it holds is what stands here. */
function observeStream(
  log: FastifyBaseLogger,
  request: string,
  seen: Seen,
  { metrics, monotonicMs, beganAtMs }: { metrics: Metrics; monotonicMs: () => number; beganAtMs: number },
): (isAnswered: boolean) => void {
  return (isAnswered) => observe(log, { request, ...seen }, { metrics, isAnswered, ms: monotonicMs() - beganAtMs })
}

interface Seen {
  /** Its id, where the log does not say it by itself. */
  request?: string
  door: string
  station: string | null
  status: number
  verdict: string
  bytesIn: number
  bytesOut: number
}

function seenOf(request: FastifyRequest, reply: FastifyReply): Seen {
  return {
    door: request.routeOptions.url ?? NO_DOOR,
    station: uuidIn(request.headers[STATION_HEADER]),
    status: reply.statusCode,
    verdict: reply.verdict,
    bytesIn: request.body instanceof Uint8Array ? request.body.length : 0,
    bytesOut: Number(reply.getHeader('content-length') ?? 0),
  }
}

function observe(log: FastifyBaseLogger, { station, ...seen }: Seen, { metrics, isAnswered, ms }: { metrics: Metrics; isAnswered: boolean; ms: number }): void {
  const verdict = isAnswered ? seen.verdict : ABORTED
  const { door, bytesIn, bytesOut } = seen
  metrics.requestAnswered({ door, verdict, ms, bytesIn, bytesOut })
  if (PROBES.has(door) && verdict === 'ok') return
  const { request, status } = seen
  const line = { ...(request === undefined ? {} : { request }), door, status, verdict, ms: Math.round(ms * 10) / 10, bytesIn, bytesOut }
  // Whoever is unknown may have sent anything as his name.
  log.info(station === null || verdict === 'unknown_station' ? line : { ...line, station }, 'answered')
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
