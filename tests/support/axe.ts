// What axe finds on a page, asked within the page. axe's own companion for Playwright opens another page for every look and sends
// axe to both anew, which takes nine times as long; only frames need that, and no page of ours has one.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type axe from 'axe-core'
import type { Page } from 'playwright'

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

export async function axeViolations(page: Page): Promise<axe.Result[]> {
  if (page.frames().length > 1) throw new Error('a page with frames: axe would not see into them')
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE)
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] })
    return violations
  })
}
