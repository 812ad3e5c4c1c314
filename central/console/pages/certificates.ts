// Certificates of the district: who holds which and until when. Somebody of a station sees those of what was held there and of the
// riders that the station knows.

import { type CertificateRow, certificatesDoor, type CertificateState } from '../../../contract/console/certificates.ts'
import { dayOf } from '../../../domain/calendar.ts'
import { certificateNumber, idPrefixOf, RENEWAL_DAYS } from '../../../domain/training/certificate.ts'
import { type Bind, servesTable } from '../keyset-table.ts'
import type { OfficeMoment, ServedDoor, SignedIn } from '../office-moment.ts'
import { reachedRiders } from '../rider-reach.ts'
import { readUtcOffset, UTC_OFFSET_MINUTES } from '../who-is-signed-in.ts'
import { riderSearched } from './riders.ts'

type CertificateRaw = Omit<CertificateRow, 'number' | 'state'>

/** As the index beneath it says; one without an end comes last. */
const END_SQL = 'coalesce(certificates.expires_day, 1000000)'

/** Conditions on `certificates`: those that somebody of the office may see. */
export function reachedCertificates(who: SignedIn, bind: Bind): string[] {
  return [
    `certificates.district_id = ${bind(who.district)}`,
    ...(who.station === null ? [] : [
      `(EXISTS (SELECT 1 FROM trainings WHERE trainings.training_id = certificates.training_id AND host_station_id = ${bind(who.station)})
        OR EXISTS (SELECT 1 FROM riders WHERE riders.rider_id = certificates.rider_id AND ${reachedRiders(who, bind).join(' AND ')}))`,
    ]),
  ]
}

function searched(search: string, bind: Bind, moment: OfficeMoment): string[] {
  const text = search.trim()
  if (text === '') return []
  const prefix = idPrefixOf(text)
  if (prefix !== null) {
    const [first, last] = ['0', 'f'].map((sign) => `${prefix.slice(0, 8)}-${prefix.slice(8)}-${sign.repeat(4)}-${sign.repeat(4)}-${sign.repeat(12)}`)
    return [`certificates.certificate_id BETWEEN ${bind(first ?? '')}::uuid AND ${bind(last ?? '')}::uuid`]
  }
  return [`EXISTS (SELECT 1 FROM riders WHERE riders.rider_id = certificates.rider_id AND ${riderSearched(text, bind, moment).join(' AND ')})`]
}

/** By the district's calendar; it holds on its last day still. */
function inState(state: string | undefined, { who, nowMs }: OfficeMoment, bind: Bind): string[] {
  if (state === undefined) return []
  const offset = `coalesce((SELECT value FROM rules WHERE rules.district_id = ${bind(who.district)} AND rules.name = 'utc_offset_minutes'), ${UTC_OFFSET_MINUTES})`
  const today = `(((${bind(nowMs)}::bigint + ${offset} * 60000) / 86400000)::integer)`
  const byState: Record<string, string> = {
    valid: `${END_SQL} > ${today} + ${RENEWAL_DAYS}`, ending: `${END_SQL} BETWEEN ${today} AND ${today} + ${RENEWAL_DAYS}`, expired: `${END_SQL} < ${today}`,
  }
  return [byState[state] ?? 'false']
}

function stateOn(today: number, expiresDay: number | null): CertificateState {
  if (expiresDay === null || expiresDay > today + RENEWAL_DAYS) return 'valid'
  return expiresDay < today ? 'expired' : 'ending'
}

export const CERTIFICATE_DOORS: readonly ServedDoor[] = [
  servesTable(certificatesDoor, {
    from: 'certificates',
    id: { sql: 'certificates.certificate_id', type: 'uuid' },
    sorts: { issued: { sql: 'certificates.issued_day', type: 'integer' }, expires: { sql: END_SQL, type: 'integer' } },
    columns: `certificates.certificate_id AS id, certificates.rider_id AS rider, masked_name AS "maskedName", certificates.topic, certificates.title, certificates.training_id AS training,
      stations.name AS station, issued_day AS "issuedDay", expires_day AS "expiresDay"`,
    columnsFrom: '(certificates JOIN riders USING (rider_id) JOIN trainings USING (training_id) JOIN stations ON stations.station_id = trainings.host_station_id)',
    where: (moment, { filters, search }, bind) => [
      ...reachedCertificates(moment.who, bind),
      ...inState(filters['state'], moment, bind),
      ...(filters['topic'] === undefined ? [] : [`certificates.topic = ${bind(filters['topic'])}`]),
      ...(filters['rider'] === undefined ? [] : [`certificates.rider_id = ${bind(filters['rider'])}`]),
      ...(filters['training'] === undefined ? [] : [`certificates.training_id = ${bind(filters['training'])}`]),
      ...searched(search, bind, moment),
    ],
    rows: async (raws: readonly CertificateRaw[], { sql, who, nowMs }) => {
      const today = dayOf(nowMs, await readUtcOffset(sql, who.district))
      return raws.map((raw) => ({ ...raw, number: certificateNumber(raw.id), state: stateOn(today, raw.expiresDay) }))
    },
  }),
]
