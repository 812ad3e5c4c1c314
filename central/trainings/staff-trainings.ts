// What staff do with trainings: make one (or one a week), change it, cancel it. Whoever has signed up hears of a new time or place;
// nobody loses a place by it. Two who change the same one: the second is told what has changed meanwhile. Decides no right to do it.

import { RULE_RANGES, type RuleName } from '../../contract/console/rules.ts'
import { DOOR_RULES, type DoorRules } from '../../domain/training/attendance.ts'
import type { TrainingAct } from '../../domain/training/training-acts.ts'
import { emptyTraining } from '../../domain/training/training-acts.ts'
import type { TrainingTerms } from '../../domain/training/training-book.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { DISTRICT_SCOPE } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import type { TrainingDetails, TrainingSheet } from '../store/trainings.ts'
import { type OpenTraining, openTraining, takeAct, writeTrainingPlan } from '../sync/book-trainings.ts'
import { lendToHost } from './tend-trainings.ts'

/** As staff enter it. */
export interface TrainingForm extends Pick<TrainingDetails, 'topic' | 'title' | 'place' | 'points' | 'certificateMonths' | 'host' | 'audience'> {
  startsAtMs: number
  endsAtMs: number
  capacity: number
  /** Of its door; what is absent is as everywhere. */
  door?: Partial<DoorRules>
  /** Of this training; what is absent is the district's. */
  rules?: Partial<Pick<TrainingRules, 'closingMs' | 'answerMs'>>
}

export interface TrainingRules {
  /** Riders sign up until so long before the start. */
  closingMs: number
  /** Hosts give back what nobody has taken so long before the start. */
  blocksBackMs: number
  /** So long a rider may take to answer an offer. */
  answerMs: number
}

const MINUTE_MS = 60_000

export function trainingRules(values: ReadonlyMap<string, number>): TrainingRules {
  const minutes = (name: RuleName): number => (values.get(name) ?? RULE_RANGES[name][2]) * MINUTE_MS
  return { closingMs: minutes('training_closing_minutes'), blocksBackMs: minutes('training_blocks_back_minutes'), answerMs: minutes('training_answer_minutes') }
}

export function termsOf(form: TrainingForm, rules: TrainingRules, state: TrainingTerms['state'] = 'open'): TrainingTerms {
  const { startsAtMs, endsAtMs, capacity } = form
  const { closingMs, blocksBackMs, answerMs } = { ...rules, ...form.rules }
  const before = (ms: number): number => Math.max(0, startsAtMs - ms)
  return { state, capacity, startsAtMs, endsAtMs, closesAtMs: before(closingMs), blocksBackAtMs: before(Math.max(closingMs, blocksBackMs)), answerMs }
}

type EnteredDetails = Pick<TrainingDetails, 'topic' | 'title' | 'place' | 'points' | 'certificateMonths' | 'host' | 'audience' | keyof DoorRules>

function enteredDetails({ topic, title, place, points, certificateMonths, host, audience, door }: TrainingForm): EnteredDetails {
  return { topic, title, place, points, certificateMonths, host, audience, ...DOOR_RULES, ...door }
}

export function sheetOf(district: string, training: string, form: TrainingForm, rules: TrainingRules, series: string | null): TrainingSheet {
  const details: TrainingDetails = { ...enteredDetails(form), cancelReason: null, revision: 1, toldRevision: 1, series }
  return { district, details, lastAct: 0, book: emptyTraining(training, termsOf(form, rules)) }
}

/** Ids and forms of one training or of a series; of each its host is lent places at once, unless central recovers. */
export async function makeTrainings(
  transaction: StoreTransaction,
  district: string,
  wanted: readonly { training: string; form: TrainingForm }[],
  series: string | null,
  nowMs: number,
  { lends = true }: { lends?: boolean } = {},
): Promise<void> {
  const rules = trainingRules(await transaction.readRuleValues(district))
  await transaction.lockStations([...new Set(wanted.map(({ form }) => form.host))])
  const mayGive = !(await transaction.readRecovering())
  const changes: ChangedRow[] = []
  for (const { training, form } of wanted) {
    const open = openTraining(sheetOf(district, training, form, rules, series))
    takeAct(open, { act: 'terms_set', terms: open.book.terms }, { nowMs, mayGive })
    if (mayGive && lends) await lendToHost(transaction, open, nowMs)
    changes.push(...(await write(transaction, open, nowMs)))
  }
  await transaction.appendChanges(changes)
}

export type TrainingChange =
  | { ok: true; sheet: TrainingSheet }
  | { ok: false; error: 'training_unknown' }
  /** Somebody else was quicker: as it stands now. */
  | { ok: false; error: 'changed_meanwhile'; sheet: TrainingSheet }
  | { ok: false; error: 'training_cancelled'; sheet: TrainingSheet }

/** `revision`: the one that was on the screen. */
export async function changeTraining(transaction: StoreTransaction, change: { district: string; training: string; revision: number; form: TrainingForm }, nowMs: number): Promise<TrainingChange> {
  const { form } = change
  return revise(transaction, change, nowMs, (sheet, rules) => {
    const details = enteredDetails(form)
    const { place, host } = details
    const terms = termsOf(form, rules, sheet.book.terms.state)
    const { book: before, details: { place: placeBefore, host: hostBefore } } = sheet
    const isMoved =
      terms.startsAtMs !== before.terms.startsAtMs || terms.endsAtMs !== before.terms.endsAtMs || host !== hostBefore || place.zh !== placeBefore.zh || place.en !== placeBefore.en
    return { details, terms, isTold: isMoved }
  })
}

export async function cancelTraining(transaction: StoreTransaction, change: { district: string; training: string; revision: number; reason: string }, nowMs: number): Promise<TrainingChange> {
  return revise(transaction, change, nowMs, (sheet) => ({ details: { cancelReason: change.reason }, terms: { ...sheet.book.terms, state: 'cancelled' }, isTold: true }))
}

interface Revision {
  details: Partial<TrainingDetails>
  terms: TrainingTerms
  /** Whoever has signed up is to hear of it. */
  isTold: boolean
}

async function revise(
  transaction: StoreTransaction,
  { district, training, revision }: { district: string; training: string; revision: number },
  nowMs: number,
  how: (sheet: TrainingSheet, rules: TrainingRules) => Revision,
): Promise<TrainingChange> {
  const sheet = (await transaction.lockTrainings([training])).get(training)
  if (sheet === undefined || sheet.district !== district) return { ok: false, error: 'training_unknown' }
  if (sheet.details.revision !== revision) return { ok: false, error: 'changed_meanwhile', sheet }
  if (sheet.book.terms.state === 'cancelled') return { ok: false, error: 'training_cancelled', sheet }
  const { details, terms, isTold } = how(sheet, trainingRules(await transaction.readRuleValues(district)))
  const next = revision + 1
  const revised: TrainingSheet = { ...sheet, details: { ...sheet.details, ...details, revision: next, toldRevision: isTold ? next : sheet.details.toldRevision } }
  const open = openTraining(revised)
  const act: TrainingAct = { act: 'terms_set', terms }
  takeAct(open, act, { nowMs, mayGive: !(await transaction.readRecovering()) })
  await transaction.appendChanges(await write(transaction, open, nowMs))
  return { ok: true, sheet: { ...revised, book: open.book } }
}

/** The training's own row goes out whatever changed of it. */
async function write(transaction: StoreTransaction, open: OpenTraining, nowMs: number): Promise<ChangedRow[]> {
  const { training } = open.book
  const plan = { trainings: new Map([[training, open]]), attendances: [], certificates: [], records: [], spokenOf: new Map() }
  const changes = await writeTrainingPlan(transaction, plan, nowMs)
  return [{ district: open.sheet.district, scope: DISTRICT_SCOPE, kind: 'training', key: training }, ...changes]
}
