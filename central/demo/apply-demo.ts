// Makes a central the demo's: seeds it while it is empty, else only takes over the stations' keys; then writes, for the one
// who starts the demo, what its tray can scan and who may sign in to the office. The written file holds genuine passes and
// passwords: it is for its owner only.

import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { OfficeBox } from '../keys/office-box.ts'
import { keepPassKeys, type PassKeys, passSigningKeys } from '../keys/pass-key-file.ts'
import { passSigner } from '../passes.ts'
import { readHistory } from '../store/changes.ts'
import type { Database } from '../store/database.ts'
import { readDemoCodes } from './demo-codes.ts'
import { demoOfficeAccounts, seedDemoOffice } from './demo-office.ts'
import { seedDemoTrainings } from './demo-trainings.ts'
import { seedDemoWishes } from './demo-wishes.ts'
import { type DemoOrder, demoOrder, stationNumbered } from './demo-data.ts'
import { makeDemoPassKeys, seedDemo } from './seed-demo.ts'

export async function applyDemo(database: Database, orderFile: string, nowMs: number, { passKeys, box }: { passKeys: PassKeys; box: OfficeBox }): Promise<void> {
  const order = demoOrder.parse(JSON.parse(readFileSync(orderFile, 'utf8')))
  const stations = await database.query('SELECT 1 FROM stations LIMIT 1')
  if (stations.length === 0) await seedDemo(database, order, nowMs, keepPassKeys(passKeys, makeDemoPassKeys()), box.derive)
  else await takeOverKeys(database, order)
  await seedDemoOffice(database, box, nowMs)
  await seedDemoWishes(database, nowMs)
  await seedDemoTrainings(database, nowMs)
  const written = {
    history: await readHistory(database),
    stations: order.stations.map(({ number }) => ({ number, id: stationNumbered(number).id })),
    codes: await readDemoCodes(database, passSigner(passSigningKeys(passKeys))),
    office: demoOfficeAccounts(box),
  }
  const draft = `${order.write}.${randomUUID()}.draft`
  writeFileSync(draft, `${JSON.stringify(written, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  renameSync(draft, order.write)
}

/** A demo station that began anew has a new key; in the demo, and only here, the order file is believed. One that joined by a code has its own. */
async function takeOverKeys(database: Database, order: DemoOrder): Promise<void> {
  for (const { number, publicKey } of order.stations) {
    await database.query('UPDATE stations SET public_key = $2 WHERE station_id = $1 AND enrolled_at_ms IS NULL', [stationNumbered(number).id, publicKey])
  }
}
