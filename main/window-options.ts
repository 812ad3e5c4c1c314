// Owns how the window is made. Every lock is stated, also where it is Electron's default, and a test pins the whole value.
// It refuses to know what the page does.

import type { BrowserWindowConstructorOptions, Rectangle, Size } from 'electron'

/** In memory: no cookie, no cache, no storage of a rider outlives the window. */
export const SESSION_PARTITION = 'kiosk'
export const PAPER = '#FAF6EF'

const panel = { widthPx: 1080, heightPx: 1920 }
const demoHeightShare = 0.9

export type WindowFacts = {
  readonly locked: boolean
  readonly preloadFile: string
  readonly display: { readonly bounds: Rectangle; readonly workAreaSize: Size }
}

export function chooseWindowOptions({ locked, preloadFile, display }: WindowFacts): BrowserWindowConstructorOptions {
  const demo = sizeDemoWindow(display.workAreaSize)
  return {
    // The bounds are said too: without a window manager nobody else would make the kiosk as large as the panel.
    ...(locked ? { kiosk: true, frame: false, ...display.bounds } : { width: demo.width, height: demo.height, useContentSize: true }),
    backgroundColor: PAPER,
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadFile,
      partition: SESSION_PARTITION,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      devTools: false,
      spellcheck: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      zoomFactor: locked ? 1 : demo.zoom,
    },
  }
}

/** On somebody's desk the portrait panel is shown whole, made smaller as one. */
export function sizeDemoWindow(workArea: Size): { width: number; height: number; zoom: number } {
  const zoom = Math.min(1, (workArea.height * demoHeightShare) / panel.heightPx, workArea.width / panel.widthPx)
  return { width: Math.round(panel.widthPx * zoom), height: Math.round(panel.heightPx * zoom), zoom }
}
