// The words of trainings, wishes, the phone hand-off and registering: a part of the one catalogue.

import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'

export type VisitRefusalCode = Extract<
  Refusal['code'],
  | 'training_unknown' | 'training_cancelled' | 'training_over' | 'already_signed_up' | 'not_signed_up' | 'clash' | 'offer_over' | 'not_hosted_here' | 'signups_full'
  | 'wish_unknown' | 'words_not_sealable' | 'wish_empty' | 'wish_too_long' | 'wishes_full' | 'wish_not_in_state' | 'consent_outdated' | 'name_unusable' | 'registering_full'
>
