// A failing run made smaller: fewer days, riders, stations and faults, as long as it still fails with the same property. What
// remains is what somebody has to read.

import type { SimulationOptions, SimulationOutcome } from './simulate.ts'

export type Runner = (options: SimulationOptions) => Promise<SimulationOutcome>

/** Runs at most `runsMax` times; answers the smallest run that still fails, and what it found. */
export async function shrink(failing: SimulationOptions, run: Runner, runsMax: number, say: (line: string) => void): Promise<SimulationOptions> {
  let runs = 0
  let smallest = failing
  const property = (await run(failing)).violations[0]?.property
  if (property === undefined) return failing
  const stillFails = async (candidate: SimulationOptions): Promise<boolean> => {
    runs += 1
    const fails = (await run(candidate)).violations.some((violation) => violation.property === property)
    say(`${fails ? 'fails' : 'holds'}: ${describe(candidate)}`)
    return fails
  }
  for (let smaller = true; smaller && runs < runsMax; ) {
    smaller = false
    for (const candidate of candidates(smallest)) {
      if (runs >= runsMax) break
      if (!(await stillFails(candidate))) continue
      smallest = candidate
      smaller = true
      break
    }
  }
  return smallest
}

/** Big steps first. */
function candidates(options: SimulationOptions): SimulationOptions[] {
  const { stations, riders, days, faults } = options
  const half = Math.ceil(faults.length / 2)
  const found: SimulationOptions[] = []
  if (faults.length > 1) found.push({ ...options, faults: faults.slice(0, half) }, { ...options, faults: faults.slice(half) })
  for (const fewer of [1, Math.ceil(days / 2), days - 1]) if (fewer < days && fewer >= 1) found.push({ ...options, days: fewer })
  for (const fewer of [2, Math.ceil(stations / 2), stations - 1]) if (fewer < stations && fewer >= 1) found.push({ ...options, stations: fewer })
  for (const fewer of [2, Math.ceil(riders / 4), Math.ceil(riders / 2)]) if (fewer < riders && fewer >= 1) found.push({ ...options, riders: fewer })
  if (faults.length <= 8) for (const fault of faults) found.push({ ...options, faults: faults.filter((one) => one !== fault) })
  return found
}

export function describe({ seed, stations, riders, days, faults }: SimulationOptions): string {
  return `--seed ${seed} --stations ${stations} --riders ${riders} --days ${days} --faults ${faults.length === 0 ? 'none' : faults.join(',')}`
}
