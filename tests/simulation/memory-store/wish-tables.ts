// Wishes, their texts, leases, history and the walls, as migration 0012 lays them out.

import type { WishCategory } from '../../../contract/kiosk/wish-view.ts'
import type { ClaimEnd } from '../../../central/store/wishes.ts'
import type { WishFlag, WishReview, WishStage } from '../../../domain/wish.ts'
import type { WishAct } from '../../../domain/wish-history.ts'
import { bigint, boolean, integer, json, nullable, oneOf, text, textOf, uuid } from './column.ts'
import { Table, type TableSurroundings } from './table.ts'

const ofDistrict = { columns: ['district_id'], table: 'districts' } as const
const ofWish = { columns: ['wish_id'], table: 'wishes' } as const

export function wishTables(surroundings: TableSurroundings) {
  return {
    wishes: new Table('wishes', {
      columns: {
        wish_id: uuid, district_id: uuid, rider_id: uuid, station_id: nullable(uuid),
        category: oneOf<WishCategory>('small_trouble', 'small_need', 'small_dream', 'hard_entry', 'hard_charging', 'hard_rest', 'hard_meal', 'other'),
        shown: oneOf('named', 'anonymous'), reach: oneOf('station', 'staff_phone'), posted_at_ms: bigint,
        stage: oneOf<WishStage>('new', 'open', 'claimed', 'fulfilled', 'confirmed', 'withdrawn', 'refused'), claim: integer, until_ms: nullable(bigint), extensions: integer,
        again: boolean, version: integer, review: oneOf<WishReview>('in_review', 'asked_back', 'approved', 'refused'), approved_version: integer, seen_version: integer,
        not_yet: boolean, changed_at_ms: bigint, is_public: boolean, public_text: nullable(text), public_who: nullable(text), staff_words: nullable(text),
        fulfilment_words: nullable(text), fulfilment_photo: nullable(text), lines: integer,
      },
      key: ['wish_id'],
      lookups: [['rider_id'], ['district_id', 'is_public'], ['stage']],
      references: [ofDistrict, { columns: ['rider_id'], table: 'riders' }, { columns: ['station_id'], table: 'stations' }],
      checks: [
        { name: 'a claimed one has an end', holds: (row) => row.stage !== 'claimed' || row.until_ms !== null },
        { name: 'nothing is approved that is not written', holds: (row) => row.claim >= 0 && row.version > 0 && row.approved_version <= row.version && row.seen_version <= row.approved_version },
        { name: 'what is public has a text', holds: (row) => !row.is_public || row.public_text !== null },
      ],
    }, surroundings),
    wish_versions: new Table('wish_versions', {
      columns: { wish_id: uuid, version: integer, district_id: uuid, words_ref: uuid, commitment: text, written_at_ms: bigint },
      key: ['wish_id', 'version'],
      references: [ofWish],
      checks: [{ name: 'from one', holds: (row) => row.version > 0 }],
    }, surroundings),
    claims: new Table('claims', {
      columns: {
        wish_id: uuid, number: integer, district_id: uuid, granted_at_ms: bigint, until_ms: bigint, fulfilled_at_ms: nullable(bigint), ended_at_ms: nullable(bigint),
        ended_as: nullable(oneOf<ClaimEnd>('lapsed', 'given_back', 'partner_closed', 'withdrawn', 'confirmed')),
      },
      key: ['wish_id', 'number'],
      lookups: [['wish_id']],
      references: [ofWish],
      checks: [{ name: 'what is over is over in a way', holds: (row) => row.number > 0 && (row.ended_at_ms === null) === (row.ended_as === null) }],
    }, surroundings),
    claim_members: new Table('claim_members', {
      columns: { wish_id: uuid, number: integer, partner_id: uuid, district_id: uuid, name: json<{ zh: string; en: string }>(), joined_at_ms: bigint, left_at_ms: nullable(bigint) },
      key: ['wish_id', 'number', 'partner_id'],
      lookups: [['partner_id'], ['wish_id', 'number']],
      references: [{ columns: ['wish_id', 'number'], table: 'claims' }],
    }, surroundings),
    wish_history: new Table('wish_history', {
      columns: {
        wish_id: uuid, line: integer, district_id: uuid, at_ms: bigint, act: textOf<WishAct>(), claim: integer, version: nullable(integer), until_ms: nullable(bigint),
        partner_id: nullable(uuid), account_id: nullable(uuid), event_id: nullable(uuid), flag: nullable(textOf<WishFlag>()), words: nullable(text),
      },
      key: ['wish_id', 'line'],
      lookups: [['wish_id']],
      references: [ofWish],
      checks: [{ name: 'from one', holds: (row) => row.line > 0 }],
    }, surroundings),
    claim_news: new Table('claim_news', {
      columns: {
        wish_id: uuid, line: integer, district_id: uuid, claim: integer, what: oneOf('edited', 'withdrawn', 'confirmed', 'not_yet', 'handed_over'), took: boolean,
        at_ms: bigint, seen_at_ms: nullable(bigint),
      },
      key: ['wish_id', 'line'],
      lookups: [['wish_id']],
      references: [{ columns: ['wish_id', 'line'], table: 'wish_history' }],
    }, surroundings),
    wall_places: new Table('wall_places', {
      columns: { wish_id: uuid, district_id: uuid },
      key: ['wish_id'],
      lookups: [['district_id']],
      references: [ofWish, ofDistrict],
    }, surroundings),
  }
}
