import { expect, test } from 'vitest'
import { type Change, MIRROR_ROWS, type MirrorKind, SYNC_PROTOCOL_VERSION } from '../../../contract/sync/sync-protocol.ts'
import { changesFor, isKindOf } from '../../../contract/sync/wire-versions.ts'

const FIRST_KINDS = ['donor', 'earning_slice', 'entry', 'grant', 'item', 'pass_key', 'recall', 'revoked_card', 'rider', 'rules', 'staff', 'station']
const kinds = Object.keys(MIRROR_ROWS) as MirrorKind[]

test('a station of the first version hears only of the kinds it knew, one of today of all', () => {
  expect(kinds.filter((kind) => isKindOf(1, kind)).toSorted()).toEqual(FIRST_KINDS)
  expect(kinds.filter((kind) => !isKindOf(SYNC_PROTOCOL_VERSION, kind))).toEqual([])
})

test('a kind it does not know is left out of its page, and what it knows stays as it is', () => {
  const changes: Change[] = [
    { kind: 'donor', scope: 'district', number: 1, key: 'd', row: null },
    { kind: 'sealing_key', scope: 'district', number: 2, key: 'current', row: { keyId: 'ab'.repeat(8), publicKey: 'a'.repeat(43) } },
  ]
  expect([changesFor(1, changes), changesFor(SYNC_PROTOCOL_VERSION, changes)]).toEqual([changes.slice(0, 1), changes])
})
