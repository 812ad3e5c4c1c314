// How long a station's event loop stood still in the rounds of a bench. What must not happen in any round is judged by the worst
// of them, so that is what is called the longest; the middle of the rounds' longest stands beside it.

import { median } from './median.ts'
import type { StationReport } from './station-process.ts'

export interface BlockFigures {
  /** Of all rounds. */
  longest_block_ms: number
  median_longest_block_ms: number
  /** What the station itself computed: the rest is a machine that others use too. */
  longest_block_cpu_ms: number
  median_longest_block_cpu_ms: number
}

type Blocks = Pick<StationReport, 'longestBlockMs' | 'longestBlockCpuMs'>

export function longestBlocks(rounds: readonly Blocks[]): BlockFigures {
  const walls = rounds.map(({ longestBlockMs }) => longestBlockMs)
  const cpus = rounds.map(({ longestBlockCpuMs }) => longestBlockCpuMs)
  return {
    longest_block_ms: tenths(Math.max(...walls)),
    median_longest_block_ms: tenths(median(walls)),
    longest_block_cpu_ms: tenths(Math.max(...cpus)),
    median_longest_block_cpu_ms: tenths(median(cpus)),
  }
}

function tenths(ms: number): number {
  return Number(ms.toFixed(1))
}
