// The size of the window in CSS pixels, as it is now. The only place where a screen's part asks the browser anything.

import { useSyncExternalStore } from 'react'

export interface WindowSize {
  widthPx: number
  heightPx: number
}

export function useWindowSize(): WindowSize {
  const widthPx = useSyncExternalStore(listenToResize, () => window.innerWidth)
  const heightPx = useSyncExternalStore(listenToResize, () => window.innerHeight)
  return { widthPx, heightPx }
}

function listenToResize(changed: () => void): () => void {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}
