// Child processes of `npm start`: started, watched, started again when they die, ended cleanly. Ends only what it started.

import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { openSync } from 'node:fs'

export interface Supervised {
  /** Resolves with the first message of that type; rejects when the process says `failed`, or after the limit. */
  first(type: string, msMax: number): Promise<Record<string, unknown>>
  /** Not to be started again: the end is near. Ctrl-C reaches the children too, and may end them before `stop` does. */
  retire(): void
  stop(): Promise<void>
}

export interface SuperviseOptions {
  name: string
  command: string
  args: readonly string[]
  env?: NodeJS.ProcessEnv
  /** Standard output and error go there. */
  logFile: string
  say: (line: string) => void
  /** false: when it ends, it ends (a window that was closed). */
  restart: boolean
  onEnded?: () => void
}

const RESTART_FIRST_MS = 250
const RESTART_LONGEST_MS = 10_000
const STEADY_MS = 10_000
const STOP_MS_MAX = 8_000

export function supervise(options: SuperviseOptions): Supervised {
  const waiting = new Set<{ type: string; resolve: (message: Record<string, unknown>) => void; reject: (error: Error) => void }>()
  let child: ChildProcess | null = null
  let stopping = false
  let delayMs = RESTART_FIRST_MS
  let timer: NodeJS.Timeout | undefined

  function settle(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('type' in message)) return
    const said = message as Record<string, unknown>
    for (const waiter of waiting) {
      if (said['type'] === 'failed') waiter.reject(new Error(`${options.name}: ${String(said['message'])}`))
      else if (said['type'] === waiter.type) waiter.resolve(said)
      else continue
      waiting.delete(waiter)
    }
  }

  function begin(): void {
    const startedAtMs = performance.now()
    const log = openSync(options.logFile, 'a')
    const stdio: StdioOptions = ['ignore', log, log, 'ipc']
    child = spawn(options.command, options.args, { stdio, env: { ...process.env, ...options.env } })
    child.on('message', settle)
    child.on('error', (error) => options.say(`${options.name}: ${error.message}`))
    child.on('exit', (code, signal) => {
      child = null
      if (performance.now() - startedAtMs > STEADY_MS) delayMs = RESTART_FIRST_MS
      if (stopping) return
      options.onEnded?.()
      if (!options.restart) return
      options.say(`${options.name} ended (${signal ?? code}); it starts again in ${delayMs} ms, see ${options.logFile}`)
      timer = setTimeout(begin, delayMs)
      delayMs = Math.min(delayMs * 2, RESTART_LONGEST_MS)
    })
  }

  function retire(): void {
    stopping = true
    clearTimeout(timer)
  }

  begin()
  return {
    first(type, msMax) {
      return new Promise((resolve, reject) => {
        const waiter = { type, resolve, reject }
        waiting.add(waiter)
        setTimeout(() => {
          if (waiting.delete(waiter)) reject(new Error(`${options.name} did not say "${type}" within ${msMax} ms, see ${options.logFile}`))
        }, msMax).unref()
      })
    },
    retire,
    async stop() {
      retire()
      const ending = child
      if (ending === null) return
      await new Promise<void>((resolve) => {
        const kill = setTimeout(() => ending.kill('SIGKILL'), STOP_MS_MAX)
        ending.once('exit', () => {
          clearTimeout(kill)
          resolve()
        })
        ending.kill('SIGTERM')
      })
    },
  }
}
