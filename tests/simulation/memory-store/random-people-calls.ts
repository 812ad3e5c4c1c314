// Random calls of the store for who registered.

import fc from 'fast-check'
import type { PeopleRows } from '../../../central/store/central-store.ts'
import { PLATFORMS, RED_CROSS } from '../../../domain/registering.ts'
import type { CallArguments } from './random-calls.ts'
import { FIRST_MS, type SmallTown } from './small-town.ts'
import { townArbitraries } from './town-arbitraries.ts'

export function peopleCallArguments(town: SmallTown): Pick<CallArguments, keyof PeopleRows> {
  const { ids, few, rider, district, outbox, hash, nowMs } = townArbitraries(town)
  const newcomer = fc.oneof(ids('registered', 3), rider)
  const words = fc.constantFrom('张*', '欧阳*')
  return {
    registerRiders: fc.tuple(
      few(fc.tuple(outbox, fc.record({ rider: newcomer, platform: fc.constantFrom(...PLATFORMS), redCross: fc.constantFrom(...RED_CROSS), volunteerTeam: fc.boolean(), consentVersion: fc.integer({ min: 1, max: 3 }), issueDay: fc.integer({ min: 20_000, max: 20_003 }) }))
        .map(([at, one]) => ({ ...one, station: at.station, district: at.district }))),
      nowMs,
    ).map(([registering, now]) => [[...new Map(registering.map((one) => [one.rider, one])).values()], now]),
    writePersons: fc.tuple(
      fc.uniqueArray(
        fc.record({ rider: newcomer, maskedName: words, phoneTail: fc.constantFrom('', '1234'), site: fc.constant('南湖'), person: hash, nameIndex: hash, phoneIndex: fc.option(hash) }),
        { selector: (one) => one.rider, maxLength: 3 },
      ),
    ),
    noteSamePhones: fc.tuple(few(newcomer), nowMs),
    findNewCard: fc.record({ rider: newcomer, station: fc.constantFrom(...town.stations), sinceMs: fc.constantFrom(0, FIRST_MS + 3_600_000) }).map((question) => [question]),
    writeConsent: fc.tuple(district, words.map((zh) => ({ zh, en: 'x' })), nowMs),
    erasePerson: fc.tuple(newcomer, nowMs),
    readConsentVersion: fc.tuple(district),
  }
}
