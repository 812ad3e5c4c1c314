// One run by its options, and what it answers. The same options are the same run, to the last byte of its trace.

import type { Evidence, Tables, Violation } from './checker/evidence.ts'
import type { CentralState } from './world/central-state.ts'
import type { OpenImage } from './world/station-disk.ts'
import { FAULTS, type FaultName } from './world/fault-names.ts'
import { startOffice } from './world/office.ts'
import { heal, startTroubles } from './world/troubles.ts'
import { startWorkload } from './world/workload.ts'
import type { PlantedBug } from './world/planted-bug.ts'
import type { TownRules } from './world/town.ts'
import { CHECK_EVERY_MS, DAY_MS, townOf, World } from './world/world.ts'

export interface SimulationOptions {
  seed: string
  stations: number
  riders: number
  days: number
  faults: readonly FaultName[]
  bug?: PlantedBug
  traceLinesKept?: number
  faultFactor?: number
  checkEveryMs?: number
  rules?: Partial<TownRules>
  openImage?: OpenImage
  openCentral: (rows: Tables, fsync: boolean) => CentralState | Promise<CentralState>
}

export interface SimulationOutcome {
  seed: string
  days: number
  acts: number
  redemptions: number
  refusals: Record<string, number>
  faults: Record<string, number>
  violations: Violation[]
  /** Simulated seconds, by the clock of the run. */
  simulatedSeconds: number
  steps: number
  traceHash: string
  sometimes: Record<string, number>
  lastLines: string[]
  /** What the checker saw last. */
  evidence: Evidence
}

export const ALL_FAULTS: readonly FaultName[] = FAULTS

export async function simulate(options: SimulationOptions): Promise<SimulationOutcome> {
  const { openCentral, ...size } = options
  const wanted = { ...size, faults: new Set(options.faults), bug: options.bug ?? null, traceLinesKept: options.traceLinesKept ?? 60, faultFactor: options.faultFactor ?? 1, checkEveryMs: options.checkEveryMs ?? CHECK_EVERY_MS }
  const town = townOf(wanted)
  const world = new World(wanted, town, await openCentral(town.rows, options.bug?.isFsyncOff !== true))
  await world.run({ people: startWorkload, office: startOffice, troubles: startTroubles, heal })
  return {
    seed: options.seed,
    days: options.days,
    acts: world.actCount,
    redemptions: world.acts.filter(({ kind }) => kind === 'redemption').length,
    refusals: world.refusals.toObject(),
    faults: { ...Object.fromEntries(options.faults.map((name) => [name, 0])), ...world.faults.toObject() },
    violations: world.violations,
    simulatedSeconds: options.days * (DAY_MS / 1000),
    steps: world.scheduler.steps(),
    traceHash: world.trace.hash(),
    sometimes: world.sometimes.toObject(),
    lastLines: world.trace.lastLines(),
    evidence: await world.evidence(),
  }
}
