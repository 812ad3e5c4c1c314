// Rows that stations mirror, as they stand: the memory's side of mirror-rows.ts.

import { holderOfRevokedCardKey, type MirrorFacts, type MirrorQuestions, type MirrorReader } from '../../../central/store/mirror-changes.ts'
import { isForSome } from '../../../domain/training/decide-signup.ts'
import type { MirrorKind } from '../../../contract/sync/sync-protocol.ts'
import { everyEntry } from './every-entry.ts'
import type { MemoryTables } from './memory-tables.ts'
import { wishFactCalls } from './wish-fact-calls.ts'

type ReadFacts = { [Kind in MirrorKind]: (reader: MirrorReader, keys: readonly string[]) => MirrorFacts[Kind][] }

export function mirrorCalls(tables: MemoryTables): MirrorQuestions {
  const readFacts: ReadFacts = { ...catalogueFacts(tables), ...riderFacts(tables), ...wishFactCalls(tables), ...trainingFacts(tables) }
  return {
    async readMirrorFacts<Kind extends MirrorKind>(kind: Kind, reader: MirrorReader, keys: readonly string[]): Promise<MirrorFacts[Kind][]> {
      return readFacts[kind](reader, keys)
    },
  }
}

type CatalogueFacts = Omit<ReadFacts, 'rider' | 'grant' | 'earning_slice' | 'recall' | 'entry' | 'wall_wish' | 'own_wish' | keyof ReturnType<typeof trainingFacts>>

function catalogueFacts({ stations, rules, pass_keys: passKeys, sealing_key: sealingKey, consent_texts: consents, erased_persons: erased, items, barcodes, donors, staff, cards }: MemoryTables): CatalogueFacts {
  return {
    station: (reader, keys) =>
      each(keys, (key) => (key === reader.station ? stations.get(key) : undefined)).map((row) => ({
        id: row.station_id, number: row.number, name: row.name, brand: row.brand, hotline: row.hotline, facilities: row.facilities, panelPitchMm: row.panel_pitch_mm,
      })),

    rules: (reader) => rules.find(['district_id'], reader.district).map(({ name, value }) => ({ name, value })),

    pass_key: (_reader, keys) => each(keys, (key) => passKeys.get(Number(key))).map((row) => ({ keyId: row.key_id, publicKey: row.public_key })),

    erasure: (_reader, keys) => each(keys, (key) => erased.get(key)).map((row) => ({ rider: row.rider_id, atMs: row.erased_at_ms })),

    consent: (reader) => consents.find(['district_id'], reader.district).toSorted((one, other) => other.version - one.version).slice(0, 1).map(({ version, text }) => ({ version, text })),

    sealing_key: () => [...sealingKey.rows()].map((row) => ({ keyId: row.key_id, publicKey: row.public_key })),

    item: (reader, keys) =>
      each(keys, (key) => items.get(reader.district, key)).map((row) => ({
        id: row.item_id, name: row.name, category: row.category, pricePoints: row.price_points, picture: row.picture, tint: row.tint,
        limit: row.limit_quantity === null || row.limit_period === null ? null : { quantity: row.limit_quantity, period: row.limit_period },
        perishable: row.perishable, offered: row.offered, position: row.position,
        barcodes: barcodes.find(['district_id', 'item_id'], row.district_id, row.item_id).map(({ code, units }) => ({ code, units })),
      })),

    donor: (reader, keys) =>
      each(keys, (key) => donors.get(key)).filter((row) => row.district_id === reader.district).map((row) => ({ id: row.donor_id, name: row.name })),

    staff: (reader, keys) =>
      each(keys, (key) => staff.get(key))
        .filter((row) => row.station_id === reader.station)
        .map((row) => ({ id: row.staff_id, fullName: row.full_name, role: row.role, pinHash: row.pin_hash, active: row.active })),

    revoked_card: (_reader, keys) =>
      [...new Set(keys.map(holderOfRevokedCardKey))]
        .flatMap((holder) => cards.find(['holder_id'], holder))
        .filter((row) => row.revoked_at_ms !== null)
        .map((row) => ({ holder: row.holder_id, card: row.card })),
  }
}

function riderFacts(tables: MemoryTables): Pick<ReadFacts, 'rider' | 'grant' | 'earning_slice' | 'recall' | 'entry'> {
  const { riders, station_riders: mirroring, accounts, grants, earning_slices: slices, recalls, stations } = tables
  const entries = everyEntry(tables)
  return {
    rider: (reader, keys) =>
      each(keys, (key) => (mirroring.get(reader.station, key) === undefined ? undefined : riders.get(key))).map((row) => {
        let [balance, atCentral] = [0, 0]
        for (const account of accounts.find(['rider_id'], row.rider_id)) {
          balance += account.balance
          if (account.kind === 'rider_central') atCentral += account.balance
        }
        return {
          id: row.rider_id, maskedName: row.masked_name, standing: row.standing, hideBalance: row.hide_balance, balance, atCentral, home: row.home_station_id === reader.station,
        }
      }),

    grant: (reader, keys) =>
      mayBeLentTo(tables, reader) ? each(keys, (key) => grants.get(key)).filter((row) => isOwn(reader, row)).map((row) => ({ id: row.grant_id, rider: row.rider_id, points: row.points })) : [],

    earning_slice: (reader, keys) =>
      mayBeLentTo(tables, reader) ? each(keys, (key) => slices.get(key)).filter((row) => isOwn(reader, row)).map((row) => ({ id: row.grant_id, points: row.points })) : [],

    recall: (reader, keys) =>
      each(keys, (key) => recalls.get(key, reader.station))
        .filter((row) => row.asked_at_ms >= reader.recallsSinceMs)
        .map((row) => ({ rider: row.rider_id, askedAtMs: row.asked_at_ms })),

    entry: (reader, keys) =>
      [...new Set(keys)].flatMap((key) => entries.get(key))
        .filter((row) => row.booked_at_ms >= reader.entriesSinceMs && mirroring.get(reader.station, row.rider_id) !== undefined)
        .map((row) => ({
          id: row.entry_id, rider: row.rider_id, atMs: row.at_ms, points: row.points, reason: row.reason, what: row.what, lines: row.lines.map(({ item, points, quantity }) => ({ item, points, quantity })),
          stationName: row.station_id === null ? null : (stations.get(row.station_id)?.name ?? null),
        })),
  }
}

function trainingFacts(tables: MemoryTables): Pick<ReadFacts, 'training' | 'seat_block' | 'signup' | 'certificate'> {
  const { trainings, training_seats: seats, seat_blocks: blocks, signups, certificates, station_riders: mirroring } = tables
  let madeAt = -1
  let made = new Map<string, MirrorFacts['training']>()
  /** All stations of a district ask for it one after the other, and those who wait are many. */
  const factOf = (row: NonNullable<ReturnType<typeof trainings.get>>): MirrorFacts['training'] => {
    const version = trainings.version + seats.version + signups.version
    if (madeAt !== version) made = new Map()
    madeAt = version
    const known = made.get(row.training_id)
    if (known !== undefined) return known
    const fact = {
      id: row.training_id, topic: row.topic, title: row.title, place: row.place, startsAtMs: row.starts_at_ms, endsAtMs: row.ends_at_ms, closesAtMs: row.closes_at_ms,
      blocksBackAtMs: row.blocks_back_at_ms, capacity: row.capacity, points: row.points, certificateMonths: row.certificate_months, lateMinutes: row.late_minutes, walkIns: row.walk_ins, host: row.host_station_id,
      isForSome: isForSome(row.audience), state: row.state, cancelReason: row.cancel_reason, revision: row.revision,
      toldRevision: row.told_revision,
      freeAtCentral: seats.find(['training_id'], row.training_id).filter((seat) => seat.block_id === null && seat.rider_id === null && seat.offered_to === null && !seat.retired).length,
      waitingNumbers: signups.find(['training_id', 'standing'], row.training_id, 'waiting').flatMap(({ number }) => (number === null ? [] : [number])).toSorted((one, other) => one - other),
    }
    made.set(row.training_id, fact)
    return fact
  }
  return {
    training: (reader, keys) =>
      each(keys, (key) => trainings.get(key))
        .filter((row) => row.district_id === reader.district && row.ends_at_ms >= reader.trainingsSinceMs)
        .map(factOf),

    seat_block: (reader, keys) =>
      mayBeLentTo(tables, reader)
        ? each(keys, (key) => blocks.get(key)).filter((row) => isOwn(reader, row)).map((row) => ({ id: row.block_id, training: row.training_id, seats: [...row.seats], recalled: row.recalled }))
        : [],

    signup: (reader, keys) =>
      each(keys, (key) => signups.get(key.split(':')[0] ?? '', key.split(':')[1] ?? ''))
        .filter((row) => mirroring.get(reader.station, row.rider_id) !== undefined && (trainings.get(row.training_id)?.ends_at_ms ?? 0) >= reader.trainingsSinceMs)
        .map((row) => ({
          training: row.training_id, rider: row.rider_id, id: row.signup_id, standing: row.standing, seat: row.seat, number: row.number, offerEndsAtMs: row.offer_ends_at_ms,
          refusal: row.refusal, note: row.note, seenRevision: row.seen_revision,
        })),

    certificate: (reader, keys) =>
      each(keys, (key) => certificates.get(key))
        .filter((row) => mirroring.get(reader.station, row.rider_id) !== undefined)
        .map((row) => ({ id: row.certificate_id, rider: row.rider_id, topic: row.topic, title: row.title, issuedDay: row.issued_day, expiresDay: row.expires_day })),
  }
}

function mayBeLentTo({ incarnations }: MemoryTables, { station, incarnation }: MirrorReader): boolean {
  const state = incarnations.get(station, incarnation)?.state
  return state !== undefined && state !== 'quarantined' && state !== 'banned'
}

function isOwn(reader: MirrorReader, row: { station_id: string; incarnation: string }): boolean {
  return row.station_id === reader.station && row.incarnation === reader.incarnation
}

/** Each key once, as `= ANY` in SQL, and only what is there. */
function each<Row>(keys: readonly string[], read: (key: string) => Row | undefined): Row[] {
  const found: Row[] = []
  for (const key of new Set(keys)) {
    const row = read(key)
    if (row !== undefined) found.push(row)
  }
  return found
}
