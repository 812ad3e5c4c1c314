// From the text of a scanned pass to the rider whose card it is: decodes (contract/pass), verifies with central's public keys,
// judges (domain), as a station does.

import { createPublicKey, verify } from 'node:crypto'
import { decodePass } from '../../../contract/pass/pass-code.ts'
import type { OfficeRefusal } from '../../../contract/console/console-door.ts'
import { dayOf } from '../../../domain/calendar.ts'
import { judgePass } from '../../../domain/pass-verdict.ts'
import type { OfficeMoment } from '../office-moment.ts'
import { readPassValidDays } from '../pages/riders.ts'
import { readUtcOffset } from '../who-is-signed-in.ts'

const REFUSED = { unknown_key: 'pass_forged', forged: 'pass_forged', revoked: 'card_revoked', expired: 'pass_expired' } as const satisfies Record<string, OfficeRefusal>

export async function readRiderPass({ sql, who, nowMs }: OfficeMoment, text: string): Promise<{ ok: true; rider: string } | { ok: false; error: OfficeRefusal }> {
  const decoded = decodePass(text.trim())
  if (!decoded.ok || decoded.pass.body.holder !== 'rider') return { ok: false, error: 'pass_unreadable' }
  const { body, signedBytes, signature } = decoded.pass
  const [key] = await sql.query<{ pem: string }>('SELECT public_key AS pem FROM pass_keys WHERE key_id = $1', [body.keyId])
  const [card] = await sql.query<{ revoked: boolean }>(`SELECT revoked_at_ms IS NOT NULL AS revoked FROM cards WHERE holder_kind = 'rider' AND holder_id = $1 AND card = $2`, [body.holderId, body.card])
  const verdict = judgePass({
    signatureValid: key === undefined ? null : verify(null, signedBytes, createPublicKey(key.pem), signature),
    issueDay: body.issueDay, today: dayOf(nowMs, await readUtcOffset(sql, who.district)), validDays: await readPassValidDays(sql, who.district), cardRevoked: card?.revoked === true,
  })
  return verdict.verdict === 'accepted' ? { ok: true, rider: body.holderId } : { ok: false, error: REFUSED[verdict.reason] }
}
