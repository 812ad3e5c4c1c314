// The key that stations of the differential test seal to: one for both stores.

import { makeSealingKeys } from '../../../central/keys/sealing-keys.ts'

export const TWIN_KEYS = makeSealingKeys()
export const TWIN_SEALING = TWIN_KEYS.current
