// `npm run phone-shots`: builds the phone's pages, serves them over a real central beside a real kiosk, and writes a PNG of each
// state, Chinese and English, as wide as a phone. `-- --only PATTERN` (a regular expression over the file name), `-- --out DIR`.

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite } from '../central/store/pglite-database.ts'
import { launchBrowser } from '../tests/support/browser.ts'
import { startPhoneDistrict } from '../tests/support/phone-district.ts'
import { openPhone, PHONE_SCENES, type PhoneLanguage } from '../tests/support/phone-pages.ts'
import { buildParts } from './build.ts'
import { readCommandLine } from './command-line.ts'

const { values } = readCommandLine('npm run phone-shots', '[--only PATTERN] [--out DIR]', {
  options: { only: { type: 'string', default: '' }, out: { type: 'string', default: '.data/phone-shots' } },
})
const only = new RegExp(values.only)
const folder = await mkdtemp(join(tmpdir(), 'boai-phone-shots-'))
await buildParts(['phone'], folder)
await mkdir(values.out, { recursive: true })
const database = await openPglite(join(folder, 'central'))
const district = await startPhoneDistrict(database, join(folder, 'phone'))
const browser = await launchBrowser()
let written = 0
try {
  for (const language of ['zh', 'en'] as PhoneLanguage[]) {
    for (const [name, show] of Object.entries(PHONE_SCENES)) {
      const file = `${name}.${language}.png`
      if (!only.test(file)) continue
      const phone = await openPhone(browser, language)
      await show(district, phone, language)
      await phone.page.screenshot({ path: join(values.out, file), fullPage: true })
      await phone.close()
      written += 1
    }
  }
} finally {
  await browser.close()
  await district.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
}
process.stdout.write(`${written} pictures in ${values.out}\n`)
