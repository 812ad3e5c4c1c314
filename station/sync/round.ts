// One round with central, in order: the first word, who stands at the counter, what happened here, what changed there, what goes
// back. Each answer is applied before the next question. Knows no timer; a round that central does not carry on ends with
// NoAnswer, and everything up to there is done.

import type { HelloAnswer } from '../../contract/sync/hello.ts'
import { HELLO_AGAIN_MS } from '../../contract/sync/hello.ts'
import { type AllowanceAnswer, type Change, SCOPES, type SyncError } from '../../contract/sync/sync-protocol.ts'
import { dayOf } from '../../domain/calendar.ts'
import type { Counter } from '../acts/act.ts'
import { tellCounted } from '../acts/tell-counted.ts'
import { returnSeats } from '../acts/hold-seats.ts'
import { returnPoints } from '../acts/return-points.ts'
import type { AsideFiles } from '../store/aside-files.ts'
import { fenceOf } from '../store/fence.ts'
import { ridersHeldUnknown } from '../store/held-for.ts'
import { rulesRow } from '../store/mirror.ts'
import { scopeChecksums } from '../store/mirror-versions.ts'
import { lastSeq } from '../store/outbox.ts'
import { pruneOld } from '../store/prune.ts'
import { currentCursor, incarnationState, renewedDay } from '../store/sync-state.ts'
import { closeRequest, markSent, openRequests } from './allowance-requests.ts'
import { askAboutParked } from './ask-about-parked.ts'
import { applyChanges, applyPullAnswer, startMirrorOver } from './apply-answers.ts'
import type { CentralAnswer, CentralClient } from './central-client.ts'
import { applyHello, helloOf, type HelloSettings } from './hello.ts'
import { NoAnswer, Refused } from './no-answer.ts'
import { openPushing } from './push-events.ts'
import { pushWords } from './push-words.ts'
import { applyOwnEvents, endReread, mayReread, type RereadStop } from './reread.ts'
import type { FetchScopes } from './snapshot.ts'
import { type AsideAlarm, openAsideTelling } from './tell-all-aside.ts'

export type HeardAlarm = 'client_too_old' | 'server_too_old' | 'central_unknown' | 'key_refused' | 'too_many_files' | 'own_events_unread' | AsideAlarm

/** What central refuses staff are to know; all of it ends with the next hello that is answered. */
const TOLD_REFUSALS: Partial<Record<SyncError['error'], HeardAlarm>> = {
  client_too_old: 'client_too_old', server_too_old: 'server_too_old', too_many_files: 'too_many_files',
  // Another machine was enrolled in this one's place, or central has forgotten the station.
  bad_signature: 'key_refused', unknown_station: 'key_refused',
}

export interface RoundOptions {
  counter: Counter
  central: CentralClient
  hello: HelloSettings
  /** Somebody stands here for this rider: nothing of his goes back. */
  isInSession: (rider: string) => boolean
  /** What central answered, asked for a rider's points. */
  onPoints?: (rider: string, answer: Pick<AllowanceAnswer, 'elsewhere' | 'withheld'>) => void
  /** Fetches whole scopes (a new station, another history, a mirror that differs); absent: all rows are pulled once more. */
  fetchScopes?: FetchScopes
  /** Files that were kept aside when the station began anew; absent: there are none. */
  aside?: AsideFiles
  /** Of one batch; absent: as many as the contract allows. */
  batchEventsMax?: number
  /** Lets everything else that waits have its turn, within a long page of news; absent: nothing else waits. */
  pause?: () => Promise<void>
  onChange: () => void
  onProblem: (problem: string) => void
}

export interface Rounds {
  /** `isNudged`: something is expected to be new, here or there. Throws NoAnswer where central gave nothing to go on with. */
  run(isStopped: () => boolean, isNudged: boolean): Promise<{ again: boolean }>
  wantRider(rider: string): void
  isWanted(rider: string): boolean
  alarms(): HeardAlarm[]
}

const ROUND_PAGES_MAX = 200
const WANTED_RIDERS_MAX = 32
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** What goes is weeks old. */
const PRUNED_EVERY_MS = 6 * HOUR_MS
const COMPARED_EVERY_MS = HOUR_MS
const COMPARED_MS_MAX = 2 * HOUR_MS
const RENEWAL_PAGES_MAX = 100

export function openRounds(options: RoundOptions): Rounds {
  const { counter, central } = options
  const { database, identity, clock } = counter
  const { incarnation } = identity
  const pause = options.pause ?? (() => Promise.resolve())
  const wantedRiders = new Set<string>()
  const alarms = new Set<HeardAlarm>()
  /** Monotonic; null: not in this life of the process, or not under this history. */
  let helloAtMs: number | null = null
  let comparedAtMs = Number.NEGATIVE_INFINITY
  let prunedAtMs = Number.NEGATIVE_INFINITY
  let renewAgainAtMs = Number.NEGATIVE_INFINITY
  let wordsAgainAtMs = Number.NEGATIVE_INFINITY
  let parkedAskedAtMs = Number.NEGATIVE_INFINITY
  let centralWallMs = 0
  let unreadTold: number | null = null
  /** What is refused to a file of before says nothing of the one at work. */
  const aside = openAsideTelling({ central, clock, hello: options.hello, bodyOf: bodyOrRefusal, onProblem: options.onProblem, aside: options.aside })
  const pushAll = openPushing({
    counter, central, bodyOf, pause, onChange: options.onChange, onProblem: options.onProblem,
    ...(options.batchEventsMax === undefined ? {} : { batchEventsMax: options.batchEventsMax }),
    async onLess() {
      helloAtMs = null
      await sayHello()
    },
  })
  /** One person whom central can not answer for must not keep the facts of all others waiting. */
  let peopleLast = false

  function bodyOf<Body>(answer: CentralAnswer<Body>): Body {
    const told = answer.kind === 'refused' ? TOLD_REFUSALS[answer.error] : undefined
    if (told !== undefined && !alarms.has(told)) {
      alarms.add(told)
      options.onChange()
    }
    // The first word comes again: what central thinks of the station it signs only there, and by that word no goods are given out any more.
    if (answer.kind === 'refused' && (answer.error === 'revoked' || told === 'key_refused')) helloAtMs = null
    if (answer.kind === 'refused' && answer.error === 'revoked') throw new HelloNeeded(answer.error, answer.retryAfterMs)
    return bodyOrRefusal(answer)
  }

  function bodyOrRefusal<Body>(answer: CentralAnswer<Body>): Body {
    switch (answer.kind) {
      case 'answered':
        return answer.body
      case 'refused':
        // It does not know this file (any more): the next round begins with the first word.
        if (answer.error === 'hello_needed') {
          helloAtMs = null
          throw new HelloNeeded(answer.error, null)
        }
        throw new Refused(answer.error, answer.retryAfterMs)
      case 'unreachable':
        throw new NoAnswer(answer.reason, null)
    }
  }

  async function sayHello(): Promise<void> {
    const answer = await central.hello(helloOf(counter, options.hello))
    if (answer.kind === 'unknown_central') {
      if (!alarms.has('central_unknown')) options.onProblem('whoever answers is not the central this station was enrolled with')
      alarms.add('central_unknown')
      throw new NoAnswer('an unknown central', null)
    }
    const said = bodyOf(answer)
    alarms.clear()
    const isNews = applyHello(counter, said)
    centralWallMs = said.centralWallMs
    await reread(said)
    helloAtMs = clock.monotonicMs()
    wantWhomItHoldsFor()
    aside.tellAgain()
    options.onChange()
    // Central waits for this file, and counts only a hello in its new history: an old one that the network repeats claims too little.
    if (isNews && said.recovering) await sayHello()
  }

  /** After a word by which central may have forgotten that somebody was here; whom it does not know is asked for once. */
  function wantWhomItHoldsFor(): void {
    for (const rider of ridersHeldUnknown(database.read, WANTED_RIDERS_MAX)) if (wantedRiders.size < WANTED_RIDERS_MAX) wantedRiders.add(rider)
  }

  /** A restored file: first what it has and central may not, then what central has and it has not. */
  async function reread(said: HelloAnswer): Promise<void> {
    if (!mayReread(counter)) return
    await pushAll(() => false)
    for (let page = 0; page < ROUND_PAGES_MAX && mayReread(counter); page += 1) {
      const answer = bodyOf(await central.askOwnEvents({ incarnation, after: lastSeq(database.read) }))
      const stop = applyOwnEvents(counter, answer)
      if (stop !== null) {
        sayUnread(stop)
        return
      }
      if (!answer.more || answer.events.length === 0) break
    }
    endReread(counter, said)
  }

  function sayUnread({ seq, why }: RereadStop): void {
    if (why === 'left_out') throw new NoAnswer(`central leaves out event ${seq} of this file`, null)
    alarms.add('own_events_unread')
    if (unreadTold !== seq) options.onProblem(`event ${seq} of this file, which central kept, can not be read (${why}): the file stays fenced until the program is newer`)
    unreadTold = seq
  }

  async function pushTypedWords(isStopped: () => boolean): Promise<void> {
    const againToo = clock.monotonicMs() - wordsAgainAtMs >= HOUR_MS
    if (againToo) wordsAgainAtMs = clock.monotonicMs()
    if ((await pushWords(database, incarnation, { central, bodyOf, isStopped }, againToo)) > 0) options.onChange()
  }

  /** At the start and once a day: central is not updated more often. */
  async function hearOfParked(isStopped: () => boolean): Promise<void> {
    if (clock.monotonicMs() - parkedAskedAtMs < DAY_MS) return
    if (await askAboutParked({ counter, central, bodyOf, isStopped, ...(options.batchEventsMax === undefined ? {} : { batchEventsMax: options.batchEventsMax }) })) options.onChange()
    parkedAskedAtMs = clock.monotonicMs()
  }

  async function askForPeople(): Promise<void> {
    peopleLast = true
    for (const rider of wantedRiders) {
      const answer = await central.askRider({ rider, incarnation })
      if (!isRefusedForGood(answer)) applyChanges(counter, bodyOf(answer).changes)
      wantedRiders.delete(rider)
      options.onChange()
    }
    // To a fenced file nothing is lent.
    const requests = fenceOf(database.read) === null ? openRequests(database.read, WANTED_RIDERS_MAX) : []
    for (const request of requests) {
      markSent(counter, request)
      const answer = await central.askAllowance({ requestId: request.id, rider: request.rider, incarnation })
      const said = isRefusedForGood(answer) ? { grant: null, withheld: null, elsewhere: [] } : bodyOf(answer)
      closeRequest(counter, request, said.grant)
      options.onPoints?.(request.rider, said)
      options.onChange()
    }
    peopleLast = false
  }

  async function pullAll(isStopped: () => boolean, isNudged: boolean): Promise<void> {
    // A new file, or one whose history is over: everything at one moment instead of a thousand rows at a time.
    if (currentCursor(database.read) === null && options.fetchScopes !== undefined) {
      await options.fetchScopes(SCOPES, bodyOf)
      wantWhomItHoldsFor()
      options.onChange()
    }
    const uncomparedMs = clock.monotonicMs() - comparedAtMs
    // Where nothing is expected the first page asks at no cost. Else there would be news, and nothing to compare: after all of it, and only where no quiet round came for long.
    let compares = !isNudged && uncomparedMs >= COMPARED_EVERY_MS && currentCursor(database.read) !== null
    let mayCompare = !compares && uncomparedMs >= COMPARED_MS_MAX
    for (let page = 0; page < ROUND_PAGES_MAX && !isStopped(); page += 1) {
      const cursor = currentCursor(database.read)
      const answer = await central.pull({ cursor, incarnation, checksums: compares ? scopeChecksums(database.read) : [] })
      if (answer.kind === 'refused' && (answer.error === 'client_too_old' || answer.error === 'server_too_old')) {
        // What happens here is taken all the same; only news can not be read. Staff are told.
        alarms.add(answer.error)
        return
      }
      const body = bodyOf(answer)
      const waited = incarnationState(database.read) === 'waiting'
      const hasLess = await applyPullAnswer(counter, body, pause)
      // Central was restored: it is to hear what it has lost before anything more is sent. Staff have admitted this file: where central recovers it waits for its word.
      if (hasLess || body.result === 'cursor_unknown' || (waited && body.state === 'active')) helloAtMs = null
      if (body.result === 'cursor_unknown') return
      centralWallMs = body.centralWallMs
      if (body.changes.length > 0) options.onChange()
      // With something newer waiting it could not be compared.
      if (compares && body.changes.length === 0) comparedAtMs = clock.monotonicMs()
      if (body.differs.length > 0) await fetchAgain(body.differs)
      else if (!body.more && (!mayCompare || helloAtMs === null)) return
      compares = mayCompare && !body.more && currentCursor(database.read) !== null
      if (compares) mayCompare = false
    }
  }

  async function fetchAgain(scopes: readonly Change['scope'][]): Promise<void> {
    options.onProblem(`the mirror differs from central: ${scopes.join(', ')}`)
    if (options.fetchScopes === undefined) database.write(startMirrorOver)
    else await options.fetchScopes(scopes, bodyOf)
  }

  /** Once a day by central's calendar. Returns whether something was lent, which the next pull brings. */
  async function renew(): Promise<boolean> {
    if (clock.monotonicMs() < renewAgainAtMs || fenceOf(database.read) !== null) return false
    const today = dayOf(centralWallMs, rulesRow(database.read).utcOffsetMinutes)
    if (renewedDay(database.read) === today) return false
    let granted = 0
    for (let page = 0; page < RENEWAL_PAGES_MAX; page += 1) {
      const answer = bodyOf(await central.askRenewals({ incarnation }))
      granted += answer.granted
      if (answer.withheld !== null) {
        renewAgainAtMs = clock.monotonicMs() + HOUR_MS
        return granted > 0
      }
      if (!answer.more) break
    }
    database.write((writer) => writer.run('UPDATE sync_state SET renewed_day = ?', today))
    return granted > 0
  }

  function prune(): void {
    if (clock.monotonicMs() - prunedAtMs < PRUNED_EVERY_MS) return
    prunedAtMs = clock.monotonicMs()
    const { unbacked } = pruneOld(database, clock.wallMs())
    if (unbacked > 0) options.onProblem(`${unbacked} events older than 400 days are dropped, and no backup of central holds them`)
  }

  return {
    async run(isStopped, isNudged) {
      const wasGreeted = helloAtMs !== null && clock.monotonicMs() - helloAtMs < HELLO_AGAIN_MS
      try {
        if (!wasGreeted) await sayHello()
        return await goOn(isStopped, isNudged)
      } catch (error) {
        if (error instanceof HelloNeeded && wasGreeted) return { again: true }
        throw error
      }
    },
    wantRider(rider) {
      if (wantedRiders.size < WANTED_RIDERS_MAX) wantedRiders.add(rider)
    },
    isWanted: (rider) => wantedRiders.has(rider),
    alarms: () => [...alarms, ...aside.alarms()],
  }

  /** What follows on the first word. */
  async function goOn(isStopped: () => boolean, isNudged: boolean): Promise<{ again: boolean }> {
    const peopleNow = !peopleLast
    if (peopleNow) await askForPeople()
    await pushAll(isStopped)
    // Boxes that central does not take now keep nobody from the news.
    const unsealed = await pushTypedWords(isStopped).then(() => null, noAnswerOf)
    await pullAll(isStopped, isNudged)
    if (helloAtMs === null) return { again: true }
    // Whom central can not answer for keeps neither points from going back nor anything else of a round from being done.
    const unanswered = peopleNow ? null : await askForPeople().then(() => null, noAnswerOf)
    if (isStopped()) return { again: false }
    if (returnPoints(counter, { centralWallMs, isInSession: options.isInSession })) options.onChange()
    if (returnSeats(counter, centralWallMs)) options.onChange()
    if (tellCounted(counter)) options.onChange()
    // Grants that came by the pull, and what goes back, are facts to be sent.
    await pushAll(isStopped)
    await hearOfParked(isStopped)
    const renewed = await renew()
    prune()
    // Last: whatever is wrong with a file of before, the one at work goes on.
    const untold = await aside.tellAll(isStopped).then(() => null, noAnswerOf)
    const left = unanswered ?? unsealed ?? untold
    if (left !== null) throw left
    return { again: renewed }
  }
}

/** It knows no hello of this file, or none under its present history; or what it thinks of the station is to be heard signed. */
class HelloNeeded extends Refused {}

/** What ends a round at its end only; anything else is thrown as it is. */
function noAnswerOf(error: unknown): NoAnswer {
  if (error instanceof NoAnswer && !(error instanceof HelloNeeded)) return error
  throw error
}

/** Asked again it would be refused again: this person is none for central, or the request can not be granted. */
function isRefusedForGood(answer: CentralAnswer<unknown>): boolean {
  return answer.kind === 'refused' && (answer.error === 'rider_unknown' || answer.error === 'bad_request')
}
