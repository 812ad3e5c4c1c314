// The page that a code opens: takes the code out of the address at once, begins the one session it is good for, and shows the page
// of its purpose. Loaded again, it goes on with the session.

import './style.css'
import type { HandOffPurpose } from '../contract/kiosk/hand-off.ts'
import type { Opened } from '../contract/phone/phone-doors.ts'
import { ask, type Failure } from './ask.ts'
import type { Child } from './element.ts'
import { element } from './element.ts'
import { button, type Language, type Page, phoneLanguage, showFrame, tell, wordsOf } from './page.ts'
import type { PhoneWords, Told } from './text/catalogue.ts'
import { showCalendar } from './pages/calendar.ts'
import { showMyPoints } from './pages/my-points.ts'
import { showMyTrainings } from './pages/my-trainings.ts'
import { showMyWishes } from './pages/my-wishes.ts'
import { showPostWish } from './pages/post-wish.ts'
import { showRegister } from './pages/register.ts'

const CODE = /^#([0-9A-HJKMNP-TV-Z]{16})$/
const CALENDAR = /^\?calendar=([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/
const MINUTE_MS = 60_000

const PAGES: Partial<Record<HandOffPurpose, (page: Page) => unknown>> = { register: showRegister, wish: showPostWish, my_points: showMyPoints, my_trainings: showMyTrainings, my_wishes: showMyWishes }
/** What is done with one code once. */
const ONCE: ReadonlySet<HandOffPurpose> = new Set<HandOffPurpose>(['register', 'wish'])

const found = document.getElementById('page')
if (found === null) throw new Error('the page has no place to be shown')
const place: Element = found
let language: Language = phoneLanguage(navigator.languages)
let opened: Opened | null = null
let endsAtMs = 0
let again: () => void = () => undefined

const [, code] = CODE.exec(window.location.hash.toUpperCase()) ?? []
const [, calendar] = CALENDAR.exec(window.location.search) ?? []
// Nobody who takes the phone, or sees its history, finds the code. Which training goes into a calendar says nothing of anybody, and
// the browser that this page is opened in anew has to find it.
window.history.replaceState(null, '', window.location.pathname + (calendar === undefined ? '' : window.location.search))
if (calendar === undefined) void begin()
else beginCalendar(calendar)

function beginCalendar(training: string): void {
  again = () => beginCalendar(training)
  show(showCalendar(training, wordsOf(language), language))
}

async function begin(): Promise<void> {
  again = () => void begin()
  show(element('p', { class: 'loading', role: 'status' }, wordsOf(language).loading))
  const result = opened === null && code !== undefined ? await openOrResume(code) : await ask('resume', {})
  if (!result.ok) {
    const isStranger = code === undefined && result.error === 'session_over'
    if (isStranger) show(tell(wordsOf(language).noCode, 'bad'))
    else fail(result.error, result.error === 'no_network' || result.error === 'busy' ? () => void begin() : null)
    return
  }
  opened = result.answer
  endsAtMs = Date.now() + opened.leftMs
  showPurpose()
}

/** The answer to the first may have been lost on the way: then this phone has the session already. */
async function openOrResume(with_: string): ReturnType<typeof ask<'open'>> {
  const first = await ask('open', { code: with_ })
  if (first.ok || first.error !== 'code_used') return first
  const resumed = await ask('resume', {})
  return resumed.ok ? resumed : first
}

function showPurpose(): void {
  if (opened === null) return
  again = showPurpose
  const page: Page = { words: wordsOf(language), language, opened, show, fail, sent }
  if (opened.received && ONCE.has(opened.purpose)) return sent((words) => words.done.already)
  const showOwn = PAGES[opened.purpose]
  if (showOwn === undefined) return fail('other_purpose', null)
  showOwn(page)
}

function show(...content: readonly Child[]): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  const words = wordsOf(language)
  document.title = words.brand
  const minutes = Math.ceil((endsAtMs - Date.now()) / MINUTE_MS)
  const footer = opened === null || minutes <= 0 ? null : element('footer', {}, words.minutesLeft(minutes))
  showFrame(place, { words, opened, onLanguage: changeLanguage }, [...content, footer])
}

function sent(said: (words: PhoneWords) => Told): void {
  endsAtMs = 0
  again = () => sent(said)
  show(tell(said(wordsOf(language)), 'good'))
}

function fail(error: Failure, retry: (() => void) | null): void {
  const words = wordsOf(language)
  // No minutes are left of what has ended.
  if (error === 'session_over') endsAtMs = 0
  again = () => fail(error, retry)
  show(tell(words.failures[error], 'bad', retry === null ? null : button(words.again, retry)))
}

function changeLanguage(): void {
  language = language === 'zh' ? 'en' : 'zh'
  again()
}
