// A late fact of a banned file that staff believe: the programme pays what `discrepancy` had paid for it. Once a fact.

import { derivedId } from '../../sync/derived-id.ts'
import { type ActMoment, type ActOutcome, refuse } from '../operator-context.ts'

export async function acceptFact({ transaction, nowMs }: Pick<ActMoment, 'transaction' | 'nowMs'>, { event }: { event: string }): Promise<ActOutcome<{ points: number }>> {
  const fact = await transaction.findLateFact(event)
  if (fact === null) return refuse('unknown_event')
  if (fact.accepted) return refuse('already_accepted')
  const { district, points } = fact
  if (fact.code !== 'banned' || points === 0) return refuse('nothing_to_accept')
  if (!(await transaction.writeRemedy({ event, district, points }, nowMs))) return refuse('already_accepted')
  const transfer = { from: { kind: 'program' }, to: { kind: 'discrepancy' }, points } as const
  await transaction.writePostings([{ eventId: derivedId(`boai/remedy/1\n${event}`), line: 1, district, transfer, bookedAtMs: nowMs }])
  return { ok: true, answer: { points } }
}
