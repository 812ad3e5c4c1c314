// Reads a QR code from what a camera shows: by the browser's own reader where it has one (Android), by a small library elsewhere
// (iPhones, desks), which is fetched only then.

/** null: there is none in the picture. */
export type ReadCode = (video: HTMLVideoElement) => Promise<string | null>

interface NativeReader {
  detect(source: HTMLVideoElement): Promise<readonly { rawValue: string }[]>
}
interface NativeReaders {
  new (options: { formats: string[] }): NativeReader
  getSupportedFormats(): Promise<readonly string[]>
}

/** Pixels of the longer side; a card's code fills a good part of it. */
const SIDE_MAX = 960

export async function openCodeReader(): Promise<ReadCode> {
  const Native = (globalThis as { BarcodeDetector?: NativeReaders }).BarcodeDetector
  if (Native !== undefined && (await Native.getSupportedFormats()).includes('qr_code')) {
    const reader = new Native({ formats: ['qr_code'] })
    return async (video) => (await reader.detect(video))[0]?.rawValue ?? null
  }
  return openLibrary()
}

async function openLibrary(): Promise<ReadCode> {
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('the browser gives no picture to read')
  return async (video) => {
    const scale = Math.min(1, SIDE_MAX / Math.max(video.videoWidth, video.videoHeight))
    const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)]
    if (width === 0 || height === 0) return null
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    context.drawImage(video, 0, 0, width, height)
    const { data } = context.getImageData(0, 0, width, height)
    try {
      return decodeQR({ width, height, data })
    } catch {
      // Its way to say that there is none, or none that is whole: the next picture comes at once.
      return null
    }
  }
}
