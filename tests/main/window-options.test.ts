import { expect, test } from 'vitest'
import { chooseWindowOptions, sizeDemoWindow } from '../../main/window-options.ts'

const display = { bounds: { x: 0, y: 0, width: 1080, height: 1920 }, workAreaSize: { width: 1920, height: 1040 } }

const locks = {
  preload: '/repo/dist/preload/preload.cjs',
  partition: 'kiosk',
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
}

test('on a station the window is the whole screen, isolated, sandboxed and without developer tools', () => {
  expect(chooseWindowOptions({ locked: true, preloadFile: '/repo/dist/preload/preload.cjs', display })).toEqual({
    kiosk: true,
    frame: false,
    x: 0,
    y: 0,
    width: 1080,
    height: 1920,
    backgroundColor: '#FAF6EF',
    autoHideMenuBar: true,
    webPreferences: { ...locks, zoomFactor: 1 },
  })
})

test('on a desk the same page is as isolated, in a window that shows the portrait panel whole', () => {
  expect(chooseWindowOptions({ locked: false, preloadFile: '/repo/dist/preload/preload.cjs', display })).toEqual({
    width: 527,
    height: 936,
    useContentSize: true,
    backgroundColor: '#FAF6EF',
    autoHideMenuBar: true,
    webPreferences: { ...locks, zoomFactor: 0.4875 },
  })
})

test('the panel is never shown larger than it is', () => {
  expect(sizeDemoWindow({ width: 3840, height: 4320 })).toEqual({ width: 1080, height: 1920, zoom: 1 })
})
