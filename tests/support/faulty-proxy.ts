// A bad network in front of a real server: a TCP proxy that refuses, cuts off after the request (the server has done its
// work, the answer is lost), swallows answers or delays them, and writes down what was asked and how many at once.

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export type Fault =
  /** No connection; those that stand are cut. */
  | { kind: 'refuse' }
  /** The request arrives, its answer does not. Only for this path, so many times. */
  | { kind: 'lose_answer'; path: string; times: number }
  /** Answers are swallowed and the line stays up. */
  | { kind: 'swallow_answers' }
  | { kind: 'delay'; delayMs: number }

export interface FaultyProxy {
  readonly url: string
  fault: Fault | null
  /** Paths, in order of arrival. */
  readonly requests: string[]
  readonly lost: string[]
  /** Requests that were under way at once, at most. */
  underWayMax(): number
}

const REQUEST_LINE = /^POST (\S+) HTTP\/1\.1\r\n/

export async function openFaultyProxy(target: string): Promise<FaultyProxy> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let underWay = 0
  let most = 0
  let fault: Fault | null = null
  const requests: string[] = []
  const lost: string[] = []

  const server = createServer((near) => {
    if (fault?.kind === 'refuse') {
      near.destroy()
      return
    }
    const far = connect(Number(port), hostname)
    let asked: string | null = null
    const answered = (): void => {
      if (asked !== null) underWay -= 1
      asked = null
    }
    const cut = (): void => {
      answered()
      for (const socket of [near, far]) {
        open.delete(socket)
        socket.destroy()
      }
    }
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', cut)
      socket.on('close', cut)
    }
    near.on('data', (data: Buffer) => {
      const path = REQUEST_LINE.exec(data.subarray(0, 200).toString('latin1'))?.[1]
      if (path !== undefined) {
        asked = path
        requests.push(path)
        underWay += 1
        most = Math.max(most, underWay)
      }
      far.write(data)
    })
    far.on('data', (data: Buffer) => {
      const path = asked
      if (fault?.kind === 'swallow_answers') return
      if (fault?.kind === 'lose_answer' && path === fault.path && fault.times > 0) {
        fault.times -= 1
        lost.push(path)
        cut()
        return
      }
      answered()
      if (fault?.kind === 'delay') setTimeout(() => near.write(data), fault.delayMs)
      else near.write(data)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  onTestFinished(async () => {
    for (const socket of open) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    url: `http://127.0.0.1:${address.port}`,
    get fault() {
      return fault
    },
    set fault(next) {
      fault = next
      if (next?.kind === 'refuse') for (const socket of open) socket.destroy()
    },
    requests,
    lost,
    underWayMax: () => most,
  }
}
