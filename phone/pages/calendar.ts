// A training goes into the phone's calendar by its file. Inside apps like WeChat such a file opens nothing, so there the page says
// how it is opened in a browser: this same page, which needs no session.

import { type Child, element } from '../element.ts'
import type { Language } from '../page.ts'
import type { PhoneWords } from '../text/catalogue.ts'

/** Browsers inside apps that keep files from the phone. */
const INSIDE_AN_APP = /MicroMessenger|AlipayClient|DingTalk|\bQQ\//

export function isInsideApp(): boolean {
  return INSIDE_AN_APP.test(navigator.userAgent)
}

/** Where "add to my calendar" leads. */
export function calendarHref(training: string, language: Language): string {
  return isInsideApp() ? `?calendar=${training}` : `calendar/${training}.${language}.ics`
}

export function showCalendar(training: string, { calendar: said }: PhoneWords, language: Language): Child {
  if (!isInsideApp()) {
    return [element('h1', {}, said.title), element('p', {}, said.inBrowser), element('a', { class: 'main', href: `calendar/${training}.${language}.ics` }, said.add)]
  }
  return [
    element('h1', {}, said.title),
    element('p', {}, said.inApp),
    element('ol', { class: 'steps' }, said.steps.map((step) => element('li', {}, step))),
    element('a', { class: 'plain', href: './' }, said.back),
  ]
}
