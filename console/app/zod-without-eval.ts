// Imported before every schema: the pages' policy forbids code made from text, so schemas are told not to try.

import { z } from 'zod'

z.config({ jitless: true })
