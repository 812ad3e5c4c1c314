// `catchup`: a station that was cut off for thirty days and finds 20,000 changes waiting: seconds until all are here, and how
// long its event loop, which also serves the screen, stood still at worst. Real central, real PostgreSQL, the whole station.

import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '../tests/support/postgres.ts'
import { openSigner } from '../central/keys/signer.ts'
import { beginHistory } from '../central/store/changes.ts'
import { migrate } from '../central/store/migrate.ts'
import { openPostgres } from '../central/store/postgres-database.ts'
import { addThirtyDays } from './catchup/thirty-days.ts'
import { lastNumber, makeDistrict } from './district.ts'
import { type BlockFigures, longestBlocks } from './longest-blocks.ts'
import { median } from './median.ts'
import { centralKeyFile, startCentral } from './server-process.ts'
import { runStation, type StationReport } from './whole-station.ts'

export interface CatchUpSize {
  riders: number
  items: number
  changes: number
  rounds: number
}

export interface CatchUpFigures extends BlockFigures {
  changes: number
  seconds: number
  /** The same measure over a second in which the station had nothing to do, the middle of the rounds: what the machine itself adds. */
  quiet_block_ms: number
  changes_per_s: number
  rounds: number
}

const FULL_SIZE: CatchUpSize = { riders: 10_000, items: 200, changes: 20_000, rounds: 3 }
const ITEM_SHARE = 100
const POINTS_EACH = 400
const DAY_MS = 86_400_000

export async function benchCatchUp(folder: string, say: (line: string) => void, size: CatchUpSize = FULL_SIZE): Promise<CatchUpFigures> {
  const work = mkdtempSync(join(folder, 'bench-catchup-'))
  const server = await startPostgres({ fsync: 'on' })
  try {
    const url = await server.createDatabase()
    const logFile = join(work, 'servers.log')
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const database = openPostgres(url, (error) => void process.stderr.write(`${error.message}\n`))
    try {
      await migrate(database)
      await beginHistory(database, randomUUID())
      const nowMs = Date.now()
      const stationKeys = [publicKey.export({ format: 'jwk' }).x ?? '']
      const district = await makeDistrict(database, { stationKeys, riders: size.riders, items: size.items, pointsEach: POINTS_EACH, nowMs: nowMs - 31 * DAY_MS })
      const central = await startCentral(url, work)
      const order = {
        dataFolder: join(work, 'station'), centralUrl: central.url, station: district.stations[0] ?? '',
        centralKey: openSigner(centralKeyFile(work)).publicKey, privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      }
      try {
        const first = await runStation(order, await lastNumber(database, district), logFile)
        say(`a new station: ${first.seconds.toFixed(2)} s, longest block ${first.longestBlockMs.toFixed(1)} ms`)
        const reports: StationReport[] = []
        for (let round = 0; round < size.rounds; round += 1) {
          await addThirtyDays(database, district, { changes: size.changes, items: Math.ceil(size.changes / ITEM_SHARE), nowMs })
          const report = await runStation(order, await lastNumber(database, district), logFile)
          say(`round ${round + 1}: ${report.seconds.toFixed(2)} s, longest block ${report.longestBlockMs.toFixed(1)} ms (${report.longestBlockCpuMs.toFixed(1)} ms computing), quiet ${report.quietBlockMs.toFixed(1)} ms`)
          reports.push(report)
        }
        const seconds = median(reports.map((report) => report.seconds))
        return {
          changes: size.changes,
          seconds: Number(seconds.toFixed(2)),
          ...longestBlocks(reports),
          quiet_block_ms: Number(median(reports.map((report) => report.quietBlockMs)).toFixed(1)),
          changes_per_s: Math.round(size.changes / seconds),
          rounds: size.rounds,
        }
      } finally {
        await central.stop()
      }
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
    rmSync(work, { recursive: true, force: true })
  }
}
