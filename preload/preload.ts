// The bridge: one function in the page, `boaiBridge.connect`, and an answer to the window's heartbeat. It refuses to know what
// the frames mean and hands out nothing of Electron: the page gets strings and a boolean, never a port or `ipcRenderer`.

import { contextBridge, ipcRenderer } from 'electron'
import { type BoaiBridge, WINDOW_CHANNELS } from '../contract/kiosk/window-bridge.ts'

let connected: MessagePort | null = null

const bridge: BoaiBridge = {
  connect(onText, onState) {
    const { port1, port2 } = new MessageChannel()
    connected?.close()
    connected = port1
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') onText(data)
      if (typeof data === 'boolean') onState(data)
    })
    port1.start()
    ipcRenderer.postMessage(WINDOW_CHANNELS.screen, null, [port2])
    return { send: (text) => port1.postMessage(text) }
  },
}

contextBridge.exposeInMainWorld('boaiBridge', bridge)
ipcRenderer.on(WINDOW_CHANNELS.ping, () => ipcRenderer.send(WINDOW_CHANNELS.pong))
