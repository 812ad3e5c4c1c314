// The flow on the page: one subscription, one face. Whatever is touched is a tap to the flow.

import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { DemoTray } from '../demo/demo-tray.tsx'
import type { Layout, Tap } from '../flow/flow-state.ts'
import { KioskFace } from '../screens/kiosk-face.tsx'
import { CATALOGUES } from '../text/catalogues.ts'
import type { Kiosk } from './run-kiosk.ts'

export function App({ kiosk }: { kiosk: Kiosk }) {
  const state = useSyncExternalStore(kiosk.subscribe, kiosk.state)
  const text = CATALOGUES[state.language]
  const tap = useCallback((tapped: Tap) => kiosk.dispatch({ type: 'tapped', tap: tapped }), [kiosk])
  const onLaidOut = useCallback((layout: Layout) => kiosk.dispatch({ type: 'laid_out', layout }), [kiosk])
  useEffect(() => {
    document.documentElement.lang = text.htmlLang
    document.documentElement.dir = text.direction
  }, [text])
  return (
    <>
      <KioskFace state={state} text={text} tap={tap} onLaidOut={onLaidOut} />
      {state.view?.demo === true ? <DemoTray state={state} text={text} tap={tap} /> : null}
    </>
  )
}
