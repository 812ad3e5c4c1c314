// The window, in the order things happen. It owns one locked page and one station process and passes text between the two
// it refuses to know any rule, any rider and any file but the screen's own. The only module that runs Electron.

import { existsSync } from 'node:fs'
import { app, BrowserWindow, ipcMain, type IpcMainEvent, Menu, type MessagePortMain, powerSaveBlocker, protocol, screen, session } from 'electron'
import { WINDOW_CHANNELS } from '../contract/kiosk/window-bridge.ts'
import { answerAppRequest, APP_SCHEME, isAppPage, listAppFiles } from './app-protocol.ts'
import { readLaunch } from './launch.ts'
import { lockDownContents, lockDownSession } from './lock-down.ts'
import { keepPageAlive } from './page-watchdog.ts'
import { createScreenRelay, type ScreenPort } from './screen-relay.ts'
import { keepStationRunning } from './station-child.ts'
import { describeError, say } from './window-log.ts'
import { chooseWindowOptions, SESSION_PARTITION } from './window-options.ts'

const launch = readLaunch({
  argv: process.argv.slice(1),
  environment: process.env,
  isPackaged: app.isPackaged,
  mainDir: import.meta.dirname,
  resourcesDir: process.resourcesPath,
})

prepare()
if (app.requestSingleInstanceLock()) {
  app.whenReady().then(run).catch(giveUp)
} else {
  say('already_running')
  app.exit(0)
}

/** What Electron wants to know before it is ready. */
function prepare(): void {
  // Electron's own answer is a dialog, and a kiosk with a dialog is a dead kiosk; whoever started it starts it again.
  process.on('uncaughtException', giveUp)
  process.on('unhandledRejection', giveUp)
  if (launch.profileDir !== null) app.setPath('userData', launch.profileDir)
  // As root (a container, a test) Chromium refuses to sandbox; every other start does.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Without a graphics card the GPU process ends at its start, and now and then no page loads after that (seen on Electron 33).
  if (process.platform === 'linux' && !existsSync('/dev/dri')) app.disableHardwareAcceleration()
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
  app.commandLine.appendSwitch('lang', 'zh-CN')
  app.commandLine.appendSwitch('disable-pinch')
  app.commandLine.appendSwitch('overscroll-history-navigation', '0')
  app.commandLine.appendSwitch('disable-background-networking')
  Menu.setApplicationMenu(null)
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents, say))
}

function run(): void {
  const kiosk = session.fromPartition(SESSION_PARTITION, { cache: false })
  lockDownSession(kiosk, say)
  const files = listAppFiles(launch.rendererDir)
  kiosk.protocol.handle(APP_SCHEME, (request) => answerAppRequest(files, request))

  const relay = createScreenRelay((message) => station.send(message), say)
  const station = keepStationRunning({
    ...launch,
    say,
    onRunning: () => relay.stationRuns(),
    onGone: () => relay.stationGone(),
    onFrame: (number, text) => relay.stationSaid(number, text),
  })

  const window = new BrowserWindow(chooseWindowOptions({ ...launch, display: screen.getPrimaryDisplay() }))
  const page = window.webContents
  const watchdog = keepPageAlive(page, say, () => leave(1))
  page.on('render-process-gone', () => relay.closeScreen())

  const fromOwnPage = (event: IpcMainEvent): boolean => event.sender === page && event.senderFrame === page.mainFrame && isAppPage(event.senderFrame?.url)
  ipcMain.on(WINDOW_CHANNELS.pong, (event) => {
    if (fromOwnPage(event)) watchdog.heard()
  })
  ipcMain.on(WINDOW_CHANNELS.screen, (event) => {
    const [port] = event.ports
    if (port !== undefined && fromOwnPage(event)) relay.openScreen(asScreenPort(port))
    else say('screen_refused')
  })

  if (launch.locked) powerSaveBlocker.start('prevent-display-sleep')
  const leave = endInOrder(async () => {
    watchdog.stop()
    relay.closeScreen()
    await station.stop()
  })
  leaveWhenAsked(window, leave)
}

/** Once, the station first. With 1 whoever started the window starts it again. */
function endInOrder(stop: () => Promise<void>): (exitCode: 0 | 1) => void {
  let leaving = false
  return (exitCode) => {
    if (leaving) return
    leaving = true
    stop()
      .then(() => app.exit(exitCode))
      .catch(giveUp)
  }
}

/** Alt+F4 and the like close nothing in a locked window; SIGTERM, SIGINT and `app.quit` end both processes in order. */
function leaveWhenAsked(window: BrowserWindow, leave: (exitCode: 0 | 1) => void): void {
  window.on('close', (event) => {
    event.preventDefault()
    if (!launch.locked) leave(0)
  })
  app.on('before-quit', (event) => {
    event.preventDefault()
    leave(0)
  })
  process.on('SIGINT', () => leave(0))
  process.on('SIGTERM', () => leave(0))
  app.on('second-instance', () => window.focus())
}

function asScreenPort(port: MessagePortMain): ScreenPort {
  return {
    post: (message) => port.postMessage(message),
    listen(onMessage, onClose) {
      port.on('message', ({ data }: { data: unknown }) => onMessage(data))
      port.on('close', onClose)
      port.start()
    },
    close: () => port.close(),
  }
}

function giveUp(error: unknown): void {
  say('window_failed', { reason: describeError(error) })
  app.exit(1)
}
