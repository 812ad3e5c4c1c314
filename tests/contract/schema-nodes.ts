// What a wire looks like, read from its schemas: every node of the JSON Schema with its path, and a fingerprint of the whole.

import { createHash } from 'node:crypto'
import { z } from 'zod'

export interface SchemaNode {
  path: string
  schema: Readonly<Record<string, unknown>>
}

/** Every schema inside this one, itself first. */
export function schemaNodes(schema: z.ZodType): SchemaNode[] {
  return nodesBelow('', z.toJSONSchema(schema, { io: 'input' }))
}

/** SHA-256 over the JSON Schemas and constants of a wire; the order of fields is no part of it. */
export function wireFingerprint(wire: Readonly<Record<string, unknown>>): string {
  const described = Object.entries(wire).map(([name, part]) => [name, part instanceof z.ZodType ? z.toJSONSchema(part, { io: 'input' }) : part])
  return createHash('sha256').update(JSON.stringify(inFixedOrder(Object.fromEntries(described)))).digest('hex')
}

function nodesBelow(path: string, value: unknown): SchemaNode[] {
  if (Array.isArray(value)) return value.flatMap((inner, index) => nodesBelow(`${path}/${index}`, inner))
  if (!isRecord(value)) return []
  const isSchema = !path.endsWith('/properties')
  return [...(isSchema ? [{ path, schema: value }] : []), ...Object.entries(value).flatMap(([key, inner]) => nodesBelow(`${path}/${key}`, inner))]
}

function inFixedOrder(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => inFixedOrder(item))
    return name === 'required' ? items.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)) : items
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.keys(value).toSorted().map((key) => [key, inFixedOrder(value[key], key)]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
