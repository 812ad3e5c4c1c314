// The desk: what scans and taps do to the session. Joins intake, pass reading, acts and view; owns the machine's trouble.
// Every path ends in a frame for the screen; a failing disk never keeps anybody from resting (invariants 10 to 12).

import type { KioskAnswer, KioskInput, KioskRequestName, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView, ScanOutcome, Trouble } from '../../contract/kiosk/kiosk-view.ts'
import type { PassBody } from '../../contract/pass/pass-code.ts'
import type { ScannedCode } from '../../contract/scan/scanned-code.ts'
import type { AllowanceAnswer } from '../../contract/sync/sync-protocol.ts'
import type { ScanRefusal } from '../../domain/pass-verdict.ts'
import type { Counter } from '../acts/act.ts'
import { findRedemption, redeem } from '../acts/redeem.ts'
import { refuseScan } from '../acts/refuse-scan.ts'
import { signIn } from '../acts/sign-in.ts'
import { emptyScanIntake, offerScan, takeScan } from '../scanner/scan-intake.ts'
import type { OnText } from '../scanner/scanner-port.ts'
import { staffRow } from '../store/mirror.ts'
import { itemOfBarcode } from '../store/shelf.ts'
import { probeDisk } from '../store/probe-disk.ts'
import { StorageError } from '../store/storage-errors.ts'
import { buildView, troubleOf } from './build-view.ts'
import { listRedemptions } from './list-redemptions.ts'
import { openPersonDesk, type PersonDeskParts } from './person-desk.ts'
import { readPass } from './read-pass.ts'
import type { OpenSession } from './session.ts'
import { openSessionBook } from './session-book.ts'
import { showEntries } from './show-entries.ts'
import { answerBeginAnew, answerRestock, answerUndo } from './staff-desk.ts'
import type { SyncAlarm } from './sync-report.ts'
import { answerWishRequest } from './wish-desk.ts'
import { answerTrainingRequest, attendByPass } from './training-desk.ts'

export interface DemoCode {
  handle: string
  label: { zh: string; en: string }
  kind: 'rider' | 'staff' | 'item' | 'bad'
  text: string
}

export interface DeskOptions {
  counter: Counter
  /** Somebody needs central now: a rider to be fetched, or facts to be sent. */
  nudgeSync: (rider?: string) => void
  isOnline: () => boolean
  /** Asked beside the rounds of sync, while somebody waits. */
  central: PersonDeskParts['central']
  pause: PersonDeskParts['pause']
  /** What of sync staff should know that no file remembers. */
  syncAlarms: () => readonly SyncAlarm[]
  /** The process ends and starts again with a new file (station/begin-anew). */
  beginAnew: () => void
  /** Central is being asked who this rider is. */
  isFetching: (rider: string) => boolean
  scannerState: () => KioskView['scanner']
  /** Where phones reach central; null: not known here. */
  centralUrl: string | null
  demoCodes: readonly DemoCode[] | null
  /** The view may have changed. */
  onChange: () => void
  onScanned: (outcome: ScanOutcome) => void
  onProblem: (problem: string) => void
}

export interface Desk {
  /** Every scanner's door. */
  readonly onText: OnText
  view(): KioskView
  answer<Name extends KioskRequestName>(name: Name, input: KioskInput<Name>): Promise<KioskAnswer>
  /** The screen is gone: whoever was in session is signed out. */
  screenGone(): void
  /** Central said something new, or can be reached again. */
  mirrorChanged(): void
  /** What central answered, asked for this rider's points. */
  pointsAnswered(rider: string, answer: Pick<AllowanceAnswer, 'elsewhere' | 'withheld'>): void
  /** Somebody stands here for this rider: his slice stays. */
  isInSession(rider: string): boolean
  /** Central said that something is new: perhaps on the phone that was handed over to. */
  handOffMoved(): void
  /** To be called now and then: ends what nobody touches any more. */
  tick(): void
}

export function openDesk(options: DeskOptions): Desk {
  const { counter } = options
  const { database, clock } = counter
  const reader = database.read
  let intake = emptyScanIntake
  const sessions = openSessionBook({ counter, nudgeSync: options.nudgeSync, isOnline: options.isOnline, onDisk })
  const people = openPersonDesk({
    counter, central: options.central, centralUrl: options.centralUrl, isOnline: options.isOnline, nudgeSync: () => options.nudgeSync(), pause: options.pause, onChange: changed,
    onRegistered: (rider) => sessions.registered(rider),
    findRider(session) {
      const rider = sessions.find(session, 'rider')
      if (rider !== null) sessions.touch()
      return rider?.pass.holderId ?? null
    },
  })
  const staffParts = { counter, nudgeSync: () => options.nudgeSync(), beginAnew: options.beginAnew }
  let revision = 0
  let trouble: Trouble['code'] | null = null
  let lastView: KioskView | null = null

  function changed(): void {
    people.sessionIs(sessions.current()?.id ?? null)
    revision += 1
    options.onChange()
  }

  /** Runs an act; a failing medium becomes the machine's trouble and the given answer, a bug goes on up. */
  function onDisk<Result>(act: () => Result, otherwise: Result): Result {
    try {
      return act()
    } catch (error) {
      noteTrouble(error)
      changed()
      return otherwise
    }
  }

  function noteTrouble(error: unknown): void {
    if (!(error instanceof StorageError)) throw error
    trouble = error.code === 'disk_full' ? 'disk_full' : 'storage_failing'
    options.onProblem(`${error.code}: ${error.message}`)
  }

  /** Acts that change nothing succeed on a full disk too, so only a write that reached it ends the trouble. */
  function isDiskWorkingAgain(): boolean {
    if (trouble === null) return false
    try {
      probeDisk(database)
      counter.witness?.witness()
      trouble = null
      return true
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      return false
    }
  }

  // ── scans ──

  const onText: OnText = (text, atMs, source, aimId) => {
    const offered = offerScan(intake, text, atMs, source, aimId)
    intake = offered.intake
    if (offered.verdict === 'overflowed') options.onScanned({ kind: 'too_many' })
    for (let taken = takeScan(intake); taken.scan !== undefined; taken = takeScan(intake)) {
      intake = taken.intake
      const { code } = taken.scan
      const outcome = onDisk(() => readCode(code), null)
      if (outcome !== null) options.onScanned(outcome)
      changed()
    }
  }

  function readCode(code: ScannedCode): ScanOutcome {
    sessions.touch()
    switch (code.kind) {
      case 'pass':
        return readPassText(code.text)
      case 'item': {
        const found = itemOfBarcode(reader, code.code)
        return found === undefined ? { kind: 'item_unknown', code: code.code } : { kind: 'item', ...found }
      }
      case 'foreign':
        return refused({ verdict: 'foreign' }, code.scheme)
      case 'malformed':
        return refused({ verdict: 'malformed' }, code.reason)
    }
  }

  function readPassText(text: string): ScanOutcome {
    const reading = readPass(counter, text)
    if (reading.kind === 'accepted') return letIn(reading.pass)
    if (reading.verdict === 'malformed') return refused({ verdict: 'malformed' }, reading.detail)
    const whose = reading.pass === null ? {} : { holder: reading.pass.holderId, card: reading.pass.card }
    return refused({ verdict: reading.verdict, ...whose }, null)
  }

  function refused(scan: { verdict: ScanRefusal; holder?: string; card?: number }, detail: (ScanOutcome & { kind: 'refused' })['detail']): ScanOutcome {
    onDisk(() => refuseScan(counter, scan), undefined)
    options.nudgeSync()
    return { kind: 'refused', verdict: scan.verdict, detail }
  }

  function letIn(pass: PassBody): ScanOutcome {
    if (isDismissed(pass)) return refused({ verdict: 'revoked', holder: pass.holderId, card: pass.card }, null)
    // A volunteer who is staff no more lets nobody in: whoever comes next is greeted.
    const current = sessions.current()
    if (current !== null && isDismissed(current.pass)) sessions.end()
    if (attendByPass({ counter, nudgeSync: options.nudgeSync }, sessions.current(), pass)) return { kind: 'attendance' }
    return { kind: sessions.arrive(pass) }
  }

  /** A volunteer who has left: the card is genuine, the person is staff no more. */
  function isDismissed(pass: PassBody): boolean {
    return pass.holder === 'staff' && staffRow(reader, pass.holderId)?.active === false
  }

  // ── taps ──

  async function answer<Name extends KioskRequestName>(name: Name, input: KioskInput<Name>): Promise<KioskAnswer> {
    try {
      const result = await answerOne({ name, input } as AnyRequest)
      if (result.ok && WRITES.has(name)) isDiskWorkingAgain()
      return result
    } catch (error) {
      noteTrouble(error)
      return refusal({ code: 'out_of_order' })
    } finally {
      changed()
    }
  }

  function answerOne(request: AnyRequest): KioskAnswer | Promise<KioskAnswer> {
    switch (request.name) {
      case 'scan':
        onText(request.input.text, clock.monotonicMs(), request.input.source)
        return DONE
      case 'end_session':
        if (sessions.current()?.id === request.input.session) sessions.end()
        return DONE
      case 'keep_session':
        if (sessions.current()?.id !== request.input.session) return refusal({ code: 'session_ended' })
        sessions.touch()
        return DONE
      case 'hold_screen':
        sessions.hold(request.input.held)
        return DONE
      case 'answer_knock':
        return answerKnock(request.input)
      case 'redeem':
        return answerRedeem(request.input)
      case 'find_redemption':
        return { ok: true, output: { receipt: findRedemption(reader, request.input.request) } }
      case 'list_entries':
        return listEntries(request.input)
      case 'sign_in':
        return answerSignIn(request.input)
      case 'restock':
        return withSignedIn(request.input.session, (staff) => answerRestock(staffParts, request.input, staff))
      case 'list_redemptions':
        return withSignedIn(request.input.session, () => ({ ok: true, output: listRedemptions(counter) }))
      case 'undo_redemption':
        return withSignedIn(request.input.session, (staff) => answerUndo(staffParts, request.input, staff))
      case 'begin_anew':
        return withSignedIn(request.input.session, (staff) => answerBeginAnew(staffParts, staff))
      case 'post_wish':
      case 'edit_wish':
      case 'withdraw_wish':
      case 'confirm_wish':
      case 'fulfil_wish':
        return answerWishRequest({ counter, withRider, withSignedIn, nudgeSync: () => options.nudgeSync() }, request)
      case 'sign_up':
      case 'cancel_signup':
      case 'answer_offer':
      case 'acknowledge_training':
      case 'begin_attendance':
      case 'mark_attended':
      case 'end_attendance':
        return answerTrainingRequest({ counter, withRider, withStaff, nudgeSync: options.nudgeSync }, request)
      // A station takes no enrolment code; the rest has no act behind it yet.
      case 'enrol':
      case 'confirm_central':
        return refusal({ code: 'bad_request' })
      case 'open_hand_off':
      case 'close_hand_off':
      case 'register':
        return people.answer(request)
      case 'list_demo_codes':
        return options.demoCodes === null ? refusal({ code: 'bad_request' }) : { ok: true, output: { codes: [...options.demoCodes] } }
    }
  }

  function answerKnock(input: KioskInput<'answer_knock'>): KioskAnswer {
    return sessions.answerKnock(input.knock, input.letIn) ? DONE : refusal({ code: 'session_ended' })
  }

  function answerRedeem(input: KioskInput<'redeem'>): KioskAnswer {
    const rider = sessions.find(input.session, 'rider')
    if (rider === null) {
      // The screen asks again after the line broke: what was recorded is said, whoever stands there now.
      const receipt = findRedemption(reader, input.request)
      return receipt === null ? refusal({ code: 'session_ended' }) : { ok: true, output: { receipt } }
    }
    sessions.touch()
    const { session: _session, ...wish } = input
    const result = redeem(counter, { ...wish, rider: rider.pass.holderId })
    if (!result.ok) return refusal(result.refusal)
    rider.settled = true
    // Before the screen turns green.
    counter.witness?.witness()
    sessions.askForMore()
    options.nudgeSync()
    return { ok: true, output: { receipt: result.receipt } }
  }

  function listEntries(input: KioskInput<'list_entries'>): KioskAnswer {
    const rider = sessions.find(input.session, 'rider')
    if (rider === null) return refusal({ code: 'session_ended' })
    sessions.touch()
    const { holderId } = rider.pass
    return { ok: true, output: showEntries(reader, holderId, { size: input.pageSize, number: input.page }) }
  }

  async function answerSignIn(input: KioskInput<'sign_in'>): Promise<KioskAnswer> {
    const staff = sessions.find(input.session, 'staff')
    if (staff === null) return refusal({ code: 'session_ended' })
    sessions.touch()
    const result = await signIn(counter, { staff: staff.pass.holderId, pin: input.pin })
    if (!result.ok) return refusal(result.refusal)
    // The slow hash took a moment: somebody else may stand here by now.
    if (sessions.current() !== staff) return refusal({ code: 'session_ended' })
    staff.signedIn = true
    return DONE
  }

  function withRider(session: string, act: (rider: string) => KioskAnswer): KioskAnswer {
    const rider = sessions.find(session, 'rider')
    if (rider === null) return refusal({ code: 'session_ended' })
    sessions.touch()
    return act(rider.pass.holderId)
  }

  function withSignedIn(session: string, act: (staff: string) => KioskAnswer): KioskAnswer {
    return withStaff(session, (staff) => act(staff.pass.holderId))
  }

  function withStaff(session: string, act: (staff: OpenSession) => KioskAnswer): KioskAnswer {
    const staff = sessions.find(session, 'staff')
    if (staff === null) return refusal({ code: 'session_ended' })
    if (!staff.signedIn) return refusal({ code: 'not_signed_in' })
    if (isDismissed(staff.pass)) {
      sessions.end()
      return refusal({ code: 'session_ended' })
    }
    sessions.touch()
    return act(staff)
  }

  function view(): KioskView {
    const online = options.isOnline()
    const session = sessions.current()
    const fetching = session !== null && options.isFetching(session.pass.holderId)
    const scanner = options.scannerState()
    const syncAlarms = options.syncAlarms()
    try {
      lastView = buildView(counter, { revision, session, held: sessions.isHeld(), knock: sessions.knock(), trouble, online, fetching, scanner, syncAlarms, centralUrl: options.centralUrl, handOff: people.shown(), demo: options.demoCodes !== null })
      return lastView
    } catch (error) {
      // The file cannot even be read: what was shown last, without anybody in it.
      if (lastView === null) throw error
      noteTrouble(error)
      return { ...lastView, revision, nowMs: clock.wallMs(), session: null, knock: null, handOff: null, trouble: troubleOf(trouble) }
    }
  }

  return {
    onText,
    view,
    answer,
    screenGone() {
      sessions.end()
      sessions.hold(false)
      people.close()
      changed()
    },
    mirrorChanged() {
      sessions.endRevoked()
      sessions.askForPoints()
      changed()
    },
    pointsAnswered(rider, answer) {
      const elsewhere = answer.elsewhere.map(({ name, points, heardAtMs }) => ({ name, points, heardAtMs }))
      sessions.pointsAnswered(rider, { elsewhere, withheld: answer.withheld !== null })
      changed()
    },
    isInSession: (rider) => sessions.isInSession(rider),
    handOffMoved: () => people.look(),
    tick() {
      people.look()
      sessions.askForPoints()
      const ended = sessions.endIdle()
      if (isDiskWorkingAgain() || ended) changed()
    },
  }
}

type AnyRequest = { [Name in KioskRequestName]: { name: Name; input: KioskInput<Name> } }[KioskRequestName]

const DONE: KioskAnswer = { ok: true, output: {} }
const WRITES: ReadonlySet<KioskRequestName> = new Set<KioskRequestName>([
  'redeem', 'restock', 'sign_in', 'undo_redemption', 'post_wish', 'edit_wish', 'withdraw_wish', 'confirm_wish', 'fulfil_wish',
  'sign_up', 'cancel_signup', 'answer_offer', 'mark_attended',
])

function refusal(refusal: Refusal): KioskAnswer {
  return { ok: false, refusal }
}
