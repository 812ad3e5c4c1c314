// The same questions to both kinds of store: a folder, and a real S3-compatible service whose every request is checked for its
// signature. What is put is whole or not there; what is not there is null; what the store holds beside ours is left alone.

import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderStore } from '../../../central/media/folder-store.ts'
import { openObjectStore, mediaOrigin } from '../../../central/media/media-settings.ts'
import { OBJECT_BYTES_MAX, type ObjectStore, OBJECTS_LISTED_MAX } from '../../../central/media/object-store.ts'
import { s3Store } from '../../../central/media/s3-store.ts'
import { isSignedRight, S3_BUCKET, S3_KEY, S3_SECRET, type S3Service, startS3 } from '../../support/s3-service.ts'

const folder = mkdtempSync(join(tmpdir(), 'boai-objects-'))
let service: S3Service
const overS3 = (more: Partial<Parameters<typeof s3Store>[0]> = {}): ObjectStore =>
  s3Store({ endpoint: service.endpoint, bucket: S3_BUCKET, region: 'us-east-1', key: S3_KEY, secret: S3_SECRET, prefix: '', ...more })

beforeAll(async () => {
  service = await startS3()
})

afterAll(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function listAll(store: ObjectStore): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const page: Awaited<ReturnType<ObjectStore['list']>> = await store.list(after ?? null)
    ids.push(...page.objects.map(({ id }) => id))
    after = page.next
  }
  return ids
}

describe.each([
  ['a folder', () => folderStore(join(folder, 'photos'))],
  ['S3', () => overS3()],
])('%s', (_kind, open) => {
  test('keeps what is put, twice the same, forgets what is deleted, twice', async () => {
    const store = open()
    const id = randomUUID()
    const bytes = new Uint8Array(200_000).map((_byte, index) => (index * 31) % 251)
    expect(await store.get(id)).toBeNull()
    await store.put(id, bytes)
    await store.put(id, bytes)
    expect(Buffer.compare((await store.get(id)) ?? new Uint8Array(), bytes)).toBe(0)
    await store.delete(id)
    await store.delete(id)
    expect(await store.get(id)).toBeNull()
  })

  test('lists by id, page by page, when each came; a name that is no id never gets as far as an address', async () => {
    const store = open()
    const before = Date.now()
    const ids = Array.from({ length: OBJECTS_LISTED_MAX + 3 }, () => randomUUID()).toSorted()
    for (let at = 0; at < ids.length; at += 20) await Promise.all(ids.slice(at, at + 20).map((id) => store.put(id, new Uint8Array([1, 2, 3]))))
    expect(await listAll(store)).toEqual(ids)
    const { objects, next } = await store.list(ids[1] ?? null)
    expect([objects[0]?.id, objects.length, next]).toEqual([ids[2], OBJECTS_LISTED_MAX, ids.at(-2)])
    expect(objects.every(({ changedAtMs }) => changedAtMs > before - 2_000 && changedAtMs < Date.now() + 2_000)).toBe(true)
    await Promise.all(ids.map((id) => store.delete(id)))
    expect(await listAll(store)).toEqual([])
    for (const name of ['../central-key.json', '', `${randomUUID()}/..`, 'A'.repeat(36)]) await expect(async () => store.get(name)).rejects.toThrow('random id')
    await expect(async () => store.put(randomUUID(), new Uint8Array(OBJECT_BYTES_MAX + 1))).rejects.toThrow('too large')
  }, 60_000)
})

test('a folder holds whole files of its owner alone; drafts of a process that died go, a strange file stays, a grown one is not read', async () => {
  const root = join(folder, 'owned')
  const store = folderStore(root)
  const id = randomUUID()
  await store.put(id, new Uint8Array([7]))
  const shard = join(root, id.slice(0, 2))
  expect([readdirSync(shard), statSync(join(shard, id)).mode & 0o777, statSync(shard).mode & 0o777]).toEqual([[id], 0o600, 0o700])
  const [old, young] = [`${randomUUID()}.${randomUUID()}.draft`, `${randomUUID()}.${randomUUID()}.draft`]
  for (const name of [old, young, 'README']) writeFileSync(join(shard, name), 'x')
  utimesSync(join(shard, old), new Date(Date.now() - 7_200_000), new Date(Date.now() - 7_200_000))
  mkdirSync(join(root, 'lost+found'))
  expect((await store.list(null)).objects.map((one) => one.id)).toEqual([id])
  expect(readdirSync(shard).toSorted()).toEqual([id, young, 'README'].toSorted())
  writeFileSync(join(shard, id), new Uint8Array(OBJECT_BYTES_MAX + 1))
  await expect(store.get(id)).rejects.toThrow('larger')
})

test('nobody ever reads half of what is put', async () => {
  const store = folderStore(join(folder, 'whole'))
  const id = randomUUID()
  const of = (byte: number): Uint8Array => new Uint8Array(1_000_000).fill(byte)
  await store.put(id, of(1))
  const seen = new Set<string>()
  const writes = Array.from({ length: 8 }, (_one, index) => store.put(id, of(index + 1)))
  for (let looks = 0; looks < 40; looks += 1) {
    const bytes = await store.get(id)
    seen.add(`${bytes?.length} ${new Set(bytes).size}`)
  }
  await Promise.all(writes)
  expect([...seen]).toEqual(['1000000 1'])
  expect(readdirSync(join(folder, 'whole', id.slice(0, 2)))).toEqual([id])
})

test('S3: what else is in the bucket is neither listed nor mistaken; a wrong secret is turned away; what is busy is asked again', async () => {
  const [ours, others] = [overS3(), overS3({ prefix: 'other/things/' })]
  const id = randomUUID()
  await others.put(id, new Uint8Array([1]))
  expect([await ours.get(id), await listAll(ours), await listAll(others)]).toEqual([null, [], [id]])
  await expect(overS3({ secret: 'another' }).put(id, new Uint8Array([1]))).rejects.toThrow('put with 403 SignatureDoesNotMatch')
  await expect(overS3({ bucket: 'no-such-bucket' }).get(id)).rejects.toThrow('get with 404 NoSuchBucket')
  service.failWith([503, 503])
  await ours.put(id, new Uint8Array([2]))
  expect(await ours.get(id)).toEqual(new Uint8Array([2]))
  service.failWith([500, 500, 500])
  await expect(ours.get(id)).rejects.toThrow('get with 500')
  await Promise.all([ours.delete(id), others.delete(id)])
})

test('the gate counts signatures as AWS publishes them, and turns away what differs in one sign', () => {
  // "Examples: Signature Calculations" of the S3 API reference: GET Bucket (List Objects), and GET Bucket Lifecycle.
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const published = (path: string, signature: string) => ({
    method: 'GET', path, body: new Uint8Array(),
    headers: {
      'host': 'examplebucket.s3.amazonaws.com', 'x-amz-content-sha256': empty, 'x-amz-date': '20130524T000000Z',
      'authorization': `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=${signature}`,
    },
  })
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
  const lifecycle = published('/?lifecycle', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543')
  const list = published('/?max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7')
  expect([isSignedRight(lifecycle, secret), isSignedRight(list, secret)]).toEqual([true, true])
  expect([isSignedRight(list, `${secret}.`), isSignedRight({ ...list, path: '/?max-keys=3&prefix=J' }, secret), isSignedRight({ ...list, body: new Uint8Array([1]) }, secret)]).toEqual([false, false, false])
})

test('settings: a folder by default, a bucket where all of it is said, an error where half is', async () => {
  const id = randomUUID()
  await openObjectStore({}, join(folder, 'data')).put(id, new Uint8Array([1]))
  await openObjectStore({ BOAI_PHOTOS: join(folder, 'elsewhere') }, folder).put(id, new Uint8Array([2]))
  expect([join('data', 'photos'), 'elsewhere'].map((where) => readFileSync(join(folder, where, id.slice(0, 2), id))[0])).toEqual([1, 2])
  const bucket = { BOAI_S3_ENDPOINT: service.endpoint, BOAI_S3_BUCKET: S3_BUCKET, BOAI_S3_KEY: S3_KEY, BOAI_S3_SECRET: S3_SECRET }
  const store = openObjectStore(bucket, folder)
  await store.put(id, new Uint8Array([3]))
  expect(await store.get(id)).toEqual(new Uint8Array([3]))
  await store.delete(id)
  expect(() => openObjectStore({ ...bucket, BOAI_S3_SECRET: undefined }, folder)).toThrow('BOAI_S3_ENDPOINT is set, and BOAI_S3_SECRET is missing')
  expect(() => openObjectStore({ BOAI_S3_REGION: 'cn-north-1' }, folder)).toThrow('missing')
  expect(() => openObjectStore({ ...bucket, BOAI_PHOTOS: folder }, folder)).toThrow('only one')
  expect(() => openObjectStore({ ...bucket, BOAI_S3_ENDPOINT: 'ftp://x' }, folder)).toThrow('http')
  expect(() => openObjectStore({ ...bucket, BOAI_S3_PREFIX: '../x' }, folder)).toThrow('BOAI_S3_PREFIX')
  expect([mediaOrigin({}), mediaOrigin({ BOAI_MEDIA_URL: 'https://media.example.org/' })]).toEqual([null, 'https://media.example.org'])
  expect(() => mediaOrigin({ BOAI_MEDIA_URL: 'https://central.example.org' }, 'https://central.example.org')).toThrow('another host')
  for (const url of ['https://media.example.org/path', 'javascript:alert(1)', 'media.example.org']) expect(() => mediaOrigin({ BOAI_MEDIA_URL: url })).toThrow('BOAI_MEDIA_URL')
})
