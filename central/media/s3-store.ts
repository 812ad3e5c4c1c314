// Objects in a bucket of any service that speaks S3 (of a cloud, or MinIO and Garage on a machine of one's own). Requests are
// signed over their bytes. Nothing is public: browsers get pictures from central, never from the bucket.

import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { checkedBytes, checkedId, type ListedObject, OBJECT_BYTES_MAX, OBJECT_ID, type ObjectStore, OBJECTS_LISTED_MAX } from './object-store.ts'

export interface S3Settings {
  /** With its scheme, without the bucket. */
  endpoint: string
  bucket: string
  region: string
  key: string
  secret: string
  /** Before each id, where the bucket has other things too; ends with a slash, or is empty. */
  prefix: string
}

const ANSWER_MS_MAX = 20_000
/** What the service says when it refuses: for the log, never for a person. */
const CODE = /<Code>(\w{1,64})<\/Code>/
const RETRIES = 2

export function s3Store({ endpoint, bucket, region, key, secret, prefix }: S3Settings): ObjectStore {
  const client = new AwsClient({ accessKeyId: key, secretAccessKey: secret, service: 's3', region, retries: RETRIES })
  const root = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}`
  const addressOf = (id: string): string => `${root}/${prefix}${checkedId(id)}`

  async function ask(method: string, address: string, body?: Uint8Array): Promise<Response> {
    const digest = createHash('sha256').update(body ?? '').digest('hex')
    return client.fetch(address, {
      method, headers: { 'x-amz-content-sha256': digest, ...(body === undefined ? {} : { 'content-type': 'application/octet-stream' }) },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }), signal: AbortSignal.timeout(ANSWER_MS_MAX),
    })
  }

  return {
    async put(id, bytes) {
      const answer = await ask('PUT', addressOf(id), checkedBytes(bytes))
      await mustBeDone('put', answer)
      await answer.arrayBuffer()
    },
    async get(id) {
      const answer = await ask('GET', addressOf(id))
      return (await mustBeDone('get', answer, 'NoSuchKey')) ? readBounded(answer) : null
    },
    async delete(id) {
      const answer = await ask('DELETE', addressOf(id))
      if (await mustBeDone('delete', answer, 'NoSuchKey')) await answer.arrayBuffer()
    },
    async list(after) {
      const question = new URLSearchParams({ 'list-type': '2', 'max-keys': String(OBJECTS_LISTED_MAX), prefix, ...(after === null ? {} : { 'start-after': `${prefix}${after}` }) })
      const answer = await ask('GET', `${root}?${question.toString()}`)
      await mustBeDone('list', answer)
      return readList(await answer.text(), prefix)
    },
  }
}

export class ObjectStoreError extends Error {
  override name = 'ObjectStoreError'
}

/** false: it was refused with the code that is no fault. A body that nobody reads would hold its connection. */
async function mustBeDone(what: string, answer: Response, expected?: string): Promise<boolean> {
  if (answer.ok) return true
  const code = CODE.exec(await answer.text())?.[1] ?? ''
  if (code === expected) return false
  throw new ObjectStoreError(`the object store answers ${what} with ${answer.status} ${code}`.trim())
}

async function readBounded(answer: Response): Promise<Uint8Array> {
  const announced = Number(answer.headers.get('content-length') ?? 0)
  const parts: Uint8Array[] = []
  let length = 0
  if (announced <= OBJECT_BYTES_MAX && answer.body !== null) {
    for await (const part of answer.body) {
      length += part.length
      if (length > OBJECT_BYTES_MAX) break
      parts.push(part)
    }
  }
  if (Math.max(length, announced) > OBJECT_BYTES_MAX) throw new ObjectStoreError('the object store holds more under an id than an object may be')
  return new Uint8Array(Buffer.concat(parts))
}

/** Keys of ours are plain signs: no entity of XML can stand in them. */
function readList(xml: string, prefix: string): { objects: ListedObject[]; next: string | null } {
  let last = ''
  const objects = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].flatMap(([, content = '']): ListedObject[] => {
    const [, key = ''] = /<Key>([^<]*)<\/Key>/.exec(content) ?? []
    const changedAtMs = Date.parse(/<LastModified>([^<]*)<\/LastModified>/.exec(content)?.[1] ?? '')
    last = key.startsWith(prefix) ? key.slice(prefix.length) : last
    const id = key.startsWith(prefix) ? key.slice(prefix.length) : ''
    return OBJECT_ID.test(id) && Number.isFinite(changedAtMs) ? [{ id, changedAtMs }] : []
  })
  return { objects, next: xml.includes('<IsTruncated>true</IsTruncated>') && last !== '' ? last : null }
}
