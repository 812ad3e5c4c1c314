// Where the page begins: which line there is to the station, then the flow, then the face.

import './app/zod-without-eval.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { calmPage } from './app/calm-page.ts'
import { runKiosk } from './app/run-kiosk.ts'
import { bridgeTransport } from './link/bridge-transport.ts'
import { loopbackAddress, loopbackTransport } from './link/loopback-transport.ts'
import type { OpenTransport } from './link/station-link.ts'
import { loadDictionary } from './pinyin/load-dictionary.ts'
import { openTones } from './sound/tones.ts'
import { listenForWedge } from './wedge/wedge-listener.ts'
import './styles/index.css'
import './demo/demo-tray.css'

/** Without a token the station lets nobody in: the screen stays at "connecting again", with words. */
const WITHOUT_TOKEN = { url: `ws://${location.host}/ws`, protocol: 'boai.none' }

function transportOfThisWindow(): OpenTransport {
  if (window.boaiBridge !== undefined) return bridgeTransport(window.boaiBridge)
  return loopbackTransport(loopbackAddress(location) ?? WITHOUT_TOKEN)
}

/** A page that was just loaded and is of another version all the same is not loaded anew at once: it would never come to rest. */
const LOADED_ANEW_EVERY_MS = 30_000

function loadPageAnew(): void {
  setTimeout(() => location.reload(), Math.max(0, LOADED_ANEW_EVERY_MS - performance.now()))
}

const place = document.getElementById('kiosk')
if (place === null) throw new Error('the page has no place for the kiosk')

calmPage(window)
const kiosk = runKiosk({
  openTransport: transportOfThisWindow(),
  monotonicMs: () => Math.round(performance.now()),
  freshId: () => crypto.randomUUID(),
  tones: openTones(window),
  listenForScans: (onText) => listenForWedge(window, onText),
  loadDictionary: () => loadDictionary(new URL('../resources/pinyin/dictionary.bin.gz', import.meta.url).href),
  loadPageAnew,
  onProblem: (problem) => console.warn(problem),
})
createRoot(place).render(<App kiosk={kiosk} />)
