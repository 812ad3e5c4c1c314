// A server of a measurement, in a process of its own: forked, waited for until it says where it listens, ended by its handle.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const READY_MS_MAX = 60_000
const STOP_MS_MAX = 15_000
const LOG_CHARACTERS_SHOWN = 2_000

export interface ServerProcess {
  readonly url: string
  readonly child: ChildProcess
  stop(): Promise<void>
}

export interface ServerOptions {
  /** A path below the root. Its first message is `{ type: 'ready', url }`. */
  entry: string
  args?: readonly string[]
  env?: Record<string, string>
  nodeFlags?: readonly string[]
  /** Where its standard error goes. */
  logFile: string
}

export async function startServer({ entry, args, env, nodeFlags = [], logFile }: ServerOptions): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, '..', entry), args ?? [], { execArgv: [...process.execArgv, ...nodeFlags], env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', openSync(logFile, 'a'), 'ipc'] })
  const ended = new AbortController()
  child.once('exit', () => ended.abort())
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(READY_MS_MAX)])
  const [message] = (await once(child, 'message', { signal }).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw new Error(`${entry} does not start: ${readFileSync(logFile, 'utf8').slice(-LOG_CHARACTERS_SHOWN)}`, { cause: error })
  })) as [{ type: string; url?: string; message?: string }]
  if (message.type !== 'ready' || message.url === undefined) throw new Error(`${entry} does not start: ${message.message ?? message.type}`)
  return {
    url: message.url,
    child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX)
      child.kill('SIGTERM')
      await ended
      clearTimeout(kill)
    },
  }
}

/** Where central keeps what is not in its database, and the station of a bench finds whom to believe. */
export function centralKeyFile(work: string): string {
  return join(work, 'central-key.json')
}

/**
 * As README says. Room from the start for what a few uploads need at once, so that little of it is still in use when it is collected,
 * and for the program itself, which else is collected twice while it starts and once more in its first uploads; and old things
 * collected before more memory is asked for, because V8 gives back nothing: memory goes to stations.
 */
const CENTRAL_NODE_FLAGS = ['--min-semi-space-size=16', '--max-semi-space-size=16', '--initial-old-space-size=96', '--max-old-space-size=1024']

/** Central as it runs in a district, on this database. */
export function startCentral(databaseUrl: string, work: string): Promise<ServerProcess> {
  const env = { DATABASE_URL: databaseUrl, BOAI_CENTRAL_KEY: centralKeyFile(work) }
  return startServer({ entry: 'central/index.ts', args: ['--port', '0'], env, nodeFlags: CENTRAL_NODE_FLAGS, logFile: join(work, 'central.log') })
}
