// A photo is begun by who holds the claim that it is for. The rest of its doors are routes of their own.

import { beginPhotoDoor } from '../../../contract/console/photos.ts'
import { beginUpload } from '../../media/photo-uploads.ts'
import { acts, refuse, type ServedDoor } from '../office-moment.ts'

export const PHOTO_DOORS: readonly ServedDoor[] = [
  acts(beginPhotoDoor, async ({ sql, who, nowMs }, { upload, bytes, wish, claim }) => {
    const held = await sql.query(
      `SELECT 1 FROM claim_members JOIN wishes USING (wish_id) JOIN partners USING (partner_id)
       WHERE wish_id = $1 AND number = $2 AND claim = $2 AND stage = 'claimed' AND claim_members.partner_id = $3 AND left_at_ms IS NULL AND wishes.district_id = $4 AND partners.state = 'active'`,
      [wish, claim, who.partner, who.district],
    )
    return held.length === 0 ? refuse('claim_over') : beginUpload(sql, who, { id: upload, bytes }, nowMs)
  }),
]
