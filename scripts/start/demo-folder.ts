// The demo's data folder: who the stations are, their keys, and what central's seed wrote. What enrolment does on a real
// station is done here by hand: a key pair made for each station, its public half given to central.

import { generateKeyPairSync, type KeyObject, randomUUID, createPrivateKey, createPublicKey } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openSigner } from '../../central/keys/signer.ts'
import { FolderInUseError, lockFolder } from '../../central/store/folder-lock.ts'

export interface DemoFolder {
  readonly root: string
  readonly centralData: string
  readonly stationData: string
  readonly stationConfig: string
  /** A second machine that is no station until it is given a code. */
  readonly emptyMachine: string
  readonly passFolder: string
  /** For `central --demo`. */
  readonly centralOrder: string
  readonly codesFile: string
  logOf(name: string): string
}

const seeded = z.object({
  stations: z.array(z.object({ number: z.int(), id: z.uuid() })),
  codes: z.array(z.object({ handle: z.string(), label: z.object({ zh: z.string(), en: z.string() }), kind: z.string(), text: z.string() })),
  office: z.array(z.object({ role: z.string(), name: z.string(), signInName: z.string(), password: z.string(), totpSecret: z.string() })),
})
export type SeededDemo = z.infer<typeof seeded>

const demoStation = z.array(
  z.object({
    id: z.string(),
    number: z.int(),
    stock: z.array(z.object({ item: z.string(), lots: z.array(z.object({ quantity: z.int(), expiresInDays: z.int().nullable(), donor: z.string().nullable() })) })),
  }),
)
const demoStaff = z.array(z.object({ id: z.string(), station: z.int(), role: z.string() }))

const STATION_NUMBERS = [1, 2]

export function openDemoFolder(root: string, fresh: boolean): DemoFolder {
  refuseWhereInUse(root)
  if (fresh) removeOwnFolder(root)
  const folder: DemoFolder = {
    root,
    centralData: join(root, 'central'),
    stationData: join(root, 'station-1'),
    stationConfig: join(root, 'station-1', 'station.json'),
    emptyMachine: join(root, 'empty-machine'),
    passFolder: join(root, 'passes'),
    centralOrder: join(root, 'demo-order.json'),
    codesFile: join(root, 'demo-codes.json'),
    logOf: (name) => join(root, 'logs', `${name}.log`),
  }
  try {
    for (const dir of [folder.stationData, folder.passFolder, join(root, 'logs')]) mkdirSync(dir, { recursive: true, mode: 0o700 })
    writeFileSync(join(root, MARK), 'made by npm start; --fresh removes it\n')
  } catch (error) {
    throw new Error(`the data folder ${root} can not be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  const stations = STATION_NUMBERS.map((number) => ({ number, publicKey: rawPublicKey(stationKey(folder, number)) }))
  writeFileSync(folder.centralOrder, JSON.stringify({ stations, write: folder.codesFile }), { mode: 0o600 })
  return folder
}

const MARK = '.boai-demo'

/** Before anything is touched: `--fresh` would take the ground from under the demo that runs. */
function refuseWhereInUse(root: string): void {
  const central = join(root, 'central')
  if (!existsSync(central)) return
  try {
    lockFolder(central)()
  } catch (error) {
    if (!(error instanceof FolderInUseError)) throw error
    throw new Error(`another npm start runs on ${root}: end it, or name another folder with --data DIR`, { cause: error })
  }
}

/** Only a folder that an earlier start made is removed: `--data /home --fresh` must not empty a home. */
function removeOwnFolder(root: string): void {
  if (!existsSync(root)) return
  if (!existsSync(join(root, MARK))) throw new Error(`${root} was not made by npm start, so --fresh leaves it alone`)
  rmSync(root, { recursive: true })
}

export function readSeededDemo(folder: DemoFolder): SeededDemo {
  return seeded.parse(JSON.parse(readFileSync(folder.codesFile, 'utf8')))
}

/** Writes station 1's configuration and the list of its first goods. */
export function writeStationConfig(folder: DemoFolder, resources: string, seed: SeededDemo, centralUrl: string): void {
  const station = seed.stations.find((known) => known.number === 1)
  if (station === undefined) throw new Error('the demo has no station 1')
  const stockFile = join(folder.stationData, 'first-goods.json')
  writeStock(stockFile, resources)
  const config = {
    station: station.id,
    centralUrl,
    privateKey: stationKey(folder, 1).export({ type: 'pkcs8', format: 'pem' }),
    centralKey: openSigner(join(folder.centralData, 'central-key.json')).publicKey,
    demo: { codesFile: folder.codesFile, stockFile },
  }
  writeFileSync(folder.stationConfig, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 })
}

function writeStock(file: string, resources: string): void {
  if (existsSync(file)) return
  const stations = demoStation.parse(JSON.parse(readFileSync(join(resources, 'stations.json'), 'utf8')))
  const staff = demoStaff.parse(JSON.parse(readFileSync(join(resources, 'staff.json'), 'utf8')))
  const head = staff.find((person) => person.station === 1 && person.role === 'station_head')
  const lots = (stations.find((station) => station.number === 1)?.stock ?? []).flatMap(({ item, lots }) => lots.map((lot) => ({ item, ...lot })))
  writeFileSync(file, JSON.stringify({ requests: [randomUUID()], staff: head?.id, lots }))
}

function stationKey(folder: Pick<DemoFolder, 'root'>, number: number): KeyObject {
  const file = join(folder.root, `station-${number}.key`)
  if (!existsSync(file)) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
    writeFileSync(file, pem, { mode: 0o600 })
  }
  return createPrivateKey(readFileSync(file, 'utf8'))
}

/** The 32 bytes, base64url. */
function rawPublicKey(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (x === undefined) throw new Error('an Ed25519 key without its x')
  return x
}
