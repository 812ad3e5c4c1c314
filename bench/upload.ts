// `upload`: redemptions recorded offline, then all of them durable at central on a real PostgreSQL with fsync, events a second;
// beside it in the same run, in turns, the same bytes by a bare outbox (the limit of this shape) and by two peers doing the
// nearest thing they can. Medians of the rounds. After the last round the books are recomputed: a figure over wrong books is
// none.

import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '../tests/support/postgres.ts'
import { copyDatabase } from './copy-database.ts'
import { median } from './median.ts'
import { bareOutbox } from './upload/bare.ts'
import type { Contender } from './upload/contender.ts'
import { recordOffline } from './upload/ours.ts'
import { pouchdb } from './upload/pouchdb.ts'
import { tinybase } from './upload/tinybase.ts'

export interface UploadSize {
  redemptions: number
  riders: number
  rounds: number
}

export interface UploadFigures {
  ours_per_s: number
  bare_per_s: number
  /** Medians of the rounds' own ratios. */
  ratio_to_bare: number
  ratio_to_best_peer: number
  peers: { tinybase: number; pouchdb: number }
  /** Body of the pushes on the wire; with request line and headers. */
  bytes_per_event: number
  bytes_per_event_with_headers: number
  /** Before packing. */
  raw_bytes_per_event: number
  recorded_offline_per_s: number
  events: number
  rounds: number
}

const FULL_SIZE: UploadSize = { redemptions: 10_000, riders: 500, rounds: 5 }

export async function benchUpload(folder: string, say: (line: string) => void, size: UploadSize = FULL_SIZE): Promise<UploadFigures> {
  const work = mkdtempSync(join(folder, 'bench-upload-'))
  const server = await startPostgres({ fsync: 'on' })
  const contenders: Contender[] = []
  try {
    const logFile = join(work, 'servers.log')
    const newDatabase = (): Promise<string> => server.createDatabase()
    const ours = await recordOffline({ work, redemptions: size.redemptions, riders: size.riders, newDatabase, copyDatabase })
    say(`${size.redemptions} redemptions recorded offline at ${Math.round(ours.recordedPerSecond)}/s`)
    const bytes = await ours.countBytes()
    contenders.push(ours.contender, bareOutbox(work, ours.events, newDatabase, logFile), tinybase(ours.events, newDatabase, logFile), await pouchdb(work, ours.events, logFile))

    const rounds: Record<string, number>[] = []
    for (let round = 0; round < size.rounds; round += 1) {
      const perSecond: Record<string, number> = {}
      // Who goes first changes from round to round.
      for (let turn = 0; turn < contenders.length; turn += 1) {
        const contender = contenders[(turn + round) % contenders.length]
        if (contender !== undefined) perSecond[contender.name] = (size.redemptions / (await contender.round())) * 1000
      }
      rounds.push(perSecond)
      say(`round ${round + 1}: ${Object.entries(perSecond).map(([name, rate]) => `${name} ${Math.round(rate)}/s`).join(', ')}`)
    }
    await ours.audit()

    const of = (name: string): number => Math.round(median(rounds.map((round) => round[name] ?? 0)))
    const ratio = (limit: (round: Record<string, number>) => number): number => Number(median(rounds.map((round) => (round['ours'] ?? 0) / limit(round))).toFixed(3))
    const raw = ours.events.reduce((sum, event) => sum + event.header.length + Buffer.byteLength(event.body) + 2, 0)
    return {
      ours_per_s: of('ours'),
      bare_per_s: of('bare'),
      ratio_to_bare: ratio((round) => round['bare'] ?? 0),
      ratio_to_best_peer: ratio((round) => Math.max(round['tinybase'] ?? 0, round['pouchdb'] ?? 0)),
      peers: { tinybase: of('tinybase'), pouchdb: of('pouchdb') },
      bytes_per_event: Number((bytes.body / size.redemptions).toFixed(1)),
      bytes_per_event_with_headers: Number((bytes.withHeaders / size.redemptions).toFixed(1)),
      raw_bytes_per_event: Number((raw / size.redemptions).toFixed(1)),
      recorded_offline_per_s: Math.round(ours.recordedPerSecond),
      events: size.redemptions,
      rounds: size.rounds,
    }
  } finally {
    for (const contender of contenders) await contender.stop()
    await server.stop()
    rmSync(work, { recursive: true, force: true })
  }
}
