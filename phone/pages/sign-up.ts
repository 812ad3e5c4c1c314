// Signing up for one training: what it is, whether it clashes with another one, and one touch. Without a free place it is the
// waiting list; central says which it was.

import type { PhoneTraining } from '../../contract/phone/phone-trainings.ts'
import { overlaps } from '../../domain/training/decide-signup.ts'
import { ask } from '../ask.ts'
import { element } from '../element.ts'
import { newId } from '../new-id.ts'
import { button, tell } from '../page.ts'
import { sayMoment, saySpan } from '../when.ts'
import type { TrainingsMoment } from './my-trainings.ts'
import { isStanding } from './training-card.ts'

interface Clash {
  title: { zh: string; en: string }
  startsAtMs: number
}

/** `request`: the same one as long as it is asked for the same. */
export function showSignUp(moment: TrainingsMoment, training: PhoneTraining, told: Clash | null = null, request = newId()): void {
  const { page, list, again } = moment
  const { words, language } = page
  const said = words.trainings
  const clash = told ?? list.trainings.find((other) => other.training !== training.training && other.state === 'open' && isStanding(other.own) && overlaps(other, training)) ?? null
  const send = button(clash !== null ? said.signUpAnyway : training.free > 0 ? said.signUp : said.joinList, () => void signUp())

  async function signUp(): Promise<void> {
    send.disabled = true
    send.textContent = said.asking
    const result = await ask('sign-up', { request, training: training.training, revision: training.revision, despiteClash: clash !== null })
    if (!result.ok) {
      const isLost = result.error === 'no_network' || result.error === 'busy'
      return page.fail(result.error, result.error === 'session_over' ? null : isLost ? () => showSignUp(moment, training, told, request) : () => again())
    }
    // Another one that this page does not know of yet.
    if (result.answer.result === 'clash') return showSignUp(moment, training, result.answer, request)
    const { state, place } = result.answer
    again(tell(state === 'waiting' && place !== null ? said.done.waiting(place) : said.done.seated, 'good'))
  }

  page.show(
    element('h1', {}, training.title[language]),
    element(
      'dl', {},
      element('dt', {}, said.when), element('dd', {}, saySpan(training, list, words)),
      element('dt', {}, said.where), element('dd', {}, training.place[language]),
    ),
    training.points > 0 ? element('p', {}, said.points(training.points)) : null,
    training.certificateMonths === null ? null : element('p', {}, said.certificate(training.certificateMonths)),
    element('p', {}, element('span', { class: training.free > 0 ? 'chip good' : 'chip' }, training.free > 0 ? said.free(training.free) : said.full(training.waiting))),
    clash === null ? null : element('p', { class: 'news', role: 'alert' }, said.clash(clash.title[language], sayMoment(clash.startsAtMs, list, words))),
    send,
    button(said.back, () => again(), 'plain'),
  )
  window.scrollTo(0, 0)
}
