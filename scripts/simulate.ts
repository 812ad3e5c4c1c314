// `npm run simulate -- --seed N --stations N --riders N --days N --faults all|none|a,b,c [--bug NAME] [--shrink] [--trace] --json`: real
// station code and real central code over simulated time, links, disks and clocks, with every fault of the list, and a checker
// that shares nothing with them but the schema. The last line is JSON; exits with 1 where something does not hold.

import { randomInt } from 'node:crypto'
import { plantedBug, BUG_NAMES } from '../tests/simulation/bugs/planted-bugs.ts'
import { describe, shrink } from '../tests/simulation/shrink.ts'
import { ALL_FAULTS, simulate, type SimulationOptions } from '../tests/simulation/simulate.ts'
import { type FaultName, isFault } from '../tests/simulation/world/fault-names.ts'
import { openMemoryState } from '../tests/simulation/world/memory-state.ts'
import { endWith, readCommandLine } from './command-line.ts'

const COMMAND = 'npm run simulate'
const USAGE = '--seed N --stations N --riders N --days N --faults all|none|a,b,c --fault-factor N --bug NAME --shrink --trace --json'
const WRONG_USE = 2
const SHRINK_RUNS_MAX = 60

const { values } = readCommandLine(COMMAND, USAGE, {
  options: {
    seed: { type: 'string' },
    stations: { type: 'string', default: '5' },
    riders: { type: 'string', default: '60' },
    days: { type: 'string', default: '3' },
    faults: { type: 'string', default: 'all' },
    'fault-factor': { type: 'string', default: '1' },
    bug: { type: 'string' },
    shrink: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const bug = values.bug === undefined ? undefined : plantedBug(values.bug)
if (bug === null) endWith(COMMAND, `--bug is one of ${BUG_NAMES.join(', ')}`, WRONG_USE)

const options: SimulationOptions = {
  seed: values.seed ?? String(randomInt(1_000_000)),
  stations: readCount('--stations', values.stations, 1000),
  riders: readCount('--riders', values.riders, 100_000),
  days: readCount('--days', values.days, 400),
  faults: readFaults(values.faults),
  faultFactor: readCount('--fault-factor', values['fault-factor'], 1000),
  openCentral: openMemoryState,
  ...(bug === undefined ? {} : { bug }),
}

say(describe(options))
const beganMs = performance.now()
const outcome = await simulate(options)
const wallSeconds = (performance.now() - beganMs) / 1000
if (values.trace) for (const line of outcome.lastLines) say(line)
for (const { property, what } of outcome.violations) say(`${property}: ${what}`)
say(`${outcome.steps} steps in ${wallSeconds.toFixed(1)} s, trace ${outcome.traceHash}`)
say(`sometimes ${JSON.stringify(outcome.sometimes)}`)
if (values.shrink && outcome.violations.length > 0) {
  const smallest = await shrink(options, simulate, SHRINK_RUNS_MAX, say)
  say(`smallest: ${describe(smallest)}`)
}
const { seed, days, acts, redemptions, refusals, faults, violations } = outcome
say(JSON.stringify({ seed, days, acts, redemptions, refusals, faults, violations, simulated_per_wall: Math.round(outcome.simulatedSeconds / wallSeconds) }))
process.exitCode = violations.length === 0 ? 0 : 1

function readCount(option: string, text: string, most: number): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > most) endWith(COMMAND, `${option} is a number from 1 to ${most}, not ${text}`, WRONG_USE)
  return count
}

function readFaults(text: string): readonly FaultName[] {
  if (text === 'all') return ALL_FAULTS
  if (text === 'none') return []
  return text.split(',').map((name) => (isFault(name) ? name : endWith(COMMAND, `no fault is called ${name}; there are ${ALL_FAULTS.join(', ')}`, WRONG_USE)))
}
