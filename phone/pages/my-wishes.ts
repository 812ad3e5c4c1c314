// A rider's wishes and how each stands; one that was granted asks whether it has reached him.

import type { PhoneWish } from '../../contract/phone/phone-doors.ts'
import { ask } from '../ask.ts'
import { type Child, element, fill } from '../element.ts'
import { askPhoto } from '../photo.ts'
import { button, day, type Page, tell } from '../page.ts'

export async function showMyWishes(page: Page): Promise<void> {
  const { words, language } = page
  const result = await ask('my-wishes', {})
  if (!result.ok) return page.fail(result.error, () => void showMyWishes(page))
  const said = words.wishes

  async function confirm({ wish, claim }: PhoneWish, reached: boolean): Promise<void> {
    const told = await ask('confirm-wish', { wish, claim, reached })
    if (!told.ok) return page.fail(told.error, () => void showMyWishes(page))
    page.show(tell(reached ? words.done.confirmed : words.done.notYet, 'good', button(words.purposes.my_wishes, () => void showMyWishes(page), 'plain')))
  }

  function photoOf({ wish }: PhoneWish): HTMLElement {
    const place = element('div', {}, button(said.seePhoto, () => void see(), 'plain'))
    async function see(): Promise<void> {
      fill(place, element('p', { role: 'status' }, words.loading))
      const shown = await askPhoto(wish, said.photo)
      fill(place, shown.ok ? shown.picture : element('div', {}, element('p', { role: 'alert' }, words.failures[shown.error].what), button(words.again, () => void see(), 'plain')))
    }
    return place
  }

  const card = (wish: PhoneWish): Child =>
    element(
      'li', { class: 'card' },
      element('p', { class: 'state' }, said.states[wish.state]),
      element('p', { class: 'text' }, wish.text ?? said.noText),
      element('small', {}, `${words.wish.categories[wish.category]} · ${day(wish.postedAtMs, language)}`),
      wish.staffWords === null ? null : element('p', {}, said.staff, wish.staffWords),
      wish.by.length === 0 ? null : element('p', {}, said.by(wish.by.join('、'))),
      wish.untilMs === null || wish.state !== 'claimed' ? null : element('p', {}, said.until(day(wish.untilMs, language))),
      wish.fulfilmentWords === null ? null : element('p', {}, said.partner, wish.fulfilmentWords),
      wish.photo === null ? null : photoOf(wish),
      wish.notYet ? element('p', {}, said.saidNotYet) : null,
      wish.state !== 'fulfilled' ? null : element('div', { class: 'two' }, button(said.reached, () => void confirm(wish, true)), button(said.notYet, () => void confirm(wish, false), 'plain')),
    )
  const { wishes } = result.answer
  page.show(element('h1', {}, words.purposes.my_wishes), wishes.length === 0 ? element('p', {}, said.none) : element('ul', { class: 'cards' }, wishes.map(card)))
}
