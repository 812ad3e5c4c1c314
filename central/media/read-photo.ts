// What somebody sent becomes a picture of ours, or a closed verdict: its kind by its content and never by its name, its size
// before it is unpacked, then turned as the camera said, made smaller and written anew. Nothing of what was sent stays: no
// place, no time, no camera, no thumbnail, no words, and no bytes behind its end.

import sharp, { type Sharp } from 'sharp'
import { PHOTO_BYTES_MAX } from '../../contract/console/photos.ts'

/** Phones make pictures of 48 and 50 million points. */
export const PHOTO_PIXELS_MAX = 51_000_000
export const PHOTO_EDGE_MAX = 1_600
export const PHOTO_TYPE = 'image/jpeg'

export const PHOTO_VERDICTS = ['photo_type', 'photo_too_large', 'photo_pixels', 'photo_unreadable'] as const
export type PhotoVerdict = (typeof PHOTO_VERDICTS)[number]

export type ReadPhoto = { ok: true; photo: { bytes: Uint8Array; width: number; height: number } } | { ok: false; error: PhotoVerdict }

const QUALITY = 82
const SECONDS_MAX = 30
const WHITE = '#ffffff'

// One picture at a time is unpacked, by one thread, and nothing of it is kept: what it may need of memory is known.
sharp.concurrency(1)
sharp.cache(false)
// Of all that the library can open only these three are opened, whatever the bytes say they are.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] })

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/** How many wait for their turn, and the one whose it is. */
export function photosWaiting(): number {
  return waiting
}

/** Waits for its turn. */
export async function readPhoto(bytes: Uint8Array): Promise<ReadPhoto> {
  const before = last
  waiting += 1
  const mine = before.then(() => readNow(bytes))
  last = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    waiting -= 1
  }
}

async function readNow(bytes: Uint8Array): Promise<ReadPhoto> {
  if (bytes.length > PHOTO_BYTES_MAX) return refuse('photo_too_large')
  if (!isPhoto(bytes)) return refuse('photo_type')
  const size = await sizeOf(bytes)
  if (size === null) return refuse('photo_unreadable')
  if (size > PHOTO_PIXELS_MAX) return refuse('photo_pixels')
  try {
    const { data, info } = await open(bytes)
      .autoOrient()
      .resize({ width: PHOTO_EDGE_MAX, height: PHOTO_EDGE_MAX, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: WHITE })
      .jpeg({ quality: QUALITY, progressive: true })
      .timeout({ seconds: SECONDS_MAX })
      .toBuffer({ resolveWithObject: true })
    return { ok: true, photo: { bytes: new Uint8Array(data), width: info.width, height: info.height } }
  } catch (error) {
    return unreadable(error)
  }
}

/** By the first bytes of what cameras and phones make: JPEG, PNG, WebP. */
function isPhoto(bytes: Uint8Array): boolean {
  const begins = (signs: readonly number[], at = 0): boolean => signs.every((sign, index) => bytes[at + index] === sign)
  return begins([0xff, 0xd8, 0xff]) || begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) || (begins([0x52, 0x49, 0x46, 0x46]) && begins([0x57, 0x45, 0x42, 0x50], 8))
}

/** Of its first picture, by its head alone. */
async function sizeOf(bytes: Uint8Array): Promise<number | null> {
  try {
    const { width, height } = await open(bytes, false).metadata()
    return width * height
  } catch (error) {
    unreadable(error)
    return null
  }
}

/** A warning is no reason to refuse what a phone wrote; what is cut off or broken is. */
function open(bytes: Uint8Array, limitInputPixels: number | false = PHOTO_PIXELS_MAX): Sharp {
  return sharp(bytes, { failOn: 'error', limitInputPixels, sequentialRead: true, pages: 1 })
}

/** The library throws plain errors for what it can not read; a mistake of ours is another kind. */
function unreadable(error: unknown): ReadPhoto {
  if (error instanceof TypeError || error instanceof RangeError || !(error instanceof Error)) throw error
  return refuse('photo_unreadable')
}

function refuse(error: PhotoVerdict): { ok: false; error: PhotoVerdict } {
  return { ok: false, error }
}
