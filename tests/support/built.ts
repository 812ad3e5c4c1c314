// What tests in a browser show, built. `npm test` has just built everything; a second build would only take the folder from under
// a test that runs beside.

import { type BuildPart, buildParts } from '../../scripts/build.ts'

export async function built(parts: readonly BuildPart[]): Promise<void> {
  if (process.env['BOAI_TEST_RUN_FOLDER'] === undefined) await buildParts(parts)
}
