// Where pictures lie and from where browsers get them, read once at the start. By default a folder beside the database or the
// key; with BOAI_S3_* a bucket. Half a setting is an error, never a guess.

import { join } from 'node:path'
import { folderStore } from './folder-store.ts'
import type { ObjectStore } from './object-store.ts'
import { s3Store } from './s3-store.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const NEEDED = ['BOAI_S3_ENDPOINT', 'BOAI_S3_BUCKET', 'BOAI_S3_KEY', 'BOAI_S3_SECRET'] as const
const OTHERS = ['BOAI_S3_REGION', 'BOAI_S3_PREFIX'] as const
/** Those of MinIO and others that know no regions. */
const REGION = 'us-east-1'
const PREFIX = /^([\w-]+\/)*$/

/** `folder`: central's own, where nothing else is said. */
export function openObjectStore(environment: Environment, folder: string): ObjectStore {
  const given = [...NEEDED, ...OTHERS].filter((name) => environment[name] !== undefined)
  if (given.length === 0) return folderStore(environment['BOAI_PHOTOS'] ?? join(folder, 'photos'))
  if (environment['BOAI_PHOTOS'] !== undefined) throw new Error('BOAI_PHOTOS names a folder and BOAI_S3_* a bucket: only one of them')
  const missing = NEEDED.filter((name) => (environment[name] ?? '') === '')
  if (missing.length > 0) throw new Error(`${given[0] ?? ''} is set, and ${missing.join(', ')} is missing`)
  const [endpoint = '', bucket = '', key = '', secret = ''] = NEEDED.map((name) => environment[name])
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) throw new Error('BOAI_S3_ENDPOINT is an address with http or https')
  const prefix = environment['BOAI_S3_PREFIX'] ?? ''
  if (!PREFIX.test(prefix)) throw new Error('BOAI_S3_PREFIX is empty or ends with a slash')
  return s3Store({ endpoint, bucket, key, secret, prefix, region: environment['BOAI_S3_REGION'] ?? REGION })
}

/** The origin that pictures have to themselves; null: there is none, and they come through the doors. `publicUrl`: central's own. */
export function mediaOrigin(environment: Environment, publicUrl: string | null = null): string | null {
  const url = environment['BOAI_MEDIA_URL']
  if (url === undefined) return null
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || new URL(url).origin !== url.replace(/\/$/, '')) {
    throw new Error('BOAI_MEDIA_URL is an origin: https and a host that is not central’s own')
  }
  if (publicUrl !== null && URL.canParse(publicUrl) && new URL(publicUrl).host === new URL(url).host) throw new Error('BOAI_MEDIA_URL is another host than BOAI_PUBLIC_URL')
  return new URL(url).origin
}
