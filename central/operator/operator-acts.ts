// The list of everything an operator can do, each with the schema of what it asks for. An act and its row in the list of acts
// are one transaction; what a restore must not undo is in the log outside before anybody hears that it is done.

import { z } from 'zod'
import { WRITE_OFF_REASONS } from '../store/staff-acts.ts'
import { acceptFact } from './acts/accept-fact.ts'
import { admitIncarnation, revokeStation, writeOff } from './acts/end-trust.ts'
import { makeEnrolmentCode } from './acts/make-enrolment-code.ts'
import { confirmBackup, declareRestored, markBackup } from './acts/restore-and-backup.ts'
import type { ActMoment, ActOutcome, ActRefusal, OperatorContext } from './operator-context.ts'

const uuid = z.uuid().lowercase()
const name = z.string().trim().min(1).max(60)
const nothing = z.strictObject({})

interface Act<Body> {
  body: z.ZodType<Body>
  does: (moment: ActMoment, body: Body) => Promise<ActOutcome<object>>
}

function act<Body>(body: z.ZodType<Body>, does: Act<Body>['does']): Act<Body> {
  return { body, does }
}

export const OPERATOR_ACTS = {
  'enrolment-code': act(
    z.union([z.strictObject({ station: uuid }), z.strictObject({ district: uuid, number: z.int().min(1).max(99_999).optional(), name: z.strictObject({ zh: name, en: name }) })]),
    makeEnrolmentCode,
  ),
  'revoke-station': act(z.strictObject({ station: uuid }), revokeStation),
  'write-off': act(z.strictObject({ station: uuid, incarnation: uuid, staff: z.tuple([uuid, uuid]), reason: z.enum(WRITE_OFF_REASONS) }), writeOff),
  'admit': act(z.strictObject({ station: uuid, incarnation: uuid }), admitIncarnation),
  'accept-fact': act(z.strictObject({ event: uuid }), acceptFact),
  'restored': act(nothing, declareRestored),
  'backup-begins': act(nothing, markBackup),
  'backed-up': act(z.strictObject({ through: z.int().min(1) }), confirmBackup),
} as const
export type OperatorActName = keyof typeof OPERATOR_ACTS

export function isOperatorAct(named: string): named is OperatorActName {
  return Object.hasOwn(OPERATOR_ACTS, named)
}

export type ActAnswer = { ok: true; answer: object } | { ok: false; error: ActRefusal | 'bad_request' }

export async function doOperatorAct(context: OperatorContext, named: OperatorActName, input: unknown): Promise<ActAnswer> {
  return run(context, named, OPERATOR_ACTS[named] as Act<unknown>, input)
}

async function run(context: OperatorContext, named: OperatorActName, { body, does }: Act<unknown>, input: unknown): Promise<ActAnswer> {
  const asked = body.safeParse(input)
  if (!asked.success) return { ok: false, error: 'bad_request' }
  const nowMs = context.nowMs()
  const id = context.newId()
  // A code and its machine are chosen once, whatever the database asks to be tried again.
  const chosen = { newId: once(context.newId()), randomBytes: once(context.randomBytes(RANDOM_BYTES)) }
  const subject = asked.data as Readonly<Record<string, unknown>>
  const outcome = await context.store.transaction('write', async (transaction) => {
    const done = await does({ transaction, nowMs, context: { ...chosen, outside: context.outside } }, asked.data)
    await transaction.writeOperatorAct({ id, act: named, subject, result: done.ok ? 'done' : done.error }, nowMs)
    return done
  })
  // Also where it was done before and the answer, or this line, was lost.
  if (outcome.outside !== undefined) context.outside.append(outcome.outside)
  context.notice(named, { act: id, result: outcome.ok ? 'done' : outcome.error })
  return outcome.ok ? { ok: true, answer: outcome.answer } : { ok: false, error: outcome.error }
}

const RANDOM_BYTES = 8

function once<Value>(value: Value): () => Value {
  return () => value
}
