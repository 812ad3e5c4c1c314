// Binds the doors for stations to fastify: the bytes of a request in, the bytes of an answer out. Decides nothing but the
// bound on what is read from the wire.

import type { FastifyInstance, FastifyReply } from 'fastify'
import type { SyncError } from '../../contract/sync/sync-protocol.ts'
import { zlibPacking } from './body-packing.ts'
import type { SyncContext } from './sync-context.ts'
import { answerStation, refusal, type StationAnswer, SYNC_DOORS } from './sync-doors.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** `ok`, or the code of the refusal: a closed list, for metrics and the log. */
    verdict: string
  }
}

export { PUSH_BODY_BYTES_MAX } from './push-batch.ts'

export function sendSyncError(reply: FastifyReply, error: SyncError['error'], status?: number): FastifyReply {
  return sendAnswer(reply, refusal(error, status))
}

export function addSyncRoutes(app: FastifyInstance, context: SyncContext): void {
  const doors = { ...context, packing: zlibPacking }
  for (const [path, { bytesMax }] of SYNC_DOORS) {
    app.post(path, { bodyLimit: bytesMax }, async (request, reply) => {
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array()
      return sendAnswer(reply, await answerStation(doors, { path, headers: request.headers, body }))
    })
  }
}

function sendAnswer(reply: FastifyReply, { status, verdict, headers, body }: StationAnswer): FastifyReply {
  reply.verdict = verdict
  return reply.code(status).headers(headers).send(body)
}
