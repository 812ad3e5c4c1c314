// What every screen component is given. It draws `screen`, reads the rest of the state through selectors and answers a
// touch with `tap`; it decides nothing.

import type { Catalogue } from '../text/catalogue.ts'
import type { FlowState, ScreenAt, ScreenName, Tap } from './flow-state.ts'

export interface ScreenProps<Name extends ScreenName> {
  state: FlowState
  screen: ScreenAt<Name>
  text: Catalogue
  tap: (tap: Tap) => void
}
