// Registering: what is kept and what for comes first and is agreed to; then the few things that are asked.

import type { Platform, RedCross } from '../../domain/registering.ts'
import { ask } from '../ask.ts'
import { element } from '../element.ts'
import { button, choice, field, type Page } from '../page.ts'

export function showRegister(page: Page): void {
  const { words, opened, language } = page
  const { consent } = opened
  if (consent === null) return page.fail('busy', null)
  const said = words.register
  const typed: { platform: Platform | null; redCross: RedCross } = { platform: null, redCross: 'none' }
  const agree = element('input', { type: 'checkbox', onchange: () => ready() })
  const name = element('input', { type: 'text', autocomplete: 'name', maxlength: 60, oninput: () => ready() })
  const phone = element('input', { type: 'tel', inputmode: 'numeric', autocomplete: 'tel-national', maxlength: 13, oninput: () => ready() })
  const site = element('input', { type: 'text', maxlength: 60 })
  const team = element('input', { type: 'checkbox' })
  const send = button(said.send, () => void register())
  const missing = element('p', { class: 'missing', role: 'status' })
  const digits = (): string => phone.value.replace(/\D/g, '')

  function ready(): void {
    const lacking = !agree.checked
      ? said.mustAgree
      : name.value.trim() === ''
        ? `${said.name}：${said.nameHint}`
        : !/^1\d{10}$/.test(digits())
          ? said.phoneWrong
          : typed.platform === null
            ? `${said.platform}：${said.choose}`
            : ''
    missing.textContent = lacking
    send.disabled = lacking !== ''
  }

  async function register(): Promise<void> {
    const { platform, redCross } = typed
    if (platform === null) return
    send.disabled = true
    send.textContent = said.sending
    const result = await ask('register', {
      consentVersion: consent?.version ?? 1, name: name.value, phone: digits(), platform, site: site.value, redCross, volunteerTeam: team.checked,
    })
    send.textContent = said.send
    send.disabled = false
    if (result.ok) page.sent(({ done }) => done.register)
    else if (result.error === 'name_unusable' || result.error === 'no_network' || result.error === 'busy' || result.error === 'bad_request') {
      // What was typed stays where it is.
      const { what, next } = words.failures[result.error]
      missing.textContent = `${what}${words.between}${next}`
    } else page.fail(result.error, null)
  }

  page.show(
    element('h1', {}, words.purposes.register),
    element('section', { class: 'consent' }, element('h2', {}, said.consentTitle), element('p', {}, consent.text[language]), element('label', { class: 'option' }, agree, element('span', {}, said.agree))),
    field(said.name, said.nameHint, name, 'name'),
    field(said.phone, said.phoneHint, phone, 'phone'),
    choice<Platform>('platform', said.platform, said.platforms, null, (value) => {
      typed.platform = value
      ready()
    }),
    field(said.optional(said.site), said.siteHint, site, 'site'),
    choice<RedCross>('red-cross', said.redCross, said.redCrosses, 'none', (value) => {
      typed.redCross = value
    }),
    element('label', { class: 'option' }, team, element('span', {}, said.team, element('small', {}, said.teamHint))),
    missing,
    send,
  )
  ready()
}
