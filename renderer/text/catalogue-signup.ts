// The words for what a rider has to be told about a sign-up: a part of the one catalogue.

import type { RefusedWhy, SignupToldKind } from '../flow/signup-told.ts'
import type { Said } from './catalogue.ts'

export interface SignupWords {
  /** On its own page. `when`: the time that holds now. */
  told: {
    cancelled: (reason: string | null) => Said
    refused: Record<RefusedWhy, Said>
    place_lost: (place: number | null) => Said
    place_again: (when: string) => Said
    seated_twice: () => Said
    moved: (when: string, place: string) => Said
  }
  /** The same in the list, beside how he stands. */
  brief: Record<Exclude<SignupToldKind, 'cancelled' | 'refused'>, string>
  briefRefused: Record<RefusedWhy, string>
  /** In the greeting. */
  remind: Record<'place_lost' | 'place_again' | 'seated_twice', (title: string) => string>
  remindRefused: (title: string, why: string) => string
  others: string
  again: string
  noMore: string
  stillComing: string
  /** Not for everybody: before he tries. */
  forSome: string
  forSomeLine: string
}
