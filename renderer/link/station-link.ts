// The line to the station, whatever carries it: says hello on each connect, lets only valid frames through, and knows within
// `SILENCE_MS_MAX` that nobody is there any more. It refuses to know what frames mean and keeps none for later: what is sent
// into a dead line is lost, and the flow asks again.

import { KIOSK_PROTOCOL_VERSION, SILENCE_MS_MAX, stationFrame, type ScreenFrame, type StationFrame } from '../../contract/kiosk/kiosk-frames.ts'

export interface TransportListener {
  onText(text: string): void
  /** Whether somebody is at the other end. */
  onState(up: boolean): void
}

export interface Transport {
  send(text: string): void
  /** Gives up what is there and connects anew. */
  reconnect(): void
  /** Gives up what is there and rests until `reconnect`. */
  rest(): void
}

export type OpenTransport = (listener: TransportListener) => Transport

export interface LinkListener {
  onFrame(frame: StationFrame): void
  onState(up: boolean): void
  /** Something came that is no frame: a bug or another version. */
  onProblem(problem: string): void
}

export interface StationLink {
  send(frame: ScreenFrame): void
  /** Takes the station back after another screen took it. */
  reconnect(): void
  close(): void
}

/** After so long a silence the carrier itself is not believed any more. */
const GIVE_UP_MS = SILENCE_MS_MAX * 4

export function openStationLink(open: OpenTransport, listener: LinkListener): StationLink {
  let up = false
  let silence: ReturnType<typeof setTimeout> | undefined
  let givingUp: ReturnType<typeof setTimeout> | undefined

  const transport = open({
    onText(text) {
      const frame = readFrame(text)
      if (frame === null) {
        listener.onProblem(`a frame that is none, of ${text.length} characters`)
        return
      }
      heard()
      if (frame.type === 'replaced') {
        stopWaiting()
        transport.rest()
        up = false
      }
      listener.onFrame(frame)
    },
    onState(connected) {
      stopWaiting()
      if (!connected) {
        lost()
        return
      }
      transport.send(JSON.stringify({ type: 'hello', protocol: KIOSK_PROTOCOL_VERSION } satisfies ScreenFrame))
      expectFrame()
    },
  })

  function heard(): void {
    stopWaiting()
    expectFrame()
    if (up) return
    up = true
    listener.onState(true)
  }

  function lost(): void {
    if (!up) return
    up = false
    listener.onState(false)
  }

  function expectFrame(): void {
    silence = setTimeout(lost, SILENCE_MS_MAX)
    givingUp = setTimeout(() => transport.reconnect(), GIVE_UP_MS)
  }

  function stopWaiting(): void {
    clearTimeout(silence)
    clearTimeout(givingUp)
  }

  return {
    send(frame) {
      transport.send(JSON.stringify(frame))
    },
    reconnect() {
      stopWaiting()
      transport.reconnect()
    },
    close() {
      stopWaiting()
      up = false
      transport.rest()
    },
  }
}

function readFrame(text: string): StationFrame | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  const frame = stationFrame.safeParse(json)
  return frame.success ? frame.data : null
}
