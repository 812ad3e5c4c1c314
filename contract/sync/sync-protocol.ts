// Station ⇄ central over HTTPS: schemas, limits and what is signed. Every request is a POST whose body the station signs
// with the key it was enrolled with; answers are closed. A test pins this file's schemas to the version.

import { z } from 'zod'
import { WISH_ROWS } from './wish-rows.ts'
import { PERSON_ROWS } from './person-rows.ts'
import { TRAINING_ROWS } from './training-rows.ts'

export const SYNC_PROTOCOL_VERSION = 2

export const PUSH_EVENTS_MAX = 500
export const PUSH_BYTES_MAX = 256 * 1024
export const PULL_CHANGES_MAX = 1000

export const PUSH_PATH = '/v1/push'
export const PULL_PATH = '/v1/pull'
export const ALLOWANCE_PATH = '/v1/allowance'
export const RIDER_PATH = '/v1/rider'

/** Headers of every request from a station. */
export const STATION_HEADER = 'x-boai-station'
export const REQUEST_HEADER = 'x-boai-request'
export const SIGNATURE_HEADER = 'x-boai-signature'
export const PROTOCOL_HEADER = 'x-boai-protocol'

/** What a station signs for a request; `bodySha256` is lower-case hex of the bytes sent (after gzip, where it is used). */
export function requestSigningText(request: { path: string; station: string; requestId: string; bodySha256: string }): string {
  return `boai/request/1\n${request.path}\n${request.station}\n${request.requestId}\n${request.bodySha256}`
}

/** One spelling: an id that comes back from the database must be the text that was sent. */
const uuid = z.uuid().lowercase()

/** What central is prepared to do with an incarnation (docs/decisions/0005). */
export const INCARNATION_STATES = ['active', 'superseded', 'waiting', 'quarantined', 'banned'] as const
export type IncarnationState = (typeof INCARNATION_STATES)[number]

// ── push: NDJSON, gzip; line 1 is the batch head, then header and body line of each event ──

export const pushHead = z.strictObject({
  incarnation: uuid,
  firstSeq: z.int().min(1),
  lastSeq: z.int().min(1),
  /** Hash of the last event, lower-case hex. */
  lastHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519 over `batchSigningText`, base64url. */
  signature: z.string().max(128),
})
export type PushHead = z.infer<typeof pushHead>

export const eventOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ seq: z.int(), outcome: z.literal('recorded') }),
  z.strictObject({ seq: z.int(), outcome: z.literal('flagged'), code: z.string() }),
  z.strictObject({ seq: z.int(), outcome: z.literal('parked'), code: z.string() }),
  /** Of requests: what became of it is in the mirrored row, not here. */
  z.strictObject({ seq: z.int(), outcome: z.literal('granted') }),
  z.strictObject({ seq: z.int(), outcome: z.literal('refused'), code: z.string() }),
])
export type EventOutcome = z.infer<typeof eventOutcome>

export const pushAnswer = z.discriminatedUnion('result', [
  /** `lastSeq`: central holds everything up to it; send from the next one. A repeat gets this too. */
  z.strictObject({ result: z.literal('applied'), lastSeq: z.int().min(0), outcomes: z.array(eventOutcome) }),
  /** The batch begins after a hole: nothing was taken. */
  z.strictObject({ result: z.literal('gap'), lastSeq: z.int().min(0) }),
  /** The same sequence came with other content: kept raw, nothing booked, staff told. */
  z.strictObject({ result: z.literal('quarantined'), lastSeq: z.int().min(0) }),
])
export type PushAnswer = z.infer<typeof pushAnswer>

// ── pull ──

const bilingual = z.strictObject({ zh: z.string().max(200), en: z.string().max(200) })
const itemId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const color = z.string().regex(/^#[0-9A-Fa-f]{6}$/)

export const entryLine = z.strictObject({ item: itemId, quantity: z.int().min(1), points: z.int().min(0) })

/** Rows a station mirrors, by kind. `null` in a change means: gone. */
export const MIRROR_ROWS = {
  station: z.strictObject({
    id: z.uuid(),
    number: z.int().min(1),
    name: bilingual,
    brand: z.strictObject({
      key: z.string().max(64),
      name: bilingual,
      programme: bilingual,
      accent: color,
      accentDeep: color,
      tint: color,
      mark: z.string().max(64),
    }),
    hotline: z.string().max(40),
    facilities: z.array(z.string().max(40)).max(40),
    panelPitchMm: z.number().min(0.05).max(2),
  }),
  rules: z.strictObject({
    utcOffsetMinutes: z.int().min(-840).max(840),
    passValidDays: z.int().min(1),
    checkinAgainMinutes: z.int().min(0),
    cartUnitsMax: z.int().min(1).max(100),
    lowStockUnits: z.int().min(0),
    expiryWarningDays: z.int().min(0),
    outboxEventsMax: z.int().min(100),
    /** What the home station keeps for a rider: the smaller of this and half of the balance. */
    standingPoints: z.int().min(0).max(1_000_000),
    /** The most that is lent at once when a rider stands at a station. */
    topUpPointsMax: z.int().min(1).max(1_000_000),
    /** The programme's points that a station may give for services while it is cut off. */
    earningSlicePoints: z.int().min(0).max(1_000_000),
    /** false: a station without a witness waits for central's hello after each start before it spends. */
    spendBeforeHello: z.boolean(),
    outboxAlarmHours: z.int().min(1),
    /** Wishes of one rider that are not over. */
    wishesOpenMax: z.int().min(0).max(50),
  }),
  /** Ed25519, SPKI as PEM. */
  pass_key: z.strictObject({ keyId: z.int().min(0).max(0xffff), publicKey: z.string().max(200) }),
  item: z.strictObject({
    id: itemId,
    name: bilingual,
    category: z.enum(['road', 'home', 'food', 'care']),
    pricePoints: z.int().min(0),
    picture: z.string().max(100),
    tint: z.enum(['sky', 'leaf', 'clay', 'sand']),
    limit: z.strictObject({ quantity: z.int().min(1), period: z.enum(['day', 'week', 'month', 'halfyear']) }).nullable(),
    perishable: z.boolean(),
    offered: z.boolean(),
    /** Shelf order. */
    position: z.int(),
    barcodes: z.array(z.strictObject({ code: z.string().max(64), units: z.int().min(1).max(10_000) })).max(50),
  }),
  donor: z.strictObject({ id: z.uuid(), name: bilingual }),
  staff: z.strictObject({
    id: z.uuid(),
    maskedName: z.string().max(60),
    role: z.enum(['volunteer', 'station_head']),
    /** scrypt, as `salt:hash` in hex; N=16384 r=8 p=1, 32 bytes. */
    pinHash: z.string().max(200),
    active: z.boolean(),
  }),
  revoked_card: z.strictObject({ holder: z.uuid(), card: z.int().min(1).max(0xffff) }),
  rider: z.strictObject({
    id: z.uuid(),
    maskedName: z.string().max(60),
    standing: z.enum(['active', 'suspended']),
    hideBalance: z.boolean(),
    /** All of the rider's points, at central and at stations, with this station's events up to `includedSeq` inside. */
    balance: z.int(),
    includedSeq: z.int().min(0),
    /** Of the balance, what lies at central and can be lent at once. */
    atCentral: z.int().min(0),
    /** This station keeps the rider's standing allowance. */
    home: z.boolean(),
  }),
  grant: z.strictObject({ id: z.uuid(), rider: z.uuid(), points: z.int().min(1) }),
  /** The programme's points for earnings at this station: a slice of it, received by a fact like a grant. */
  earning_slice: z.strictObject({ id: z.uuid(), points: z.int().min(1) }),
  /** Another station asks for this rider's points; stale after RECALL_MS_MAX by central's clock. */
  recall: z.strictObject({ rider: z.uuid(), askedAtMs: z.int().min(0) }),
  entry: z.strictObject({
    /** The event's id for what happened at a station, else central's own. */
    id: z.uuid(),
    rider: z.uuid(),
    atMs: z.int().min(0),
    points: z.int(),
    reason: z.enum(['redemption', 'service', 'training', 'report', 'correction', 'opening', 'undone']),
    /** What for: a service's name, or null where the lines say it. */
    what: bilingual.nullable(),
    lines: z.array(entryLine).max(50),
    /** Where; null: at central. */
    stationName: bilingual.nullable(),
  }),
  ...WISH_ROWS,
  ...PERSON_ROWS,
  ...TRAINING_ROWS,
} as const

export type MirrorKind = keyof typeof MIRROR_ROWS
export type MirrorRow<Kind extends MirrorKind> = z.infer<(typeof MIRROR_ROWS)[Kind]>

const key = z.string().max(200)
/** Which log of the station the change stands in, and its number there: numbers are given in commit order. */
export const SCOPES = ['district', 'station', 'riders'] as const
const scope = z.enum(SCOPES)
const number = z.int().min(1)
const place = { scope, number, key }

export const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('station'), ...place, row: MIRROR_ROWS.station.nullable() }),
  z.strictObject({ kind: z.literal('rules'), ...place, row: MIRROR_ROWS.rules.nullable() }),
  z.strictObject({ kind: z.literal('pass_key'), ...place, row: MIRROR_ROWS.pass_key.nullable() }),
  z.strictObject({ kind: z.literal('item'), ...place, row: MIRROR_ROWS.item.nullable() }),
  z.strictObject({ kind: z.literal('donor'), ...place, row: MIRROR_ROWS.donor.nullable() }),
  z.strictObject({ kind: z.literal('staff'), ...place, row: MIRROR_ROWS.staff.nullable() }),
  z.strictObject({ kind: z.literal('revoked_card'), ...place, row: MIRROR_ROWS.revoked_card.nullable() }),
  z.strictObject({ kind: z.literal('rider'), ...place, row: MIRROR_ROWS.rider.nullable() }),
  z.strictObject({ kind: z.literal('grant'), ...place, row: MIRROR_ROWS.grant.nullable() }),
  z.strictObject({ kind: z.literal('earning_slice'), ...place, row: MIRROR_ROWS.earning_slice.nullable() }),
  z.strictObject({ kind: z.literal('recall'), ...place, row: MIRROR_ROWS.recall.nullable() }),
  z.strictObject({ kind: z.literal('entry'), ...place, row: MIRROR_ROWS.entry.nullable() }),
  z.strictObject({ kind: z.literal('wall_wish'), ...place, row: MIRROR_ROWS.wall_wish.nullable() }),
  z.strictObject({ kind: z.literal('own_wish'), ...place, row: MIRROR_ROWS.own_wish.nullable() }),
  z.strictObject({ kind: z.literal('erasure'), ...place, row: MIRROR_ROWS.erasure.nullable() }),
  z.strictObject({ kind: z.literal('consent'), ...place, row: MIRROR_ROWS.consent.nullable() }),
  z.strictObject({ kind: z.literal('sealing_key'), ...place, row: MIRROR_ROWS.sealing_key.nullable() }),
  z.strictObject({ kind: z.literal('training'), ...place, row: MIRROR_ROWS.training.nullable() }),
  z.strictObject({ kind: z.literal('seat_block'), ...place, row: MIRROR_ROWS.seat_block.nullable() }),
  z.strictObject({ kind: z.literal('signup'), ...place, row: MIRROR_ROWS.signup.nullable() }),
  z.strictObject({ kind: z.literal('certificate'), ...place, row: MIRROR_ROWS.certificate.nullable() }),
])
export type Change = z.infer<typeof change>

/** Order of application within a page: erasures and revocations first, then grants, then balances, then the rest. */
export const CHANGE_ORDER: readonly MirrorKind[] = [
  'erasure', 'revoked_card', 'grant', 'earning_slice', 'seat_block', 'recall', 'rider', 'entry', 'signup', 'certificate', 'pass_key', 'sealing_key', 'consent', 'rules',
  'station', 'item', 'donor', 'staff', 'training', 'wall_wish', 'own_wish',
]

/** Kinds that are a state of the mirror; the others are told once. Checksums and snapshots hold these, snapshots entries too. */
export const CHECKED_KINDS: readonly MirrorKind[] = [
  'erasure', 'revoked_card', 'rider', 'signup', 'certificate', 'pass_key', 'sealing_key', 'consent', 'rules', 'station', 'item', 'donor', 'staff', 'training', 'wall_wish',
  'own_wish',
]

export const RECALL_MS_MAX = 120_000

export const cursor = z.strictObject({ history: z.uuid(), number: z.int().min(0) })
export type Cursor = z.infer<typeof cursor>

/** Sum, modulo 2^64, of the first eight bytes of SHA-256(`checksumText`) over a scope's rows of CHECKED_KINDS, as 16 hex digits. Gone rows count too. */
export const scopeChecksum = z.strictObject({ scope, rows: z.int().min(0), sum: z.string().regex(/^[0-9a-f]{16}$/) })
export type ScopeChecksum = z.infer<typeof scopeChecksum>

export function checksumText(row: { kind: string; key: string; number: number }): string {
  return `${row.kind} ${row.key} ${row.number}`
}

export const pullRequest = z.strictObject({
  cursor: cursor.nullable(),
  incarnation: uuid,
  /** Now and then: what the station's own rows add up to, at this cursor. */
  checksums: z.array(scopeChecksum).max(3),
})
export type PullRequest = z.infer<typeof pullRequest>

export const pullAnswer = z.discriminatedUnion('result', [
  z.strictObject({
    result: z.literal('page'),
    cursor,
    more: z.boolean(),
    /** Changes of this page in `CHANGE_ORDER`. */
    changes: z.array(change).max(PULL_CHANGES_MAX),
    centralWallMs: z.int(),
    /** Of the asking incarnation, at central; beyond its own, the file is an old image. */
    lastSeq: z.int().min(0),
    /** The asking incarnation's events up to here are in a backup. */
    backedUpSeq: z.int().min(0),
    state: z.enum(INCARNATION_STATES),
    recovering: z.boolean(),
    /** Scopes whose checksum was not central's: fetch them again. */
    differs: z.array(scope).max(3),
  }),
  z.strictObject({ result: z.literal('cursor_unknown'), history: z.uuid() }),
])
export type PullAnswer = z.infer<typeof pullAnswer>

// ── asked on a scan ──

/** A persisted request id: asked again by the same life of the file, the same grant comes back. `grant` null: nothing lies at central to lend. */
export const allowanceRequest = z.strictObject({ requestId: uuid, rider: uuid, incarnation: uuid })
export type AllowanceRequest = z.infer<typeof allowanceRequest>
export const allowanceAnswer = z.strictObject({
  grant: MIRROR_ROWS.grant.nullable(),
  /** Why nothing could be lent, where that is not for want of points. */
  withheld: z.enum(['suspended', 'recovering', 'not_active']).nullable(),
  /** Where the rest lies, most first; it is being recalled. `heardAtMs`: by central's clock. */
  elsewhere: z.array(z.strictObject({ station: z.uuid(), name: bilingual, points: z.int().min(1), heardAtMs: z.int().min(0).nullable() })).max(5),
})
export type AllowanceAnswer = z.infer<typeof allowanceAnswer>

/** A rider this station has no row for: central adds him to its scope; the rows come at once and by the next pull. */
export const riderRequest = z.strictObject({ rider: uuid, incarnation: uuid })
export type RiderRequest = z.infer<typeof riderRequest>
export const riderAnswer = z.strictObject({ changes: z.array(change).max(PULL_CHANGES_MAX) })
export type RiderAnswer = z.infer<typeof riderAnswer>

/** Every error answer of central: a closed code, words are the caller's. `too_many_files`: so many new files of this station wait for staff that one more is not known. */
export const SYNC_ERRORS = ['unknown_station', 'bad_signature', 'bad_request', 'too_large', 'revoked', 'hello_needed', 'client_too_old', 'server_too_old', 'busy', 'rider_unknown', 'snapshot_unknown', 'too_many_files', 'internal'] as const
export const syncError = z.strictObject({ error: z.enum(SYNC_ERRORS) })
export type SyncError = z.infer<typeof syncError>
