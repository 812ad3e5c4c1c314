// Rows as a station mirrors them, made of what a store holds. The masked name is made here, so a full name never leaves
// central by this way, whichever store is beneath. A row that is no longer there (or no longer this station's) is null: gone.
// Pure but for the questions it asks.

import { CHANGE_ORDER, type Change, type MirrorKind, type MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { NumberedChange } from './changes.ts'
import { maskName } from '../../domain/mask-name.ts'
import { ownWishRow, type WishFacts } from './wish-facts.ts'
import { signupKey } from '../../contract/sync/training-rows.ts'

export interface MirrorReader {
  station: string
  district: string
  incarnation: string
  /** The asking station's own events that are inside the balances of this snapshot. */
  includedSeq: number
  /** Entries booked before it stay at central. */
  entriesSinceMs: number
  /** Recalls asked before it have lapsed. */
  recallsSinceMs: number
  /** Trainings that ended before it stay at central, and sign-ups to them. */
  trainingsSinceMs: number
}

/** What a store holds of each kind, before it is a mirror row. The order of what is held means nothing. */
export interface MirrorFacts extends Omit<{ [Kind in MirrorKind]: MirrorRow<Kind> }, 'rules' | 'staff' | 'rider' | 'own_wish' | 'signup'> {
  /** Every rule of the reader's district by its name, whatever keys are asked for. */
  rules: { name: string; value: number }
  /** Those of the reader's station. */
  staff: Omit<MirrorRow<'staff'>, 'maskedName'> & { fullName: string }
  /** Those that the reader's station mirrors; the balance is over all of the rider's accounts, `atCentral` the one at central. */
  rider: Omit<MirrorRow<'rider'>, 'includedSeq'>
  /** Of riders that the reader's station mirrors. `by`: the present members' names, as they joined. */
  own_wish: WishFacts
  /** Of riders that the reader's station mirrors. */
  signup: Omit<MirrorRow<'signup'>, 'includedSeq'>
}

export interface MirrorQuestions {
  /**
   * What is there of these keys and may be told to this reader. Of one kind each:
   * `station` only the reader's own; `sealing_key` the one there is and `consent` the district's newest, whatever keys are asked for; `pass_key` by its number as text; `item`, `donor` of the reader's district;
   * `revoked_card` all revoked cards of the holders that the keys name; `grant` only what was lent to the reader's
   * incarnation, and nothing while that is quarantined or banned, and `earning_slice` likewise; `recall` those that ask the
   * reader's station at `recallsSinceMs` or later, by the rider; `entry` only of riders the station mirrors, booked at
   * `entriesSinceMs` or later, with the name of the station where it happened; `wall_wish` only what hangs on the wall of the
   * reader's district; `own_wish` only of riders the station mirrors; `training` of the reader's district and `signup`
   * of riders the station mirrors, where the training ends at `trainingsSinceMs` or later; `certificate` of riders it mirrors;
   * `seat_block` like `grant`.
   */
  readMirrorFacts<Kind extends MirrorKind>(kind: Kind, reader: MirrorReader, keys: readonly string[]): Promise<MirrorFacts[Kind][]>
}

/** The changes in the order in which a station applies them. */
export async function readMirrorChanges(
  store: MirrorQuestions,
  reader: MirrorReader,
  wanted: readonly NumberedChange[],
): Promise<Change[]> {
  const changes: Change[] = []
  for (const kind of CHANGE_ORDER) {
    const places = new Map(wanted.filter((change) => change.kind === kind).map((change) => [change.key, change]))
    if (places.size === 0) continue
    const rows = await readRows(store, kind, reader, [...places.keys()])
    for (const [key, { scope, number }] of places) {
      // An entry is never taken back: one that is not read is too old to be mirrored, and is left out.
      if (kind === 'entry' && !rows.has(key)) continue
      changes.push({ kind, scope, number, key, row: rows.get(key) ?? null } as Change)
    }
  }
  return changes
}

export function revokedCardKey(holder: string, card: number): string {
  return `${holder}:${card}`
}

export function holderOfRevokedCardKey(key: string): string {
  return key.split(':')[0] ?? ''
}

async function readRows<Kind extends MirrorKind>(
  store: MirrorQuestions,
  kind: Kind,
  reader: MirrorReader,
  keys: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  return mirrorRows[kind](await store.readMirrorFacts(kind, reader, keys), reader, keys)
}

type MirrorRows = {
  [Kind in MirrorKind]: (facts: readonly MirrorFacts[Kind][], reader: MirrorReader, keys: readonly string[]) => ReadonlyMap<string, MirrorRow<Kind>>
}

const mirrorRows: MirrorRows = {
  station: byId,
  rules: (facts, _reader, keys) => {
    const row = rulesRow(facts)
    return new Map(keys.map((key) => [key, row]))
  },
  pass_key: (facts) => new Map(facts.map((row) => [String(row.keyId), row])),
  sealing_key: (facts, _reader, keys) => new Map(facts.flatMap((row) => keys.map((key) => [key, row]))),
  erasure: (facts) => new Map(facts.map((row) => [row.rider, row])),
  consent: (facts, _reader, keys) => new Map(facts.flatMap((row) => keys.map((key) => [key, row]))),
  item: (facts) => byId(facts.map((row) => ({ ...row, barcodes: row.barcodes.toSorted(compareBarcodes) }))),
  donor: byId,
  staff: (facts) => byId(facts.map(({ id, fullName, role, pinHash, active }) => ({ id, maskedName: maskName(fullName), role, pinHash, active }))),
  revoked_card: (facts) => new Map(facts.map((row) => [revokedCardKey(row.holder, row.card), row])),
  rider: (facts, { includedSeq }) =>
    byId(facts.map((row) => ({ ...row, includedSeq }))),
  grant: byId,
  earning_slice: byId,
  recall: (facts) => new Map(facts.map((row) => [row.rider, row])),
  entry: byId,
  wall_wish: byId,
  own_wish: (facts, { includedSeq }) => byId(facts.map((row) => ownWishRow(row, includedSeq))),
  training: byId,
  seat_block: byId,
  signup: (facts, { includedSeq }) => new Map(facts.map((row) => [signupKey(row.training, row.rider), { ...row, includedSeq }])),
  certificate: byId,
}

function byId<Row extends { id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

function rulesRow(facts: readonly MirrorFacts['rules'][]): MirrorRow<'rules'> {
  const values = new Map(facts.map(({ name, value }) => [name, value]))
  const rule = (name: string): number => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`the rule ${name} is missing`)
    return value
  }
  return {
    utcOffsetMinutes: rule('utc_offset_minutes'),
    passValidDays: rule('pass_valid_days'),
    checkinAgainMinutes: rule('checkin_again_minutes'),
    cartUnitsMax: rule('cart_units_max'),
    lowStockUnits: rule('low_stock_units'),
    expiryWarningDays: rule('expiry_warning_days'),
    outboxEventsMax: rule('outbox_events_max'),
    standingPoints: rule('standing_allowance_points'),
    topUpPointsMax: rule('top_up_points_max'),
    earningSlicePoints: rule('earning_slice_points'),
    spendBeforeHello: rule('spend_before_hello') === 1,
    outboxAlarmHours: rule('outbox_alarm_hours'),
    wishesOpenMax: rule('wishes_open_max'),
  }
}

type Barcode = MirrorRow<'item'>['barcodes'][number]

function compareBarcodes(one: Barcode, other: Barcode): number {
  if (one.units !== other.units) return one.units - other.units
  return one.code < other.code ? -1 : one.code > other.code ? 1 : 0
}
