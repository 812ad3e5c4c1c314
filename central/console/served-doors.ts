// What answers at each door: the list of the pages' doors. A page adds its own here.

import type { ConsoleDoorName } from '../../contract/console/console-doors.ts'
import type { ServedDoor } from './office-moment.ts'
import { ACCOUNT_DOORS } from './pages/accounts.ts'
import { ATTENDANCE_DOORS } from './pages/attendance.ts'
import { AUDIT_TRAIL_DOORS } from './pages/audit-trail.ts'
import { CARD_DOORS } from './pages/cards.ts'
import { CERTIFICATE_DOORS } from './pages/certificates.ts'
import { CORRECTION_DOORS } from './pages/corrections.ts'
import { EXCEPTION_DOORS } from './pages/exceptions.ts'
import { GOODS_DOORS } from './pages/goods.ts'
import { CLAIM_DOORS } from './pages/claims.ts'
import { MEETING_DOORS } from './pages/meetings.ts'
import { OVERVIEW_DOORS } from './pages/overview.ts'
import { PASSKEY_DOORS } from './pages/passkeys.ts'
import { PHOTO_DOORS } from './pages/photos.ts'
import { PARTNER_DOORS } from './pages/partners.ts'
import { RIDER_DOORS } from './pages/riders.ts'
import { RULE_DOORS } from './pages/rules.ts'
import { SESSION_DOORS } from './pages/sessions.ts'
import { STATION_DOORS } from './pages/stations.ts'
import { TRAINING_ACT_DOORS } from './pages/training-acts.ts'
import { TRAINING_DOORS } from './pages/trainings.ts'
import { WISH_REVIEW_DOORS } from './pages/wish-reviews.ts'
import { WISH_DOORS } from './pages/wishes.ts'

/** Those that set or end the cookie, or answer with a file, are the routes' own. */
export const ROUTED_DOORS = ['who-am-i', 'sign-in', 'sign-out', 'open-invitation', 'accept-invitation', 'passkey-options', 'passkey-sign-in', 'export', 'passes', 'certificate-sheet', 'finish-photo', 'wish-photo'] as const satisfies readonly ConsoleDoorName[]

export const SERVED_DOORS: readonly ServedDoor[] = [
  ...SESSION_DOORS, ...PASSKEY_DOORS, ...ACCOUNT_DOORS, ...AUDIT_TRAIL_DOORS, ...OVERVIEW_DOORS, ...RIDER_DOORS, ...CARD_DOORS, ...STATION_DOORS,
  ...RULE_DOORS, ...CORRECTION_DOORS, ...GOODS_DOORS, ...EXCEPTION_DOORS, ...PARTNER_DOORS,
  ...WISH_DOORS, ...WISH_REVIEW_DOORS, ...CLAIM_DOORS, ...PHOTO_DOORS, ...MEETING_DOORS,
  ...TRAINING_DOORS, ...TRAINING_ACT_DOORS, ...ATTENDANCE_DOORS, ...CERTIFICATE_DOORS,
]
