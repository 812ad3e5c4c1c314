// `npm run shots`: builds the gallery, opens it in Chromium and writes a PNG of each state: upright and lying, Chinese and
// English; the main ones also in low reach, at night and at 1280×800. `-- --only PATTERN` (a regular expression over the
// file name), `-- --out DIR`, `-- --no-build`. CHROMIUM names another browser than the machine's.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { endWith, readCommandLine } from './command-line.ts'
import { openGallery, PANELS, type PanelName, type Picture, showPicture } from './gallery-browser.ts'
import { GALLERY_STATES } from '../renderer/gallery/gallery-states.ts'

const { values } = readCommandLine('npm run shots', '[--only PATTERN] [--out DIR] [--no-build]', {
  options: { only: { type: 'string', default: '' }, out: { type: 'string', default: '.data/shots' }, build: { type: 'boolean', default: true } },
  allowNegative: true,
})

const MAIN = new Set(['hand-off-wish', 'hand-off-no-network', 'hand-off-expired', 'hand-off-register', 'attract-offers', 'attract-goods', 'greeting', 'greeting-picked', 'shelf-picked', 'confirm', 'done', 'my-points', 'staff-pin', 'restock', 'restock-type-date', 'not-understood-payment', 'out-of-order-disk', 'knock-rider', 'idle-warning', 'greeting-silent', 'sync-report-fenced', 'redemptions', 'undo', 'begin-anew', 'set-up-typing', 'set-up-address', 'staff-home', 'attendance-today', 'attendance', 'attendance-late', 'trainings', 'training-calendar', 'training-seated', 'wishes', 'wishes-mine', 'wall-wish', 'wish-fulfilled', 'wish-typing-composing', 'wish-typing-signs', 'wish-check', 'set-up-comparing', 'register-begin', 'register-consent', 'register-name-typing', 'register-phone-typing', 'register-platform', 'register-check', 'register-done', 'register-done-offline'])

function pictures(): Picture[] {
  const all: Picture[] = []
  const add = (state: string, panel: PanelName, over: Partial<Picture> = {}): void => {
    all.push({ state, panel, language: 'zh', lowReach: false, night: false, ...over })
  }
  for (const { id } of GALLERY_STATES) {
    for (const panel of ['portrait', 'landscape'] as const) {
      for (const language of ['zh', 'en'] as const) add(id, panel, { language })
    }
    if (!MAIN.has(id)) continue
    for (const language of ['zh', 'en'] as const) add(id, 'compact', { language })
    for (const panel of ['portrait', 'landscape', 'compact'] as const) add(id, panel, { lowReach: true })
    for (const panel of ['portrait', 'landscape'] as const) add(id, panel, { night: true })
  }
  return all
}

function fileName(picture: Picture): string {
  return `${[picture.state, picture.panel, picture.language, ...(picture.lowReach ? ['low'] : []), ...(picture.night ? ['night'] : [])].join('.')}.png`
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return endWith('npm run shots', error.message)
  }
}

const only = patternOf(values.only)
const wanted = pictures().filter((picture) => only.test(fileName(picture)))
if (wanted.length === 0) endWith('npm run shots', `no picture is called like ${values.only}; npm run gallery lists them`)
await mkdir(values.out, { recursive: true })
const gallery = await openGallery({ build: values.build })
try {
  for (const panel of Object.keys(PANELS) as PanelName[]) {
    const ofPanel = wanted.filter((picture) => picture.panel === panel)
    if (ofPanel.length === 0) continue
    const page = await gallery.open(panel)
    for (const picture of ofPanel) {
      await showPicture(page, picture)
      await page.screenshot({ path: join(values.out, fileName(picture)) })
    }
    await page.close()
  }
} finally {
  await gallery.close()
}
process.stdout.write(`${wanted.length} pictures in ${values.out}\n`)
