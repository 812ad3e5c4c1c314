// Frames over the Electron window's bridge. The window starts a dead station again and says so with a boolean.

import type { BoaiBridge } from '../../contract/kiosk/window-bridge.ts'
import type { OpenTransport } from './station-link.ts'

declare global {
  interface Window {
    readonly boaiBridge?: BoaiBridge
  }
}

export function bridgeTransport(bridge: BoaiBridge): OpenTransport {
  return (listener) => {
    // A second `connect` takes the place of the first; what the first still says is not heard.
    let turn = 0
    let line = connect()

    function connect(): { send(text: string): void } {
      turn += 1
      const mine = turn
      return bridge.connect(
        (text) => {
          if (mine === turn) listener.onText(text)
        },
        (up) => {
          if (mine === turn) listener.onState(up)
        },
      )
    }

    return {
      send: (text) => line.send(text),
      reconnect() {
        listener.onState(false)
        line = connect()
      },
      rest() {
        turn += 1
      },
    }
  }
}
