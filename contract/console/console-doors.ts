// Every door of the office. A page adds its doors to the list of its file here, and central a row for each in its table of
// roles: neither compiles without the other.

import * as accounts from './accounts.ts'
import * as attendance from './attendance.ts'
import * as auditTrail from './audit-trail.ts'
import * as corrections from './corrections.ts'
import * as exceptions from './exceptions.ts'
import * as certificates from './certificates.ts'
import * as claims from './claims.ts'
import * as exports from './export.ts'
import * as goods from './goods.ts'
import * as meetings from './meetings.ts'
import * as overview from './overview.ts'
import * as passes from './passes.ts'
import * as photos from './photos.ts'
import * as partners from './partners.ts'
import * as passkeys from './passkeys.ts'
import * as riders from './riders.ts'
import * as rules from './rules.ts'
import * as session from './session.ts'
import * as stations from './stations.ts'
import * as trainings from './trainings.ts'
import * as wishes from './wishes.ts'

export const CONSOLE_DOORS = [
  session.whoAmIDoor, session.signInDoor, session.signOutDoor, session.openInvitationDoor, session.acceptInvitationDoor, session.sessionsDoor, session.endSessionDoor,
  passkeys.passkeyOptionsDoor, passkeys.passkeySignInDoor, passkeys.passkeysDoor, passkeys.newPasskeyOptionsDoor, passkeys.addPasskeyDoor, passkeys.removePasskeyDoor,
  accounts.accountsDoor, accounts.inviteDoor, accounts.inviteAgainDoor, accounts.closeAccountDoor,
  auditTrail.auditTrailDoor,
  exports.exportDoor,
  overview.overviewDoor,
  riders.ridersDoor, riders.riderDoor, riders.riderEntriesDoor, riders.riderNameDoor, riders.eraseRiderDoor, riders.revokeCardDoor, riders.reissueCardDoor, passes.passesDoor,
  stations.stationsDoor, stations.stationDoor,
  rules.rulesDoor, rules.changeRuleDoor, rules.changeServiceDoor,
  corrections.correctionsDoor, corrections.proposeCorrectionDoor, corrections.decideCorrectionDoor,
  goods.itemsDoor, goods.changeItemDoor, goods.stockDoor,
  exceptions.exceptionsDoor, exceptions.acknowledgeFactDoor, exceptions.acceptFactDoor,
  partners.partnersDoor, partners.addPartnerDoor, partners.changePartnerDoor, partners.closePartnerDoor,
  trainings.trainingsDoor, trainings.trainingDoor, trainings.makeTrainingsDoor, trainings.changeTrainingDoor, trainings.cancelTrainingDoor, trainings.recordAttendanceDoor,
  attendance.scanAttendanceDoor,
  certificates.certificatesDoor, certificates.certificateSheetDoor,
  wishes.wishesDoor, wishes.wishDoor, wishes.wishFiguresDoor, wishes.wishQueueDoor, wishes.reviewWishDoor, wishes.postWishForDoor,
  claims.partnerWallDoor, claims.wallWishDoor, claims.myClaimsDoor, claims.claimWishDoor, claims.joinClaimDoor, claims.extendClaimDoor, claims.giveBackClaimDoor, claims.seeWishDoor,
  claims.fulfilWishDoor, photos.beginPhotoDoor, photos.finishPhotoDoor, photos.wishPhotoDoor,
  meetings.meetingsDoor, meetings.addMeetingDoor, meetings.answerMeetingDoor,
] as const
export type ConsoleDoorName = (typeof CONSOLE_DOORS)[number]['name']
