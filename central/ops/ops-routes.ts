// The doors for those who run central: is it alive, may it be given requests, what has it done, what does it speak. None of
// them says anything of a station or a person.

import type { FastifyInstance } from 'fastify'
import type { Metrics } from './metrics.ts'
import { describeDoors } from './openapi.ts'
import { CENTRAL_DOORS, HEALTH_PATH, METRICS_PATH, OPENAPI_PATH, READY_PATH } from './ops-doors.ts'
import type { Readiness } from './readiness.ts'

/** The same for every central of a process, and begun where somebody asks: describing takes longer than all else at a start's beginning. */
let description: string | undefined

export function addOpsRoutes(app: FastifyInstance, { readiness, metrics }: { readiness: Readiness; metrics: Metrics }): void {
  app.get(HEALTH_PATH, () => ({ ok: true }))

  app.get(READY_PATH, async (_request, reply) => {
    const code = await readiness.ask()
    if (code === null) return { ready: true }
    reply.verdict = code
    return reply.code(503).send({ ready: false, code })
  })

  app.get(METRICS_PATH, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))

  app.get(OPENAPI_PATH, (_request, reply) => {
    description ??= JSON.stringify(describeDoors(CENTRAL_DOORS))
    return reply.type('application/json; charset=utf-8').send(description)
  })
}
