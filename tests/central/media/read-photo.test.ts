// Real pictures in, pictures of ours or a closed verdict out. Nothing that a phone wrote beside the picture comes through; what
// says another size than it has, unpacks to more than it says, or is no picture at all is refused in bounded memory.

import sharp from 'sharp'
import { expect, test } from 'vitest'
import { PHOTO_EDGE_MAX, PHOTO_PIXELS_MAX, type PhotoVerdict, readPhoto } from '../../../central/media/read-photo.ts'
import { PHOTO_BYTES_MAX } from '../../../contract/console/photos.ts'
import { packedZeros, phoneJpeg, picture, pngOf, SECRETS } from '../../support/photo-files.ts'

async function read(bytes: Uint8Array): Promise<{ bytes: Uint8Array; width: number; height: number }> {
  const result = await readPhoto(bytes)
  if (!result.ok) throw new Error(result.error)
  return result.photo
}

async function verdictOf(bytes: Uint8Array): Promise<PhotoVerdict | 'taken'> {
  const result = await readPhoto(bytes)
  return result.ok ? 'taken' : result.error
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

test('a phone’s picture is turned upright, made smaller, and says nothing of where, when, with what and by whom', async () => {
  const taken = await phoneJpeg()
  // The place stands there in numbers: N 39° 54′.
  const place = Buffer.from([39, 0, 0, 0, 1, 0, 0, 0, 54, 0, 0, 0, 1, 0, 0, 0])
  expect([...SECRETS.map((secret) => text(taken).includes(secret)), Buffer.from(taken).includes(place)]).toEqual([true, true, true])
  const photo = await read(taken)
  // It lay on its side.
  expect([photo.width, photo.height]).toEqual([1_200, PHOTO_EDGE_MAX])
  const { format, exif, xmp, iptc, icc, orientation, comments } = await sharp(photo.bytes).metadata()
  expect({ format, exif, xmp, iptc, icc, orientation, comments }).toEqual({ format: 'jpeg' })
  expect([...SECRETS, 'Exif', 'ICC_PROFILE', 'http:', text(place)].filter((secret) => text(photo.bytes).includes(secret))).toEqual([])
  expect([text(photo.bytes.subarray(0, 3)), text(photo.bytes.subarray(-2))]).toEqual(['\u00ff\u00d8\u00ff', '\u00ff\u00d9'])
})

test.each(['jpeg', 'png', 'webp'] as const)('%s is taken, and becomes a JPEG without words', async (format) => {
  const made = await (await picture(900, 500)).withExif({ IFD0: { Artist: 'Zhang San' } }).toFormat(format).toBuffer()
  expect(text(made).includes('Zhang San')).toBe(true)
  const photo = await read(made)
  expect([photo.width, photo.height, (await sharp(photo.bytes).metadata()).format]).toEqual([900, 500, 'jpeg'])
  expect(text(photo.bytes).includes('Zhang San')).toBe(false)
})

test('what shows through becomes white; a small one stays small', async () => {
  const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer()
  const photo = await read(clear)
  const { data } = await sharp(photo.bytes).raw().toBuffer({ resolveWithObject: true })
  expect([photo.width, photo.height, Math.min(...data) > 250]).toEqual([8, 8, true])
})

test.each(['gif', 'avif', 'tiff'] as const)('%s is refused by what it is, whatever it is called', async (format) => {
  expect(await verdictOf(await (await picture(40, 30)).toFormat(format).toBuffer())).toBe('photo_type')
})

test.each([
  ['a PDF named .jpg', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n'],
  ['SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['a page', '<!doctype html><script>alert(1)</script>'],
  ['HEIC', '\0\0\0\u0018ftypheic\0\0\0\0mif1heic'],
  ['nothing', ''],
  ['two bytes', '\u00ff\u00d8'],
])('%s is no photo', async (_what, bytes) => {
  expect(await verdictOf(Buffer.from(bytes, 'latin1'))).toBe('photo_type')
})

test.each([
  ['a PDF behind a JPEG’s first bytes', '\u00ff\u00d8\u00ff%PDF-1.7'],
  ['SVG behind a PNG’s', '\u0089PNG\r\n\u001a\n<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a page behind WebP’s', 'RIFF\u0010\0\0\0WEBP<!doctype html>'],
])('%s can not be read', async (_what, bytes) => {
  expect(await verdictOf(Buffer.from(bytes, 'latin1'))).toBe('photo_unreadable')
})

test.each(['jpeg', 'png', 'webp'] as const)('%s that was cut off is refused wherever it was cut', async (format) => {
  const whole = await (await picture(1_200, 900)).toFormat(format).toBuffer()
  expect(await verdictOf(whole)).toBe('taken')
  const cuts = [24, 300, whole.length >> 2, whole.length >> 1, Math.floor(whole.length * 0.9)]
  expect(await Promise.all(cuts.map((length) => verdictOf(whole.subarray(0, length))))).toEqual(cuts.map(() => 'photo_unreadable'))
})

test('bytes that were damaged on the way end in a verdict, never in a crash', async () => {
  const whole = await (await picture(600, 400)).jpeg().toBuffer()
  const verdicts = await Promise.all(
    Array.from({ length: 40 }, (_one, index) => {
      const damaged = Buffer.from(whole)
      for (let at = 20 + index * 7; at < damaged.length; at += 97 + index * 31) damaged[at] = (damaged[at] ?? 0) ^ (index * 5 + 1)
      return verdictOf(damaged)
    }),
  )
  expect(verdicts.filter((verdict) => !['taken', 'photo_type', 'photo_pixels', 'photo_unreadable'].includes(verdict))).toEqual([])
})

test('forty million points are taken within bounded memory, also where they come in passes; more than a phone makes is refused by the head alone', async () => {
  const forty = await (await picture(7_304, 5_478)).jpeg({ quality: 80, progressive: true }).withMetadata({ orientation: 6 }).toBuffer()
  expect(forty.length).toBeLessThan(PHOTO_BYTES_MAX)
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 5)
  const photo = await read(forty)
  clearInterval(watch)
  expect([photo.width, photo.height]).toEqual([1_200, PHOTO_EDGE_MAX])
  expect((most - before) / 1024 ** 2).toBeLessThan(400)
  expect([9_000 * 6_000 > PHOTO_PIXELS_MAX, await verdictOf(pngOf(9_000, 6_000, packedZeros(310)))]).toEqual([true, 'photo_pixels'])
}, 60_000)

test('a hundred kilobytes that say sixty thousand by sixty thousand are refused unopened; hidden gigabytes are never unpacked', async () => {
  const zeros = packedZeros(500_000_000)
  const named = Buffer.concat([Buffer.from('a\0\0'), zeros])
  const row = packedZeros(310)
  const before = process.memoryUsage().rss
  expect(await verdictOf(pngOf(60_000, 60_000, row))).toBe('photo_pixels')
  for (const bomb of [pngOf(10, 10, row, [['zTXt', named]]), pngOf(10, 10, row, [['iCCP', named]]), pngOf(10, 10, zeros)]) {
    expect(['taken', 'photo_unreadable']).toContain(await verdictOf(bomb))
  }
  expect((process.memoryUsage().rss - before) / 1024 ** 2).toBeLessThan(200)
})

test('more bytes than may be are not looked at', async () => {
  const jpeg = await (await picture(100, 100)).jpeg().toBuffer()
  expect(await verdictOf(Buffer.concat([jpeg, Buffer.alloc(PHOTO_BYTES_MAX)]))).toBe('photo_too_large')
})
