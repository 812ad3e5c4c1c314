import { KIOSK_PROTOCOL_VERSION } from '../../../contract/kiosk/kiosk-frames.ts'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import { loopbackAddress, loopbackTransport } from '../../../renderer/link/loopback-transport.ts'
import { bridgeTransport } from '../../../renderer/link/bridge-transport.ts'
import { type LinkListener, openStationLink, type StationLink } from '../../../renderer/link/station-link.ts'
import { viewOf } from '../flow/driven-flow.ts'

const WELCOME = JSON.stringify({ type: 'welcome', protocol: KIOSK_PROTOCOL_VERSION })
const BEAT = JSON.stringify({ type: 'beat', nowMs: 1 })
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

interface Station {
  port: number
  /** What screens said, in order. */
  heard: string[]
  protocols: string[]
  sockets: ServerSocket[]
}

async function openStation(port = 0): Promise<Station> {
  const server = new WebSocketServer({ host: '127.0.0.1', port, handleProtocols: (offered) => [...offered][0] ?? false })
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address')
  const station: Station = { port: address.port, heard: [], protocols: [], sockets: [] }
  server.on('connection', (socket) => {
    station.sockets.push(socket)
    station.protocols.push(socket.protocol)
    socket.on('message', (data: Buffer) => station.heard.push(data.toString()))
  })
  closing.push(async () => {
    for (const socket of server.clients) socket.terminate()
    await new Promise((resolve) => server.close(resolve))
  })
  return station
}

function connect(port: number): { link: StationLink; told: string[] } {
  const told: string[] = []
  const listener: LinkListener = {
    onFrame: (frame) => told.push(frame.type),
    onState: (up) => told.push(up ? 'up' : 'down'),
    onProblem: (problem) => told.push(problem),
  }
  const link = openStationLink(loopbackTransport({ url: `ws://127.0.0.1:${port}/ws`, protocol: 'boai.secret' }), listener)
  closing.push(() => link.close())
  return { link, told }
}

async function until(holds: () => boolean, msMax = 4_000): Promise<void> {
  const giveUpAt = performance.now() + msMax
  while (!holds()) {
    if (performance.now() > giveUpAt) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('A screen says hello with its token and is up with the station’s first frame', async () => {
  const station = await openStation()
  const { link, told } = connect(station.port)
  await until(() => station.heard.length === 1)
  expect(station).toMatchObject({ heard: [JSON.stringify({ type: 'hello', protocol: KIOSK_PROTOCOL_VERSION })], protocols: ['boai.secret'] })
  expect(told).toEqual([])
  station.sockets[0]?.send(WELCOME)
  station.sockets[0]?.send(JSON.stringify({ type: 'view', view: viewOf() }))
  await until(() => told.length === 3)
  link.send({ type: 'request', id: 1, name: 'list_demo_codes', input: {} })
  await until(() => station.heard.length === 2)
  expect({ told, asked: station.heard[1] }).toEqual({ told: ['up', 'welcome', 'view'], asked: '{"type":"request","id":1,"name":"list_demo_codes","input":{}}' })
})

test('A silent station is down within a second and a half, and up again with its next frame', async () => {
  const station = await openStation()
  const { told } = connect(station.port)
  await until(() => station.sockets.length === 1 && station.heard.length === 1)
  station.sockets[0]?.send(WELCOME)
  const startedAtMs = performance.now()
  await until(() => told.includes('down'))
  const waitedMs = performance.now() - startedAtMs
  expect(waitedMs).toBeGreaterThan(1_300)
  expect(waitedMs).toBeLessThan(2_000)
  station.sockets[0]?.send(BEAT)
  await until(() => told.length === 5)
  expect({ told, connections: station.sockets.length }).toEqual({ told: ['up', 'welcome', 'down', 'up', 'beat'], connections: 1 })
})

test('A broken connection is down at once, is made anew, and says hello again', async () => {
  const station = await openStation()
  const { told } = connect(station.port)
  await until(() => station.heard.length === 1)
  station.sockets[0]?.send(WELCOME)
  await until(() => told.length === 2)
  station.sockets[0]?.terminate()
  await until(() => station.heard.length === 2)
  station.sockets[1]?.send(WELCOME)
  await until(() => told.length === 5)
  expect(told).toEqual(['up', 'welcome', 'down', 'up', 'welcome'])
})

test('A station that starts after the screen is found', async () => {
  const placeholder = await openStation()
  const { port } = placeholder
  await closing.pop()?.()
  connect(port)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const station = await openStation(port)
  await until(() => station.heard.length === 1)
  expect(station.heard).toEqual([JSON.stringify({ type: 'hello', protocol: KIOSK_PROTOCOL_VERSION })])
})

test('What is no frame is told as a problem and changes nothing', async () => {
  const station = await openStation()
  const { told } = connect(station.port)
  await until(() => station.heard.length === 1)
  for (const text of ['not json', '{"type":"view","view":{}}', '{"type":"something_else"}', BEAT]) station.sockets[0]?.send(text)
  await until(() => told.length === 5)
  expect(told).toEqual(['a frame that is none, of 8 characters', 'a frame that is none, of 25 characters', 'a frame that is none, of 25 characters', 'up', 'beat'])
})

test('A replaced screen does not fight for the station, until somebody wants it back', async () => {
  const station = await openStation()
  const { link, told } = connect(station.port)
  await until(() => station.heard.length === 1)
  station.sockets[0]?.send(WELCOME)
  station.sockets[0]?.send(JSON.stringify({ type: 'replaced' }))
  await until(() => told.includes('replaced'))
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect({ told, connections: station.sockets.length }).toEqual({ told: ['up', 'welcome', 'replaced'], connections: 1 })
  link.reconnect()
  await until(() => station.heard.length === 2)
  expect(station.sockets).toHaveLength(2)
})

test('The token comes from behind the hash sign', () => {
  const addresses = ['#token=a-b_c', '#token=', ''].map((hash) => loopbackAddress({ protocol: 'http:', host: '127.0.0.1:8710', hash }))
  expect(addresses).toEqual([{ url: 'ws://127.0.0.1:8710/ws', protocol: 'boai.a-b_c' }, null, null])
})

test('Over the window’s bridge each start of the station is greeted anew, and an old connection is not heard', () => {
  const sent: string[] = []
  const lines: { onText: (text: string) => void; onState: (up: boolean) => void }[] = []
  const told: string[] = []
  const link = openStationLink(
    bridgeTransport({
      connect(onText, onState) {
        lines.push({ onText, onState })
        return { send: (text) => sent.push(text) }
      },
    }),
    { onFrame: (frame) => told.push(frame.type), onState: (up) => told.push(up ? 'up' : 'down'), onProblem: (problem) => told.push(problem) },
  )
  closing.push(() => link.close())
  const [first] = lines
  first?.onState(false)
  first?.onState(true)
  first?.onText(WELCOME)
  first?.onState(false)
  first?.onState(true)
  first?.onText(BEAT)
  link.reconnect()
  first?.onText(BEAT)
  lines[1]?.onState(true)
  lines[1]?.onText(WELCOME)
  expect({ told, hellos: sent.length }).toEqual({ told: ['up', 'welcome', 'down', 'up', 'beat', 'down', 'up', 'welcome'], hellos: 3 })
})
