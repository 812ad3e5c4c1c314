// How much is let in at once. Small questions are counted; batches of events by the bytes that were announced for them, because
// those are held until the whole batch is here. A stream of wake-ups is a question until it has begun. Whoever finds no room is
// told so at once and comes again: nobody waits here.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

export const QUESTIONS_AT_ONCE_MAX = 4_096
const BATCH_BYTES_AT_ONCE_MAX = 64 * 1024 * 1024

declare module 'fastify' {
  interface FastifyReply {
    /** It is answered, or holds nothing that is counted any more. May be called again. */
    leave: () => void
  }
}

export interface AdmissionOptions {
  batchPath: string
  batchBytesMax: number
  questionsAtOnceMax: number | undefined
  refuse(reply: FastifyReply): void
}

export function admitRequests(app: FastifyInstance, { batchPath, batchBytesMax, questionsAtOnceMax = QUESTIONS_AT_ONCE_MAX, refuse }: AdmissionOptions): void {
  let questions = 0
  let batchBytes = 0

  app.addHook('onRequest', (request, reply, done) => {
    const bytes = request.url === batchPath ? announcedBytes(request, batchBytesMax) : 0
    const isBatch = bytes > 0
    if (isBatch) batchBytes += bytes
    else questions += 1
    let isLeft = false
    const leave = (): void => {
      if (isLeft) return
      isLeft = true
      reply.raw.off('finish', leave).off('close', leave)
      if (isBatch) batchBytes -= bytes
      else questions -= 1
    }
    reply.leave = leave
    // Answered in full, or the asker is gone: whichever is first.
    reply.raw.once('finish', leave)
    reply.raw.once('close', leave)
    if (questions > questionsAtOnceMax || batchBytes > BATCH_BYTES_AT_ONCE_MAX) refuse(reply)
    else done()
  })
}

/** What is not announced may be as much as there may be. */
function announcedBytes({ headers }: FastifyRequest, bytesMax: number): number {
  const announced = Number(headers['content-length'] ?? bytesMax)
  return Number.isInteger(announced) && announced > 0 ? Math.min(announced, bytesMax) : bytesMax
}
