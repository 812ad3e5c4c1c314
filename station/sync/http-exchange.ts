// One POST and its answer over HTTP, with bounds on time and size. Knows nothing of what is said. Throws where there is no
// whole answer: no network, cut off in the middle, too slow, too large, sent elsewhere.

export interface ExchangeRequest {
  path: string
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  /** After so long there is no answer. */
  withinMs: number
  /** Whoever asked gives up. */
  signal: AbortSignal
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

export function exchangeOverHttp(baseUrl: string): Exchange {
  return async ({ path, headers, body, withinMs, signal }) => {
    const ending = new AbortController()
    const timer = setTimeout(() => ending.abort(new Error('no whole answer in time')), withinMs)
    try {
      const response = await fetch(new URL(path, baseUrl), {
        method: 'POST', headers, body: new Uint8Array(body), redirect: 'error', signal: AbortSignal.any([signal, ending.signal]),
      })
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await readBounded(response) }
    } finally {
      clearTimeout(timer)
    }
  }
}

async function readBounded(response: Response): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body) {
    length += part.length
    if (length > ANSWER_BYTES_MAX) throw new RangeError('an answer larger than agreed')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
