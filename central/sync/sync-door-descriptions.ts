// What is said of the doors for stations in the OpenAPI document. Every door of sync-doors.ts has a row here; the schemas are
// those of contract/sync.

import { z } from 'zod'
import {
  HELLO_PATH, helloAnswer, helloRequest, OWN_EVENTS_PATH, ownEventsAnswer, ownEventsRequest, RENEWALS_PATH, renewalsAnswer, renewalsRequest, WAKEUPS_PATH,
} from '../../contract/sync/hello.ts'
import { HAND_OFF_PATH, HAND_OFF_STATE_PATH, handOffAnswer, handOffRequest, handOffStateAnswer, handOffStateRequest } from '../../contract/sync/hand-off.ts'
import { PUSH_BATCHES_HEADER } from '../../contract/sync/push-request.ts'
import { NEW_PASS_PATH, newPassAnswer, newPassRequest } from '../../contract/sync/new-pass.ts'
import { WORDS_PATH, wordsAnswer, wordsRequest } from '../../contract/sync/sealed-words.ts'
import { SNAPSHOT_PART_PATH, SNAPSHOT_PATH, snapshotManifest, snapshotPartRequest, snapshotRequest } from '../../contract/sync/snapshot.ts'
import {
  ALLOWANCE_PATH, allowanceAnswer, allowanceRequest, PROTOCOL_HEADER, PULL_PATH, pullAnswer, pullRequest, PUSH_PATH, pushAnswer, RIDER_PATH, riderAnswer,
  riderRequest, type SyncError,
} from '../../contract/sync/sync-protocol.ts'
import { type DoorDescription, json } from '../ops/door-description.ts'
import { REFUSAL_STATUS } from './sync-doors.ts'

/** What any signed request may be refused with. */
const ALWAYS = ['unknown_station', 'bad_signature', 'bad_request', 'too_large', 'revoked', 'hello_needed', 'busy', 'internal'] as const

function refusals(...more: readonly SyncError['error'][]): Record<number, z.ZodType> {
  const codes = [...new Set([...ALWAYS, ...more])]
  const statuses = new Set(codes.map((code) => REFUSAL_STATUS[code]))
  return Object.fromEntries([...statuses].map((status) => [status, z.strictObject({ error: z.enum(codes.filter((code) => REFUSAL_STATUS[code] === status)) })]))
}

function question(path: string, summary: string, request: z.ZodType, answer: z.ZodType, ...more: readonly SyncError['error'][]): DoorDescription {
  return {
    method: 'post', path, summary, signed: true, headers: {}, request: json(request, 'May be packed with gzip.'),
    answer: json(answer, 'Packed with gzip where the asker takes it and it is worth it.'), refusals: refusals(...more),
  }
}

export const SYNC_DOOR_DESCRIPTIONS: readonly DoorDescription[] = [
  {
    method: 'post',
    path: PUSH_PATH,
    summary: 'One to eight batches of events of one file, in order. A repeat is a success; each event gets its own outcome.',
    signed: true,
    headers: {},
    request: {
      mediaType: 'application/x-ndjson',
      schema: null,
      text: `Line 1: the head (schema PushHead), signed. Then two lines for each event: its header (a JSON array: seq, id, kind, version, wall clock, monotonic clock, boot) and its body (schema Event of that kind and version), as the bytes that were hashed. Behind it the next batch, beginning where this one ends. Packed with gzip. Every answer to a station says in ${PUSH_BATCHES_HEADER} how many batches are taken at once; where nothing is said, one.`,
    },
    answer: json(pushAnswer, 'What central did with it; of several batches perhaps only with the first ones, as lastSeq says.'),
    refusals: refusals(),
  },
  {
    ...question(PULL_PATH, 'What changed for this station since its cursor.', pullRequest, pullAnswer, 'client_too_old', 'server_too_old'),
    headers: { [PROTOCOL_HEADER]: z.string().regex(/^[1-9]\d*$/).meta({ description: 'The version of this protocol that the station speaks.' }) },
  },
  question(ALLOWANCE_PATH, 'Lends the station a rider’s points. The same request id gets the same grant.', allowanceRequest, allowanceAnswer, 'rider_unknown'),
  question(HELLO_PATH, 'The first word of a file: central proves who it is, and says how far it has got with this file.', helloRequest, helloAnswer, 'too_many_files'),
  question(OWN_EVENTS_PATH, 'What a file of this station has told before, for a database that was restored.', ownEventsRequest, ownEventsAnswer),
  question(HAND_OFF_PATH, 'A code for a phone: one person, one purpose, five minutes, one use.', handOffRequest, handOffAnswer),
  question(HAND_OFF_STATE_PATH, 'What has become of that code.', handOffStateRequest, handOffStateAnswer),
  question(RENEWALS_PATH, 'Once a day: standing allowances and the earning slice. They come with the next pull.', renewalsRequest, renewalsAnswer),
  question(SNAPSHOT_PATH, 'Whole scopes at one moment, as parts named by their content.', snapshotRequest, snapshotManifest, 'hello_needed'),
  {
    ...question(SNAPSHOT_PART_PATH, 'The bytes of one part: gzip over NDJSON, a line [kind, key, number, row] for each row.', snapshotPartRequest, z.unknown(), 'snapshot_unknown'),
    answer: { mediaType: 'application/octet-stream', schema: null, text: 'The bytes whose SHA-256 was asked for.' },
  },
  question(WORDS_PATH, 'What people typed, sealed to central’s key, after the events that name it. Each box gets its own answer.', wordsRequest, wordsAnswer),
  question(NEW_PASS_PATH, 'The first pass of somebody who has just registered at this station.', newPassRequest, newPassAnswer),
  question(RIDER_PATH, 'From now on the station mirrors this rider.', riderRequest, riderAnswer, 'rider_unknown'),
  {
    method: 'get',
    path: WAKEUPS_PATH,
    summary: 'A stream of wake-ups: something of this station is new, pull. Carries no data and may be lost.',
    signed: true,
    headers: {},
    request: null,
    answer: { mediaType: 'text/event-stream', schema: null, text: 'Server-sent events, until either side ends it.' },
    refusals: refusals(),
  },
]
