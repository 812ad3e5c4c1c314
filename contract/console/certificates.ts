// Certificates in the office: who holds which, until when, and a sheet of them to print.

import { z } from 'zod'
import { TRAINING_TOPICS } from '../kiosk/training-view.ts'
import { bilingual, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'

export const CERTIFICATE_STATES = ['valid', 'ending', 'expired'] as const
export type CertificateState = (typeof CERTIFICATE_STATES)[number]

const day = z.int().min(0)

const certificateRow = z.strictObject({
  id: rowId, number: z.string(), rider: rowId, maskedName: z.string(), topic: z.enum(TRAINING_TOPICS), title: bilingual, training: rowId, station: bilingual,
  issuedDay: day, expiresDay: day.nullable(), state: z.enum(CERTIFICATE_STATES),
})
export type CertificateRow = z.infer<typeof certificateRow>

/** Searches by a certificate's number, or as riders are searched for. */
export const certificatesDoor = tableDoor('certificates', {
  sorts: ['issued', 'expires'],
  filters: { state: CERTIFICATE_STATES, topic: TRAINING_TOPICS, rider: 'id', training: 'id' },
  row: certificateRow,
})

export const CERTIFICATES_MAX = 50

/** Answers with the PDF: names are whole on it, and each that is printed leaves a line. */
export const certificateSheetDoor = consoleDoor('certificate-sheet', z.strictObject({ certificates: z.array(rowId).min(1).max(CERTIFICATES_MAX) }), nothing)
