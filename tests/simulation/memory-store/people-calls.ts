// Who registered: the memory's side of people.ts.

import type { PeopleRows } from '../../../central/store/central-store.ts'
import type { MemoryTables } from './memory-tables.ts'

export function peopleCalls({ riders, cards, pass_keys: passKeys, station_riders: mirroring, same_phones: samePhones, consent_texts: consents, erased_persons: erased, person_keys: personKeys, words }: MemoryTables): PeopleRows {
  const lastConsent = (district: string): number => Math.max(0, ...consents.find(['district_id'], district).map(({ version }) => version))
  return {
    async registerRiders(registering, nowMs) {
      const keyId = Math.max(...[...passKeys.rows()].map((row) => row.key_id))
      for (const { rider, district, station, platform, redCross, volunteerTeam, consentVersion, issueDay } of registering) {
        const isNew = riders.insertIfNew({
          rider_id: rider, district_id: district, full_name: null, platform, site: '', phone_tail: '', standing: 'active', hide_balance: false, home_station_id: station,
          masked_name: '*', person: null, name_index: null, phone_index: null, red_cross: redCross, volunteer_team: volunteerTeam, consent_version: consentVersion,
          registered_at_ms: nowMs, registered_station_id: station,
        })
        if (!isNew) continue
        if (Number.isFinite(keyId)) {
          cards.insert({ district_id: district, holder_kind: 'rider', holder_id: rider, card: 1, issue_day: issueDay, key_id: keyId, revoked_at_ms: null })
        }
        mirroring.insert({ district_id: district, station_id: station, rider_id: rider, added_at_ms: nowMs })
      }
    },

    async writePersons(persons) {
      for (const { rider, maskedName, phoneTail, site, person, nameIndex, phoneIndex } of persons) {
        const row = riders.get(rider)
        if (row === undefined) continue
        riders.update(row, {
          masked_name: maskedName, phone_tail: phoneTail, site, person: person.slice(), full_name: null, name_index: nameIndex.slice(), phone_index: phoneIndex?.slice() ?? null,
        })
      }
    },

    async noteSamePhones(named, nowMs) {
      for (const rider of [...new Set(named)].toSorted()) {
        const row = riders.get(rider)
        if (row === undefined || row.phone_index === null) continue
        const others = [...riders.find(['district_id', 'phone_index'], row.district_id, row.phone_index)].map((other) => other.rider_id).filter((other) => other !== rider)
        for (const other of others) {
          const [one = '', two = ''] = [rider, other].toSorted()
          samePhones.insertIfNew({ rider_id: one, other_id: two, district_id: row.district_id, found_at_ms: nowMs, settled_at_ms: null })
        }
      }
    },

    async findNewCard({ rider, station, sinceMs }) {
      const row = riders.get(rider)
      if (row === undefined || row.registered_station_id !== station || row.registered_at_ms === null || row.registered_at_ms < sinceMs) return null
      const card = cards.get(rider, 1)
      if (card === undefined || card.holder_kind !== 'rider' || card.revoked_at_ms !== null) return null
      return { card: 1, issueDay: card.issue_day, keyId: card.key_id }
    },

    async writeConsent(district, text, nowMs) {
      const version = lastConsent(district) + 1
      consents.insert({ district_id: district, version, text, made_at_ms: nowMs })
      return version
    },

    async erasePerson(rider, nowMs) {
      const row = riders.get(rider)
      if (row === undefined) return
      erased.insert({ rider_id: rider, district_id: row.district_id, erased_at_ms: nowMs })
      const key = personKeys.get(rider)
      if (key !== undefined) personKeys.delete(key)
      for (const one of words.find(['rider_id'], rider)) words.update(one, { kept: null })
      for (const card of cards.find(['holder_id'], rider)) cards.update(card, { revoked_at_ms: card.revoked_at_ms ?? nowMs })
      for (const pair of samePhones.rows()) {
        if (pair.rider_id === rider || pair.other_id === rider) samePhones.update(pair, { settled_at_ms: pair.settled_at_ms ?? nowMs })
      }
      for (const one of mirroring.find(['rider_id'], rider)) mirroring.delete(one)
      riders.update(row, {
        full_name: null, masked_name: '*', person: null, name_index: null, phone_index: null, phone_tail: '', site: '', platform: 'other', red_cross: 'none',
        volunteer_team: false, standing: 'suspended',
      })
    },

    readConsentVersion: async (district) => lastConsent(district),
  }
}
