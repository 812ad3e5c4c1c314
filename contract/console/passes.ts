// Riders' passes to print: a sheet of cards to cut, as a PDF. Each shows a masked name; the code on it is the pass itself.

import { z } from 'zod'
import { consoleDoor, nothing, rowId } from './console-door.ts'

export const PASSES_MAX = 50

/** Answers with the PDF. A rider without a good card is left out; where nobody has one, it is refused. */
export const passesDoor = consoleDoor('passes', z.strictObject({ riders: z.array(rowId).min(1).max(PASSES_MAX) }), nothing)
