// The first word of a station's file: who it is, which life, how far it has got. Here alone a life begins, and here it is said
// what central is prepared to do with it (docs/decisions/0005). The answer is signed over the station's nonce. A station that
// was told more than central knows proves that central was restored from a backup: then recovery begins first.

import { type HelloAnswer, type HelloRequest, helloSigningText, OWN_EVENTS_MAX, type OwnEventsAnswer, type OwnEventsRequest } from '../../contract/sync/hello.ts'
import { type IncarnationState, PUSH_BYTES_MAX } from '../../contract/sync/sync-protocol.ts'
import { isLaterHistory, noteHistory, type OutsideLog } from '../keys/outside-log.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { IncarnationRow } from '../store/incarnations.ts'
import type { LifeRow } from '../store/station-lives.ts'
import { derivedId } from './derived-id.ts'
import { chainSeed } from './push-batch.ts'
import { beginRecovery, noteRecoveryProgress, waitForOneMore, waitWhereRecovering } from './recovery.ts'
import type { AskingStation } from './station-auth.ts'
import type { SyncContext, SyncNotice, SyncResult } from './sync-context.ts'

/** Of two new files within this time the second waits for staff: two copies would take turns for ever. */
export const NEW_FILE_AGAIN_MS = 30 * 86_400_000
/** So many new files of one station that staff have not admitted are known; a machine that makes them without end fills no table. */
export const NEW_FILES_WAITING_MAX = 20

type Said = { restored: true } | { restored: false; refused: 'too_many_files' } | { restored: false; refused: null; answer: Omit<HelloAnswer, 'signature'>; notices: SyncNotice[] }

export async function answerHello(context: SyncContext, asking: AskingStation, hello: HelloRequest): Promise<SyncResult<HelloAnswer>> {
  const nowMs = context.nowMs()
  let said = await context.store.transaction('write', (transaction) => meet(transaction, context.outside, asking, hello, nowMs))
  if (said.restored) {
    await noticeRestore(context, hello, asking.station)
    said = await context.store.transaction('write', (transaction) => meet(transaction, context.outside, asking, hello, nowMs))
  }
  if (said.restored) return { ok: false, error: 'busy' }
  if (said.refused !== null) return { ok: false, error: said.refused }
  for (const notice of said.notices) context.notice(notice)
  const { answer } = said
  const signature = context.signer.sign(helloSigningText({ station: asking.station, incarnation: hello.incarnation, nonce: hello.nonce, ...answer }))
  return { ok: true, answer: { ...answer, signature } }
}

/** Nobody has said so, and yet it is: the station's word about this very history goes beyond what is here. */
export async function noticeRestore(context: SyncContext, hello: HelloRequest, station: string): Promise<void> {
  const nowMs = context.nowMs()
  const began = await context.store.transaction('write', async (transaction) => {
    const fromHistory = await transaction.readHistory()
    const newHistory = derivedId(`boai/history/1\n${fromHistory}\n${hello.nonce}`)
    return (await beginRecovery(transaction, context.outside, { fromHistory, newHistory, nowMs })) ? { fromHistory, newHistory } : null
  })
  if (began === null) return
  // In this order, so that the log tells a backup of the one from the other.
  noteHistory(context.outside, began.fromHistory, nowMs)
  noteHistory(context.outside, began.newHistory, nowMs)
  context.notice({ notice: 'central_was_restored', station, incarnation: hello.incarnation })
}

async function meet(transaction: StoreTransaction, outside: Pick<OutsideLog, 'read'>, asking: AskingStation, hello: HelloRequest, nowMs: number): Promise<Said> {
  const { station, district } = asking
  const { incarnation } = hello
  await transaction.lockStation(station)
  const history = await transaction.readHistory()
  const before = await transaction.findIncarnation(station, incarnation)
  // Whom nobody believes any more can not stop the lending everywhere by a word about a restore.
  const isBelieved = !asking.isRevoked && before?.state !== 'banned'
  if (isBelieved && hello.cursor?.history === history) {
    if (hello.acknowledgedSeq > (before?.lastSeq ?? 0)) return { restored: true }
    // It has read a change that is not written yet.
    const { changes } = await transaction.readPullHead({ station, district, incarnation, after: hello.cursor.number, limit: 1 })
    if (hello.cursor.number > changes.upTo) return { restored: true }
  }
  // It speaks of a history that began after this one: central was set back to a time before an earlier restore.
  if (isBelieved && hello.cursor !== null && hello.cursor.history !== history && isLaterHistory(outside.read(), history, hello.cursor.history)) return { restored: true }

  const notices: SyncNotice[] = []
  if (before === null) {
    const began = await begin(transaction, outside, asking, incarnation, nowMs)
    if (began === 'too_many_files') return { restored: false, refused: began }
    notices.push(...began)
  // The machine that staff put here came with a disk that is known: their word was for it, not for the next new file.
  } else await transaction.takeAdmission(station)
  let life = await known(transaction, station, incarnation)
  const { lastSeq } = life
  if (life.state !== 'banned' && life.state !== 'quarantined' && (await contradicts(transaction, { district, station, incarnation }, hello, life))) {
    await transaction.quarantine({ district, station, incarnation }, [], nowMs)
    life = await known(transaction, station, incarnation)
  }
  await transaction.writeHello(
    {
      station, incarnation, claimedSeq: hello.lastSeq, clockOffsetMs: hello.wallMs - nowMs, program: hello.program,
      previous: hello.previous?.incarnation ?? null, history,
    },
    nowMs,
  )
  // A hello in another history may be one of before the restore, repeated by the network: it claims too little. The file says it
  // again as soon as it has heard of this one.
  const isRecovering = await transaction.readRecovering()
  if (hello.cursor?.history === history && isRecovering) await claim(transaction, outside, asking, hello, life, nowMs)
  // A file that central had not counted on speaks of a time before: it is waited for until it has spoken of this one.
  else if (isRecovering && hello.cursor !== null && canBring(life)) await waitWhereRecovering(transaction, { station, district, incarnation }, nowMs)
  else if (!isRecovering && (await comesLate(transaction, hello, life, history))) {
    await waitForOneMore(transaction, { station, district, incarnation, claimedSeq: hello.lastSeq }, nowMs)
  }
  return {
    restored: false,
    refused: null,
    notices,
    answer: {
      history, state: life.state, lastSeq, lastHash: Buffer.from(life.lastHash).toString('hex'), backedUpSeq: life.backedUpSeq,
      recovering: await transaction.readRecovering(), centralWallMs: nowMs,
    },
  }
}

async function known(transaction: StoreTransaction, station: string, incarnation: string): Promise<IncarnationRow> {
  const life = await transaction.findIncarnation(station, incarnation)
  if (life === null) throw new Error('a life has begun before it is asked for')
  return life
}

/** Recovery ended without this file: nobody knew of it, or a copy of it spoke in its place. What it was lent before the restore is forgotten. */
async function comesLate(transaction: StoreTransaction, hello: HelloRequest, life: IncarnationRow, history: string): Promise<boolean> {
  if (hello.cursor === null || hello.cursor.history === history || hello.lastSeq <= life.lastSeq) return false
  if (!canBring(life)) return false
  return (await transaction.readRestoredAtMs()) !== null
}

/** A file in quarantine cannot bring what is missing: staff have to say what becomes of it. One that waits for them can, and may have been lent to before. */
async function claim(transaction: StoreTransaction, outside: Pick<OutsideLog, 'read'>, asking: AskingStation, hello: HelloRequest, life: IncarnationRow, nowMs: number): Promise<void> {
  if (!canBring(life)) return
  const { station, district } = asking
  const { incarnation, lastSeq: claimedSeq } = hello
  // Both are claimed before it is looked whether either is back: the one must not end recovery over the other.
  await transaction.claimInRecovery({ station, district, incarnation, claimedSeq, isOwnWord: true }, nowMs)
  await claimForPrevious(transaction, outside, asking, hello, nowMs)
  await noteRecoveryProgress(transaction, { station, incarnation, lastSeq: life.lastSeq }, nowMs)
}

/** What this file says of the one that it replaced: that one may have told what the backup has forgotten, and nobody writes in it any more. */
async function claimForPrevious(
  transaction: StoreTransaction,
  outside: Pick<OutsideLog, 'read'>,
  asking: AskingStation,
  hello: HelloRequest,
  nowMs: number,
): Promise<void> {
  const { station, district } = asking
  if (hello.previous === null) return
  const { incarnation, lastSeq: claimedSeq } = hello.previous
  // A file has replaced one other, the first that it named.
  const itself = (await transaction.readLives(station)).find((life) => life.incarnation === hello.incarnation)
  if (itself?.previous !== incarnation) return
  // Written down, so that it can be given up where its file is lost.
  if ((await transaction.findIncarnation(station, incarnation)) === null && (await begin(transaction, outside, asking, incarnation, nowMs)) === 'too_many_files') return
  const life = await known(transaction, station, incarnation)
  if (!canBring(life)) return
  await transaction.claimInRecovery({ station, district, incarnation, claimedSeq, isOwnWord: false }, nowMs)
  await noteRecoveryProgress(transaction, { station, incarnation, lastSeq: life.lastSeq }, nowMs)
}

function canBring({ state }: Pick<IncarnationRow, 'state'>): boolean {
  return state !== 'quarantined' && state !== 'banned'
}

/** The place that the station names has another content here: somebody else wrote under this name. */
async function contradicts(
  transaction: StoreTransaction,
  outbox: { district: string; station: string; incarnation: string },
  hello: HelloRequest,
  life: IncarnationRow,
): Promise<boolean> {
  if (hello.lastSeq > life.lastSeq) return false
  if (hello.lastSeq === life.lastSeq) return Buffer.from(life.lastHash).toString('hex') !== hello.lastHash
  if (hello.lastSeq === 0) return Buffer.from(chainSeed(outbox.station, outbox.incarnation)).toString('hex') !== hello.lastHash
  const [recorded] = await transaction.readRecorded([{ outbox, first: hello.lastSeq, last: hello.lastSeq }])
  const hash = recorded?.get(hello.lastSeq)?.hash
  return hash === undefined || Buffer.from(hash).toString('hex') !== hello.lastHash
}

async function begin(
  transaction: StoreTransaction,
  outside: Pick<OutsideLog, 'read'>,
  { station, district, isRevoked }: AskingStation,
  incarnation: string,
  nowMs: number,
): Promise<SyncNotice[] | 'too_many_files'> {
  const earlier = await transaction.readLives(station)
  const isBanned = isRevoked || outside.read().some((record) => record.kind === 'incarnation_banned' && record.station === station && record.incarnation === incarnation)
  // Forgotten by a restore, and known again by the file that replaced it: it can not take that one's place.
  const successor = earlier.find(({ previous }) => previous === incarnation)
  const isAdmitted = !isBanned && successor === undefined && (await transaction.takeAdmission(station))
  const state: IncarnationState = isBanned ? 'banned' : successor !== undefined ? 'superseded' : isAdmitted ? 'active' : stateOfNewFile(earlier, nowMs)
  // A file that staff have banned by its name is none of these.
  if ((state === 'waiting' || isRevoked) && earlier.filter((life) => life.state === state).length >= NEW_FILES_WAITING_MAX) return 'too_many_files'
  if (state === 'active') await supersede(transaction, station, earlier, isAdmitted ? ['active', 'waiting'] : ['active'])
  // It was there before the one that replaced it.
  const beganAtMs = successor === undefined ? nowMs : successor.beganAtMs - 1
  const stranded = await transaction.beginIncarnation({ district, station, incarnation }, chainSeed(station, incarnation), beganAtMs)
  if (state !== 'active') await transaction.setLifeStates(station, [incarnation], state)
  if (stranded === null) return []
  return [{ notice: 'station_began_anew', station, incarnation, state, strandedRiders: stranded.riders, strandedPoints: stranded.points }]
}

/** The very first file of a station is its station; of the later ones, one in thirty days. */
function stateOfNewFile(earlier: readonly LifeRow[], nowMs: number): IncarnationState {
  const later = earlier.slice(1)
  return later.some(({ beganAtMs }) => beganAtMs > nowMs - NEW_FILE_AGAIN_MS) ? 'waiting' : 'active'
}

export async function supersede(transaction: StoreTransaction, station: string, lives: readonly LifeRow[], states: readonly IncarnationState[]): Promise<void> {
  const gone = lives.filter(({ state }) => states.includes(state)).map(({ incarnation }) => incarnation)
  await transaction.setLifeStates(station, gone, 'superseded')
}

/** As text where that gives back the very bytes: they are hashed. */
function sendable(body: Uint8Array): { body: string } | { bodyBase64: string } {
  const bytes = Buffer.from(body)
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? { body: text } : { bodyBase64: bytes.toString('base64') }
}

/** What this file has told, for one that came back from a restored database. */
export async function answerOwnEvents(context: SyncContext, { station }: AskingStation, { incarnation, after }: OwnEventsRequest): Promise<SyncResult<OwnEventsAnswer>> {
  return context.store.transaction('snapshot', async (snapshot): Promise<SyncResult<OwnEventsAnswer>> => {
    if ((await snapshot.findIncarnation(station, incarnation)) === null) return { ok: false, error: 'hello_needed' }
    const rows = await snapshot.readOwnEvents(station, incarnation, after, OWN_EVENTS_MAX + 1)
    const events: OwnEventsAnswer['events'] = []
    let bytes = 0
    for (const event of rows.slice(0, OWN_EVENTS_MAX)) {
      bytes += event.header.length + event.body.length
      if (bytes > PUSH_BYTES_MAX && events.length > 0) break
      events.push({ header: event.header, ...sendable(event.body) })
    }
    return { ok: true, answer: { events, more: rows.length > events.length } }
  })
}
