// One POST and its answer over HTTP, with bounds on time and size. Knows nothing of what is said. Throws where there is no
// whole answer: no network, cut off in the middle, too slow, too large. Goes nowhere else: an answer that points elsewhere is
// an answer like any other.

import { Agent as PlainAgent, type IncomingMessage, request as requestPlainly, type RequestOptions } from 'node:http'
import { Agent as SecureAgent, request as requestSecurely } from 'node:https'
import { pipeline, Readable } from 'node:stream'
import { createGunzip, gunzipSync } from 'node:zlib'

export interface ExchangeRequest {
  path: string
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  /** After so long there is no answer. */
  withinMs: number
  /** Whoever asked gives up. */
  signal: AbortSignal
  /** The last byte has left this process; perhaps never. */
  onSent?: () => void
}

export interface ExchangeAnswer {
  status: number
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  body: Uint8Array
}

/** The way to central and back: the network, or what a test puts in its place. */
export type Exchange = (request: ExchangeRequest) => Promise<ExchangeAnswer>

const ANSWER_BYTES_MAX = 16 * 1024 * 1024
/** What comes out of an archive comes in few pieces. */
const CHUNK_BYTES = 64 * 1024
/** An archive up to here, of at most so much, is unpacked where it is: it takes less than the way to another thread and back, and the next batch waits for it. */
const SMALL_ARCHIVE_BYTES = 32 * 1024
const SMALL_BYTES = 128 * 1024
/** One request is under way, and now and then one for somebody at the screen. */
const CONNECTIONS_KEPT_MAX = 4

export function exchangeOverHttp(baseUrl: string): Exchange {
  const isSecure = new URL(baseUrl).protocol === 'https:'
  const keeping = { keepAlive: true, maxFreeSockets: CONNECTIONS_KEPT_MAX }
  const agent = isSecure ? new SecureAgent(keeping) : new PlainAgent(keeping)
  const request = isSecure ? requestSecurely : requestPlainly
  return ({ path, headers, body, withinMs, signal, onSent }) =>
    new Promise((resolve, reject) => {
      const options: RequestOptions = { method: 'POST', headers: { ...headers, 'accept-encoding': 'gzip', 'content-length': body.length }, agent, signal }
      const asking = request(new URL(path, baseUrl), options, (response) => {
        readBounded(response).then((read) => {
          clearTimeout(timer)
          resolve({ status: response.statusCode ?? 0, headers: headersOf(response), body: read })
        }, fail)
      })
      const late = new Error('no whole answer in time')
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        asking.destroy(late)
      }, withinMs)
      function fail(error: unknown): void {
        clearTimeout(timer)
        // Whoever gave up says why, also in the middle of an answer.
        if (signal.aborted) reject(signal.reason)
        else reject(isLate ? late : error)
      }
      asking.on('error', fail)
      // A question is small and a batch goes out before its answer is waited for.
      asking.setNoDelay(true)
      asking.end(body, onSent)
    })
}

async function readBounded(response: IncomingMessage): Promise<Uint8Array> {
  const isPacked = response.headers['content-encoding'] === 'gzip'
  if (!isPacked) return collect(response)
  if (!(Number(response.headers['content-length']) <= SMALL_ARCHIVE_BYTES)) return collect(unpacked(response))
  const archive = await collect(response)
  return saidSize(archive) <= SMALL_BYTES ? gunzipSync(archive, { maxOutputLength: SMALL_BYTES }) : collect(unpacked(Readable.from([archive])))
}

/** As the archive says at its end, which nobody has checked yet. */
function saidSize(archive: Buffer): number {
  return archive.length < 4 ? 0 : archive.readUInt32LE(archive.length - 4)
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of bytes) {
    length += part.length
    // Leaving the loop gives the connection up.
    if (length > ANSWER_BYTES_MAX) throw new RangeError('an answer larger than agreed')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Bounded by whoever reads: what is not read is not unpacked. */
function unpacked(response: Readable): AsyncIterable<Uint8Array> {
  // Ended by the reader, by a cut line, or by what is no archive: whichever comes first tells both.
  return pipeline(response, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined)
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]])))
}
