// Corrections of a rider's points: always a new entry, never a change of an old one. Above a rule's threshold one person proposes
// and another decides.

import { z } from 'zod'
import { plainText } from './plain-text.ts'
import { atMs, type Bilingual, consoleDoor, rowId, tableDoor } from './console-door.ts'

export const CORRECTION_REASONS = ['paper_book', 'forgotten', 'counted_twice', 'wrong_rider', 'machine_fault', 'goodwill'] as const
export type CorrectionReason = (typeof CORRECTION_REASONS)[number]

/** As the rider reads it in his ledger. */
export const CORRECTION_WORDS: Readonly<Record<CorrectionReason, Bilingual>> = {
  paper_book: { zh: '更正：补记旧积分册', en: 'Correction: from the paper book' },
  forgotten: { zh: '更正：补记漏记的服务', en: 'Correction: a service that was forgotten' },
  counted_twice: { zh: '更正：扣回重复计分', en: 'Correction: counted twice' },
  wrong_rider: { zh: '更正：记错了人', en: 'Correction: it was another rider' },
  machine_fault: { zh: '更正：设备故障', en: 'Correction: a machine failed' },
  goodwill: { zh: '更正：补偿', en: 'Correction: goodwill' },
}

export const CORRECTION_STATES = ['waiting', 'booked', 'refused'] as const
export const CORRECTION_POINTS_MAX = 100_000
export const NOTE_SIGNS_MAX = 140

const correctionRow = z.strictObject({
  id: rowId, rider: rowId, maskedName: z.string(), points: z.int(), reason: z.enum(CORRECTION_REASONS), note: z.string(), state: z.enum(CORRECTION_STATES),
  proposedBy: z.string(), proposedAtMs: atMs, isMine: z.boolean(), decidedBy: z.string().nullable(), decidedAtMs: atMs.nullable(),
})
export type CorrectionRow = z.infer<typeof correctionRow>

export const correctionsDoor = tableDoor('corrections', { sorts: ['proposed'], filters: { state: CORRECTION_STATES, rider: 'id' }, row: correctionRow })

/** The page makes the id, so that a repeated question makes one correction. */
export const proposeCorrectionDoor = consoleDoor(
  'propose-correction',
  z.strictObject({
    id: rowId, rider: rowId, points: z.int().min(-CORRECTION_POINTS_MAX).max(CORRECTION_POINTS_MAX).refine((points) => points !== 0), reason: z.enum(CORRECTION_REASONS),
    note: plainText(0, NOTE_SIGNS_MAX),
  }),
  z.strictObject({ state: z.enum(CORRECTION_STATES) }),
)
export const decideCorrectionDoor = consoleDoor('decide-correction', z.strictObject({ correction: rowId, isApproved: z.boolean() }), z.strictObject({ state: z.enum(CORRECTION_STATES) }))
