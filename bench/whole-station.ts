// Runs the whole station of a bench once, in its own process, from the moment the network is there until it has everything up
// to a number of central's log.

import { once } from 'node:events'
import { startServer } from './server-process.ts'
import type { StationOrder, StationReport } from './station-process.ts'

export type { StationOrder, StationReport }

const REPORT_MS_MAX = 200_000

export async function runStation(order: StationOrder, upTo: number, logFile: string): Promise<StationReport> {
  const station = await startServer({ entry: 'bench/station-process.ts', env: { BENCH_STATION: JSON.stringify(order) }, logFile })
  try {
    const told = once(station.child, 'message', { signal: AbortSignal.timeout(REPORT_MS_MAX) })
    station.child.send({ upTo })
    const [report] = (await told) as [StationReport | { type: 'failed'; message: string }]
    if (report.type === 'failed') throw new Error(report.message)
    return report
  } finally {
    await station.stop()
  }
}
