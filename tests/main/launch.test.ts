import { expect, test } from 'vitest'
import { type LaunchFacts, readLaunch } from '../../main/launch.ts'

const checkout: LaunchFacts = { argv: ['.'], environment: {}, isPackaged: false, mainDir: '/repo/dist/main', resourcesDir: '/electron/resources' }
const packed: LaunchFacts = {
  argv: [],
  environment: { BOAI_NODE: '/elsewhere/node' },
  isPackaged: true,
  mainDir: '/opt/boai/resources/app.asar/dist/main',
  resourcesDir: '/opt/boai/resources',
}

test('in a checkout the station is the built one, under the Node that npm installed', () => {
  expect(readLaunch(checkout)).toEqual({
    locked: false,
    nodeBinary: '/repo/node_modules/.bin/node',
    stationEntry: '/repo/dist/station/index.js',
    stationArguments: [],
    stationEnvironment: {},
    profileDir: null,
    rendererDir: '/repo/dist/renderer',
    preloadFile: '/repo/dist/preload/preload.cjs',
  })
})

test('in a package Node and station lie beside the asar, the window is locked, and no environment variable changes the Node', () => {
  expect(readLaunch(packed)).toEqual({
    locked: true,
    nodeBinary: '/opt/boai/resources/node/node',
    stationEntry: '/opt/boai/resources/station/index.js',
    stationArguments: [],
    stationEnvironment: { BOAI_NODE: '/elsewhere/node' },
    profileDir: null,
    rendererDir: '/opt/boai/resources/app.asar/dist/renderer',
    preloadFile: '/opt/boai/resources/app.asar/dist/preload/preload.cjs',
  })
})

test('everything after -- goes to the station, and the window keeps its profile beside the station data', () => {
  const launch = readLaunch({ ...checkout, argv: ['.', '--kiosk', '--', '--data', '/srv/one', '--config', '/srv/one.json'] })
  expect([launch.locked, launch.stationArguments, launch.profileDir]).toEqual([true, ['--data', '/srv/one', '--config', '/srv/one.json'], '/srv/one/window'])
})

test('a --kiosk after -- is the station’s and does not lock the window', () => {
  expect(readLaunch({ ...checkout, argv: ['.', '--', '--kiosk'] }).locked).toBe(false)
})

test('without -- the station’s arguments come from BOAI_STATION_ARGS', () => {
  const launch = readLaunch({ ...checkout, environment: { BOAI_STATION_ARGS: '["--data=/srv/two"]' } })
  expect([launch.stationArguments, launch.profileDir]).toEqual([['--data=/srv/two'], '/srv/two/window'])
})

test('a BOAI_STATION_ARGS that is no list of strings ends the start loudly', () => {
  expect(() => readLaunch({ ...checkout, environment: { BOAI_STATION_ARGS: '{"data":1}' } })).toThrow('not a JSON array of strings')
})

test('the station does not inherit what steers Electron or a Node', () => {
  const environment = { PATH: '/bin', HOME: '/root', ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect', NODE_CHANNEL_FD: '3', BOAI_STATION_ARGS: '[]', BOAI_LOG_LEVEL: 'warn' }
  expect(readLaunch({ ...checkout, environment }).stationEnvironment).toEqual({ PATH: '/bin', HOME: '/root', BOAI_LOG_LEVEL: 'warn' })
})
