// Posting a wish: its kind, its words, how it is signed and how it comes back. What may say who somebody is comes back marked
// before anything is kept; he changes it, or sends it as it is.

import type { WishCategory } from '../../contract/kiosk/wish-view.ts'
import type { PersonalSpan } from '../../domain/find-personal.ts'
import { ask } from '../ask.ts'
import { countSigns } from '../count-signs.ts'
import { type Child, element } from '../element.ts'
import { button, choice, field, type Page } from '../page.ts'

const SIGNS_MAX = 140

export function showPostWish(page: Page): void {
  const { words, opened } = page
  const said = words.wish
  const wish: { category: WishCategory; shown: 'named' | 'anonymous'; reach: 'station' | 'staff_phone' } = { category: 'small_need', shown: 'anonymous', reach: 'station' }
  const text = element('textarea', { rows: 5, maxlength: 2_000, oninput: () => count() })
  const left = element('p', { class: 'left', role: 'status' })
  const send = button(said.send, () => void post(false))

  function count(): void {
    const written = countSigns(text.value)
    const signs = SIGNS_MAX - written
    left.textContent = said.left(signs)
    left.classList.toggle('bad', signs < 0)
    send.disabled = written === 0
  }

  async function post(despitePersonal: boolean): Promise<void> {
    send.disabled = true
    send.textContent = said.sending
    const result = await ask('post-wish', { ...wish, text: text.value, despitePersonal })
    send.textContent = said.send
    send.disabled = false
    if (!result.ok) {
      if (result.error !== 'wish_too_long' && result.error !== 'wish_empty' && result.error !== 'no_network' && result.error !== 'busy') return page.fail(result.error, null)
      const { what, next } = words.failures[result.error]
      showForm()
      left.textContent = `${what}${words.between}${next}`
      left.classList.add('bad')
      return
    }
    if (result.answer.result === 'posted') page.sent(({ done }) => done.wish)
    else pointOut(result.answer.text, result.answer.spans)
  }

  function pointOut(cleaned: string, spans: readonly PersonalSpan[]): void {
    page.show(
      element('h1', {}, said.personalTitle),
      element('p', {}, said.personalWhy),
      element('blockquote', { class: 'marked' }, ...marked(cleaned, spans, (kind) => said.kinds[kind])),
      button(said.change, showForm),
      button(said.sendAnyway, () => void post(true), 'plain'),
    )
  }

  function showForm(): void {
    page.show(
      element('h1', {}, words.purposes.wish),
      field(said.text, said.textHint, text, 'wish'),
      left,
      choice('category', said.category, said.categories, wish.category, (value) => {
        wish.category = value
      }),
      choice('shown', said.shown, { anonymous: said.anonymous, named: said.named(opened.maskedName ?? '') }, wish.shown, (value) => {
        wish.shown = value
      }),
      choice('reach', said.reach, { station: said.station, staff_phone: said.staffPhone }, wish.reach, (value) => {
        wish.reach = value
      }),
      send,
    )
    count()
  }

  showForm()
}

/** The text, with what was found marked and named. */
function marked(text: string, spans: readonly PersonalSpan[], nameOf: (kind: PersonalSpan['kind']) => string): Child[] {
  const parts: Child[] = []
  let at = 0
  for (const { kind, start, end } of spans) {
    parts.push(text.slice(at, start), element('mark', { title: nameOf(kind) }, text.slice(start, end), element('small', {}, nameOf(kind))))
    at = end
  }
  return [...parts, text.slice(at)]
}
