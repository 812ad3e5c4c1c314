// What the trainings' screens show, as pure selections of the view: which ones, on which page, how this rider stands to each.

import type { CertificateShown, SignupShown, TrainingShown, TrainingTopic } from '../../contract/kiosk/training-view.ts'
import { TRAINING_TOPICS } from '../../contract/kiosk/training-view.ts'
import { dayOf, periodStartDay } from '../../domain/calendar.ts'
import type { FlowState, Rider, ScreenAt } from './flow-state.ts'
import type { TrainingsBy } from './visit-state.ts'
import { gridSize, pageGrids } from './page-grids.ts'
import { utcOffsetOf } from './selectors.ts'

/** How a rider stands to a training while it still concerns him. */
const STANDING: ReadonlySet<SignupShown['state']> = new Set<SignupShown['state']>(['pending', 'seated', 'waiting', 'offered'])

/** What is over and still said in his list. */
const TOLD_AFTERWARDS: ReadonlySet<SignupShown['state']> = new Set<SignupShown['state']>(['attended', 'missed', 'refused'])

export interface TrainingRow {
  training: TrainingShown
  signup: SignupShown | null
}

export interface TrainingPage<Row> {
  rows: readonly Row[]
  page: number
  pages: number
}

export function signupOf(rider: Rider, training: string): SignupShown | null {
  return rider.session.signups.find((signup) => signup.training === training) ?? null
}

/** He holds a place, waits for one, or waits for an answer. */
export function isStanding(signup: SignupShown | null): boolean {
  return signup !== null && STANDING.has(signup.state)
}

export function trainingOf(state: FlowState, training: string): TrainingShown | null {
  return state.view?.trainings.find((one) => one.training === training) ?? null
}

/** To come and not cancelled. */
export function openTrainings(state: FlowState): readonly TrainingShown[] {
  return (state.view?.trainings ?? []).filter((training) => training.state === 'open')
}

export function trainingDay(state: FlowState, training: TrainingShown): number {
  return dayOf(training.startsAtMs, utcOffsetOf(state))
}

export function todayOf(state: FlowState): number {
  return dayOf(state.wallMs, utcOffsetOf(state))
}

/** What he had signed up for stays in sight when it is cancelled or over. */
function mine(state: FlowState, rider: Rider): readonly TrainingShown[] {
  return (state.view?.trainings ?? []).filter(({ training }) => {
    const signup = signupOf(rider, training)
    return signup !== null && (STANDING.has(signup.state) || TOLD_AFTERWARDS.has(signup.state))
  })
}

function chosen(state: FlowState, rider: Rider, by: TrainingsBy): readonly TrainingShown[] {
  switch (by.kind) {
    case 'all':
      return openTrainings(state)
    case 'mine':
      return mine(state, rider)
    case 'certificates':
      return []
    case 'topic':
      return openTrainings(state).filter(({ topic }) => topic === by.topic)
    case 'day':
      return (state.view?.trainings ?? []).filter((training) => training.state !== 'over' && trainingDay(state, training) === by.day)
  }
}

export function trainingPage(state: FlowState, screen: ScreenAt<'trainings'>): TrainingPage<TrainingRow> {
  const rows = chosen(state, screen.rider, screen.by).map((training) => ({ training, signup: signupOf(screen.rider, training.training) }))
  return pageOf(state, rows, screen.page)
}

export function certificatePage(state: FlowState, screen: ScreenAt<'trainings'>): TrainingPage<CertificateShown> {
  return pageOf(state, screen.rider.session.certificates, screen.page)
}

function pageOf<Row>(state: FlowState, rows: readonly Row[], wanted: number): TrainingPage<Row> {
  const size = gridSize(pageGrids(state.layout, state.lowReach).trainings)
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const page = Math.min(wanted, pages - 1)
  return { rows: rows.slice(page * size, (page + 1) * size), page, pages }
}

/** How many there are for each way of looking. */
export function trainingCounts(state: FlowState, rider: Rider): { all: number; mine: number; certificates: number } {
  return { all: openTrainings(state).length, mine: mine(state, rider).length, certificates: rider.session.certificates.length }
}

/** Topics that have something to come, in the contract's order. */
export function topicsThere(state: FlowState): readonly TrainingTopic[] {
  const there = new Set(openTrainings(state).map(({ topic }) => topic))
  return TRAINING_TOPICS.filter((topic) => there.has(topic))
}

/** The next way of looking, for a panel with room for one button. */
export function nextBy(state: FlowState, by: TrainingsBy): TrainingsBy {
  const ways: readonly TrainingsBy[] = [{ kind: 'all' }, { kind: 'mine' }, { kind: 'certificates' }, ...topicsThere(state).map((topic): TrainingsBy => ({ kind: 'topic', topic }))]
  const at = ways.findIndex((way) => way.kind === by.kind && (way.kind !== 'topic' || by.kind !== 'topic' || way.topic === by.topic))
  return ways[(at + 1) % ways.length] ?? { kind: 'all' }
}

/** The topic after this one; the first where none is chosen. */
export function nextTopic(state: FlowState, by: TrainingsBy): TrainingsBy {
  const topics = topicsThere(state)
  const at = by.kind === 'topic' ? topics.indexOf(by.topic) : -1
  const topic = topics[(at + 1) % Math.max(1, topics.length)]
  return topic === undefined ? { kind: 'all' } : { kind: 'topic', topic }
}

export interface CalendarDay {
  day: number
  trainings: number
  /** He has a place, or waits for one. */
  mine: boolean
  past: boolean
}

const CALENDAR_WEEKS_MAX = 26

/** Whole weeks from Monday on, this week first. */
export function calendarPage(state: FlowState, screen: ScreenAt<'training_calendar'>): TrainingPage<readonly CalendarDay[]> {
  const today = todayOf(state)
  const first = periodStartDay('week', today)
  const there = (state.view?.trainings ?? []).filter((training) => training.state === 'open')
  const last = Math.max(today, ...there.map((training) => trainingDay(state, training)))
  const size = pageGrids(state.layout, state.lowReach).calendarWeeks
  const weeks = Math.min(CALENDAR_WEEKS_MAX, Math.floor((last - first) / 7) + 1)
  const pages = Math.max(1, Math.ceil(weeks / size))
  const page = Math.min(screen.page, pages - 1)
  const rows = Array.from({ length: size }, (_week, week) =>
    Array.from({ length: 7 }, (_day, weekday): CalendarDay => {
      const day = first + (page * size + week) * 7 + weekday
      const onDay = there.filter((training) => trainingDay(state, training) === day)
      return { day, trainings: onDay.length, mine: onDay.some(({ training }) => isStanding(signupOf(screen.rider, training))), past: day < today }
    }),
  )
  return { rows, page, pages }
}

/** What one touch on a training's row does for this rider. */
export type TrainingAct = 'sign_up' | 'join_waitlist' | 'look' | 'none'

/** Its list is closed, or it has begun. */
export function isClosed(state: FlowState, training: TrainingShown): boolean {
  return training.state === 'over' || (training.state === 'open' && state.wallMs >= training.closesAtMs)
}

export function trainingAct(state: FlowState, rider: Rider, { training, signup }: TrainingRow): TrainingAct {
  if (isStanding(signup) || signup?.state === 'attended') return 'look'
  if (training.state !== 'open' || isClosed(state, training) || signup?.state === 'refused') return 'look'
  if (rider.session.standing !== 'active') return 'none'
  return training.seatsFree.here + training.seatsFree.central > 0 ? 'sign_up' : 'join_waitlist'
}

/** A certificate of a topic that ends within these days asks for the next course. */
export const CERTIFICATE_SOON_DAYS = 60
