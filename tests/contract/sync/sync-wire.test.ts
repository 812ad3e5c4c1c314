import { expect, test } from 'vitest'
import { z } from 'zod'
import * as enrolment from '../../../contract/sync/enrolment.ts'
import * as hello from '../../../contract/sync/hello.ts'
import * as handOff from '../../../contract/sync/hand-off.ts'
import * as newPass from '../../../contract/sync/new-pass.ts'
import * as sealedWords from '../../../contract/sync/sealed-words.ts'
import * as snapshot from '../../../contract/sync/snapshot.ts'
import * as protocol from '../../../contract/sync/sync-protocol.ts'
import { schemaNodes, wireFingerprint } from '../schema-nodes.ts'

const SCHEMAS = {
  pushHead: protocol.pushHead,
  pushAnswer: protocol.pushAnswer,
  pullRequest: protocol.pullRequest,
  pullAnswer: protocol.pullAnswer,
  allowanceRequest: protocol.allowanceRequest,
  allowanceAnswer: protocol.allowanceAnswer,
  riderRequest: protocol.riderRequest,
  riderAnswer: protocol.riderAnswer,
  syncError: protocol.syncError,
  helloRequest: hello.helloRequest,
  helloAnswer: hello.helloAnswer,
  ownEventsRequest: hello.ownEventsRequest,
  ownEventsAnswer: hello.ownEventsAnswer,
  renewalsRequest: hello.renewalsRequest,
  renewalsAnswer: hello.renewalsAnswer,
  enrolRequest: enrolment.enrolRequest,
  enrolAnswer: enrolment.enrolAnswer,
  centralKeyQuestion: enrolment.centralKeyQuestion,
  centralKeyAnswer: enrolment.centralKeyAnswer,
  enrolRefusal: enrolment.enrolRefusal,
  stationCertificate: enrolment.stationCertificate,
  newPassRequest: newPass.newPassRequest,
  newPassAnswer: newPass.newPassAnswer,
  handOffRequest: handOff.handOffRequest,
  handOffAnswer: handOff.handOffAnswer,
  handOffStateRequest: handOff.handOffStateRequest,
  handOffStateAnswer: handOff.handOffStateAnswer,
  wordsRequest: sealedWords.wordsRequest,
  wordsAnswer: sealedWords.wordsAnswer,
  snapshotRequest: snapshot.snapshotRequest,
  snapshotManifest: snapshot.snapshotManifest,
  snapshotPartRequest: snapshot.snapshotPartRequest,
}

test('the wire between station and central is the one of its version', () => {
  const { requestSigningText, ...exported } = protocol
  const constants = Object.fromEntries(Object.entries(exported).filter(([name, value]) => /^[A-Z_]+$/.test(name) && !(value instanceof z.ZodType) && name !== 'MIRROR_ROWS'))
  const sha256 = wireFingerprint({
    ...SCHEMAS,
    constants,
    paths: [hello.HELLO_PATH, hello.OWN_EVENTS_PATH, hello.RENEWALS_PATH, hello.WAKEUPS_PATH, enrolment.ENROL_PATH, enrolment.CENTRAL_KEY_PATH, snapshot.SNAPSHOT_PATH, snapshot.SNAPSHOT_PART_PATH, sealedWords.WORDS_PATH, newPass.NEW_PASS_PATH, handOff.HAND_OFF_PATH, handOff.HAND_OFF_STATE_PATH],
    signed: requestSigningText({ path: '/p', station: 'S', requestId: 'R', bodySha256: 'ff' }),
    sealed: [sealedWords.boxInfo({ station: 'S', ref: 'R' }), sealedWords.WORDS_BYTES_MAX, sealedWords.SALT_BYTES],
    checksummed: protocol.checksumText({ kind: 'k', key: 'K', number: 1 }),
    certified: enrolment.certificateSigningText('L'),
    joined: [enrolment.enrolProofText({ keyPrint: 'K', codeKey: 'C', publicKey: 'P' }), enrolment.enrolSigningText({ keyPrint: 'K', codeKey: 'C', publicKey: 'P' }), JSON.stringify(enrolment.CODE_KEY_SEED), enrolment.enrolmentLink({ code: 'C', centralUrl: 'U', keyPrint: 'K' }), enrolment.keyPrintText('P')],
    greeted: hello.helloSigningText({
      station: 'S', incarnation: 'I', nonce: 'N', history: 'H', state: 'active', lastSeq: 1, lastHash: 'ff', backedUpSeq: 0, recovering: false, centralWallMs: 2,
    }),
  })
  expect(
    { version: protocol.SYNC_PROTOCOL_VERSION, sha256 },
    'The sync wire has changed. Stations of the last version are out there and cannot be updated in one night: raise '
      + 'SYNC_PROTOCOL_VERSION in contract/sync/sync-protocol.ts, see that central still answers the one before it, and pin both '
      + 'here; or undo the change.',
  ).toEqual({ version: 2, sha256: '1b5c9c3a0b387da51fc3a14db28593d62ffc4400626daff291c61296371d7a16' })
})

test('every object on the sync wire is closed, so that nothing travels unseen', () => {
  const open = Object.entries(SCHEMAS).flatMap(([name, schema]) =>
    schemaNodes(schema).filter((node) => node.schema['type'] === 'object' && node.schema['additionalProperties'] !== false).map(({ path }) => name + path),
  )
  expect(open).toEqual([])
})

test('no mirrored row of a rider or of staff has room for a phone, a platform or a whole name', () => {
  const { rider, staff } = protocol.MIRROR_ROWS
  expect({ rider: Object.keys(rider.shape).toSorted(), staff: Object.keys(staff.shape).toSorted() }).toEqual({
    rider: ['atCentral', 'balance', 'hideBalance', 'home', 'id', 'includedSeq', 'maskedName', 'standing'],
    staff: ['active', 'id', 'maskedName', 'pinHash', 'role'],
  })
})

test('every kind of mirrored row has a change of its own and a place in the order of application', () => {
  const kinds = Object.keys(protocol.MIRROR_ROWS).toSorted()
  const changes = protocol.change.options.map((option) => option.shape.kind.value).toSorted()
  expect({ changes, order: protocol.CHANGE_ORDER.toSorted() }).toEqual({ changes: kinds, order: kinds })
})

test('a station’s request is signed over its path, its station, its id and its body, a line each', () => {
  expect(protocol.requestSigningText({ path: protocol.PUSH_PATH, station: 'S', requestId: 'R', bodySha256: 'ab' })).toBe('boai/request/1\n/v1/push\nS\nR\nab')
})
