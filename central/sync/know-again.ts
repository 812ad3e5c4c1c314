// A station that this database does not know, or knows by an older key, and that brings central's own signed word about
// itself: the database was restored to a day before it joined. It is made known again, unless what lies outside the database
// says that it was revoked or its machine replaced since.

import type { StationCertificate } from '../../contract/sync/enrolment.ts'
import { type HelloRequest, helloRequest } from '../../contract/sync/hello.ts'
import type { OutsideRecord, StationDetails } from '../keys/outside-log.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { stationScope } from '../store/change-scopes.ts'
import { readCertificate } from './certificate.ts'
import { noticeRestore } from './hello.ts'
import { parseJson } from './push-batch.ts'
import { waitForOneMore } from './recovery.ts'
import { type AskingStation, isSignedBy, readSignedHeaders, type SignedRequest, stationPublicKey } from './station-auth.ts'
import type { SyncContext, SyncResult } from './sync-context.ts'

/** Of a hello that the database itself could not recognise. */
export async function knowAgain(context: SyncContext, request: SignedRequest, unknown: SyncResult<never>): Promise<SyncResult<AskingStation>> {
  const headers = readSignedHeaders(request)
  const hello = helloRequest.safeParse(parseJson(request.body)).data
  if (headers === null || hello === undefined || hello.certificate === null) return unknown
  const certificate = readCertificate(context.signer, hello.certificate)
  if (certificate === null || certificate.station !== headers.station) return unknown
  const publicKey = stationPublicKey(certificate.publicKey)
  if (!isSignedBy(publicKey, request, headers)) return unknown

  const records = context.outside.read().filter((record) => 'station' in record && record.station === certificate.station)
  if (records.some((record) => record.kind === 'station_revoked')) return { ok: false, error: 'revoked' }
  const newest = records.findLast((record) => record.kind === 'station_enrolled')
  if (newest !== undefined && newest.publicKey !== certificate.publicKey) return unknown
  const before = await context.store.findStation(certificate.station)
  // An older machine of this station, which another has replaced.
  if (before !== null && (before.enrolledAtMs ?? 0) >= certificate.issuedAtMs) return unknown

  await noticeWhereNew(context, hello, certificate)
  const nowMs = context.nowMs()
  const isKnown = await context.store.transaction('write', (transaction) => makeKnown(transaction, certificate, newest, hello, nowMs))
  if (!isKnown) return unknown
  context.notice({ notice: 'station_known_again', station: certificate.station, incarnation: hello.incarnation })
  const row = await context.store.findStation(certificate.station)
  if (row === null) throw new Error('a station is there once it was written')
  return { ok: true, answer: { station: certificate.station, district: row.district, number: row.number, publicKey, rawKey: row.publicKey, isRevoked: row.status === 'revoked' } }
}

/** Such a station is a proof that central was restored. Where nobody has noticed that since it joined, it is noticed now. */
async function noticeWhereNew(context: SyncContext, hello: HelloRequest, { station, issuedAtMs }: StationCertificate): Promise<void> {
  const restoredAtMs = await context.store.transaction('snapshot', (snapshot) => snapshot.readRestoredAtMs())
  if (restoredAtMs === null || restoredAtMs < issuedAtMs) await noticeRestore(context, hello, station)
}

async function makeKnown(transaction: StoreTransaction, certificate: StationCertificate, record: OutsideRecord | undefined, hello: HelloRequest, nowMs: number): Promise<boolean> {
  const { station, district, publicKey } = certificate
  if (!(await transaction.isDistrictKnown(district))) return false
  await transaction.lockStation(station)
  if ((await transaction.findStation(station))?.publicKey === publicKey) return true
  const details = record?.kind === 'station_enrolled' ? record.details : await detailsLike(transaction, certificate)
  const joining = { station, district, number: certificate.number, publicKey, details }
  const isWritten = (await transaction.writeStation(joining, nowMs)) || (await transaction.writeStation({ ...joining, number: await transaction.nextStationNumber(district) }, nowMs))
  if (!isWritten) return false
  await waitForOneMore(transaction, { station, district, incarnation: hello.incarnation, claimedSeq: hello.lastSeq }, nowMs)
  await transaction.appendChanges([{ district, scope: stationScope(station), kind: 'station', key: station }])
  return true
}

/** Nothing but number and district is left: the look is a neighbour's until staff say better. */
async function detailsLike(transaction: StoreTransaction, { district, number }: StationCertificate): Promise<StationDetails> {
  const neighbour = await transaction.readNeighbourDetails(district)
  return { ...(neighbour ?? PLAIN_DETAILS), name: { zh: `${number} 号驿站`, en: `Station ${number}` } }
}

/** How a station looks of which nothing is known but that it is one. */
export const PLAIN_DETAILS: StationDetails = {
  name: { zh: '驿站', en: 'Station' },
  brand: {
    key: 'boai', name: { zh: '博爱小站', en: "Bo'ai Station" }, programme: { zh: '博爱小站', en: "Bo'ai Station" }, accent: '#D8452B', accentDeep: '#862411',
    tint: '#F7DFD2', mark: 'house-heart',
  },
  hotline: '',
  facilities: [],
  panelPitchMm: 0.25,
}
