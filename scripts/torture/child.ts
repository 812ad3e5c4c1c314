// One child process that is killed often, also while it starts: started with Node's channel, known by its own pid, ended for
// certain. What it says goes to a log file, so that a violation can be read up.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'

export interface Child {
  readonly process: ChildProcess
  /** What it said when it was ready; rejects with ChildRefusedError where it ended before. */
  readonly ready: Promise<Record<string, unknown>>
  readonly ended: Promise<unknown>
  isAlive(): boolean
  /** SIGKILL, and waits. */
  kill(): Promise<void>
  /** SIGTERM, and a SIGKILL where that takes too long; waits. Whether it went by itself. */
  stop(): Promise<boolean>
}

/** It will not run, and said why; `ended`: it was killed, or said nothing. */
export class ChildRefusedError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'ChildRefusedError'
    this.code = code
  }
}

const READY_MS_MAX = 40_000
const STOP_MS_MAX = 15_000

/** Started by this process and not ended: none of them outlives it. */
const living = new Set<ChildProcess>()

export function killAllChildren(): void {
  for (const child of living) child.kill('SIGKILL')
}

export function launchChild(entry: string, args: readonly string[], logFile: string, env: Record<string, string>): Child {
  const log = openSync(logFile, 'a')
  const child = fork(entry, [...args], { stdio: ['ignore', log, log, 'ipc'], execArgv: [], env: { ...process.env, ...env } })
  closeSync(log)
  living.add(child)
  const ended = once(child, 'exit').finally(() => living.delete(child))
  const ready = new Promise<Record<string, unknown>>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${entry} is not ready within ${READY_MS_MAX} ms:\n${tail(logFile)}`))
    }, READY_MS_MAX)
    child.on('message', (message) => {
      const said = message as Record<string, unknown>
      if (said['type'] === 'failed') reject(new ChildRefusedError(typeof said['code'] === 'string' ? said['code'] : 'failed', String(said['message'])))
      if (said['type'] === 'ready') resolve(said)
      if (said['type'] === 'ready' || said['type'] === 'failed') clearTimeout(timer)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      reject(new ChildRefusedError('ended', `ended with ${code ?? signal ?? 'nothing'} before it was ready:\n${tail(logFile)}`))
    })
  })
  // Whoever waits for it hears of it; nobody has to.
  ready.catch(() => undefined)
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null
  return {
    process: child,
    ready,
    ended,
    isAlive,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      if (!isAlive()) return true
      let forced = false
      const timer = setTimeout(() => {
        forced = true
        child.kill('SIGKILL')
      }, STOP_MS_MAX)
      child.kill('SIGTERM')
      await ended
      clearTimeout(timer)
      return !forced
    },
  }
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').slice(-2_000)
}
