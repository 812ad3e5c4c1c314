// The door between central's rules and where its rows are: every question and every write that sync/ needs, as plain data.
// Knows no SQL. Two stores stand behind it, SQL (sql-store.ts) and one in memory (the simulation's); a differential test
// holds them to one meaning, so what is said here is the whole meaning.
//
// Locks are held until the transaction ends and are taken in one order: station, riders (by id), accounts (by district and
// key), wishes (by id), the walls and then the counters of the changes (by district). A call that takes a lock says which; the others take none and see what is
// committed, in a snapshot what was committed when it began, and always what their own transaction wrote. A store that lets
// one write transaction run after the other keeps all of this.

import type { Reached } from '../keys/marker.ts'
import type { TransactionMode } from './database.ts'
import type { ChangedRow, ChangesPage, ChangesQuestion, NumberedChange, NumbersQuestion, ScopeSum, ScopeSumQuestion } from './changes.ts'
import type { DistrictAccount } from './district-account.ts'
import type { EntryRow } from './entries.ts'
import type { EarningSliceRow, GrantRow } from './grants.ts'
import type { IncarnationRow, Stranded } from './incarnations.ts'
import type { MovedAccount, Posting } from './ledger.ts'
import type { EnrolmentCodeRow } from './enrolments.ts'
import type { MirrorQuestions } from './mirror-changes.ts'
import type { AdvancedLife, ChainedEvent, EventRow, KeptProof, Outbox, RecordedEvent, SentRange } from './outboxes.ts'
import type { ParkedEvent, ParkedQuestion } from './parked-events.ts'
import type { PullHead, PullQuestion } from './pull-head.ts'
import type { CentralRow, RecoveryClaim } from './recovery.ts'
import type { RiderRow } from './riders.ts'
import type { ClosedRecall, RecallRow, SliceElsewhere, StandingDue } from './slices.ts'
import type { SnapshotKeysQuestion, StoredSnapshot } from './snapshots.ts'
import type { EarningRow, RecordedRedemption, RedemptionRow, ScreenRequest, StockMovement, UndoneRow } from './station-facts.ts'
import type { HeldSlice, LateFact, OperatorAct, WriteOffRow } from './staff-acts.ts'
import type { HelloRow, JoiningStation, LifeRow, OwnEvent } from './station-lives.ts'
import type { MirroringStation, StationRow } from './stations.ts'
import type { ClaimMemberRow, ClaimNewsRow, ClaimRow, WishLine, WishRow, WishVersionRow } from './wishes.ts'
import type { NewCard, PersonRow, RegisteredRider } from './people.ts'
import type { PersonKeyRow, PromisedWords, WordsRow } from './words.ts'
import type { AttendanceRow, CertificateRow, RiderProfile, ServiceRecordRow, TrainingSheet, WrittenTraining } from './trainings.ts'
import type { StationDetails } from '../keys/outside-log.ts'
import type { EventOutcome, IncarnationState } from '../../contract/sync/sync-protocol.ts'

export interface CentralStore extends StationQuestions {
  /**
   * Commits all when `work` resolves and nothing when it throws, then throws the same. A `snapshot` sees one moment and can
   * write nothing. `work` may run again when another writer was quicker, so it has no effect but on the store. Throws
   * `DatabaseBusyError`, or what `isDatabaseBusy` knows, where the same may be tried a little later.
   */
  transaction<Result>(mode: TransactionMode, work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>
}

export interface StoreTransaction extends StationQuestions, IncarnationWrites, OutboxRows, LedgerRows, ChangeLog, MirrorQuestions, FactRows, RiderRows, GrantRows, SliceRows, LifeRows, JoiningRows, RecoveryRows, StaffActRows, SnapshotRows, WordRows, PeopleRows, WishRows, TrainingRows {}

/** Asked in a transaction or without one: then each is of the moment in which it is asked. */
export interface StationQuestions {
  findStation(station: string): Promise<StationRow | null>
  findIncarnation(station: string, incarnation: string): Promise<IncarnationRow | null>
  /** What a page of changes begins with, all of it of one moment, without a transaction too. */
  readPullHead(question: PullQuestion): Promise<PullHead>
}

export interface IncarnationWrites {
  /** Locks the station's row, the first lock of a transaction. Nobody else moves its sequence, its slices or its stock. */
  lockStation(station: string): Promise<void>
  /** Likewise several, in the order of their ids, and answers those that exist as they are now. */
  lockStations(stations: readonly string[]): Promise<ReadonlyMap<string, StationRow>>
  /** Each at its place; null where there is none. */
  findIncarnations(lives: readonly Pick<Outbox, 'station' | 'incarnation'>[]): Promise<(IncarnationRow | null)[]>
  /**
   * Under the station's lock. Begins a life, active, at 0 with the seed of its chain. Answers the station's slices above zero (how many riders, how many points) where it had another
   * life before, null where this is its first. One that is here already: null, and nothing is written.
   */
  beginIncarnation(outbox: Outbox, seed: Uint8Array, nowMs: number): Promise<Stranded | null>
  /** Under the locks of their stations; each life once. */
  advanceIncarnations(lives: readonly AdvancedLife[], nowMs: number): Promise<void>
  /** Under the station's lock. Marks the life, unless it is banned, and keeps the events raw; the same place with the same hash is kept once. */
  quarantine(outbox: Outbox, events: readonly ChainedEvent[], nowMs: number): Promise<void>
}

export interface OutboxRows {
  /** For each range, by sequence and in its order, from `first` to `last` with both ends. */
  readRecorded(ranges: readonly SentRange[]): Promise<ReadonlyMap<number, RecordedEvent>[]>
  /** Of these, the ones that name an event of any station, a transfer or an entry. */
  readIdsTaken(ids: readonly string[]): Promise<ReadonlySet<string>>
  /**
   * Under the locks of their stations. An id that another station's transaction took in the meantime makes `work` run again.
   */
  insertEvents(events: readonly EventRow[], nowMs: number): Promise<void>
  /** Of which anything is parked, by station and life. */
  readParkedLives(): Promise<Outbox[]>
  /** By sequence, the first `limit` after `after`. */
  readParked(question: ParkedQuestion): Promise<ParkedEvent[]>
  /** Under the station's lock. An event that is not parked stays as it is. */
  settleParked(outbox: Outbox, outcomes: readonly EventOutcome[]): Promise<void>
  /** The same range with the same last hash is kept once, as it was first. */
  keepBatchProofs(proofs: readonly KeptProof[], nowMs: number): Promise<void>
}

export interface LedgerRows {
  /** By `balanceKey`. Locks the accounts that exist; one that does not is absent and holds nothing. */
  lockBalances(accounts: readonly DistrictAccount[]): Promise<ReadonlyMap<string, number>>
  /**
   * Makes and locks the accounts it touches, adds to their balances, keeps the transfers. `redeemed`: moved by redemptions whose rows are the transfers. Throws where an account that may
   * not go below zero (domain/ledger) would end below it, or where an event's line is there already.
   */
  writePostings(postings: readonly Posting[], redeemed?: readonly MovedAccount[]): Promise<void>
  /** An entry of a rider who does not exist, or an id that is taken, throws. */
  writeEntries(entries: readonly EntryRow[]): Promise<void>
}

export interface ChangeLog {
  /**
   * The last write of a transaction. Locks the counter of each district, in the order of their ids, until the commit; so a
   * number is never visible before a smaller one. Rows of one district are numbered in the order given, each once; of a row
   * that is in the log already only the new number stays.
   */
  appendChanges(changes: readonly ChangedRow[]): Promise<void>
  /** The oldest `limit` after `after` in the scopes of the station (change-scopes.ts); `upTo` is the counter, 0 before the first. */
  readChanges(question: ChangesQuestion): Promise<ChangesPage>
  /** Of these rows of a scope, the numbers under which they stand in the log now; one that does not is left out. */
  readNumbers(question: NumbersQuestion): Promise<NumberedChange[]>
  /** Over the rows of one scope and of these kinds as `readChanges` would tell them; `newest` counts every kind. */
  readScopeSum(question: ScopeSumQuestion): Promise<ScopeSum>
  readHistory(): Promise<string>
  /** What is committed at this moment, and what this transaction has numbered. */
  readReached(): Promise<Reached>
}

export interface FactRows {
  /** District by rider, for those that exist, whose rows are locked shared: until the end nobody passes `lockRider` for them. */
  readRidersKnown(riders: readonly string[]): Promise<ReadonlyMap<string, string>>
  readItemsKnown(district: string, items: readonly string[]): Promise<ReadonlySet<string>>
  readStaffKnown(staff: readonly string[]): Promise<ReadonlySet<string>>
  /** By id, whoever they were made to. */
  readGrants(grants: readonly string[]): Promise<ReadonlyMap<string, GrantRow>>
  /** Of these requests of stations' screens, those that a recorded redemption of any life of that station came from, by station. */
  readRequestsKnown(requests: readonly ScreenRequest[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>
  writeRedemptions(redemptions: readonly RedemptionRow[]): Promise<void>
  /**
   * Under the locks of their stations. Adds up the items and the lots of each life; a lot keeps the first
   * expiry and donor it was given (of one call: the greatest) and, where it is new, the smallest item named for it.
   */
  writeStockMovements(movements: readonly StockMovement[]): Promise<void>
  /** Of these events, those that are redemptions, by event, whoever made them. */
  readRedemptions(events: readonly string[]): Promise<ReadonlyMap<string, RecordedRedemption>>
  /** A redemption is undone once: a second time throws. */
  writeUndone(undone: readonly UndoneRow[]): Promise<void>
  writeEarnings(earnings: readonly EarningRow[]): Promise<void>
  /** Of these requests of stations' screens, those that a recorded earning of any life of that station came from, by station. */
  readEarningRequestsKnown(requests: readonly ScreenRequest[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>
  readServiceNames(district: string, services: readonly string[]): Promise<ReadonlyMap<string, { zh: string; en: string }>>
  /** By rider: what relendings lacked and returns have not repaid, where that is above zero. */
  readRelendingDebts(riders: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** The first time stays. */
  markGrantsReceived(grants: readonly string[], nowMs: number): Promise<void>
}

export interface RiderRows {
  findRider(rider: string): Promise<RiderRow | null>
  /** Whether he exists. Locks his row, after the station's: against `readRidersKnown` and against itself. */
  lockRider(rider: string): Promise<boolean>
  /** False: the station mirrors him already, and nothing is written. */
  beginToMirror(station: MirroringStation, rider: string, nowMs: number): Promise<boolean>
  /** By rider, for those that anybody mirrors; by the station's id within. */
  stationsThatMirror(riders: readonly string[]): Promise<ReadonlyMap<string, readonly MirroringStation[]>>
  /** Card numbers, the greatest first. */
  readRevokedCards(holder: string, limit: number): Promise<number[]>
  /** Ids of entries booked at `sinceMs` or later, the last booked first, then by id. */
  recentEntryKeys(riders: readonly string[], sinceMs: number, limit: number): Promise<string[]>
}

export interface GrantRows {
  findGrant(id: string): Promise<GrantRow | null>
  /** An id that another transaction took in the meantime makes `work` run again. */
  writeGrants(grants: readonly GrantRow[], nowMs: number): Promise<void>
  findEarningSlice(id: string): Promise<EarningSliceRow | null>
  writeEarningSlice(slice: EarningSliceRow, nowMs: number): Promise<void>
  /** By id, whoever they were lent to. */
  readEarningSlices(ids: readonly string[]): Promise<ReadonlyMap<string, EarningSliceRow>>
  /** The first time stays. */
  markEarningSlicesReceived(ids: readonly string[], nowMs: number): Promise<void>
}

export interface SnapshotRows {
  /** By kind and key, as text: what a snapshot of one scope holds (snapshots.ts). */
  readSnapshotKeys(question: SnapshotKeysQuestion): Promise<NumberedChange[]>
  /** A part that is here already stays and is as good as new; what is older than `staleBeforeMs` goes. An id that is here already is the same snapshot, asked for twice: it stays. */
  keepSnapshot(snapshot: StoredSnapshot, nowMs: number, staleBeforeMs: number): Promise<void>
  findSnapshotPart(part: { snapshot: string; station: string; sha256: string }): Promise<Uint8Array | null>
}

/** What people typed, and the keys it is kept under. Whoever writes of a rider has locked him first. */
export interface WordRows {
  /** By an event that is booked. A reference that is promised already stays as it was first. */
  promiseWords(promised: readonly PromisedWords[]): Promise<void>
  /** By reference, those that are promised. */
  readWords(refs: readonly string[]): Promise<ReadonlyMap<string, WordsRow>>
  /** Those that are held already stay. */
  keepWords(words: readonly { ref: string; kept: Uint8Array }[], nowMs: number): Promise<void>
  /** A person's first key stays. */
  makePersonKeys(keys: readonly PersonKeyRow[], nowMs: number): Promise<void>
  readPersonKeys(riders: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  readErased(riders: readonly string[]): Promise<ReadonlySet<string>>
  /** false: it is the one that was written last. */
  writeSealingKey(key: { keyId: string; publicKey: string }, nowMs: number): Promise<boolean>
  /** By id. */
  readDistricts(): Promise<string[]>
}

/** Who registered. */
export interface PeopleRows {
  /** With the first card, where there is a key to issue it with, and mirrored by the station. One who is there already stays as he is. */
  registerRiders(riders: readonly RegisteredRider[], nowMs: number): Promise<void>
  /** Of riders that exist. */
  writePersons(persons: readonly PersonRow[]): Promise<void>
  /** For staff: who else of the district gave the same phone; once a pair. */
  noteSamePhones(riders: readonly string[], nowMs: number): Promise<void>
  /** The first card of whoever registered there since then, unless it is revoked. */
  findNewCard(question: { rider: string; station: string; sinceMs: number }): Promise<NewCard | null>
  /** Answers its number, one above the district's last. */
  writeConsent(district: string, text: { zh: string; en: string }, nowMs: number): Promise<number>
  /** Of a rider who is locked: key, words, name and phone go, his cards are revoked, nobody mirrors him any more. */
  erasePerson(rider: string, nowMs: number): Promise<void>
  /** 0: the district has none. */
  readConsentVersion(district: string): Promise<number>
}

export interface SliceRows {
  /** Of the rider at stations other than the asker, over all of their lives; the largest first, then by station. */
  readSlicesElsewhere(rider: string, asker: string, limit: number): Promise<SliceElsewhere[]>
  /** One question by rider and holder. Written where there is none, another asks, or it was asked before `staleBeforeMs`; those that were written are answered. Locks them, by rider and holder. */
  writeRecalls(recalls: readonly RecallRow[], staleBeforeMs: number): Promise<RecallRow[]>
  /** Takes the questions to these holders about these riders away and answers them, with the asker's district. Locks them, by rider and holder: in this order they are answered. */
  closeRecalls(returned: readonly Pick<RecallRow, 'rider' | 'holder'>[]): Promise<ClosedRecall[]>
  /** Active riders at home here with points at central, no slice at any other station or life, not looked at for this day; by rider. */
  readStandingDue(question: { station: string; incarnation: string; day: number; limit: number }): Promise<StandingDue[]>
  markStandingRenewed(riders: readonly { rider: string; district: string }[], day: number): Promise<void>
  readRuleValues(district: string): Promise<ReadonlyMap<string, number>>
  readRecovering(): Promise<boolean>
}

/** Who is who: lives of files and what they said. Writes are under the station's lock. */
export interface LifeRows {
  /** By when they began, then by incarnation. */
  readLives(station: string): Promise<LifeRow[]>
  setLifeStates(station: string, incarnations: readonly string[], state: IncarnationState): Promise<void>
  /** Of a life that is here. What it said last stays, but the first file that it named as replaced. */
  writeHello(hello: HelloRow, nowMs: number): Promise<void>
  /** By sequence, after `after`. */
  readOwnEvents(station: string, incarnation: string, after: number, limit: number): Promise<OwnEvent[]>
  setStationStatus(station: string, status: StationRow['status']): Promise<void>
  /** Staff have put another machine here: the next file that is new is the station. */
  admitNext(station: string): Promise<void>
  /** Whether that was so; from now on it is not. */
  takeAdmission(station: string): Promise<boolean>
}

export interface JoiningRows {
  isDistrictKnown(district: string): Promise<boolean>
  /** A new row, or a new key and its time for the one that is there. false: the number is another station's in the district, nothing is written. */
  writeStation(joining: JoiningStation, nowMs: number): Promise<boolean>
  nextStationNumber(district: string): Promise<number>
  isNumberTaken(district: string, number: number): Promise<boolean>
  readStationDetails(station: string): Promise<StationDetails | null>
  /** Of the district's station with the smallest number. */
  readNeighbourDetails(district: string): Promise<StationDetails | null>
  writeEnrolmentCode(row: Omit<EnrolmentCodeRow, 'usedByKey'>, nowMs: number): Promise<void>
  /** Those that ended before. */
  forgetEnrolmentCodes(beforeMs: number): Promise<void>
  /** Locks it, before any station. */
  lockEnrolmentCode(codeHash: string): Promise<EnrolmentCodeRow | null>
  markEnrolmentCodeUsed(codeHash: string, key: string, nowMs: number): Promise<void>
}

/** Trainings are locked by id, after riders and before accounts. */
export interface TrainingRows {
  /** By id, for those that exist. Locks them. */
  lockTrainings(trainings: readonly string[]): Promise<ReadonlyMap<string, TrainingSheet>>
  /** Under their locks; one that is new is made. Seats, blocks and sign-ups that are named are replaced, acts are added behind those that are kept. A block that another training has throws. */
  writeTrainings(written: readonly WrittenTraining[], nowMs: number): Promise<void>
  readRiderProfiles(riders: readonly string[]): Promise<ReadonlyMap<string, RiderProfile>>
  readCertificatesKnown(certificates: readonly string[]): Promise<ReadonlySet<string>>
  /** Of these blocks, those that are there, with their training. */
  readBlockTrainings(blocks: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** A rider attends a training once: a second time throws. */
  writeAttended(attended: { attendances: readonly AttendanceRow[]; certificates: readonly CertificateRow[]; records: readonly ServiceRecordRow[] }): Promise<void>
  /** By the time that is over, then by id. */
  findTrainingsToSettle(nowMs: number, limit: number): Promise<string[]>
  /** Open to everybody, before its blocks go back, two places free at central, nobody waiting, its host active and without a place to give; by start, then by id. */
  findTrainingsToLend(nowMs: number, limit: number): Promise<{ training: string; host: string }[]>
  /** By id. */
  trainingsHeldBy(station: string, incarnation: string): Promise<string[]>
  /** Of sign-ups to trainings that end after `sinceMs`, and of certificates; by kind and key. */
  trainingKeysOf(rider: string, sinceMs: number): Promise<{ kind: 'signup' | 'certificate'; key: string }[]>
}

/** After a restore. The central row is locked after every station and before riders, accounts and counters. */
export interface RecoveryRows {
  /** All of them, by id: nobody's sequence, slices or stock move until the end. */
  lockEveryStation(): Promise<void>
  lockCentral(): Promise<CentralRow>
  writeCentral(central: CentralRow): Promise<void>
  readRestoredAtMs(): Promise<number | null>
  /** From nothing: one row, missing, for each life that is not banned and holds slices above zero or was heard within sixty days of the last one heard. Answers how many. */
  waitForLives(nowMs: number): Promise<number>
  /** One row more, missing, without a claim; where there is one nothing changes. */
  waitForLife(life: { station: string; district: string; incarnation: string }, nowMs: number): Promise<void>
  /** Makes the row where there is none. The greatest claim stays; one that is greater than before, or the first, is not back, and waited for from now on where it was. */
  claimInRecovery(claim: RecoveryClaim, nowMs: number): Promise<void>
  /** Where the life is missing and no more than `lastSeq` was claimed of it. Answers whether it is back by that. */
  markBack(station: string, incarnation: string, lastSeq: number, nowMs: number): Promise<boolean>
  /** The station's missing lives that are banned; all of them where it is revoked. Answers whether there were any. */
  stopWaitingFor(station: string, nowMs: number): Promise<boolean>
  countMissing(): Promise<number>
}

export interface StaffActRows {
  /** Above zero, by district and account. Locks them. */
  lockHeldSlices(station: string, incarnation: string): Promise<HeldSlice[]>
  countWriteOffs(station: string, incarnation: string): Promise<number>
  insertWriteOff(row: WriteOffRow, nowMs: number): Promise<void>
  readActiveStaff(district: string, staff: readonly string[]): Promise<ReadonlySet<string>>
  /** An event with what `discrepancy` paid for it. */
  findLateFact(event: string): Promise<LateFact | null>
  /** Once an event: false where it is there. */
  writeRemedy(remedy: { event: string; district: string; points: number }, nowMs: number): Promise<boolean>
  /** Locks the central row. Marks how far each life's events are here. Numbers from 1; marks of the last thirty stay. */
  beginBackup(nowMs: number): Promise<number>
  /** Moves `backedUpSeq` of every life up to its mark, never back. false: no such backup. */
  confirmBackup(number: number, nowMs: number): Promise<boolean>
  /** When the last confirmed one began. */
  lastBackupMs(): Promise<number | null>
  writeOperatorAct(act: OperatorAct, nowMs: number): Promise<void>
}

/** Wishes, their leases and their history, and the walls. Wishes are locked after accounts, the walls after wishes, before the counters. */
export interface WishRows {
  /** Whose each is, for those that exist. It never changes, so a rider can be locked before his wish. */
  readWishRiders(wishes: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Locks those that exist, by id. */
  lockWishes(wishes: readonly string[]): Promise<ReadonlyMap<string, WishRow>>
  insertWishes(wishes: readonly WishRow[]): Promise<void>
  /** Under their locks. What a wish was posted as stays. */
  updateWishes(wishes: readonly WishRow[]): Promise<void>
  writeWishVersions(versions: readonly WishVersionRow[]): Promise<void>
  writeWishLines(lines: readonly WishLine[]): Promise<void>
  writeClaimNews(news: readonly ClaimNewsRow[]): Promise<void>
  /** In the order given. A second lease of a wish that holds throws; of one that is here already its ends and times are written. */
  writeClaims(claims: readonly ClaimRow[]): Promise<void>
  /** Of these wishes, the lease that is not over. */
  readHoldingClaims(wishes: readonly string[]): Promise<ReadonlyMap<string, ClaimRow>>
  /** Of one that is here already only when it left is written. */
  writeClaimMembers(members: readonly ClaimMemberRow[]): Promise<void>
  /** By when they joined, then by partner; those who left too. */
  readClaimMembers(wish: string, number: number): Promise<ClaimMemberRow[]>
  /** Claimed, with a lease that ended at `nowMs` or before; the longest over first, then by id. */
  readLapsedWishes(nowMs: number, limit: number): Promise<string[]>
  /** Of which this partner is a member, in a lease that is not over; by id. */
  readWishesHeldBy(partner: string): Promise<string[]>
  /** Of this lease: its members have been told. The first time stays. */
  markClaimNewsSeen(wish: string, claim: number, nowMs: number): Promise<void>
  /** What was said in words in their histories goes. */
  eraseWishWords(wishes: readonly string[]): Promise<void>
  /** The last posted first, then by id. */
  readWishesOfRiders(riders: readonly string[], limit: number): Promise<string[]>
  /**
   * Locks the wall of the district. From now on it holds those of its public wishes that wait (again first, then by when they took
   * their state), then those that were lit (the latest first), `placesMax` in all. Answers by id which came or went, and which of
   * `touched` stayed.
   */
  refreshWall(district: string, touched: readonly string[], placesMax: number): Promise<{ moved: string[]; stayed: string[] }>
}
