// Riders as the office sees them: a masked name and the end of a phone number; a full name only when asked for, and that is
// noted. Their cards, their points and where each point came from.

import { z } from 'zod'
import { atMs, bilingual, consoleDoor, nothing, rowId, tableDoor } from './console-door.ts'

export const RIDER_STANDINGS = ['active', 'suspended'] as const

const riderRow = z.strictObject({
  id: rowId, maskedName: z.string(), phoneTail: z.string(), platform: z.string(), site: z.string(), standing: z.enum(RIDER_STANDINGS), home: bilingual, points: z.int(),
})
export type RiderRow = z.infer<typeof riderRow>

/** Searches by a surname or a whole name, the four last digits of a phone, or the text of a scanned pass. */
export const ridersDoor = tableDoor('riders', {
  sorts: ['joined', 'phoneTail', 'site', 'home'],
  filters: { standing: RIDER_STANDINGS, station: 'id' },
  row: riderRow,
})

export const CARD_STATES = ['good', 'expired', 'revoked'] as const
const card = z.strictObject({
  card: z.int(), issueDay: z.int(), state: z.enum(CARD_STATES), revokedAtMs: atMs.nullable(),
  /** Of a revoked one that has not expired: how many active stations were not heard since, and may take it while they are cut off; with the one that is silent longest. */
  unheard: z.strictObject({ stations: z.int().min(0), longest: z.strictObject({ name: bilingual, heardAtMs: atMs }).nullable() }).nullable(),
})
export type CardRow = z.infer<typeof card>

export const riderDoor = consoleDoor(
  'rider',
  z.strictObject({ rider: rowId }),
  z.strictObject({
    rider: riderRow,
    hideBalance: z.boolean(),
    /** Where the points lie now. */
    atCentral: z.int(),
    atStations: z.array(z.strictObject({ station: bilingual, points: z.int() })),
    cards: z.array(card),
  }),
)

export const ENTRY_REASONS = ['redemption', 'service', 'training', 'report', 'correction', 'opening', 'undone'] as const

const entryRow = z.strictObject({ id: rowId, atMs, points: z.int(), reason: z.enum(ENTRY_REASONS), what: bilingual.nullable(), station: bilingual.nullable(), units: z.int() })
export type EntryRow = z.infer<typeof entryRow>
export const riderEntriesDoor = tableDoor('rider-entries', { sorts: ['booked'], filters: { rider: 'id' }, row: entryRow })

export const riderNameDoor = consoleDoor('rider-name', z.strictObject({ rider: rowId }), z.strictObject({ fullName: z.string() }))
/** He asked for it. His points, his name and every word of his are gone for good; there is no way back. */
export const eraseRiderDoor = consoleDoor('erase-rider', z.strictObject({ rider: rowId }), nothing)
export const revokeCardDoor = consoleDoor('revoke-card', z.strictObject({ rider: rowId, card: z.int().min(1) }), nothing)
/** Every card before it is revoked. `card` is the number of the last one, so that a repeated question makes one card. */
export const reissueCardDoor = consoleDoor('reissue-card', z.strictObject({ rider: rowId, after: z.int().min(0) }), z.strictObject({ card: z.int() }))
