// Real sockets against the loopback server: who may speak to the station, and how much.

import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { type LoopbackServer, serveLoopback } from '../../../station/screen/loopback-server.ts'
import { signPass, temporaryFolder, ZHANG } from '../../support/counter.ts'
import { type ConnectedPort, openConnectedPort } from './connected-port.ts'

const TOKEN = 'a-token-of-thirty-two-characters'

interface Serving extends LoopbackServer {
  readonly connected: ConnectedPort
  readonly scans: string[]
  readonly address: string
}

async function serve(withPage = false): Promise<Serving> {
  const connected = openConnectedPort()
  const scans: string[] = []
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'page'))
  writeFileSync(join(folder, 'page', 'index.html'), '<title>kiosk</title>')
  writeFileSync(join(folder, 'station.db'), 'not for pages')
  const server = await serveLoopback({
    port: 0,
    token: TOKEN,
    pageFolder: withPage ? join(folder, 'page') : null,
    screens: connected.screens,
    onScanText: (text) => scans.push(text),
  })
  onTestFinished(() => server.close())
  return { ...server, connected, scans, address: `http://127.0.0.1:${server.port}` }
}

/** Bytes as they are, and everything that comes back until the other side ends. */
async function speak(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  socket.on('error', () => socket.destroy())
  socket.write(bytes)
  await Promise.race([once(socket, 'close'), once(socket, 'end'), new Promise((resolve) => setTimeout(resolve, 500))])
  socket.destroy()
  return Buffer.concat(parts).toString()
}

const statusOf = (answer: string): string => answer.split('\r\n')[0] ?? ''

function upgrade(port: number, change: Record<string, string | null> = {}, path = '/ws'): string {
  const headers: Record<string, string | null> = {
    Host: `127.0.0.1:${port}`,
    Origin: `http://127.0.0.1:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': `boai.${TOKEN}`,
    ...change,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

test('it listens on 127.0.0.1 and nowhere else', async () => {
  const { port } = await serve()
  const others = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).filter(({ address, family }) => family === 'IPv4' && address !== '127.0.0.1').map(({ address }) => address))
  for (const host of ['127.0.0.2', '::1', ...others]) {
    const socket = connect({ port, host, timeout: 500 })
    const [error] = (await Promise.race([once(socket, 'error'), once(socket, 'connect').then(() => ['open'])])) as [Error | string]
    socket.destroy()
    expect([host, error]).not.toEqual([host, 'open'])
  }
})

test('with token, Host and Origin right a screen is taken, over the protocol that holds the token', async () => {
  const { port } = await serve()
  const answer = await speak(port, upgrade(port))
  expect([statusOf(answer), answer.includes(`Sec-WebSocket-Protocol: boai.${TOKEN}`)]).toEqual(['HTTP/1.1 101 Switching Protocols', true])
})

test.each([
  ['a wrong token', { 'Sec-WebSocket-Protocol': 'boai.a-token-of-thirty-two-characterz' }],
  ['an empty token', { 'Sec-WebSocket-Protocol': 'boai.' }],
  ['no token', { 'Sec-WebSocket-Protocol': null }],
  ['a page from elsewhere', { Origin: 'https://example.com' }],
  ['a page from another port', { Origin: 'http://127.0.0.1:1' }],
  ['a page from nowhere', { Origin: 'null' }],
  ['no Origin', { Origin: null }],
  ['a name that somebody made resolve to this machine', { Host: 'kiosk.example.com', Origin: 'http://kiosk.example.com' }],
  ['the right name on another port', { Host: '127.0.0.1:1', Origin: 'http://127.0.0.1:1' }],
])('%s is refused, and no screen is taken', async (_name, change) => {
  const { port, connected } = await serve()
  expect(statusOf(await speak(port, upgrade(port, change)))).toBe('HTTP/1.1 403 Forbidden')
  expect(connected.screens.hasScreen()).toBe(false)
})

test('another path takes no screen', async () => {
  const { port } = await serve()
  for (const path of ['/', '/ws/', '/ws?token=1', '/scan']) expect([path, statusOf(await speak(port, upgrade(port, {}, path)))]).toEqual([path, 'HTTP/1.1 403 Forbidden'])
})

test('a page or a scan for a foreign Host is refused', async () => {
  const { port, scans } = await serve(true)
  for (const host of ['example.com', `example.com:${port}`, '127.0.0.1', `[::1]:${port}`]) {
    expect([host, statusOf(await speak(port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`))]).toEqual([host, 'HTTP/1.1 403 Forbidden'])
    const scan = `POST /scan HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx`
    expect([host, statusOf(await speak(port, scan))]).toEqual([host, 'HTTP/1.1 403 Forbidden'])
  }
  expect(scans).toEqual([])
})

test('the page comes with its policy; nothing else of the machine comes', async () => {
  const { address, port } = await serve(true)
  const page = await fetch(address)
  expect([page.status, await page.text()]).toEqual([200, '<title>kiosk</title>'])
  const csp = page.headers.get('content-security-policy') ?? ''
  expect([csp.includes("default-src 'none'"), csp.includes('unsafe'), page.headers.get('x-content-type-options'), page.headers.get('referrer-policy')]).toEqual([true, false, 'nosniff', 'no-referrer'])
  for (const path of ['/../station.db', '/..%2fstation.db', '/%2e%2e/station.db', '/..\\station.db', '//etc/passwd', '/page/../../station.db', '/%', '/index.html%00.txt', '/.hidden']) {
    const answer = await speak(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)
    expect([path, statusOf(answer), answer.includes('not for pages')]).toEqual([path, 'HTTP/1.1 404 Not Found', false])
  }
  for (const method of ['POST', 'PUT', 'DELETE']) expect((await fetch(address, { method })).status).toBe(404)
})

test('a refused answer too says that it is no page to be guessed at', async () => {
  const { address } = await serve(true)
  const missing = await fetch(`${address}/nothing`)
  expect([missing.status, missing.headers.get('x-content-type-options'), missing.headers.get('content-security-policy') === null]).toEqual([404, 'nosniff', false])
})

test('a scan is taken with the token only, and at most 16 kB of it', async () => {
  const { address, scans } = await serve()
  const post = (body: string, authorization?: string): Promise<number> =>
    fetch(`${address}/scan`, { method: 'POST', body, headers: authorization === undefined ? {} : { authorization } }).then((answer) => answer.status)
  expect([await post('x'), await post('x', 'Bearer wrong'), await post('x', TOKEN), await post('x', `Basic ${TOKEN}`)]).toEqual([403, 403, 403, 403])
  const bearer = `Bearer ${TOKEN}`
  expect([await post('骑手码', bearer), await post('a'.repeat(16_384), bearer), await post('a'.repeat(16_385), bearer), await post('a'.repeat(2_000_000), bearer)]).toEqual([204, 204, 413, 413])
  expect(scans.map((text) => text.length)).toEqual([3, 16_384])
})

test('a scan that breaks off is none', async () => {
  const { port, scans } = await serve()
  await speak(port, `POST /scan HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 100\r\n\r\nhalf`)
  expect(scans).toEqual([])
})

async function openScreen({ port }: Serving): Promise<{ socket: WebSocket; frames: string[]; closed: Promise<unknown[]> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, [`boai.${TOKEN}`], { origin: `http://127.0.0.1:${port}` })
  onTestFinished(() => socket.terminate())
  const frames: string[] = []
  socket.on('message', (data: Buffer) => frames.push((JSON.parse(data.toString()) as { type: string }).type))
  socket.on('error', () => socket.terminate())
  const closed = once(socket, 'close')
  await once(socket, 'open')
  return { socket, frames, closed }
}

async function until(holds: () => boolean, msMax = 8_000): Promise<void> {
  for (const beganAtMs = performance.now(); !holds(); await new Promise((next) => setTimeout(next, 10))) {
    if (performance.now() - beganAtMs > msMax) throw new Error(`not within ${msMax} ms`)
  }
}

test('frames go both ways; a second page takes over and the first is told why', async () => {
  const serving = await serve()
  const first = await openScreen(serving)
  first.socket.send('{"type":"hello","protocol":1}')
  await until(() => first.frames.includes('view'))
  serving.connected.at.scan(signPass({ holderId: ZHANG }))
  const second = await openScreen(serving)
  expect((await first.closed)[0]).toBe(4000)
  expect(first.frames.at(-1)).toBe('replaced')
  second.socket.send('{"type":"hello","protocol":1}')
  await until(() => second.frames.includes('view'))
  expect(serving.connected.at.view().session).toBeNull()
})

test('a frame of more than 64 KiB ends the line, and bytes that are no text are not looked at', async () => {
  const serving = await serve()
  const binary = await openScreen(serving)
  binary.socket.send(Buffer.from('{"type":"hello","protocol":1}'))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(serving.connected.screens.hasScreen()).toBe(false)
  binary.socket.send('x'.repeat(64 * 1024 + 1))
  expect((await binary.closed)[0]).toBe(1009)
  expect(serving.connected.problems).toEqual([])
})

/** A page that took the line and does nothing any more, not even hear. */
async function openDeafScreen({ port }: Serving): Promise<{ socket: Socket; answer: string }> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => socket.destroy())
  socket.write(upgrade(port))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  return { socket, answer: statusOf(answer.toString('latin1')) }
}

test('of pages that do not close there are four; the fifth is refused', async () => {
  const serving = await serve()
  const answers: string[] = []
  for (let page = 0; page < 5; page += 1) answers.push((await openDeafScreen(serving)).answer)
  expect(answers).toEqual([...Array.from({ length: 4 }, () => 'HTTP/1.1 101 Switching Protocols'), 'HTTP/1.1 403 Forbidden'])
})

test('a page that hears nothing any more is dropped before it fills the memory', async () => {
  const serving = await serve()
  const { socket } = await openDeafScreen(serving)
  socket.pause()
  const hello = Buffer.from('{"type":"hello","protocol":1}')
  const masked = Buffer.concat([Buffer.from([0x81, 0x80 | hello.length, 0, 0, 0, 0]), hello])
  socket.write(masked)
  await until(() => serving.connected.screens.hasScreen())
  for (let views = 0; views < 20_000 && serving.connected.screens.hasScreen(); views += 1) {
    serving.connected.screens.viewChanged()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(serving.connected.screens.hasScreen()).toBe(false)
}, 30_000)

test('who says a request byte by byte is cut off', async () => {
  const { port } = await serve()
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => socket.destroy())
  const closed = once(socket, 'close')
  socket.resume()
  const beganAtMs = performance.now()
  const dripping = setInterval(() => socket.write('x'), 500)
  socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `)
  await closed
  clearInterval(dripping)
  expect(performance.now() - beganAtMs).toBeLessThan(9_000)
}, 40_000)

test('closed, it ends every line at once and its port is free', async () => {
  const serving = await serve(true)
  const screen = await openScreen(serving)
  const idle = connect(serving.port, '127.0.0.1')
  idle.on('error', () => idle.destroy())
  const ended = once(idle, 'close')
  await once(idle, 'connect')
  const askedAtMs = performance.now()
  await serving.close()
  await Promise.all([screen.closed, ended])
  expect(performance.now() - askedAtMs).toBeLessThan(500)
  await expect(fetch(serving.address)).rejects.toThrow('fetch failed')
})
