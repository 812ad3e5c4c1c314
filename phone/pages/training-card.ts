// One training that a rider is on the list of: how he stands to it, what he is to be told, and what he can do. Giving up asks once
// more; what is offered is answered with one touch.

import type { PhoneSignup, PhoneTraining } from '../../contract/phone/phone-trainings.ts'
import { ask, type Asked } from '../ask.ts'
import { type Child, element } from '../element.ts'
import { button, tell } from '../page.ts'
import type { Told } from '../text/catalogue.ts'
import { sayMoment, saySpan } from '../when.ts'
import { calendarHref } from './calendar.ts'
import type { TrainingsMoment } from './my-trainings.ts'

/** He has a place, waits for one, or was offered one. */
export function isStanding(own: PhoneSignup | null): boolean {
  return own !== null && (own.state === 'seated' || own.state === 'waiting' || own.state === 'offered')
}

export function ownCard(moment: TrainingsMoment, training: PhoneTraining): Child {
  const { page: { words, language }, list } = moment
  const said = words.trainings
  const { own } = training
  if (own === null) return null
  const isCancelled = training.state === 'cancelled'
  const isOn = training.state === 'open'
  const state = isCancelled ? said.cancelled : own.state === 'waiting' && own.place !== null ? said.waiting(own.place) : said.states[own.state]
  return element(
    'li', { class: 'card' },
    element('p', { class: (isOn && own.state === 'seated') || own.state === 'attended' ? 'state good' : 'state' }, state),
    isOn && own.changed ? element('p', { class: 'news' }, element('b', {}, said.changed), element('span', {}, said.changedLine)) : null,
    element('h3', {}, training.title[language]),
    element('p', { class: isCancelled ? 'gone' : '' }, saySpan(training, list, words)),
    element('small', {}, training.place[language]),
    isCancelled && training.cancelReason !== null ? element('p', {}, said.reason(training.cancelReason)) : null,
    own.note === null || own.note === 'refused' ? null : element('p', { class: 'news' }, said.notes[own.note]),
    own.state === 'refused' && own.refusal !== null && own.refusal !== 'rider_unknown' ? element('p', {}, words.failures[own.refusal].what) : null,
    isOn && own.state === 'waiting' && own.place !== null ? element('p', {}, said.waitingLine(own.place)) : null,
    isOn && own.state === 'offered' && own.offerEndsAtMs !== null ? element('p', {}, said.offerLine(sayMoment(own.offerEndsAtMs, list, words))) : null,
    ...actsOn(moment, training, own),
  )
}

function actsOn(moment: TrainingsMoment, { training, revision, state }: PhoneTraining, own: PhoneSignup): Child[] {
  const { page: { words, language } } = moment
  const said = words.trainings
  const acts: Child[] = []
  const answer = (accept: boolean): void => void act(moment, () => ask('answer-offer', { training, signup: own.signup, accept }), accept ? said.done.seated : said.done.declined)
  if (own.changed || own.note !== null) acts.push(button(said.seen, () => void act(moment, () => ask('saw-training', { training, revision }), null), 'plain'))
  if (state !== 'open') return acts
  if (own.state === 'offered') acts.push(element('div', { class: 'two' }, button(said.accept, () => answer(true)), button(said.decline, () => answer(false), 'plain')))
  if (own.state === 'seated') acts.push(element('a', { class: 'plain', href: calendarHref(training, language) }, said.calendar))
  if (own.state === 'seated' || own.state === 'waiting') acts.push(element('button', { type: 'button', class: 'quiet', onclick: () => askWhetherSure(moment, training, own) }, said.cancel))
  return acts
}

function askWhetherSure(moment: TrainingsMoment, training: string, { signup }: PhoneSignup): void {
  const { page, again } = moment
  const said = page.words.trainings
  page.show(
    tell(said.cancelSure, 'bad', [
      button(said.cancelConfirm, () => void act(moment, () => ask('cancel-signup', { training, signup }), said.done.cancelled)),
      button(said.keep, () => again(), 'plain'),
    ]),
  )
  window.scrollTo(0, 0)
}

/** Asked again it is the same act: the ids are those of the first time. */
async function act(moment: TrainingsMoment, send: () => Promise<Asked<unknown>>, done: Told | null): Promise<void> {
  const { page, again } = moment
  const result = await send()
  if (result.ok) return again(done === null ? null : tell(done, 'good'))
  const isLost = result.error === 'no_network' || result.error === 'busy'
  page.fail(result.error, result.error === 'session_over' ? null : isLost ? () => void act(moment, send, done) : () => again())
}
