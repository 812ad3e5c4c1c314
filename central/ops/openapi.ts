// Central's OpenAPI 3.1 document, made from the schemas that the code runs on. Schemas with a name are written once, as
// components, and referred to. Holds nothing by hand but words.

import { z } from 'zod'
import { EVENT_BODIES } from '../../contract/sync/event-bodies.ts'
import {
  change, MIRROR_ROWS, pullAnswer, pullRequest, pushAnswer, pushHead, REQUEST_HEADER, SIGNATURE_HEADER, STATION_HEADER, SYNC_PROTOCOL_VERSION,
} from '../../contract/sync/sync-protocol.ts'
import type { BodyDescription, DoorDescription } from './door-description.ts'

const COMPONENTS = '#/components/schemas/'

type JsonObject = Record<string, unknown>

/** By the name under which they stand in the document. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  PushHead: pushHead,
  PushAnswer: pushAnswer,
  PullRequest: pullRequest,
  PullAnswer: pullAnswer,
  Change: change,
  ...Object.fromEntries(Object.entries(MIRROR_ROWS).map(([kind, schema]) => [`Row.${kind}`, schema])),
  ...Object.fromEntries(Object.entries(EVENT_BODIES).map(([name, schema]) => [`Event.${name.replace('/', '.')}`, schema])),
}

export function describeDoors(doors: readonly DoorDescription[]): JsonObject {
  const named = namedSchemas(doors)
  const schemas = componentsOf(named)
  const nameOf = new Map([...named].map(([name, schema]) => [schema, name]))
  const refer = (schema: z.ZodType): JsonObject => {
    const name = nameOf.get(schema)
    if (name === undefined) throw new Error('a schema of a door has no name')
    return { $ref: `${COMPONENTS}${name}` }
  }
  const paths: Record<string, JsonObject> = {}
  for (const door of doors) paths[door.path] = { ...paths[door.path], [door.method]: operation(door, refer) }
  return {
    openapi: '3.1.0',
    info: {
      title: "博爱小站 中心 · Bo'ai Station central",
      version: `${SYNC_PROTOCOL_VERSION}`,
      description: 'How stations speak to central, and how central is watched. Every refusal is a code of a closed list.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        station: {
          type: 'apiKey',
          in: 'header',
          name: SIGNATURE_HEADER,
          description: `Ed25519 by the station's key, base64url, over: boai/request/1, path, station, request id, SHA-256 of the body as sent in lower-case hex; one a line. Beside it go ${STATION_HEADER} and ${REQUEST_HEADER}.`,
        },
      },
    },
  }
}

/** The document's names, and one for each schema of a door that has none yet. */
function namedSchemas(doors: readonly DoorDescription[]): Map<string, z.ZodType> {
  const named = new Map(Object.entries(NAMED))
  const known = new Set(named.values())
  const add = (name: string, schema: z.ZodType | null | undefined): void => {
    if (schema === null || schema === undefined || known.has(schema)) return
    if (named.has(name)) throw new Error(`two schemas are called ${name}`)
    known.add(schema)
    named.set(name, schema)
  }
  for (const door of doors) {
    const name = doorName(door)
    add(`${name}Request`, door.request?.schema)
    add(`${name}Answer`, door.answer.schema)
    for (const [status, schema] of Object.entries(door.refusals)) add(`${name}Refusal${status}`, schema)
  }
  return named
}

function componentsOf(named: ReadonlyMap<string, z.ZodType>): Record<string, JsonObject> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of named) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `${COMPONENTS}${id}`, override: ({ jsonSchema }) => nameFormat(jsonSchema) })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      // Where a component stands is its name; an id of its own would move what its references mean.
      const { $id: _id, $schema: _dialect, ...rest } = schema
      return [name, rest]
    }),
  )
}

/** zod names a check, OpenAPI a format; its patterns say the rest. */
function nameFormat(schema: { format?: string | undefined }): void {
  if (schema.format === 'lowercase') schema.format = 'uuid'
}

function operation(door: DoorDescription, refer: (schema: z.ZodType) => JsonObject): JsonObject {
  const content = ({ mediaType, schema, text }: BodyDescription): JsonObject => ({
    description: text,
    content: { [mediaType]: { schema: schema === null ? { type: 'string' } : refer(schema) } },
  })
  const header = (name: string, schema: JsonObject): JsonObject => ({ name, in: 'header', required: true, schema })
  return {
    operationId: doorName(door),
    summary: door.summary,
    ...(door.signed ? { security: [{ station: [] }] } : { security: [] }),
    parameters: [
      ...(door.signed ? [header(STATION_HEADER, { type: 'string', format: 'uuid' }), header(REQUEST_HEADER, { type: 'string', format: 'uuid' })] : []),
      ...Object.entries(door.headers).map(([name, schema]) => header(name, plainSchema(schema))),
    ],
    ...(door.request === null ? {} : { requestBody: { required: true, ...content(door.request) } }),
    responses: {
      200: content(door.answer),
      ...Object.fromEntries(
        Object.entries(door.refusals).map(([status, schema]) => [status, content({ mediaType: 'application/json', schema, text: 'Refused; the code says why.' })]),
      ),
    },
  }
}

function plainSchema(schema: z.ZodType): JsonObject {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema)
  return rest
}

/** `/v1/push` is `push`, `/` is `home`; unique, because a path is. */
function doorName({ path }: DoorDescription): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '' && word !== 'v1')
  if (words.length === 0) return 'home'
  return words.map((word, index) => (index === 0 ? word : `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`)).join('')
}
