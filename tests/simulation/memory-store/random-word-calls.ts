// Random calls of the store for what people typed.

import fc from 'fast-check'
import type { WordRows } from '../../../central/store/central-store.ts'
import { WORDS_PURPOSES } from '../../../central/store/words.ts'
import type { CallArguments } from './random-calls.ts'
import type { SmallTown } from './small-town.ts'
import { townArbitraries } from './town-arbitraries.ts'

export function wordCallArguments(town: SmallTown): Pick<CallArguments, keyof WordRows> {
  const { ids, few, station, rider, district, event, hash, nowMs } = townArbitraries(town)
  const ref = ids('words', 4)
  return {
    promiseWords: fc.tuple(few(fc.record({ ref, district, station, rider, event, purpose: fc.constantFrom(...WORDS_PURPOSES), commitment: hash }))),
    readWords: fc.tuple(few(ref)),
    keepWords: fc.tuple(fc.uniqueArray(fc.record({ ref, kept: hash }), { selector: (one) => one.ref, maxLength: 3 }), nowMs),
    makePersonKeys: fc.tuple(fc.uniqueArray(fc.record({ rider, district, key: hash }), { selector: (one) => one.rider, maxLength: 3 }), nowMs),
    readPersonKeys: fc.tuple(few(rider)),
    readErased: fc.tuple(few(rider)),
    writeSealingKey: fc.tuple(fc.constantFrom('a', 'b').map((name) => ({ keyId: name.repeat(16), publicKey: name.repeat(43) })), nowMs),
    readDistricts: fc.constant([]),
  }
}
