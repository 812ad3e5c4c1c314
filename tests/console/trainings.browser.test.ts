// The office's pages of trainings in a real Chromium: planned by the keyboard alone; changed while somebody else changes it, and
// nothing that was typed is lost; fewer places than people; called off; who came; certificates to print; scripts are text.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoTrainingId, seedDemoTrainings } from '../../central/demo/demo-trainings.ts'
import { sqlStore } from '../../central/store/sql-store.ts'
import { signUpAtCentral } from '../../central/trainings/rider-trainings.ts'
import type { AskedOf, OfficeAnswer } from '../../contract/console/console-door.ts'
import { changeTrainingDoor, makeTrainingsDoor, trainingDoor, type TrainingEntered } from '../../contract/console/trainings.ts'
import { faultsOf } from '../support/heard-page.ts'
import { type OfficePerson, STATION } from '../support/office.ts'
import { type OfficeBrowser, startOfficeBrowser } from '../support/office-browser.ts'
import { OFFICE_WINDOWS, showOfficePage } from '../support/office-pages.ts'
import { demoRider } from '../support/test-central.ts'

const HOUR_MS = 3_600_000
const SCRIPT = '<script>document.title="x"</script><img src=x onerror=alert(1)>'

let at: OfficeBrowser
let staff: OfficePerson
let second: OfficePerson

beforeAll(async () => {
  at = await startOfficeBrowser()
  await seedDemoTrainings(at.office.database, at.office.clock.nowMs)
  staff = await at.office.person('district_staff')
  second = await at.office.person('district_staff', 'second')
}, 120_000)

afterAll(() => at.close(), 60_000)

function right<Answer>(outcome: OfficeAnswer<Answer>): Answer {
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.answer
}

/** Begins in so many hours. */
async function made(inHours: number, more: Partial<AskedOf<typeof makeTrainingsDoor>> = {}): Promise<string> {
  const id = randomUUID()
  const startsAtMs = Math.ceil(at.office.clock.nowMs / 60_000) * 60_000 + inHours * HOUR_MS
  right(await staff.ask(makeTrainingsDoor, {
    series: randomUUID(), topic: 'law', title: { zh: '劳动合同', en: '' }, place: { zh: '一楼', en: '' }, host: STATION, capacity: 4, points: 10, certificateMonths: 12, audience: { platforms: [], stations: [], groups: [] },
    closingMinutes: 0, answerMinutes: 720, lateMinutes: 15, walkIns: true, trainings: [{ id, startsAtMs, endsAtMs: startsAtMs + HOUR_MS }], ...more,
  }))
  return id
}

async function signUp(training: string, handle: string): Promise<void> {
  const { nowMs } = at.office.clock
  const result = await sqlStore(at.office.database).transaction('write', (transaction) => signUpAtCentral(transaction, { training, rider: demoRider(handle), request: randomUUID(), revision: 1 }, nowMs))
  if (!result.ok) throw new Error(result.error)
}

const read = async (training: string) => right(await staff.ask(trainingDoor, { training }))

test('a series is planned by the keyboard alone, and Escape leads back to where one was', async () => {
  const { context, page } = await at.open(staff, 'desk', 'zh')
  await showOfficePage(page, 'trainings')
  const open = page.getByRole('button', { name: '安排培训', exact: true })
  await open.focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('标题', { exact: true }).waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('安排培训')
  await page.keyboard.press('Enter')
  await page.getByLabel('标题', { exact: true }).focus()
  await page.keyboard.type('暴雨天怎么骑')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('二楼')
  await page.getByLabel('每周一次，共几次').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('3')
  await page.getByText('最后一次：2026-12-12').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: '暴雨天怎么骑' }).waitFor()
  expect(await page.locator('dl a').allTextContents()).toEqual(['2026-12-05', '2026-12-12'])
  expect(await faultsOf(page)).toEqual([])
  await context.close()
})

test('two change the same training: the second sees what is new beside what he typed, decides, and nothing is lost', async () => {
  const training = await made(80)
  const { context, page } = await at.open(staff, 'desk', 'zh')
  await showOfficePage(page, `trainings/${training}`)
  await page.getByRole('button', { name: '修改' }).click()
  const title = page.getByLabel('标题', { exact: true })
  await title.fill('劳动合同与工伤')
  await page.getByLabel('到场积分').fill('25')
  const { form } = await read(training)
  const theirs: TrainingEntered = { ...form, title: { zh: '合同要看哪几条', en: '' }, place: { zh: '三楼', en: '' }, points: 15 } as TrainingEntered
  right(await second.ask(changeTrainingDoor, { training, revision: 1, surplusIsMeant: false, form: theirs }))
  await page.getByRole('button', { name: '保存' }).click()
  const news = page.getByRole('status', { name: '您填写时，别人改过这场培训' })
  await news.waitFor()
  expect(await news.locator('li').allTextContents()).toEqual(['标题 对方改成：合同要看哪几条用对方的', '地点 已换成：三楼', '到场积分 对方改成：15用对方的'])
  expect([await title.inputValue(), await page.getByLabel('地点', { exact: true }).inputValue(), await page.getByLabel('到场积分', { exact: true }).inputValue()]).toEqual(['劳动合同与工伤', '三楼', '25'])
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '用对方的: 到场积分' }).click()
  await page.getByRole('button', { name: '看过了，保存' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const now = await read(training)
  expect([now.form.title.zh, now.form.place.zh, now.form.points, now.revision]).toEqual(['劳动合同与工伤', '三楼', 15, 3])
  await context.close()
})

test('fewer places than people is said with the number, and done when it is meant', async () => {
  const training = await made(90)
  for (const handle of ['zhang', 'li', 'guli']) await signUp(training, handle)
  const { context, page } = await at.open(staff, 'phone', 'zh')
  await showOfficePage(page, `trainings/${training}`)
  await page.getByRole('button', { name: '修改' }).click()
  await page.getByLabel('名额').fill('1')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已有 3 人有位置（或正等答复），比 1 个名额多').waitFor()
  expect(await faultsOf(page)).toEqual([])
  // Not yet ticked: the form does not go.
  await page.getByRole('button', { name: '保存' }).click()
  expect((await read(training)).form.capacity).toBe(4)
  await page.getByLabel('我知道，就这样改').check()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('比名额多 2 个位置').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await context.close()
})

test('who has forgotten the card is entered by one touch, or looked for first; the certificates are printed', async () => {
  const training = await made(0.5)
  await signUp(training, 'zhang')
  const { context, page } = await at.open(staff, 'desk', 'zh')
  await showOfficePage(page, `trainings/${training}`)
  await page.getByRole('button', { name: '登记到场: 张*' }).click()
  await page.getByText('张* 已登记到场，+10 分，证书已生成。').waitFor()
  await page.getByRole('button', { name: '登记没带卡的骑手' }).click()
  await page.getByLabel('姓氏或全名').fill('欧阳')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '登记到场: 欧阳*' }).waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '登记到场: 欧阳*' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText('临时到场', { exact: true }).waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '打印证书（PDF）' }).click()])
  expect(file.suggestedFilename()).toMatch(/^certificates-.*\.pdf$/)
  await showOfficePage(page, 'certificates')
  const boxes = page.locator('tbody input[type=checkbox]')
  await boxes.nth(0).check()
  await boxes.nth(1).focus()
  await page.keyboard.press('Space')
  expect(await faultsOf(page)).toEqual([])
  const [some] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '打印选中的 2 张（PDF）' }).click()])
  expect(some.suggestedFilename()).toMatch(/\.pdf$/)
  await context.close()
})

test('called off with a reason that is text and nothing else; whatever stands in a title is text on every page', async () => {
  const training = await made(100, { title: { zh: `${SCRIPT.slice(0, 38)}急`, en: '' }, place: { zh: '\u202e\u200b<b>二楼</b>\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', en: '' } })
  await signUp(training, 'zhang')
  const { context, page } = await at.open(staff, 'phone', 'en')
  await showOfficePage(page, `trainings/${training}`)
  await page.getByRole('button', { name: 'Call it off' }).click()
  expect(await faultsOf(page)).toEqual([])
  // Ten thousand signs are put in at once: they stay, it is said how many are too many, and nothing is sent.
  const reason = page.getByLabel('Reason')
  await reason.focus()
  await page.keyboard.insertText('长'.repeat(10_000))
  expect((await reason.inputValue()).length).toBe(10_000)
  await page.getByText('At most 60 characters, there are 10,000').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Call it off' }).click()
  expect(await reason.evaluate((field: HTMLTextAreaElement) => field.validity.customError)).toBe(true)
  await reason.fill('<b>教练</b>生病')
  await page.getByRole('dialog').getByRole('button', { name: 'Call it off' }).click()
  await page.getByText('<b>教练</b>生病').waitFor()
  for (const path of ['trainings', `trainings/${training}`, `trainings/${demoTrainingId('food')}`, `trainings/${demoTrainingId('fire')}`, 'certificates', `riders/${demoRider('zhang')}`]) {
    await showOfficePage(page, path)
    expect([path, await page.title(), await page.evaluate(() => document.documentElement.scrollWidth), await page.locator('main script, main img').count(), await faultsOf(page)]).toEqual([path, expect.not.stringMatching(/^x$/), OFFICE_WINDOWS.phone.width, 0, []])
  }
  await context.close()
})

test('a volunteer sees who comes and enters who came, and plans nothing; a reader only reads', async () => {
  const training = await made(0.4)
  await signUp(training, 'li')
  for (const [role, records] of [['volunteer', 1], ['read_only', 0]] as const) {
    const person = await at.office.person(role)
    const { context, page } = await at.open(person, 'desk', 'zh')
    await showOfficePage(page, `trainings/${training}`)
    expect([role, await page.getByRole('button', { name: '修改' }).count(), await page.getByRole('button', { name: '登记到场: 李*' }).count()]).toEqual([role, 0, records])
    await showOfficePage(page, 'certificates')
    expect([await page.locator('tbody tr').count() > 0, await page.getByRole('button', { name: 'PDF' }).count(), await page.locator('tbody input').count()]).toEqual([true, 0, 0])
    await context.close()
  }
})

test('no page said anything in the console', () => {
  expect(at.problems).toEqual([])
})
