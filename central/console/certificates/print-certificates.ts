// Which certificates are printed: those that are asked for and seen by who asks, each with the whole name of its holder. One whose
// holder is erased has no name any more, and is left out. Every printed one leaves a line.

import type { Bilingual, OfficeRefusal } from '../../../contract/console/console-door.ts'
import { TOPIC_WORDS } from '../../../contract/console/trainings.ts'
import type { TrainingTopic } from '../../../contract/kiosk/training-view.ts'
import { certificateNumber } from '../../../domain/training/certificate.ts'
import type { SqlValue } from '../../store/database.ts'
import { readRiderNames } from '../../store/rider-names.ts'
import type { OfficeMoment } from '../office-moment.ts'
import { reachedCertificates } from '../pages/certificates.ts'
import type { PrintedCertificate } from './certificate-sheet.ts'

interface CertificateRaw {
  id: string
  rider: string
  topic: TrainingTopic
  title: Bilingual
  issuedDay: number
  expiresDay: number | null
  brand: Bilingual
  station: Bilingual
}

export async function takeCertificates(moment: OfficeMoment, wanted: readonly string[]): Promise<PrintedCertificate[] | OfficeRefusal> {
  const { sql, who } = moment
  const values: SqlValue[] = [wanted]
  const conditions = reachedCertificates(who, (value) => `$${values.push(value)}`)
  const rows = await sql.query<CertificateRaw>(
    `SELECT certificates.certificate_id AS id, certificates.rider_id AS rider, certificates.topic, certificates.title, issued_day AS "issuedDay", expires_day AS "expiresDay",
       stations.brand->'name' AS brand, stations.name AS station
     FROM certificates JOIN trainings USING (training_id) JOIN stations ON stations.station_id = trainings.host_station_id
     WHERE certificates.certificate_id = ANY($1::uuid[]) AND ${conditions.join(' AND ')}`,
    values,
  )
  const asked = [...new Set(wanted)]
  if (rows.length < asked.length) return 'unknown_certificate'
  const names = await readRiderNames(sql, [...new Set(rows.map(({ rider }) => rider))])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const printed: PrintedCertificate[] = []
  for (const id of asked) {
    const row = byId.get(id)
    const name = row === undefined ? undefined : names.get(row.rider)
    if (row === undefined || name === undefined) continue
    const { topic, title, issuedDay, expiresDay, brand, station } = row
    await moment.note({ act: 'certificate_printed', kind: 'certificate', row: id, after: { rider: row.rider } })
    printed.push({ number: certificateNumber(id), name, topic: TOPIC_WORDS[topic], title, issuedDay, expiresDay, brand, station })
  }
  return printed.length === 0 ? 'unknown_certificate' : printed
}
