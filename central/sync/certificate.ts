// Central's signed word about a station, kept by the station: one line of JSON, a line feed, the signature. With it a central
// that was restored to an older day knows the station again.

import { certificateSigningText, type StationCertificate, stationCertificate } from '../../contract/sync/enrolment.ts'
import type { Signer } from '../keys/signer.ts'
import { parseJson } from './push-batch.ts'

export function issueCertificate(signer: Signer, certificate: StationCertificate): string {
  const line = JSON.stringify(certificate)
  return `${line}\n${signer.sign(certificateSigningText(line))}`
}

/** null where it is none, or not by this central's key. */
export function readCertificate(signer: Signer, text: string): StationCertificate | null {
  const [line, signature, ...rest] = text.split('\n')
  if (line === undefined || signature === undefined || rest.length > 0) return null
  if (!/^[\w-]{86}$/.test(signature) || !signer.isOwn(certificateSigningText(line), signature)) return null
  return stationCertificate.safeParse(parseJson(Buffer.from(line))).data ?? null
}
