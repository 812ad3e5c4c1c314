// Who stands at the screen, and who knocks: at most one session and one knock, in memory only (invariant 11: nothing private
// outlives it). A session ends by the person, by the screen going away, by its own idle limit, or by the next one let in. Whoever
// registers is in no session and holds the screen: the next one knocks there too.

import type { PassBody } from '../../contract/pass/pass-code.ts'
import type { Counter } from '../acts/act.ts'
import { checkIn } from '../acts/check-in.ts'
import { isCardRevoked, staffRow } from '../store/mirror.ts'
import { pointsAtCentral } from '../store/rider-points.ts'
import { endVisit, hasOpenRequest, wantAllowance } from '../sync/allowance-requests.ts'
import { ASK_AGAIN_MS, type Elsewhere, type Knock, KNOCK_MS_MAX, type OpenSession, SESSION_IDLE_MS_MAX } from './session.ts'

export interface SessionBookOptions {
  counter: Counter
  /** Somebody needs central now: a rider to be fetched, or facts to be sent. */
  nudgeSync: (rider?: string) => void
  isOnline: () => boolean
  /** Runs an act; where the disk fails, the other answer: nobody is kept from resting by it. */
  onDisk: <Result>(act: () => Result, otherwise: Result) => Result
}

export interface SessionBook {
  current(): OpenSession | null
  knock(): Knock | null
  /** The session by its id, where it is of that kind and its card is not revoked meanwhile. */
  find(id: string, holder: PassBody['holder']): OpenSession | null
  /** A genuine pass was scanned. */
  arrive(pass: PassBody): 'session_opened' | 'same_holder' | 'knocked'
  /** Whether there was such a knock. */
  answerKnock(number: number, letIn: boolean): boolean
  touch(): void
  end(): void
  /** Somebody registers at the screen, or does no more. */
  hold(held: boolean): void
  isHeld(): boolean
  /** Who has just registered at the held screen: his own new pass does not knock. */
  registered(rider: string): void
  /** As soon as the rider is known here and central can be reached; again while there is more to be had. */
  askForPoints(): void
  /** He has spent: what is left at central may come after it. */
  askForMore(): void
  /** Central's answer about a rider. */
  pointsAnswered(rider: string, answer: { elsewhere: Elsewhere; withheld: boolean }): void
  isInSession(rider: string): boolean
  /** Ends what nobody touches any more; whether there was something. */
  endIdle(): boolean
  /** Ends what a card opened that is revoked by now. */
  endRevoked(): void
}

export function openSessionBook(options: SessionBookOptions): SessionBook {
  const { counter, onDisk } = options
  const { clock } = counter
  const reader = counter.database.read
  let session: OpenSession | null = null
  let knock: Knock | null = null
  let knockCount = 0
  /** Monotonic: since when somebody registers, or was last heard to; null: nobody does. */
  let heldAtMs: number | null = null
  let newcomer: string | null = null

  function open(pass: PassBody): void {
    end()
    heldAtMs = null
    newcomer = null
    const nowMs = clock.wallMs()
    const resting = { atMs: nowMs, visitToday: 1, sameVisit: false }
    const isRider = pass.holder === 'rider'
    const atCentral = isRider ? pointsAtCentral(reader, pass.holderId) : null
    const isStranger = isRider && atCentral === null
    const pointsAsked = isRider && !isStranger && options.isOnline()
    const visit = isRider ? onDisk(() => checkIn(counter, { rider: pass.holderId, card: pass.card, asksForPoints: pointsAsked }), resting) : resting
    const asking = { askedAtMs: pointsAsked ? clock.monotonicMs() : null, elsewhere: null, withheld: false, atCentral: atCentral ?? 0 }
    session = { id: counter.ids.random(), pass, openedAtMs: nowMs, touchedAtMs: clock.monotonicMs(), settled: false, signedIn: false, attendance: null, asking, visit }
    if (!isRider && staffRow(reader, pass.holderId) !== null) return
    options.nudgeSync(isStranger ? pass.holderId : undefined)
  }

  /** Asked for the first time, by the clock as long as something of his lies elsewhere, or because more came to central. */
  function askForPoints(spent = false): void {
    if (session === null || session.pass.holder !== 'rider' || !options.isOnline()) return
    const { pass, asking } = session
    const rider = pass.holderId
    const atCentral = pointsAtCentral(reader, rider)
    if (atCentral === null || hasOpenRequest(reader, rider)) return
    const nowMs = clock.monotonicMs()
    const isMoreElsewhere = asking.withheld || (asking.elsewhere !== null && asking.elsewhere.length > 0)
    const isTime = asking.askedAtMs === null || (isMoreElsewhere && nowMs - asking.askedAtMs >= ASK_AGAIN_MS)
    const isMoreAtCentral = atCentral > asking.atCentral || (spent && atCentral > 0)
    asking.atCentral = atCentral
    if (!isTime && !isMoreAtCentral) return
    asking.askedAtMs = nowMs
    onDisk(() => wantAllowance(counter, rider), undefined)
    options.nudgeSync()
  }

  function touch(): void {
    if (session !== null) session.touchedAtMs = clock.monotonicMs()
  }

  function end(): void {
    knock = null
    if (session === null) return
    const { holderId } = session.pass
    session = null
    onDisk(() => endVisit(counter, holderId), undefined)
    options.nudgeSync()
  }

  function isRevoked(pass: PassBody): boolean {
    return isCardRevoked(reader, pass.holderId, pass.card)
  }

  return {
    current: () => session,
    knock: () => knock,
    find: (id, holder) => (session !== null && session.id === id && session.pass.holder === holder && !isRevoked(session.pass) ? session : null),
    arrive(pass) {
      if (session !== null && session.pass.holder === pass.holder && session.pass.holderId === pass.holderId) {
        // He stays for more: the next one has to ask again. His newest card counts: an older one may be revoked meanwhile.
        session.settled = false
        session.pass = pass
        return 'same_holder'
      }
      const isNewcomer = pass.holder === 'rider' && pass.holderId === newcomer
      if (session === null ? heldAtMs !== null && !isNewcomer : !session.settled) {
        knockCount += 1
        knock = { number: knockCount, pass, atMs: clock.monotonicMs() }
        return 'knocked'
      }
      open(pass)
      return 'session_opened'
    },
    answerKnock(number, letIn) {
      if (knock === null || knock.number !== number) return false
      const { pass } = knock
      knock = null
      touch()
      if (letIn) open(pass)
      return true
    },
    touch,
    end,
    hold(held) {
      heldAtMs = held ? clock.monotonicMs() : null
      if (!held) newcomer = null
      // As with a session that ends: who knocked meanwhile scans once more, and sees first what is on the screen now.
      if (!held && session === null) knock = null
    },
    isHeld: () => heldAtMs !== null,
    registered(rider) {
      if (heldAtMs !== null) newcomer = rider
    },
    askForPoints: () => askForPoints(),
    askForMore: () => askForPoints(true),
    pointsAnswered(rider, answer) {
      if (session === null || session.pass.holder !== 'rider' || session.pass.holderId !== rider) return
      session.asking.elsewhere = answer.elsewhere
      session.asking.withheld = answer.withheld
    },
    isInSession: (rider) => session !== null && session.pass.holder === 'rider' && session.pass.holderId === rider,
    endRevoked() {
      if (session !== null && isRevoked(session.pass)) end()
      if (knock !== null && isRevoked(knock.pass)) knock = null
    },
    endIdle() {
      const nowMs = clock.monotonicMs()
      const idle = session !== null && nowMs - session.touchedAtMs > SESSION_IDLE_MS_MAX
      const stale = knock !== null && nowMs - knock.atMs > KNOCK_MS_MAX
      // A screen that is still there says at once that it goes on.
      const lapsed = heldAtMs !== null && nowMs - heldAtMs > SESSION_IDLE_MS_MAX
      if (idle) end()
      if (lapsed) heldAtMs = null
      if (stale) knock = null
      return idle || lapsed || stale
    },
  }
}
