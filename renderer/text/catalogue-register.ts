// The words of registering at the touchscreen: a part of the one catalogue.

import type { Platform, RedCross } from '../../domain/registering.ts'
import type { RegisterField, RegisterProblem } from '../flow/register-state.ts'
import type { Said } from './catalogue.ts'

export interface RegisterWords {
  /** On the button that leads here. */
  enter: string
  title: string
  /** The huge line: one a row. */
  begin: readonly string[]
  beginFor: string
  /** Registering is nobody's duty. */
  beginFree: string
  here: string
  hereHint: string
  /** No consent text yet. */
  notYet: Said
  consentTitle: string
  consentLine: string
  consentPage: (page: number, pages: number) => string
  readOn: string
  agree: string
  decline: string
  question: (number: number, of: number) => string
  fixing: string
  ask: Record<RegisterField, string>
  askLine: Record<RegisterField, string>
  nameHint: string
  siteHint: string
  on: string
  skip: string
  phoneTyped: (digits: number) => string
  problem: { [Problem in RegisterProblem]: (left: number) => string }
  platform: Record<Platform, string>
  redCross: Record<RedCross, string>
  team: { yes: string; no: string }
  checkTitle: string
  checkLine: string
  field: Record<RegisterField, string>
  noSite: string
  change: string
  send: string
  sending: string
  sendingLine: string
  unsure: string
  unsureLine: string
  again: string
  mend: Record<'consent' | RegisterField, string>
  fine: string
  /** Of refusals that other screens have too, and that say something else there. */
  refused: Record<'out_of_order' | 'words_not_sealable' | 'bad_request', Said>
  passTitle: string
  passFor: string
  passKeep: string
  passCard: string
  passSpoken: string
  waitsTitle: string
  waitsWhy: { online: string; offline: string }
  waitsNext: { online: string; offline: string }
  declinedTitle: string
  declinedLine: string
  declinedNext: string
}

export interface RegisterCatalogue {
  register: RegisterWords
}
