// What time does to trainings at central: offers that are over go to the next one, hosts are lent places for when they are cut
// off. Run now and then by any process of central, by several at once without harm: each training
// in a transaction of its own, under its lock, looked at again there. While central recovers nothing is given or lent.

import { planLending } from '../../domain/training/settle-seats.ts'
import { isActive } from '../../domain/training/training-book.ts'
import type { Holder } from '../../domain/ledger.ts'
import { isForSome } from '../../domain/training/decide-signup.ts'
import type { CentralStore, StoreTransaction } from '../store/central-store.ts'
import type { ChangedRow } from '../store/changes.ts'
import { type OpenTraining, openTraining, takeAct, writeTrainingPlan, writtenOf } from '../sync/book-trainings.ts'
import { derivedId } from '../sync/derived-id.ts'

const TEND_EVERY_MS = 60_000
const TRAININGS_A_TIME_MAX = 50
/** Of one block, unless the district says otherwise. */
export const BLOCK_SEATS_MAX = 20

export interface Tended {
  settled: number
  lent: number
}

export async function tendTrainings(store: CentralStore, nowMs: number): Promise<Tended> {
  const due = await store.transaction('snapshot', async (snapshot) => ({
    settle: await snapshot.findTrainingsToSettle(nowMs, TRAININGS_A_TIME_MAX),
    lend: (await snapshot.readRecovering()) ? [] : await snapshot.findTrainingsToLend(nowMs, TRAININGS_A_TIME_MAX),
  }))
  const tended: Tended = { settled: 0, lent: 0 }
  for (const training of due.settle) if (await store.transaction('write', (transaction) => settleOne(transaction, training, nowMs))) tended.settled += 1
  for (const { training, host } of due.lend) if (await store.transaction('write', (transaction) => lendOne(transaction, training, host, nowMs))) tended.lent += 1
  return tended
}

export interface TendingParts {
  store: CentralStore
  nowMs(): number
  failed(error: unknown): void
}

/** Looks once a minute. The answer ends it, after the look that is under way. */
export function startTending({ store, nowMs, failed }: TendingParts): () => Promise<void> {
  let underWay: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    underWay = underWay.then(() => tendTrainings(store, nowMs())).catch(failed)
  }, TEND_EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}

async function settleOne(transaction: StoreTransaction, training: string, nowMs: number): Promise<boolean> {
  const open = await lockOne(transaction, training)
  if (open === null) return false
  const mayGive = !(await transaction.readRecovering())
  takeAct(open, { act: 'settled' }, { nowMs, mayGive })
  if (open.book !== open.sheet.book) {
    await writeOne(transaction, open, nowMs)
    return true
  }
  // Nothing to be told or kept; but when to look again.
  if (mayGive) await transaction.writeTrainings([writtenOf({ ...open, acts: [] }, nowMs)], nowMs)
  return false
}

async function lendOne(transaction: StoreTransaction, training: string, host: string, nowMs: number): Promise<boolean> {
  // Before the training: nobody ends the trust in a file while it is lent to.
  await transaction.lockStation(host)
  const open = await lockOne(transaction, training)
  if (open === null || (await transaction.readRecovering())) return false
  if (!(await lendToHost(transaction, open, nowMs))) return false
  await writeOne(transaction, open, nowMs)
  return true
}

/** Under the host's lock. Whether anything was lent to the file that it runs on. */
export async function lendToHost(transaction: StoreTransaction, open: OpenTraining, nowMs: number): Promise<boolean> {
  const { details, lastAct } = open.sheet
  if (isForSome(details.audience)) return false
  const life = (await transaction.readLives(details.host)).findLast(({ state }) => state === 'active')
  if (life === undefined) return false
  const holder: Holder = { station: details.host, incarnation: life.incarnation }
  const seatsMax = (await transaction.readRuleValues(open.sheet.district)).get('training_block_seats_max') ?? BLOCK_SEATS_MAX
  const id = derivedId(`boai/seat-block/1\n${open.book.training}\n${lastAct + open.acts.length}`)
  const block = planLending(open.book, holder, id, { seatsMax }, nowMs)
  if (block === null) return false
  takeAct(open, { act: 'lent', block }, { nowMs, mayGive: true })
  return true
}

/** A file that is given up: its places are central's again, who sits on one stays. Under the station's lock. */
export async function releaseSeats(transaction: StoreTransaction, holder: Holder, nowMs: number): Promise<ChangedRow[]> {
  const held = await transaction.trainingsHeldBy(holder.station, holder.incarnation)
  const sheets = await transaction.lockTrainings(held)
  const mayGive = !(await transaction.readRecovering())
  const trainings = new Map([...sheets].map(([id, sheet]) => [id, openTraining(sheet)]))
  for (const open of trainings.values()) takeAct(open, { act: 'written_off', holder }, { nowMs, mayGive })
  return writeTrainingPlan(transaction, planOf(trainings), nowMs)
}

/** A rider who is erased has no place any more; that he was there stays. Before his own row is locked: it is locked shared here. */
export async function leaveTrainings(transaction: StoreTransaction, rider: string, nowMs: number): Promise<ChangedRow[]> {
  const keys = await transaction.trainingKeysOf(rider, 0)
  const sheets = await transaction.lockTrainings(keys.flatMap(({ kind, key }) => (kind === 'signup' ? [key.slice(0, key.indexOf(':'))] : [])))
  const mayGive = !(await transaction.readRecovering())
  const trainings = new Map([...sheets].map(([id, sheet]) => [id, openTraining(sheet)]))
  for (const open of trainings.values()) {
    const signup = open.book.signups.get(rider)
    if (isActive(signup) && signup.standing !== 'attended') takeAct(open, { act: 'cancelled', fact: { id: signup.id, rider } }, { nowMs, mayGive })
  }
  return writeTrainingPlan(transaction, planOf(trainings), nowMs)
}

async function lockOne(transaction: StoreTransaction, training: string): Promise<OpenTraining | null> {
  const sheet = (await transaction.lockTrainings([training])).get(training)
  return sheet === undefined ? null : openTraining(sheet)
}

export async function writeOne(transaction: StoreTransaction, open: OpenTraining, nowMs: number): Promise<void> {
  await transaction.appendChanges(await writeTrainingPlan(transaction, planOf(new Map([[open.book.training, open]])), nowMs))
}

function planOf(trainings: Map<string, OpenTraining>): Parameters<typeof writeTrainingPlan>[1] {
  return { trainings, attendances: [], certificates: [], records: [], spokenOf: new Map() }
}
