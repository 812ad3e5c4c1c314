// Pictures as cameras and attackers make them, made anew for each test.

import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** Noise that is the same on every machine does not matter: no test looks at the points. */
export async function picture(width: number, height: number): Promise<Sharp> {
  const small = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#888888', noise: { type: 'gaussian', mean: 128, sigma: 40 } } }).png().toBuffer()
  return sharp(small).resize(width, height, { fit: 'fill' })
}

/** A sky at dusk over a roof: something to look at on a page. */
export async function dusk(width = 1_200, height = 900): Promise<Buffer> {
  const points = Buffer.alloc(width * height * 3)
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height]
    const isRoof = y > 0.55 + Math.abs(x - 0.5) * 0.6
    const colour = isRoof ? [70, 48, 42] : [250 - y * 60, 170 + y * 40 - x * 30, 110 + y * 90]
    points.set(colour.map(Math.round), at * 3)
  }
  return sharp(points, { raw: { width, height, channels: 3 } }).jpeg({ quality: 90 }).toBuffer()
}

export const SECRETS = ['Feidian X1', 'Zhang San']

/** As a phone writes it: lying on its side, with its place, its maker, words, and more behind its end. */
export async function phoneJpeg(width = 2_400, height = 1_800): Promise<Uint8Array> {
  const bytes = await (await picture(width, height))
    .jpeg({ quality: 85 })
    .withExif({
      IFD0: { Make: 'Feidian X1', Artist: 'Zhang San', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 27/1', GPSLongitudeRef: 'E', GPSLongitude: '116/1 23/1 50/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  return Buffer.concat([bytes, Buffer.from('Zhang San, motion photo behind the end')])
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function head(width: number, height: number): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  data[8] = 8
  data[9] = 2
  return chunk('IHDR', data)
}

/** A PNG that says one size, holds what it is given, and whatever else. */
export function pngOf(width: number, height: number, packed: Uint8Array, more: readonly [string, Uint8Array][] = []): Buffer {
  return Buffer.concat([SIGNATURE, head(width, height), ...more.map(([type, data]) => chunk(type, data)), chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))])
}

/** A kilobyte for each megabyte that it unpacks to. */
export function packedZeros(bytes: number): Buffer {
  return deflateSync(Buffer.alloc(bytes), { level: 9 })
}
