// The station's process: `node station/index.ts --data DIR --config FILE [--loopback-port N] [--page DIR] [--no-hid]`.
// A child of the pinned Node everywhere. Speaks contract/kiosk/station-process to whoever started it, ends with it, and
// says as its last word why it will not run.

import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { type FromStation, toStation } from '../contract/kiosk/station-process.ts'
import { openStation, type Station } from './compose.ts'
import type { ConnectedScreen } from './screen/screen-port.ts'
import { openSetUp } from './setup/open-set-up.ts'
import { readStationConfig } from './station-config.ts'
import { StorageError } from './store/storage-errors.ts'

const log = pino({ name: 'station', level: process.env['BOAI_LOG_LEVEL'] ?? 'info' })

/** What does not go down by itself after its last word is ended. */
const LAST_WORD_MS_MAX = 5_000

interface StartedWith {
  data: string
  config: string
  loopbackPort: number | null
  page: string | null
  hid: boolean
}

function readArguments(): StartedWith {
  const { data, config, page, hid, port } = parseOptions()
  if (data === undefined || config === undefined) throw new StorageError('not_configured', 'the station needs --data DIR and --config FILE')
  return { data, config, loopbackPort: port === undefined ? null : Number(port), page: page ?? null, hid }
}

function parseOptions() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        config: { type: 'string' },
        'loopback-port': { type: 'string' },
        page: { type: 'string' },
        'no-hid': { type: 'boolean', default: false },
      },
    })
    return { ...values, port: values['loopback-port'], hid: !values['no-hid'] }
  } catch (error) {
    throw new StorageError('not_configured', error instanceof Error ? error.message : String(error), error)
  }
}

function tell(message: FromStation): void {
  if (!process.connected) return
  // The starter may be gone before this process hears of it; `disconnect` follows.
  process.send?.(message, undefined, undefined, (error) => {
    if (error !== null) log.debug(error, 'the starter does not hear')
  })
}

async function run(): Promise<void> {
  let station: Pick<Station, 'screens' | 'kioskUrl' | 'stop'> | null = null
  let stopAsked = false
  let stopping: Promise<void> | null = null
  const stop = (): void => {
    stopAsked = true
    if (station === null) return
    stopping ??= station.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error(error, 'stopping')
        process.exit(1)
      },
    )
  }
  // Heard from the first moment on: a station that is still opening its file stops as soon as it is open.
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // The starter is gone: whoever starts next must find the file free.
  process.on('disconnect', stop)
  const wasStartedByProcess = process.send !== undefined

  const started = readArguments()
  const rooms = {
    dataFolder: started.data,
    log,
    loopback: started.loopbackPort === null ? null : { port: started.loopbackPort, pageFolder: started.page },
    hid: started.hid,
    restart: stop,
  }
  // No configuration is no fault: this machine is no station yet.
  station = existsSync(started.config)
    ? await openStation({ ...rooms, config: readStationConfig(started.config) })
    : await openSetUp({ ...rooms, configFile: started.config, centralUrl: process.env['BOAI_CENTRAL_URL'] ?? null })
  if (stopAsked || (wasStartedByProcess && !process.connected)) {
    stop()
    return
  }
  relayScreens(station, stop)
  tell({ type: 'ready', kioskUrl: station.kioskUrl })
}

/** Frames of pages behind the starter's window; the newest page is the screen. */
function relayScreens(station: Pick<Station, 'screens'>, stop: () => void): void {
  let open: { number: number; screen: ConnectedScreen } | null = null
  process.on('message', (raw) => {
    const message = toStation.safeParse(raw)
    if (!message.success) {
      log.warn('a message from the starter that is none')
      return
    }
    const said = message.data
    switch (said.type) {
      case 'stop':
        stop()
        return
      case 'screen_opened':
        open = {
          number: said.screen,
          screen: station.screens.connect(
            (text) => tell({ type: 'frame', screen: said.screen, text }),
            () => undefined,
          ),
        }
        return
      case 'screen_closed':
        if (open?.number === said.screen) open.screen.gone()
        return
      case 'frame':
        if (open?.number === said.screen) open.screen.receive(said.text)
        return
    }
  })
}

run().catch((error: unknown) => {
  const code = error instanceof StorageError ? error.code : 'bug'
  log.fatal(error, `the station will not run: ${code}`)
  tell({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
  if (process.connected) process.disconnect()
  setTimeout(() => process.exit(1), LAST_WORD_MS_MAX).unref()
})
