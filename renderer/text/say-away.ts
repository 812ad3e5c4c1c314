// The words for one case of points that are not here, out of a catalogue that has them for all.

import type { Bilingual } from '../../contract/kiosk/kiosk-view.ts'
import type { PointsAway } from '../flow/rest-of-points.ts'
import type { AwayWords } from './catalogue-sync.ts'

export function sayAway<Words>(words: AwayWords<Words>, away: PointsAway, of: (name: Bilingual) => string, missing: number | null = null): Words {
  switch (away.kind) {
    case 'asking':
      return words.asking(away, '', missing)
    case 'coming':
      return words.coming(away, of(away.place), missing)
    case 'silent':
      return words.silent(away, of(away.place), missing)
    case 'cut_off':
      return words.cut_off(away, '', missing)
    case 'at_central':
      return words.at_central(away, '', missing)
  }
}
