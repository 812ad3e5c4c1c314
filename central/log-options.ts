// What may stand in the log: one line a request (ops/observe-requests), notices, and where in the program an error was thrown.
// Not paths as they came, headers, bodies, query strings or the words of a database error: they can hold a person's data.

import type { FastifyServerOptions } from 'fastify'
import { sqlStateOf } from './store/database-errors.ts'

export type LogOptions = Exclude<NonNullable<FastifyServerOptions['logger']>, boolean>

// An alias, not an interface: fastify wants a shape that may hold more.
export type ErrorDescription = { type: string; message: string; stack: string }

export function logOptions(stream: NodeJS.WritableStream): LogOptions {
  return {
    level: 'info',
    stream,
    redact: ['*.headers', '*.body', '*.full_name', '*.fullName', '*.name', '*.phone_tail', '*.pin_hash'],
    serializers: {
      req: (request) => ({ method: request.method, door: request.routeOptions?.url }),
      res: (reply) => ({ status: reply.statusCode }),
      err: describeError,
    },
  }
}

/** Names an error without repeating values that a database puts into its message. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const sqlState = sqlStateOf(error)
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { type: error.name, message: sqlState === null ? error.message : `SQLSTATE ${sqlState}`, stack: frames.join('\n') }
}
