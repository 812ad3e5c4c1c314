// Central's store over SQL: binds each call of the door to its function beside this file. Adds nothing of its own.

import { appendChanges, readChanges, readHistory, readNumbers, readReached, readScopeSum } from './changes.ts'
import type { CentralStore, StationQuestions, StoreTransaction } from './central-store.ts'
import type { Database, Queryable } from './database.ts'
import { writeEntries } from './entries.ts'
import { forgetEnrolmentCodes, lockEnrolmentCode, markEnrolmentCodeUsed, writeEnrolmentCode } from './enrolments.ts'
import { findEarningSlice, findGrant, markEarningSlicesReceived, readEarningSlices, readGrants, writeEarningSlice, writeGrants } from './grants.ts'
import { advanceIncarnations, beginIncarnation, findIncarnation, findIncarnations } from './incarnations.ts'
import { lockBalances, writePostings } from './ledger.ts'
import { readMirrorFacts, recentEntryKeys } from './mirror-rows.ts'
import { insertEvents, keepBatchProofs, quarantine, readIdsTaken, readRecorded } from './outboxes.ts'
import { erasePerson, findNewCard, noteSamePhones, readConsentVersion, registerRiders, writeConsent, writePersons } from './people.ts'
import { readParked, readParkedLives, settleParked } from './parked-events.ts'
import { readPullHead } from './pull-head.ts'
import {
  claimInRecovery, countMissing, lockCentral, lockEveryStation, markBack, readRestoredAtMs, stopWaitingFor, waitForLife, waitForLives, writeCentral,
} from './recovery.ts'
import { beginToMirror, findRider, lockRider, readRevokedCards } from './riders.ts'
import {
  markGrantsReceived, readEarningRequestsKnown, readItemsKnown, readRedemptions, readRequestsKnown, readRidersKnown, readServiceNames,
  readRelendingDebts, readStaffKnown, writeEarnings, writeRedemptions, writeStockMovements, writeUndone,
} from './station-facts.ts'
import {
  closeRecalls, markStandingRenewed, readRecovering, readRuleValues, readSlicesElsewhere, readStandingDue, writeRecalls,
} from './slices.ts'
import {
  beginBackup, confirmBackup, countWriteOffs, findLateFact, insertWriteOff, lastBackupMs, lockHeldSlices, readActiveStaff, writeOperatorAct, writeRemedy,
} from './staff-acts.ts'
import {
  admitNext, isDistrictKnown, isNumberTaken, nextStationNumber, readLives, readNeighbourDetails, readOwnEvents, readStationDetails, setLifeStates,
  setStationStatus, takeAdmission, writeHello, writeStation,
} from './station-lives.ts'
import { findSnapshotPart, keepSnapshot, readSnapshotKeys } from './snapshots.ts'
import {
  keepWords, makePersonKeys, promiseWords, readDistricts, readErased, readPersonKeys, readWords, writeSealingKey,
} from './words.ts'
import {
  findTrainingsToLend, findTrainingsToSettle, lockTrainings, readBlockTrainings, readCertificatesKnown, readRiderProfiles, trainingKeysOf, trainingsHeldBy, writeAttended, writeTrainings,
} from './trainings.ts'
import { findStation, lockStation, lockStations, stationsThatMirror } from './stations.ts'
import {
  eraseWishWords, insertWishes, lockWishes, markClaimNewsSeen, readClaimMembers, readHoldingClaims, readLapsedWishes, readWishesHeldBy, readWishesOfRiders, readWishRiders, refreshWall, updateWishes,
  writeClaimMembers, writeClaimNews, writeClaims, writeWishLines, writeWishVersions,
} from './wishes.ts'

export function sqlStore(database: Database): CentralStore {
  return {
    ...stationQuestions(database),
    transaction: (mode, work) => database.transaction(mode, (transaction) => work(sqlTransaction(transaction))),
  }
}

export function sqlTransaction(sql: Queryable): StoreTransaction {
  return {
    ...stationQuestions(sql),

    lockStation: (station) => lockStation(sql, station),
    lockStations: (stations) => lockStations(sql, stations),
    findIncarnations: (lives) => findIncarnations(sql, lives),
    beginIncarnation: (outbox, seed, nowMs) => beginIncarnation(sql, outbox, seed, nowMs),
    advanceIncarnations: (lives, nowMs) => advanceIncarnations(sql, lives, nowMs),
    quarantine: (outbox, events, nowMs) => quarantine(sql, outbox, events, nowMs),

    readRecorded: (ranges) => readRecorded(sql, ranges),
    readIdsTaken: (ids) => readIdsTaken(sql, ids),
    insertEvents: (events, nowMs) => insertEvents(sql, events, nowMs),
    readParkedLives: () => readParkedLives(sql),
    readParked: (question) => readParked(sql, question),
    settleParked: (outbox, outcomes) => settleParked(sql, outbox, outcomes),
    keepBatchProofs: (proofs, nowMs) => keepBatchProofs(sql, proofs, nowMs),

    lockBalances: (accounts) => lockBalances(sql, accounts),
    writePostings: (postings, redeemed) => writePostings(sql, postings, redeemed),
    writeEntries: (entries) => writeEntries(sql, entries),

    appendChanges: (changes) => appendChanges(sql, changes),
    readChanges: (question) => readChanges(sql, question),
    readNumbers: (question) => readNumbers(sql, question),
    readScopeSum: (question) => readScopeSum(sql, question),
    readHistory: () => readHistory(sql),
    readReached: () => readReached(sql),

    readMirrorFacts: (kind, reader, keys) => readMirrorFacts(sql, kind, reader, keys),

    readRidersKnown: (riders) => readRidersKnown(sql, riders),
    readItemsKnown: (district, items) => readItemsKnown(sql, district, items),
    readStaffKnown: (staff) => readStaffKnown(sql, staff),
    readGrants: (grants) => readGrants(sql, grants),
    readRequestsKnown: (requests) => readRequestsKnown(sql, requests),
    writeRedemptions: (redemptions) => writeRedemptions(sql, redemptions),
    writeStockMovements: (movements) => writeStockMovements(sql, movements),
    readRedemptions: (events) => readRedemptions(sql, events),
    writeUndone: (undone) => writeUndone(sql, undone),
    writeEarnings: (earnings) => writeEarnings(sql, earnings),
    readRelendingDebts: (riders) => readRelendingDebts(sql, riders),
    readEarningRequestsKnown: (requests) => readEarningRequestsKnown(sql, requests),
    readServiceNames: (district, services) => readServiceNames(sql, district, services),
    markGrantsReceived: (grants, nowMs) => markGrantsReceived(sql, grants, nowMs),

    findRider: (rider) => findRider(sql, rider),
    lockRider: (rider) => lockRider(sql, rider),
    beginToMirror: (station, rider, nowMs) => beginToMirror(sql, station, rider, nowMs),
    stationsThatMirror: (riders) => stationsThatMirror(sql, riders),
    readRevokedCards: (holder, limit) => readRevokedCards(sql, holder, limit),
    recentEntryKeys: (riders, sinceMs, limit) => recentEntryKeys(sql, riders, sinceMs, limit),

    findGrant: (id) => findGrant(sql, id),
    writeGrants: (grants, nowMs) => writeGrants(sql, grants, nowMs),
    findEarningSlice: (id) => findEarningSlice(sql, id),
    writeEarningSlice: (slice, nowMs) => writeEarningSlice(sql, slice, nowMs),
    readEarningSlices: (ids) => readEarningSlices(sql, ids),
    markEarningSlicesReceived: (ids, nowMs) => markEarningSlicesReceived(sql, ids, nowMs),

    readSnapshotKeys: (question) => readSnapshotKeys(sql, question),
    keepSnapshot: (snapshot, nowMs, staleBeforeMs) => keepSnapshot(sql, snapshot, nowMs, staleBeforeMs),
    findSnapshotPart: (part) => findSnapshotPart(sql, part),

    registerRiders: (riders, nowMs) => registerRiders(sql, riders, nowMs),
    writePersons: (persons) => writePersons(sql, persons),
    noteSamePhones: (riders, nowMs) => noteSamePhones(sql, riders, nowMs),
    findNewCard: (question) => findNewCard(sql, question),
    writeConsent: (district, text, nowMs) => writeConsent(sql, district, text, nowMs),
    erasePerson: (rider, nowMs) => erasePerson(sql, rider, nowMs),
    readConsentVersion: (district) => readConsentVersion(sql, district),

    promiseWords: (promised) => promiseWords(sql, promised),
    readWords: (refs) => readWords(sql, refs),
    keepWords: (words, nowMs) => keepWords(sql, words, nowMs),
    makePersonKeys: (keys, nowMs) => makePersonKeys(sql, keys, nowMs),
    readPersonKeys: (riders) => readPersonKeys(sql, riders),
    readErased: (riders) => readErased(sql, riders),
    writeSealingKey: (key, nowMs) => writeSealingKey(sql, key, nowMs),
    readDistricts: () => readDistricts(sql),

    readSlicesElsewhere: (rider, asker, limit) => readSlicesElsewhere(sql, rider, asker, limit),
    writeRecalls: (recalls, staleBeforeMs) => writeRecalls(sql, recalls, staleBeforeMs),
    closeRecalls: (returned) => closeRecalls(sql, returned),
    readStandingDue: (question) => readStandingDue(sql, question),
    markStandingRenewed: (riders, day) => markStandingRenewed(sql, riders, day),
    readRuleValues: (district) => readRuleValues(sql, district),
    readRecovering: () => readRecovering(sql),

    readLives: (station) => readLives(sql, station),
    setLifeStates: (station, incarnations, state) => setLifeStates(sql, station, incarnations, state),
    writeHello: (hello, nowMs) => writeHello(sql, hello, nowMs),
    readOwnEvents: (station, incarnation, after, limit) => readOwnEvents(sql, station, incarnation, after, limit),
    setStationStatus: (station, status) => setStationStatus(sql, station, status),
    admitNext: (station) => admitNext(sql, station),
    takeAdmission: (station) => takeAdmission(sql, station),

    isDistrictKnown: (district) => isDistrictKnown(sql, district),
    writeStation: (joining, nowMs) => writeStation(sql, joining, nowMs),
    nextStationNumber: (district) => nextStationNumber(sql, district),
    isNumberTaken: (district, number) => isNumberTaken(sql, district, number),
    readStationDetails: (station) => readStationDetails(sql, station),
    readNeighbourDetails: (district) => readNeighbourDetails(sql, district),
    writeEnrolmentCode: (row, nowMs) => writeEnrolmentCode(sql, row, nowMs),
    forgetEnrolmentCodes: (beforeMs) => forgetEnrolmentCodes(sql, beforeMs),
    lockEnrolmentCode: (codeHash) => lockEnrolmentCode(sql, codeHash),
    markEnrolmentCodeUsed: (codeHash, key, nowMs) => markEnrolmentCodeUsed(sql, codeHash, key, nowMs),

    lockEveryStation: () => lockEveryStation(sql),
    lockCentral: () => lockCentral(sql),
    writeCentral: (central) => writeCentral(sql, central),
    readRestoredAtMs: () => readRestoredAtMs(sql),
    waitForLives: (nowMs) => waitForLives(sql, nowMs),
    waitForLife: (life, nowMs) => waitForLife(sql, life, nowMs),
    claimInRecovery: (claim, nowMs) => claimInRecovery(sql, claim, nowMs),
    markBack: (station, incarnation, lastSeq, nowMs) => markBack(sql, station, incarnation, lastSeq, nowMs),
    stopWaitingFor: (station, nowMs) => stopWaitingFor(sql, station, nowMs),
    countMissing: () => countMissing(sql),

    lockHeldSlices: (station, incarnation) => lockHeldSlices(sql, station, incarnation),
    countWriteOffs: (station, incarnation) => countWriteOffs(sql, station, incarnation),
    insertWriteOff: (row, nowMs) => insertWriteOff(sql, row, nowMs),
    readActiveStaff: (district, staff) => readActiveStaff(sql, district, staff),
    findLateFact: (event) => findLateFact(sql, event),
    writeRemedy: (remedy, nowMs) => writeRemedy(sql, remedy, nowMs),
    beginBackup: (nowMs) => beginBackup(sql, nowMs),
    confirmBackup: (number, nowMs) => confirmBackup(sql, number, nowMs),
    lastBackupMs: () => lastBackupMs(sql),
    writeOperatorAct: (act, nowMs) => writeOperatorAct(sql, act, nowMs),

    readWishRiders: (wishes) => readWishRiders(sql, wishes),
    lockWishes: (wishes) => lockWishes(sql, wishes),
    insertWishes: (wishes) => insertWishes(sql, wishes),
    updateWishes: (wishes) => updateWishes(sql, wishes),
    writeWishVersions: (versions) => writeWishVersions(sql, versions),
    writeWishLines: (lines) => writeWishLines(sql, lines),
    writeClaimNews: (news) => writeClaimNews(sql, news),
    writeClaims: (claims) => writeClaims(sql, claims),
    readHoldingClaims: (wishes) => readHoldingClaims(sql, wishes),
    writeClaimMembers: (members) => writeClaimMembers(sql, members),
    readClaimMembers: (wish, number) => readClaimMembers(sql, wish, number),
    readLapsedWishes: (nowMs, limit) => readLapsedWishes(sql, nowMs, limit),
    readWishesHeldBy: (partner) => readWishesHeldBy(sql, partner),
    markClaimNewsSeen: (wish, claim, nowMs) => markClaimNewsSeen(sql, wish, claim, nowMs),
    eraseWishWords: (wishes) => eraseWishWords(sql, wishes),
    readWishesOfRiders: (riders, limit) => readWishesOfRiders(sql, riders, limit),
    refreshWall: (district, touched, placesMax) => refreshWall(sql, district, touched, placesMax),
    lockTrainings: (trainings) => lockTrainings(sql, trainings),
    writeTrainings: (written, nowMs) => writeTrainings(sql, written, nowMs),
    readRiderProfiles: (riders) => readRiderProfiles(sql, riders),
    readBlockTrainings: (blocks) => readBlockTrainings(sql, blocks),
    readCertificatesKnown: (certificates) => readCertificatesKnown(sql, certificates),
    writeAttended: (attended) => writeAttended(sql, attended),
    findTrainingsToSettle: (nowMs, limit) => findTrainingsToSettle(sql, nowMs, limit),
    findTrainingsToLend: (nowMs, limit) => findTrainingsToLend(sql, nowMs, limit),
    trainingsHeldBy: (station, incarnation) => trainingsHeldBy(sql, station, incarnation),
    trainingKeysOf: (rider, sinceMs) => trainingKeysOf(sql, rider, sinceMs),
  }
}

function stationQuestions(sql: Queryable): StationQuestions {
  return {
    findStation: (station) => findStation(sql, station),
    findIncarnation: (station, incarnation) => findIncarnation(sql, station, incarnation),
    readPullHead: (question) => readPullHead(sql, question),
  }
}
