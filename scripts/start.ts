// `npm start`: builds, starts a central (embedded PostgreSQL) and one station with demo data, opens the kiosk, and says what
// it did and why. Ctrl-C ends it cleanly; the next start finds the data again.
//   --fresh  begin anew   --no-window  open nothing   --port-base N  kiosk on N, central on N+1   --data DIR  the data
//   --set-up  show an empty machine instead, and print the code by which it becomes station 2

import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildParts } from './build.ts'
import { readCommandLine, readPort } from './command-line.ts'
import { openDemoFolder, readSeededDemo, writeStationConfig } from './start/demo-folder.ts'
import { chooseWindow } from './start/kiosk-window.ts'
import { type Supervised, supervise } from './start/processes.ts'
import { refuseTakenPorts } from './start/free-ports.ts'
import { showEnrolmentCode } from './start/show-enrolment-code.ts'
import { showPasses } from './start/show-passes.ts'

const root = join(import.meta.dirname, '..')
const START_MS_MAX = 60_000
const PORT_BASE_MAX = 65_000
const LOOK_FOR_NPM_EVERY_MS = 500
const { values } = readCommandLine('npm start', '[--fresh] [--no-window] [--port-base N] [--data DIR] [--set-up]', {
  options: {
    fresh: { type: 'boolean', default: false },
    'no-window': { type: 'boolean', default: false },
    'port-base': { type: 'string', default: '4810' },
    data: { type: 'string', default: join(root, '.data', 'demo') },
    'set-up': { type: 'boolean', default: false },
  },
})

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const started: Supervised[] = []
let ending = false

async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  for (const child of started) child.retire()
  // In order: the screen, the station (its last events are on disk), central.
  for (const child of started.toReversed()) await child.stop()
  if (started.length > 0) say('ended; the data stays, `npm start` finds it again')
  process.exit(code)
}

async function run(): Promise<void> {
  const portBase = readPort('npm start', '--port-base', values['port-base'], PORT_BASE_MAX)
  await refuseTakenPorts([portBase, portBase + 1])
  const folder = openDemoFolder(resolve(values.data), values.fresh)
  const node = process.execPath
  const [window] = await Promise.all([chooseWindow({ wanted: !values['no-window'], dataFolder: folder.root, say }), buildParts()])

  const central = supervise({
    name: 'central',
    command: node,
    args: [join(root, 'dist/central/index.js'), '--data', folder.centralData, '--port', String(portBase + 1), '--demo', folder.centralOrder],
    logFile: folder.logOf('central'),
    say,
    restart: true,
  })
  started.push(central)
  const centralUrl = String((await central.first('ready', START_MS_MAX))['url'])
  const seed = readSeededDemo(folder)
  writeStationConfig(folder, join(root, 'resources/demo'), seed, centralUrl)

  const machine = values['set-up'] ? { data: folder.emptyMachine, config: join(folder.emptyMachine, 'station.json') } : { data: folder.stationData, config: folder.stationConfig }
  const stationArgs = ['--data', machine.data, '--config', machine.config, '--loopback-port', String(portBase), '--page', join(root, 'dist/renderer')]
  const kioskFile = join(folder.root, 'kiosk.json')
  if (existsSync(kioskFile)) rmSync(kioskFile)
  const kioskUrl = await startStation(stationArgs, window, folder.logOf)
  writeFileSync(kioskFile, JSON.stringify({ kiosk: kioskUrl, codes: folder.codesFile }), { mode: 0o600 })

  await showPasses(seed, folder.passFolder, say)
  if (values['set-up']) await showEnrolmentCode({ centralUrl, centralData: folder.centralData, seed, isStation: existsSync(machine.config), say })
  say('No scanner? `npm run scan -- zhang` scans for you (also li, rouzi, wang …; without a name it lists all);')
  say(`the tray at the edge of the demo's screen does the same. The volunteer's PIN is 246810.`)
  say(`The office: ${centralUrl}/console/; who may sign in (six digits: \`npm run -s office -- digits chen\`):`)
  for (const { role, name, signInName, password } of seed.office) say(`  ${signInName.padEnd(6)} ${password}   ${role}, ${name}`)
  say(`The operator's pages: ${centralUrl}/operator, with the token in ${join(folder.centralData, 'operator-token')}.`)
  say(`Logs: ${join(folder.root, 'logs')}. Ctrl-C ends it.`)
  say(`ready ${JSON.stringify({ kiosk: kioskUrl, central: centralUrl, office: `${centralUrl}/console/` })}`)

  if (window.kind === 'browser') openBrowser(window.binary, window.args(kioskUrl), folder.logOf('browser'))
}

/** Starts the station, in the window's care where there is Electron; resolves with the kiosk's address once it answers. */
async function startStation(args: string[], window: Awaited<ReturnType<typeof chooseWindow>>, logOf: (name: string) => string): Promise<string> {
  if (window.kind === 'electron') {
    const shell = supervise({
      name: 'window',
      command: window.binary,
      args: window.args,
      env: { BOAI_STATION_ARGS: JSON.stringify(args), BOAI_NODE: process.execPath },
      logFile: logOf('window'),
      say,
      restart: false,
      onEnded: () => void end(0),
    })
    started.push(shell)
    return kioskUrlOf(args, logOf('window'))
  }
  const station = supervise({ name: 'station', command: process.execPath, args: [join(root, 'dist/station/index.js'), ...args], logFile: logOf('station'), say, restart: true })
  started.push(station)
  return String((await station.first('ready', START_MS_MAX))['kioskUrl'])
}

/** The window's station speaks to the window, not to us: its page answers once it runs. */
async function kioskUrlOf(args: string[], log: string): Promise<string> {
  const dataFolder = args[args.indexOf('--data') + 1] ?? ''
  const port = args[args.indexOf('--loopback-port') + 1] ?? ''
  for (const startedAtMs = performance.now(); performance.now() - startedAtMs < START_MS_MAX; ) {
    const tokenFile = join(dataFolder, 'loopback-token')
    const answers = await fetch(`http://127.0.0.1:${port}/`).then((response) => response.ok, () => false)
    if (answers && existsSync(tokenFile)) return `http://127.0.0.1:${port}/#token=${readFileSync(tokenFile, 'utf8').trim()}`
    await new Promise((next) => setTimeout(next, 100))
  }
  throw new Error(`the window's station did not answer, see ${log}`)
}

function openBrowser(binary: string, args: string[], logFile: string): void {
  if (!args.includes('--kiosk')) {
    spawn(binary, args, { stdio: 'ignore', detached: true }).unref()
    return
  }
  started.push(supervise({ name: 'browser', command: binary, args, logFile, say, restart: true }))
}

/** A signal to npm alone ends npm and its shell and is not handed on: without them nobody can end this one. */
function endWithNpm(): void {
  if (process.env['npm_lifecycle_event'] !== 'start') return
  const shell = process.ppid
  setInterval(() => {
    if (process.ppid !== shell) void end(0)
  }, LOOK_FOR_NPM_EVERY_MS).unref()
}

process.on('SIGINT', () => void end(0))
process.on('SIGTERM', () => void end(0))
process.on('SIGHUP', () => void end(0))
endWithNpm()
run().catch((error: unknown) => {
  process.stderr.write(`npm start: ${error instanceof Error ? error.message : String(error)}\n`)
  void end(1)
})
