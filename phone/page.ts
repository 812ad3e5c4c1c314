// What every page is made of: the frame, told news with one thing to do next, fields with their labels. Language is the phone's,
// until its holder changes it; nothing is stored on the phone.

import type { Opened } from '../contract/phone/phone-doors.ts'
import type { Failure } from './ask.ts'
import { type Child, element, fill } from './element.ts'
import type { PhoneWords, Told } from './text/catalogue.ts'
import { en } from './text/en.ts'
import { zh } from './text/zh.ts'

export type Language = 'zh' | 'en'

export interface Page {
  words: PhoneWords
  language: Language
  opened: Opened
  show(...content: readonly Child[]): void
  fail(error: Failure, again: (() => void) | null): void
  /** What was asked for is sent: this code is of no more use. */
  sent(said: (words: PhoneWords) => Told): void
}

const WORDS: Record<Language, PhoneWords> = { zh, en }

export function wordsOf(language: Language): PhoneWords {
  return WORDS[language]
}

/** Chinese, unless the phone speaks something else. */
export function phoneLanguage(languages: readonly string[]): Language {
  return languages.length === 0 || languages.some((language) => language.toLowerCase().startsWith('zh')) ? 'zh' : 'en'
}

export interface Frame {
  words: PhoneWords
  opened: Opened | null
  onLanguage: () => void
}

export function showFrame(place: Element, { words, opened, onLanguage }: Frame, content: readonly Child[]): void {
  fill(
    place,
    element('header', {}, element('p', { class: 'brand' }, opened === null ? words.brand : inLanguage(words, opened.stationName)), element('button', { type: 'button', class: 'language', lang: words.other.language, onclick: onLanguage }, words.other.label)),
    element('main', {}, ...content),
  )
}

function inLanguage(words: PhoneWords, name: { zh: string; en: string }): string {
  return words.other.language === 'en' ? name.zh : name.en
}

/** One thing that happened, and what to do next. */
export function tell(told: Told, kind: 'good' | 'bad', action: Child = null): Child {
  return element('section', { class: `told ${kind}`, role: kind === 'bad' ? 'alert' : 'status' }, element('h1', {}, told.what), element('p', {}, told.next), action)
}

export function button(label: string, onclick: () => void, kind: 'main' | 'plain' = 'main'): HTMLButtonElement {
  return element('button', { type: 'button', class: kind, onclick }, label)
}

export function field(label: string, hint: string | null, control: HTMLElement, id: string): HTMLElement {
  control.setAttribute('id', id)
  if (hint !== null) control.setAttribute('aria-describedby', `${id}-hint`)
  return element('div', { class: 'field' }, element('label', { for: id }, label), hint === null ? null : element('p', { class: 'hint', id: `${id}-hint` }, hint), control)
}

/** One of a few, each a whole line to touch. */
export function choice<Value extends string>(name: string, title: string, options: Readonly<Record<Value, string>>, chosen: Value | null, onChosen: (value: Value) => void): HTMLElement {
  const lines = (Object.keys(options) as Value[]).map((value) =>
    element('label', { class: 'option' }, element('input', { type: 'radio', name, value, checked: value === chosen, onchange: () => onChosen(value) }), element('span', {}, options[value])),
  )
  return element('fieldset', {}, element('legend', {}, title), element('div', { class: 'options' }, lines))
}

export function day(atMs: number, language: Language): string {
  return new Date(atMs).toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB', { month: 'short', day: 'numeric', timeZone: 'Asia/Shanghai' })
}
