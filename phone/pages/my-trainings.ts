// A rider's trainings: what is close at hand, what he is on the list of, what he may sign up for, what he has learnt.

import type { MyTrainings, PhoneTraining } from '../../contract/phone/phone-trainings.ts'
import { civilOfDay, dayOf } from '../../domain/calendar.ts'
import { RENEWAL_DAYS } from '../../domain/training/certificate.ts'
import { ask } from '../ask.ts'
import { type Child, element } from '../element.ts'
import { button, type Page } from '../page.ts'
import { daysUntil, sayMoment, saySpan } from '../when.ts'
import { showSignUp } from './sign-up.ts'
import { isStanding, ownCard } from './training-card.ts'

/** One look at them. `again`: asks anew, and says what was done. */
export interface TrainingsMoment {
  page: Page
  list: MyTrainings
  again(told?: Child): void
}

export async function showMyTrainings(page: Page, told: Child = null): Promise<void> {
  const result = await ask('my-trainings', {})
  if (!result.ok) return page.fail(result.error, () => void showMyTrainings(page))
  showList({ page, list: result.answer, again: (news = null) => void showMyTrainings(page, news) }, told)
}

export function showList(moment: TrainingsMoment, told: Child = null): void {
  const { page, list } = moment
  const { words } = page
  const said = words.trainings
  const mayJoin = ({ state, closesAtMs, own }: PhoneTraining): boolean => state === 'open' && list.nowMs < closesAtMs && !isStanding(own) && own?.state !== 'attended'
  const mine = list.trainings.filter((training) => training.own !== null && !mayJoin(training) && !['cancelled', 'declined'].includes(training.own.state))
  const toCome = list.trainings.filter(mayJoin)
  page.show(
    element('h1', {}, words.purposes.my_trainings),
    told,
    reminders(moment, mine),
    element('h2', {}, said.mine),
    mine.length === 0 ? element('p', {}, said.noneOfMine) : element('ul', { class: 'cards' }, mine.map((training) => ownCard(moment, training))),
    element('h2', {}, said.toCome),
    toCome.length === 0 ? element('p', {}, said.nothingToCome) : element('ul', { class: 'cards' }, toCome.map((training) => toComeRow(moment, training))),
    element('h2', {}, said.certificates),
    list.certificates.length === 0 ? element('p', {}, said.noCertificates) : element('ul', { class: 'cards' }, list.certificates.map((certificate) => certificateCard(moment, certificate))),
  )
  window.scrollTo(0, 0)
}

/** Today's and tomorrow's, and what waits for his answer. */
function reminders({ page: { words, language }, list }: TrainingsMoment, mine: readonly PhoneTraining[]): Child {
  const lines = mine.flatMap((training): string[] => {
    const { own, state, title, startsAtMs } = training
    if (own === null || state !== 'open') return []
    if (own.state === 'offered' && own.offerEndsAtMs !== null) return [words.trainings.remindOffer(title[language], sayMoment(own.offerEndsAtMs, list, words))]
    return own.state === 'seated' && daysUntil(startsAtMs, list) <= 1 ? [words.trainings.remind(title[language], sayMoment(startsAtMs, list, words))] : []
  })
  return lines.length === 0 ? null : element('section', { class: 'remind', role: 'status' }, lines.map((line) => element('p', {}, line)))
}

/** A whole row to touch. */
function toComeRow(moment: TrainingsMoment, training: PhoneTraining): Child {
  const { page: { words, language }, list } = moment
  const said = words.trainings
  return element(
    'li', {},
    element(
      'button', { type: 'button', class: 'row', onclick: () => showSignUp(moment, training) },
      element('span', { class: 'title' }, training.title[language]),
      element('span', {}, saySpan(training, list, words)),
      element('small', {}, training.place[language]),
      element('span', { class: training.free > 0 ? 'chip good' : 'chip' }, training.free > 0 ? said.free(training.free) : said.full(training.waiting)),
    ),
  )
}

function certificateCard(moment: TrainingsMoment, { certificate, number, title, topic, expiresDay }: MyTrainings['certificates'][number]): Child {
  const { page: { words, language }, list } = moment
  const said = words.trainings
  const today = dayOf(list.nowMs, list.utcOffsetMinutes)
  const holdsLonger = list.certificates.some((other) => other.topic === topic && other.certificate !== certificate && (other.expiresDay ?? Infinity) > (expiresDay ?? Infinity))
  const isUrgent = expiresDay !== null && !holdsLonger && expiresDay - today <= RENEWAL_DAYS
  const isSignedUp = list.trainings.some((training) => training.topic === topic && training.state === 'open' && isStanding(training.own))
  const next = list.invitations.find((one) => one.certificate === certificate)?.training
  const course = list.trainings.find(({ training }) => training === next)
  return element(
    'li', { class: 'card' },
    expiresDay !== null && expiresDay < today ? element('p', { class: 'state' }, said.expired) : isUrgent ? element('p', { class: 'state' }, said.expiresSoon) : null,
    element('h3', {}, title[language]),
    element('p', {}, expiresDay === null ? said.noExpiry : said.validUntil(said.fullDate(civilOfDay(expiresDay)))),
    element('small', {}, said.number(number)),
    course !== undefined ? button(said.nextCourse(sayMoment(course.startsAtMs, list, words)), () => showSignUp(moment, course), 'plain') : isUrgent && !isSignedUp ? element('p', {}, said.noCourse) : null,
  )
}
