// `npm run torture -- --minutes N [--seed TEXT] --json`: real processes, real files, a real PostgreSQL, real kills.
// The last line is JSON with the counts and `violations`; exits with 1 where there is one, with 2 where it could not run.

import { randomBytes } from 'node:crypto'
import { endWith, readCommandLine } from './command-line.ts'
import { runTorture } from './torture/run-torture.ts'

const MINUTES_MAX = 24 * 60

const { values } = readCommandLine('npm run torture', '--minutes N [--seed TEXT] [--json]', {
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' }, json: { type: 'boolean', default: false } },
})
const minutes = Number(values.minutes)
if (!(minutes > 0 && minutes <= MINUTES_MAX)) endWith('npm run torture', `--minutes is a number above 0 and at most ${MINUTES_MAX}`, 2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const interrupt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())
// Whatever breaks in here: what was started is ended first.
process.on('uncaughtException', (error) => {
  process.stderr.write(`npm run torture: ${error.stack ?? error.message}\n`)
  interrupt.abort()
})

try {
  const report = await runTorture({ seed: values.seed ?? randomBytes(4).toString('hex'), durationMs: minutes * 60_000, say, signal: interrupt.signal })
  if (!values.json) for (const violation of report.violations) say(`${violation.property}: ${violation.what}`)
  say(JSON.stringify(report))
  process.exit(report.violations.length > 0 ? 1 : 0)
} catch (error) {
  process.stderr.write(`npm run torture: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(2)
}
