// What the operator tells central about its database: it was restored from a backup; a backup begins; a backup is whole.

import { beginRecovery } from '../../sync/recovery.ts'
import { type ActMoment, type ActOutcome, refuse } from '../operator-context.ts'

export async function declareRestored({ transaction, nowMs, context }: ActMoment): Promise<ActOutcome<{ history: string; missing: number }>> {
  const newHistory = context.newId()
  await beginRecovery(transaction, context.outside, { fromHistory: null, newHistory, nowMs })
  const outside = { kind: 'history_began', history: newHistory, atMs: nowMs } as const
  return { ok: true, answer: { history: newHistory, missing: await transaction.countMissing() }, outside }
}

export async function markBackup({ transaction, nowMs }: ActMoment): Promise<ActOutcome<{ number: number }>> {
  return { ok: true, answer: { number: await transaction.beginBackup(nowMs) } }
}

export async function confirmBackup({ transaction, nowMs }: ActMoment, { through }: { through: number }): Promise<ActOutcome<Record<string, never>>> {
  return (await transaction.confirmBackup(through, nowMs)) ? { ok: true, answer: {} } : refuse('unknown_backup')
}
