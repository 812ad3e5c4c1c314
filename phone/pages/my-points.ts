// A rider's points: the sum, and where each came from.

import { ask } from '../ask.ts'
import { element } from '../element.ts'
import { day, type Page } from '../page.ts'

export async function showMyPoints(page: Page): Promise<void> {
  const { words, language } = page
  const result = await ask('my-points', {})
  if (!result.ok) return page.fail(result.error, () => void showMyPoints(page))
  const { balance, entries } = result.answer
  const lines = entries.map(({ points, reason, what, stationName, atMs }) =>
    element(
      'li', {},
      element('b', { class: points < 0 ? 'less' : 'more' }, points > 0 ? `+${points}` : String(points)),
      element('span', {}, what?.[language] ?? words.points.reasons[reason] ?? reason, element('small', {}, `${day(atMs, language)}${stationName === null ? '' : ` · ${stationName[language]}`}`)),
    ),
  )
  page.show(element('h1', {}, words.points.balance), element('p', { class: 'figure' }, String(balance)), lines.length === 0 ? element('p', {}, words.points.none) : element('ul', { class: 'lines' }, lines))
}
