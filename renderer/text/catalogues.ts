// Which catalogue speaks which language.

import type { Language } from '../flow/flow-state.ts'
import type { Catalogue } from './catalogue.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

export const CATALOGUES: Record<Language, Catalogue> = { zh, en }
