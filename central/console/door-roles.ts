// Who may ask what: one row for each door, and no door without one. A test walks every door with every role. What a person
// sees of a table besides (his station, his organisation) is the table's own condition.

import type { OfficeRole } from '../../contract/console/console-door.ts'
import type { ConsoleDoorName } from '../../contract/console/console-doors.ts'

/** `anybody`: also who has not signed in. */
export type Admitted = 'anybody' | readonly OfficeRole[]

const EVERYBODY: Admitted = ['district_staff', 'station_head', 'volunteer', 'partner', 'read_only']
const STAFF: Admitted = ['district_staff', 'station_head', 'volunteer', 'read_only']
const HEADS: Admitted = ['district_staff', 'station_head']
const HELPERS: Admitted = ['district_staff', 'station_head', 'volunteer']
const PARTNERS: Admitted = ['partner']
const DISTRICT: Admitted = ['district_staff']
const DISTRICT_READING: Admitted = ['district_staff', 'read_only']

export const DOOR_ROLES: Readonly<Record<ConsoleDoorName, Admitted>> = {
  'sign-in': 'anybody',
  'open-invitation': 'anybody',
  'accept-invitation': 'anybody',
  'passkey-options': 'anybody',
  'passkey-sign-in': 'anybody',
  'who-am-i': EVERYBODY,
  'sign-out': EVERYBODY,
  'sessions': EVERYBODY,
  'end-session': EVERYBODY,
  'passkeys': EVERYBODY,
  'new-passkey-options': EVERYBODY,
  'add-passkey': EVERYBODY,
  'remove-passkey': EVERYBODY,

  'accounts': DISTRICT_READING,
  'invite': DISTRICT,
  'invite-again': DISTRICT,
  'close-account': DISTRICT,
  'audit-trail': DISTRICT_READING,
  // Of a table that one may read.
  'export': EVERYBODY,

  'overview': STAFF,
  'riders': STAFF,
  'rider': STAFF,
  'rider-entries': STAFF,
  'rider-name': HEADS,
  'erase-rider': DISTRICT,
  'revoke-card': HEADS,
  'reissue-card': HEADS,
  'passes': HEADS,
  'stations': STAFF,
  'station': STAFF,

  'rules': STAFF,
  'change-rule': DISTRICT,
  'change-service': DISTRICT,
  'corrections': STAFF,
  'propose-correction': HEADS,
  'decide-correction': DISTRICT,
  'items': STAFF,
  'change-item': DISTRICT,
  'stock': STAFF,
  'exceptions': STAFF,
  'acknowledge-fact': HEADS,
  'accept-fact': DISTRICT,
  'partners': EVERYBODY,
  'add-partner': DISTRICT,
  'change-partner': DISTRICT,
  'close-partner': DISTRICT,
  'trainings': STAFF,
  'training': STAFF,
  'make-trainings': HEADS,
  'change-training': HEADS,
  'cancel-training': HEADS,
  'record-attendance': HELPERS,
  'scan-attendance': HELPERS,
  'certificates': STAFF,
  'certificate-sheet': HEADS,
  'wishes': STAFF,
  'wish': STAFF,
  'wish-figures': STAFF,
  'wish-queue': HEADS,
  'review-wish': HEADS,
  'post-wish-for': HEADS,
  'partner-wall': PARTNERS,
  'wall-wish': PARTNERS,
  'my-claims': PARTNERS,
  'claim-wish': PARTNERS,
  'join-claim': PARTNERS,
  'extend-claim': PARTNERS,
  'give-back-claim': PARTNERS,
  'see-wish': PARTNERS,
  'fulfil-wish': PARTNERS,
  'begin-photo': PARTNERS,
  'finish-photo': PARTNERS,
  // Who may read the wish, and partners those that they lit.
  'wish-photo': EVERYBODY,
  'meetings': EVERYBODY,
  'add-meeting': HEADS,
  'answer-meeting': HEADS,
}
