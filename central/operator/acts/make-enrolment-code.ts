// A one-time code by which a machine joins: as a new station, or in the place of the machine that a station had.

import { ENROLMENT_CODE_MS_MAX } from '../../../contract/sync/enrolment.ts'
import { encodeCrockford } from '../../../contract/pass/crockford.ts'
import type { StationDetails } from '../../keys/outside-log.ts'
import { enrolmentCodeHash } from '../../sync/enrol.ts'
import { PLAIN_DETAILS } from '../../sync/know-again.ts'
import { type ActMoment, type ActOutcome, refuse } from '../operator-context.ts'

export type CodeWanted =
  /** Its machine is replaced: the key of before ends when the new one joins. */
  | { station: string }
  /** Looks like the district's first station until the office says otherwise. */
  | { district: string; number?: number | undefined; name: StationDetails['name'] }

export interface MadeCode {
  code: string
  station: string
  number: number
  expiresAtMs: number
}

const CODE_BYTES = 8
const CODE_SIGNS = 12
const FORGET_AFTER_MS = 86_400_000

export async function makeEnrolmentCode({ transaction, nowMs, context }: ActMoment, wanted: CodeWanted): Promise<ActOutcome<MadeCode>> {
  const joining = 'station' in wanted ? await joinAgain(transaction, wanted.station) : await joinNew(transaction, wanted, context.newId())
  if (typeof joining === 'string') return refuse(joining)
  const code = encodeCrockford(context.randomBytes(CODE_BYTES)).slice(0, CODE_SIGNS)
  const expiresAtMs = nowMs + ENROLMENT_CODE_MS_MAX
  await transaction.forgetEnrolmentCodes(nowMs - FORGET_AFTER_MS)
  await transaction.writeEnrolmentCode({ ...joining, codeHash: await enrolmentCodeHash(code), expiresAtMs }, nowMs)
  return { ok: true, answer: { code, station: joining.station, number: joining.number, expiresAtMs } }
}

interface Joining {
  station: string
  district: string
  number: number
  details: StationDetails
}

async function joinAgain(transaction: ActMoment['transaction'], station: string): Promise<Joining | 'unknown_station' | 'station_revoked'> {
  const row = await transaction.findStation(station)
  const details = await transaction.readStationDetails(station)
  if (row === null || details === null) return 'unknown_station'
  return row.status === 'revoked' ? 'station_revoked' : { station, district: row.district, number: row.number, details }
}

async function joinNew(
  transaction: ActMoment['transaction'],
  { district, number, name }: { district: string; number?: number | undefined; name: StationDetails['name'] },
  station: string,
): Promise<Joining | 'unknown_district' | 'number_taken'> {
  if (!(await transaction.isDistrictKnown(district))) return 'unknown_district'
  if (number !== undefined && (await transaction.isNumberTaken(district, number))) return 'number_taken'
  const look = (await transaction.readNeighbourDetails(district)) ?? PLAIN_DETAILS
  return { station, district, number: number ?? (await transaction.nextStationNumber(district)), details: { ...look, name } }
}
