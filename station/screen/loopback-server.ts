// The kiosk over loopback, for Chromium, a browser tab, development and tests: the built page, and its frames over a web
// socket. 127.0.0.1 only; a token that only this machine's user can read; Host and Origin checked, so that no web page
// open elsewhere on the machine can speak to it.

import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import sirv from 'sirv'
import { WebSocketServer } from 'ws'
import { FRAME_BYTES_MAX } from '../../contract/kiosk/kiosk-frames.ts'
import { FRAME_TO_SCREEN_BYTES_MAX } from '../../contract/kiosk/station-process.ts'
import type { ScreenPort } from './screen-port.ts'

export interface LoopbackOptions {
  /** 0: any free one. */
  port: number
  token: string
  /** Folder of the built page, or null: frames only. */
  pageFolder: string | null
  screens: ScreenPort
  /** `npm run scan`: a text as if a scanner had read it. */
  onScanText: (text: string) => void
}

export interface LoopbackServer {
  /** With the token behind the hash sign, where no server and no log sees it. */
  kioskUrl: string
  port: number
  close(): Promise<void>
}

export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const SCAN_BYTES_MAX = 16 * 1024
const SOCKETS_MAX = 4
const HEADERS_MS_MAX = 5_000
const REQUEST_MS_MAX = 10_000
/** Node looks at its time limits only this often; by itself every thirty seconds. */
const TIMES_CHECKED_EVERY_MS = 1_000

export async function serveLoopback(options: LoopbackOptions): Promise<LoopbackServer> {
  const page = options.pageFolder === null ? null : sirv(options.pageFolder, { etag: true, dev: false })
  const times = { headersTimeout: HEADERS_MS_MAX, requestTimeout: REQUEST_MS_MAX, connectionsCheckingInterval: TIMES_CHECKED_EVERY_MS }
  const server = createServer(times, (request, response) => {
    if (!isOwnHost(request)) {
      end(response, 403)
      return
    }
    response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY)
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    response.setHeader('cache-control', 'no-store')
    if (request.method === 'POST' && request.url === '/scan') {
      takeScan(request, response, options)
      return
    }
    if (page === null || (request.method !== 'GET' && request.method !== 'HEAD')) {
      end(response, 404)
      return
    }
    page(request, response, () => end(response, 404))
  })
  server.maxConnections = 64

  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_BYTES_MAX, handleProtocols: (offered) => [...offered][0] ?? false })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (!mayConnect(request, options.token) || sockets.clients.size >= SOCKETS_MAX) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n', () => socket.destroy())
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const screen = options.screens.connect(
        (text) => {
          // A page that hangs hears nothing and would fill the memory: it is gone, and its next life connects anew.
          if (webSocket.bufferedAmount > FRAME_TO_SCREEN_BYTES_MAX) webSocket.terminate()
          else webSocket.send(text)
        },
        () => webSocket.close(4000, 'replaced'),
      )
      webSocket.on('message', (data, isBinary) => {
        if (!isBinary && Buffer.isBuffer(data)) screen.receive(data.toString('utf8'))
      })
      webSocket.on('close', () => screen.gone())
      webSocket.on('error', () => webSocket.terminate())
    })
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  return {
    kioskUrl: `http://127.0.0.1:${port}/#token=${options.token}`,
    port,
    async close() {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A page from elsewhere that resolves its own name to 127.0.0.1 is not this page. */
function isOwnHost(request: IncomingMessage): boolean {
  const port = request.socket.localPort
  return request.headers.host === `127.0.0.1:${port}` || request.headers.host === `localhost:${port}`
}

function mayConnect(request: IncomingMessage, token: string): boolean {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  return isOwnHost(request) && request.url === '/ws' && request.headers.origin === `http://${request.headers.host}` && offered.some((name) => isSame(name, `boai.${token}`))
}

function takeScan(request: IncomingMessage, response: ServerResponse, options: LoopbackOptions): void {
  if (!isSame(request.headers.authorization ?? '', `Bearer ${options.token}`)) {
    end(response, 403)
    request.resume()
    return
  }
  const parts: Buffer[] = []
  let length = 0
  request.on('data', (part: Buffer) => {
    length += part.length
    if (length <= SCAN_BYTES_MAX) parts.push(part)
  })
  request.on('end', () => {
    if (length > SCAN_BYTES_MAX) {
      end(response, 413)
      return
    }
    options.onScanText(Buffer.concat(parts).toString('utf8'))
    end(response, 204)
  })
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status
  response.end()
}

/** In constant time, whatever the lengths. */
function isSame(left: string, right: string): boolean {
  return timingSafeEqual(createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest())
}
