// Somebody registers at the touchscreen: one fact without a name in it, and his name, phone and site sealed beside it. He is a
// rider once central has booked it; until then he is made welcome without a card.

import type { KioskInput, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { RegisteredWords } from '../../contract/sync/person-events.ts'
import { cleanText } from '../../domain/clean-text.ts'
import { readPersonName } from '../../domain/person-name.ts'
import { consentText } from '../store/consent.ts'
import { fenceOf } from '../store/fence.ts'
import { outboxState } from '../store/outbox.ts'
import { countBoxesWaiting } from '../store/sealed-words.ts'
import { type Counter, momentOf } from './act.ts'
import { recordFact } from './effects.ts'
import { sealingStop, sealWords } from './seal-words.ts'

/** While central is out of reach: enough for a busy week, and no way to fill the disk. */
export const REGISTRATIONS_WAITING_MAX = 200

export type RegisterResult = { ok: true; rider: string } | { ok: false; refusal: Refusal }

export function registerRider(counter: Counter, input: KioskInput<'register'>): RegisterResult {
  return counter.database.write((writer) => {
    const before = writer.get<{ rider: string }>('SELECT rider FROM registrations WHERE request = ?', input.request)
    if (before !== undefined) return { ok: true, rider: before.rider }
    const { rules } = momentOf(counter, writer)
    if (fenceOf(writer) !== null || outboxState(writer).depth >= rules.outboxEventsMax) return refuse({ code: 'out_of_order' })
    if (sealingStop(writer) === 'no_key') return refuse({ code: 'words_not_sealable' })
    if (sealingStop(writer) === 'full' || countBoxesWaiting(writer) >= REGISTRATIONS_WAITING_MAX) return refuse({ code: 'registering_full', waitingMax: REGISTRATIONS_WAITING_MAX })
    const consent = consentText(writer)
    if (consent === null || consent.version !== input.consentVersion) return refuse({ code: 'consent_outdated' })
    const name = readPersonName(input.name)
    if (name === null) return refuse({ code: 'name_unusable' })
    const rider = counter.ids.random()
    const words: RegisteredWords = { name, phone: input.phone, site: cleanText(input.site) }
    const { request, consentVersion, platform, redCross, volunteerTeam } = input
    recordFact(writer, counter, 'rider.registered/1', (event) => ({
      request, rider, consentVersion, platform, redCross, volunteerTeam, words: sealWords(writer, counter, event, { rider, text: JSON.stringify(words) }),
    }))
    return { ok: true, rider }
  })
}

function refuse(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal }
}
