// Bodies are packed with no more room than they need and lose nothing by it; what an archive says of its own size is never
// believed beyond the bound.

import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { GZIP_LEVEL, inflateBody, zlibPacking } from '../../../central/sync/body-packing.ts'

const SIZES = [0, 1, 64, 511, 512, 513, 4_096, 16_384, 18_000, 32_768, 32_769, 65_537, 300_000, 400_000]

/** Like an answer: alike lines, and in each of them something that is not. */
function bodyOf(bytes: number): Buffer {
  const lines: string[] = []
  for (let length = 0, line = 0; length < bytes; line += 1) {
    const text = `{"seq":${line},"outcome":"recorded","id":"${((line * 2_654_435_761) % 4_294_967_296).toString(16)}"}\n`
    lines.push(text)
    length += text.length
  }
  return Buffer.from(lines.join('')).subarray(0, bytes)
}

test('a body of any size comes back, packed as small as with all the room there is', async () => {
  const packed = await Promise.all(SIZES.map((size) => zlibPacking.gzip(bodyOf(size))))
  expect(packed.map((bytes) => gunzipSync(bytes).equals(bodyOf(gunzipSync(bytes).length)))).toEqual(SIZES.map(() => true))
  expect(packed.map((bytes) => gunzipSync(bytes).length)).toEqual(SIZES)
  const more = packed.map((bytes, index) => bytes.length / gzipSync(bodyOf(SIZES[index] ?? 0), { level: GZIP_LEVEL }).length)
  expect(Math.max(...more)).toBeLessThan(1.02)
})

test('what a station packed is unpacked up to the bound, and not a byte beyond', async () => {
  for (const size of SIZES.slice(1)) {
    const archive = gzipSync(bodyOf(size))
    const whole = await inflateBody(zlibPacking, archive, 'gzip', size)
    expect(whole.ok && Buffer.from(whole.answer).equals(bodyOf(size))).toBe(true)
    expect(await inflateBody(zlibPacking, archive, 'gzip', size - 1)).toMatchObject({ ok: false, error: 'too_large', detail: 'archive_too_large' })
  }
})

test('an archive that lies of its size, or is cut, is refused', async () => {
  const body = bodyOf(5_000)
  for (const told of [0, 1, 4_999, 0xffff_ffff]) {
    const archive = gzipSync(body)
    archive.writeUInt32LE(told, archive.length - 4)
    expect(await inflateBody(zlibPacking, archive, 'gzip', 10_000)).toEqual({ ok: false, error: 'bad_request' })
  }
  const archive = gzipSync(body)
  for (const length of [0, 1, 3, 4, 20, archive.length - 1]) {
    const { ok } = await inflateBody(zlibPacking, archive.subarray(0, length), 'gzip', 10_000)
    expect(ok).toBe(false)
  }
})
