// The bad network between one station and the centrals: an HTTP proxy on loopback that takes each request whole, chooses a central
// for it, and drops it, delays it, cuts it or its answer in the middle, sends it twice at once or again later, or loses the
// answer after central has done the work. It can be cut off for a while, both ways or only the way back.

import { once } from 'node:events'
import { type ClientRequest, createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Draw } from './draw.ts'

export const LINE_FAULTS = ['dropped', 'delayed', 'very_late', 'request_cut', 'answer_cut', 'answer_lost', 'doubled', 'replayed', 'cut_off', 'one_way'] as const
export type LineFault = (typeof LINE_FAULTS)[number]

export interface RoughLine {
  readonly url: string
  /** Share of requests that something happens to. */
  roughness: number
  /** Nothing comes through; or requests do and their answers do not. */
  cut: 'open' | 'cut_off' | 'one_way'
  close(): Promise<void>
}

export interface RoughLineOptions {
  /** Centrals that run now. */
  centrals: () => string[]
  draw: Draw
  count: (fault: LineFault) => void
  /** Central has said this, whether or not it reaches the station. */
  onAnswer: (asked: Asked, answered: Answered) => void
}

/** Weighted by how often each occurs in the list. */
const WHAT_HAPPENS: readonly Exclude<LineFault, 'cut_off' | 'one_way'>[] = [
  'dropped', 'dropped', 'delayed', 'delayed', 'delayed', 'very_late', 'request_cut', 'request_cut', 'answer_cut', 'answer_cut', 'answer_lost', 'answer_lost', 'answer_lost', 'doubled',
  'doubled', 'replayed', 'replayed',
]
const DELAY_MS_MAX = 700
/** Beyond what a station waits for a person's sake (4 s): the answer comes when nobody waits for it. */
const VERY_LATE_MS = 4_500
const REPLAY_MS_MAX = 8_000
const ANSWER_MS_MAX = 20_000
/** Of these hop-by-hop words each side has its own. */
const OWN_HEADERS = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'])

export interface Asked {
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer
}

export interface Answered {
  status: number
  headers: Record<string, string>
  body: Buffer
}

export async function openRoughLine(options: RoughLineOptions): Promise<RoughLine> {
  const { draw } = options
  const near = new Set<Socket>()
  const far = new Set<ClientRequest>()
  const later = new Set<NodeJS.Timeout>()
  let roughness = 0
  let cut: RoughLine['cut'] = 'open'

  /** null: central can not be reached, or is gone in the middle. */
  function forward(asked: Asked, bodyBytes = asked.body.length, onStream?: (answer: IncomingMessage) => void): Promise<Answered | null> {
    const centrals = options.centrals()
    if (centrals.length === 0) return Promise.resolve(null)
    return new Promise((resolve) => {
      const target = new URL(asked.path, draw.pick(centrals))
      const request = httpRequest(target, { method: asked.method, agent: false, timeout: ANSWER_MS_MAX, headers: { ...asked.headers, 'content-length': asked.body.length } })
      far.add(request)
      const nothing = (): void => resolve(null)
      request.on('close', () => {
        far.delete(request)
        nothing()
      })
      request.on('error', nothing)
      request.on('timeout', () => request.destroy())
      request.on('response', (answer) => {
        if (onStream !== undefined && (answer.headers['content-type'] ?? '').startsWith('text/event-stream')) {
          request.setTimeout(0)
          onStream(answer)
          return
        }
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', nothing)
        answer.on('end', () => {
          if (!answer.complete) {
            nothing()
            return
          }
          const answered = { status: answer.statusCode ?? 502, headers: readHeaders(answer.rawHeaders), body: Buffer.concat(parts) }
          options.onAnswer(asked, answered)
          resolve(answered)
        })
      })
      if (bodyBytes < asked.body.length) {
        request.write(asked.body.subarray(0, bodyBytes), () => request.destroy())
        return
      }
      request.end(asked.body)
    })
  }

  function replayLater(asked: Asked): void {
    const timer = setTimeout(() => {
      later.delete(timer)
      void forward(asked)
    }, draw.below(REPLAY_MS_MAX))
    later.add(timer)
  }

  async function relay(asked: Asked, response: ServerResponse): Promise<void> {
    const hangUp = (): void => void response.socket?.destroy()
    if (cut === 'cut_off') {
      options.count('cut_off')
      hangUp()
      return
    }
    const fault = draw.chance(roughness) ? draw.pick(WHAT_HAPPENS) : null
    if (fault !== null) options.count(fault)
    if (fault === 'dropped') {
      hangUp()
      return
    }
    if (fault === 'request_cut') {
      await forward(asked, Math.floor(asked.body.length / 2))
      hangUp()
      return
    }
    if (fault === 'delayed') await pause(draw.below(DELAY_MS_MAX))
    if (fault === 'very_late') await pause(VERY_LATE_MS)
    if (fault === 'doubled') void forward(asked)
    if (fault === 'replayed') replayLater(asked)
    const answer = await forward(asked, asked.body.length, (stream) => {
      response.writeHead(stream.statusCode ?? 502, readHeaders(stream.rawHeaders))
      stream.on('error', hangUp)
      stream.on('close', hangUp)
      response.on('close', () => stream.destroy())
      stream.pipe(response)
    })
    if (response.headersSent) return
    if (answer === null || fault === 'answer_lost') {
      hangUp()
      return
    }
    if (cut !== 'open') {
      options.count(cut)
      hangUp()
      return
    }
    response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length })
    if (fault !== 'answer_cut') {
      response.end(answer.body)
      return
    }
    response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), hangUp)
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('error', () => undefined)
    request.on('end', () => {
      const asked = { method: request.method ?? 'GET', path: request.url ?? '/', headers: readHeaders(request.rawHeaders), body: Buffer.concat(parts) }
      void relay(asked, response)
    })
  })
  server.on('connection', (socket) => {
    near.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => near.delete(socket))
    if (cut === 'cut_off') socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get roughness() {
      return roughness
    },
    set roughness(share) {
      roughness = share
    },
    get cut() {
      return cut
    },
    set cut(next) {
      cut = next
      if (next === 'open') return
      for (const socket of near) socket.destroy()
    },
    async close() {
      for (const timer of later) clearTimeout(timer)
      for (const request of far) request.destroy()
      for (const socket of near) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function readHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? ''
    if (!OWN_HEADERS.has(name)) headers[name] = raw[index + 1] ?? ''
  }
  return headers
}
