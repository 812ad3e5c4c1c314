// `bootstrap`: a new station for a whole district: seconds from the first word to central until everything it needs to serve
// lies in its file, and the bytes that came down for it. Real central, real PostgreSQL, the whole station in its own process.
// Wishes are part of it: each rider's own, and the wall, which is as full as it may be; and trainings with who has signed up and
// the certificates of those that are over.

import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openSigner } from '../central/keys/signer.ts'
import { beginHistory } from '../central/store/changes.ts'
import { migrate } from '../central/store/migrate.ts'
import { openPostgres } from '../central/store/postgres-database.ts'
import { startPostgres } from '../tests/support/postgres.ts'
import { copyDatabase } from './copy-database.ts'
import { type District, lastNumber, makeDistrict } from './district.ts'
import { type DistrictTrainings, insertDistrictTrainings } from './district-trainings.ts'
import { insertDistrictWishes } from './district-wishes.ts'
import { type BlockFigures, longestBlocks } from './longest-blocks.ts'
import { median } from './median.ts'
import { centralKeyFile, startCentral } from './server-process.ts'
import { openCountingRelay } from './counting-relay.ts'
import { runStation, type StationReport } from './whole-station.ts'

export interface BootstrapSize {
  riders: number
  items: number
  wishes: number
  trainings: number
  rounds: number
}

/** The blocks are those of the station's event loop meanwhile. */
export interface BootstrapFigures extends BlockFigures {
  seconds: number
  /** Down, over the connection, headers and all. */
  bytes: number
  riders: number
  items: number
  /** In the district, each mirrored as its rider's own; and on the wall. */
  wishes: number
  wall: number
  /** To come and over; who has a place or waits; what those that are over have given. */
  trainings: number
  signups: number
  certificates: number
  rounds: number
}

const FULL_SIZE: BootstrapSize = { riders: 10_000, items: 200, wishes: 2_000, trainings: 100, rounds: 3 }
const POINTS_EACH = 400
const DAY_MS = 86_400_000

export async function benchBootstrap(folder: string, say: (line: string) => void, size: BootstrapSize = FULL_SIZE): Promise<BootstrapFigures> {
  const work = mkdtempSync(join(folder, 'bench-bootstrap-'))
  const server = await startPostgres({ fsync: 'on' })
  try {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const template = await server.createDatabase()
    const { district, upTo, told } = await fillDistrict(template, publicKey.export({ format: 'jwk' }).x ?? '', size)
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

    /** A new file at a central that has never heard of it; so each round needs a database of its own. */
    const bootstrap = async (round: number, isCounted: boolean): Promise<{ report: StationReport; bytes: number }> => {
      const central = await startCentral(await copyDatabase(template), work)
      const relay = isCounted ? await openCountingRelay(central.url) : null
      try {
        const report = await runStation(
          {
            dataFolder: join(work, `station-${round}`), centralUrl: relay?.url ?? central.url, station: district.stations[0] ?? '', privateKey: pem,
            centralKey: openSigner(centralKeyFile(work)).publicKey,
          },
          upTo,
          join(work, 'station.log'),
        )
        const isWhole = report.riders === size.riders && report.items === size.items && report.ownWishes === size.wishes && report.certificates === told.certificates && report.signups >= told.signups
        if (!isWhole) throw new Error(`the station has ${report.riders} riders, ${report.items} items, ${report.ownWishes} wishes, ${report.signups} sign-ups and ${report.certificates} certificates`)
        return { report, bytes: relay?.downBytes() ?? 0 }
      } finally {
        await relay?.stop()
        await central.stop()
      }
    }

    const { bytes } = await bootstrap(0, true)
    const reports: StationReport[] = []
    for (let round = 1; round <= size.rounds; round += 1) {
      const { report } = await bootstrap(round, false)
      say(`round ${round}: ${report.seconds.toFixed(2)} s, longest block ${report.longestBlockMs.toFixed(1)} ms (${report.longestBlockCpuMs.toFixed(1)} ms computing)`)
      reports.push(report)
    }
    const of = (figure: (report: StationReport) => number, digits: number): number => Number(median(reports.map(figure)).toFixed(digits))
    return {
      seconds: of((report) => report.seconds, 2),
      bytes,
      riders: size.riders,
      items: size.items,
      wishes: size.wishes,
      wall: of((report) => report.wall, 0),
      trainings: of((report) => report.trainings, 0),
      signups: of((report) => report.signups, 0),
      certificates: of((report) => report.certificates, 0),
      ...longestBlocks(reports),
      rounds: size.rounds,
    }
  } finally {
    await server.stop()
    rmSync(work, { recursive: true, force: true })
  }
}

async function fillDistrict(url: string, stationKey: string, size: BootstrapSize): Promise<{ district: District; upTo: number; told: DistrictTrainings }> {
  const database = openPostgres(url, (error) => void process.stderr.write(`${error.message}\n`))
  try {
    await migrate(database)
    await beginHistory(database, randomUUID())
    const nowMs = Date.now() - 31 * DAY_MS
    const district = await makeDistrict(database, { stationKeys: [stationKey], riders: size.riders, items: size.items, pointsEach: POINTS_EACH, nowMs })
    await insertDistrictWishes(database, { district: district.id, station: district.stations[0] ?? '', riders: district.riders, wishes: size.wishes, nowMs })
    const told = await insertDistrictTrainings(database, { district: district.id, station: district.stations[0] ?? '', riders: district.riders, trainings: size.trainings, nowMs })
    return { district, upTo: await lastNumber(database, district), told }
  } finally {
    await database.close()
  }
}
