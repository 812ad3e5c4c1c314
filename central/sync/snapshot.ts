// A whole scope at one moment, as parts named by their content (docs/decisions/0005). Read in one snapshot of the database,
// packed, kept for an hour; the station fetches the parts it does not have, in any order, from any central process. Says
// nothing that the pages of a pull would not say; what is told once (grants) is inside where the file has not received it.

import { createHash } from 'node:crypto'
import {
  type Scope, SNAPSHOT_PART_BYTES_MAX, SNAPSHOT_PARTS_MAX, type SnapshotManifest, type SnapshotPartRequest, type SnapshotRequest,
} from '../../contract/sync/snapshot.ts'
import { type Change, PULL_CHANGES_MAX } from '../../contract/sync/sync-protocol.ts'
import { changesFor, isKindOf } from '../../contract/sync/wire-versions.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { type MirrorReader, readMirrorChanges } from '../store/mirror-changes.ts'
import type { SnapshotPart } from '../store/snapshots.ts'
import type { BodyPacking } from './body-packing.ts'
import { derivedId } from './derived-id.ts'
import { HELLO_NEEDED, hasSaidHello } from './meet-incarnation.ts'
import { type KnownStation, mirrorReader, type SyncContext, type SyncResult } from './sync-context.ts'

const HOUR_MS = 3_600_000
/** Before packing; NDJSON of rows packs to a quarter or less. */
const PART_TEXT_BYTES = SNAPSHOT_PART_BYTES_MAX
/** The newest; older ones of a rider come when he stands there. */
export const SNAPSHOT_ENTRIES_MAX = 20_000
/** Read and packed at once by this process: others are told to come back. */
const SNAPSHOTS_AT_ONCE_MAX = 2

export interface SnapshotContext extends SyncContext {
  packing: BodyPacking
}

/** How many this process is making. */
const underWay = new WeakMap<SyncContext['store'], number>()

export async function answerSnapshot(context: SnapshotContext, asking: KnownStation, request: SnapshotRequest, protocol: number): Promise<SyncResult<SnapshotManifest>> {
  if (!(await hasSaidHello(context, asking, request.incarnation))) return HELLO_NEEDED
  const atOnce = underWay.get(context.store) ?? 0
  if (atOnce >= SNAPSHOTS_AT_ONCE_MAX) return { ok: false, error: 'busy' }
  underWay.set(context.store, atOnce + 1)
  try {
    return { ok: true, answer: await makeSnapshot(context, asking, request, protocol) }
  } finally {
    underWay.set(context.store, (underWay.get(context.store) ?? 1) - 1)
  }
}

async function makeSnapshot(context: SnapshotContext, asking: KnownStation, request: SnapshotRequest, protocol: number): Promise<SnapshotManifest> {
  const nowMs = context.nowMs()
  const { station, district } = asking
  const { incarnation } = request
  const read = await context.store.transaction('snapshot', async (snapshot) => {
    const life = await snapshot.findIncarnation(station, incarnation)
    if (life === null) throw new Error('an incarnation is met before it is told anything')
    const reader = mirrorReader({ station, district, incarnation, includedSeq: life.lastSeq }, nowMs)
    const { upTo } = await snapshot.readChanges({ district, station, after: 0, limit: 0 })
    const scopes: { scope: Scope; changes: Change[] }[] = []
    for (const scope of new Set(request.scopes)) scopes.push({ scope, changes: await readScope(snapshot, reader, scope, protocol) })
    return { cursor: { history: await snapshot.readHistory(), number: upTo }, includedSeq: life.lastSeq, scopes }
  })
  const scopes: SnapshotManifest['scopes'] = []
  const parts: SnapshotPart[] = []
  for (const { scope, changes } of read.scopes) {
    const own = await packRows(context.packing, changes)
    if (own.length > SNAPSHOT_PARTS_MAX) throw new RangeError(`a scope of ${own.length} parts`)
    scopes.push({ scope, rows: changes.length, parts: own.map(({ sha256, bytes }) => ({ sha256, bytes: bytes.length })) })
    parts.push(...own)
  }
  const id = snapshotId(asking, request, parts, nowMs)
  await context.store.transaction('write', (transaction) => transaction.keepSnapshot({ id, district, station, parts }, nowMs, nowMs - HOUR_MS))
  context.counters.count({ what: 'snapshot', bytes: parts.reduce((sum, { bytes }) => sum + bytes.length, 0) })
  return { snapshot: id, cursor: read.cursor, includedSeq: read.includedSeq, scopes }
}

export async function answerSnapshotPart(context: SyncContext, asking: KnownStation, request: SnapshotPartRequest): Promise<SyncResult<Uint8Array>> {
  const bytes = await context.store.transaction('snapshot', (snapshot) => snapshot.findSnapshotPart({ ...request, station: asking.station }))
  return bytes === null ? { ok: false, error: 'snapshot_unknown' } : { ok: true, answer: bytes }
}

async function readScope(snapshot: StoreTransaction, reader: MirrorReader, scope: Scope, protocol: number): Promise<Change[]> {
  const wanted = (await snapshot.readSnapshotKeys({ ...reader, scope, entriesMax: SNAPSHOT_ENTRIES_MAX })).filter(({ kind }) => isKindOf(protocol, kind))
  const changes: Change[] = []
  for (let at = 0; at < wanted.length; at += PULL_CHANGES_MAX) {
    changes.push(...(await readMirrorChanges(snapshot, reader, wanted.slice(at, at + PULL_CHANGES_MAX))))
  }
  return changesFor(protocol, changes)
}

/** In the order of kind and key, so that equal scopes make equal parts. */
async function packRows(packing: BodyPacking, changes: readonly Change[]): Promise<SnapshotPart[]> {
  const lines = changes.map(({ kind, key, number, row }) => `${JSON.stringify([kind, key, number, row])}\n`)
  const parts: SnapshotPart[] = []
  let text: string[] = []
  let length = 0
  const close = async (): Promise<void> => {
    if (text.length === 0) return
    const bytes = await packing.gzip(Buffer.from(text.join('')))
    parts.push({ sha256: createHash('sha256').update(bytes).digest('hex'), bytes })
    text = []
    length = 0
  }
  for (const line of lines) {
    if (length + line.length > PART_TEXT_BYTES) await close()
    text.push(line)
    length += line.length
  }
  await close()
  return parts
}

/** Derived, as central has no randomness of its own; two askings at one moment for the same parts are one snapshot. */
function snapshotId({ station }: KnownStation, { incarnation }: SnapshotRequest, parts: readonly SnapshotPart[], nowMs: number): string {
  return derivedId(['boai/snapshot/1', station, incarnation, nowMs, ...parts.map(({ sha256 }) => sha256)].join('\n'))
}
