// The set-up screen as it begins.

import type { SetUpScreen } from './flow-state.ts'

export const NOTHING_TYPED: SetUpScreen = { at: 'set_up', field: 'code', code: '', address: 'https://', isNew: true }
