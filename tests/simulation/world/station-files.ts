// A station's database in real files, for the slower tier: opened by the product's own store, with its pragmas, its lock and its
// recovery. What a machine leaves that is killed or loses its power is file and write-ahead log as they lie in that moment.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStationDatabase } from '../../../station/store/database.ts'
import type { OpenImage } from './station-disk.ts'

export interface StationFiles {
  readonly open: OpenImage
  /** How many were opened with a log beside the file that nobody had written back. */
  recovered(): number
}

/** Each time a database is opened it lies in a folder of its own, until it is closed. */
export function stationFilesIn(parent: string): StationFiles {
  let opened = 0
  let recovered = 0
  return {
    recovered: () => recovered,
    open(image) {
      opened += 1
      const folder = join(parent, String(opened))
      const file = join(folder, 'station.db')
      mkdirSync(folder)
      if (image !== null && layDown(file, image)) recovered += 1
      const database = openStationDatabase({ file })
      return {
        ...database,
        image: () => takeUp(file),
        close() {
          database.close()
          rmSync(folder, { recursive: true })
        },
      }
    },
  }
}

const LENGTH_BYTES = 8

/** The file with its length before it, and its log behind it. */
function takeUp(file: string): Uint8Array {
  const database = readFileSync(file)
  const log = logOf(file)
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeBigUInt64BE(BigInt(database.length))
  return Buffer.concat([length, database, existsSync(log) ? readFileSync(log) : Buffer.alloc(0)])
}

/** Whether there is a log. */
function layDown(file: string, image: Uint8Array): boolean {
  const logAt = LENGTH_BYTES + Number(Buffer.from(image).readBigUInt64BE())
  writeFileSync(file, image.subarray(LENGTH_BYTES, logAt))
  writeFileSync(logOf(file), image.subarray(logAt))
  return logAt < image.length
}

function logOf(file: string): string {
  return `${file}-wal`
}
