// Stands between a station and central in one round that is not timed, and counts what really goes over the connections: the
// pushes up, and of those the bodies (by their content-length); everything that comes down.

import { connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { PUSH_PATH } from '../contract/sync/sync-protocol.ts'

export interface CountingRelay {
  readonly url: string
  /** Bodies of pushes. */
  bodyBytes(): number
  /** Requests of pushes: line, headers and body. */
  pushBytes(): number
  /** All that central sends, headers too. */
  downBytes(): number
  stop(): Promise<void>
}

const HEAD_END = Buffer.from('\r\n\r\n')

export async function openCountingRelay(target: string): Promise<CountingRelay> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const counted = { body: 0, push: 0, down: 0 }
  const server = createServer((from) => {
    const to = connect(Number(port), hostname)
    const count = requestCounter(counted)
    for (const socket of [from, to]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    from.on('data', count)
    to.on('data', (part: Buffer) => {
      counted.down += part.length
    })
    from.pipe(to)
    to.pipe(from)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the relay listens on no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    bodyBytes: () => counted.body,
    pushBytes: () => counted.push,
    downBytes: () => counted.down,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Takes the requests of one connection apart: a head up to the blank line, then as many bytes as it says. */
function requestCounter(counted: { body: number; push: number }): (part: Buffer) => void {
  let waiting = Buffer.alloc(0)
  return (part) => {
    waiting = Buffer.concat([waiting, part])
    for (;;) {
      const headEnd = waiting.indexOf(HEAD_END)
      if (headEnd === -1) return
      const head = waiting.subarray(0, headEnd).toString('latin1')
      const bodyLength = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
      if (!Number.isInteger(bodyLength)) throw new Error('a request without a content-length')
      const whole = headEnd + HEAD_END.length + bodyLength
      if (waiting.length < whole) return
      if (head.startsWith(`POST ${PUSH_PATH} `)) {
        counted.body += bodyLength
        counted.push += whole
      }
      waiting = waiting.subarray(whole)
    }
  }
}
