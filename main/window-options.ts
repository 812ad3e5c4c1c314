// Owns how the window is made. Every lock is stated, also where it is Electron's default, and a test pins the whole value.
// It refuses to know what the page does.

import type { BrowserWindowConstructorOptions } from 'electron';

/** In memory: no cookie, no cache, no storage of a rider outlives the window. */
export const SESSION_PARTITION = 'kiosk';
export const PAPER = '#FAF6EF';

const panel = { widthPx: 1080, heightPx: 1920 };
const demoHeightShare = 0.9;

export type WindowFacts = {
  readonly locked: boolean;
  readonly preloadFile: string;
  readonly workArea: { readonly width: number; readonly height: number };
};

export function chooseWindowOptions({ locked, preloadFile, workArea }: WindowFacts): BrowserWindowConstructorOptions {
  const demo = sizeDemoWindow(workArea);
  return {
    ...(locked ? { kiosk: true, fullscreen: true, frame: false } : { width: demo.width, height: demo.height, useContentSize: true }),
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
      devTools: !locked,
      spellcheck: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      zoomFactor: locked ? 1 : demo.zoom,
    },
  };
}

/** On somebody's desk the portrait panel is shown whole, made smaller as one. */
export function sizeDemoWindow(workArea: WindowFacts['workArea']): { width: number; height: number; zoom: number } {
  const zoom = Math.min(1, (workArea.height * demoHeightShare) / panel.heightPx, workArea.width / panel.widthPx);
  return { width: Math.round(panel.widthPx * zoom), height: Math.round(panel.heightPx * zoom), zoom };
}
