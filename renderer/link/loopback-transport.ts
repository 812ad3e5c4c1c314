// Frames over a web socket to the station on this very machine, for every window but Electron's. The token comes behind the
// address's hash sign, where no server sees it, and goes out as a subprotocol, where no log keeps it.

import type { OpenTransport } from './station-link.ts'

const BACKOFF_FIRST_MS = 250
const BACKOFF_MS_MAX = 2_000

/** From the page's own address: `http://127.0.0.1:8710/#token=…`; null where there is no token in it. */
export function loopbackAddress(location: { protocol: string; host: string; hash: string }): { url: string; protocol: string } | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token === null || token === '') return null
  return { url: `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/ws`, protocol: `boai.${token}` }
}

export function loopbackTransport(address: { url: string; protocol: string }): OpenTransport {
  return (listener) => {
    let socket: WebSocket | null = null
    let retry: ReturnType<typeof setTimeout> | undefined
    let backoffMs = BACKOFF_FIRST_MS

    function connect(): void {
      const opened = new WebSocket(address.url, [address.protocol])
      socket = opened
      opened.addEventListener('open', () => {
        if (socket !== opened) return
        backoffMs = BACKOFF_FIRST_MS
        listener.onState(true)
      })
      opened.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (socket === opened && typeof data === 'string') listener.onText(data)
      })
      // An error is always followed by a close.
      opened.addEventListener('close', () => {
        if (socket !== opened) return
        socket = null
        listener.onState(false)
        retry = setTimeout(connect, backoffMs)
        backoffMs = Math.min(BACKOFF_MS_MAX, backoffMs * 2)
      })
    }

    function drop(): void {
      clearTimeout(retry)
      const dropped = socket
      socket = null
      dropped?.close()
    }

    connect()
    return {
      send(text) {
        if (socket?.readyState === WebSocket.OPEN) socket.send(text)
      },
      reconnect() {
        drop()
        listener.onState(false)
        backoffMs = BACKOFF_FIRST_MS
        connect()
      },
      rest: drop,
    }
  }
}
