// The phone's pages as somebody sees them who has just scanned the kiosk's code: each state by its name, over a real central and a
// real kiosk, in a browser as wide as a phone.

import type { Browser, BrowserContext, Page } from 'playwright'
import { DEMO_TRAININGS, demoTrainingId } from '../../central/demo/demo-trainings.ts'
import type { HandOffPurpose } from '../../contract/kiosk/hand-off.ts'
import { hearPage } from './heard-page.ts'
import type { PhoneDistrict } from './phone-district.ts'
import { lightWish } from './lit-wish.ts'
import { dusk } from './photo-files.ts'
import { demoRider } from './test-central.ts'

export type PhoneLanguage = 'zh' | 'en'
export const PHONE_WINDOW = { width: 390, height: 844 }

const LOCALES: Record<PhoneLanguage, string> = { zh: 'zh-CN', en: 'en-GB' }
const NEWCOMER = { zh: '买合木提·艾力', en: 'Ayşe O’Neil' }
const WITH_A_PHONE = { zh: '想要一副防滑手套，打我电话13912345678', en: 'Non-slip gloves please, ring 13912345678' }

export interface PhonePages {
  context: BrowserContext
  page: Page
  /** Everything that was fetched: its address and how many bytes came over the line, headers inside. */
  fetched: { url: string; bytes: number }[]
  problems: string[]
  close(): Promise<void>
}

export async function openPhone(browser: Browser, language: PhoneLanguage): Promise<PhonePages> {
  const context = await browser.newContext({ viewport: PHONE_WINDOW, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: LOCALES[language] })
  const page = await context.newPage()
  const problems: string[] = []
  hearPage(page, problems)
  const fetched: PhonePages['fetched'] = []
  const watching = await context.newCDPSession(page)
  const urls = new Map<string, string>()
  await watching.send('Network.enable')
  watching.on('Network.requestWillBeSent', ({ requestId, request }) => void urls.set(requestId, request.url))
  watching.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => void fetched.push({ url: urls.get(requestId) ?? '', bytes: encodedDataLength }))
  return { context, page, fetched, problems, close: () => context.close() }
}

type Show = (district: PhoneDistrict, phone: PhonePages, language: PhoneLanguage) => Promise<void>

async function scan(district: PhoneDistrict, { page }: PhonePages, purpose: HandOffPurpose, handle = 'zhang'): Promise<void> {
  await district.endSession()
  const session = purpose === 'register' ? null : await district.signIn(demoRider(handle))
  // As if whoever stood here before had come ten minutes ago: in that time a kiosk asks for so many codes and no more.
  await district.database.query('UPDATE hand_offs SET made_at_ms = made_at_ms - 600000')
  const { shown } = await district.handOver(purpose, session)
  await page.goto(shown.url ?? '')
  await page.locator('h1').waitFor()
}

async function trainings(district: PhoneDistrict, phone: PhonePages, handle = 'zhang'): Promise<void> {
  await scan(district, phone, 'my_trainings', handle)
  await phone.page.locator('.row').first().waitFor()
}

/** The first of two touches. */
async function choose({ page }: PhonePages, training: string): Promise<void> {
  const { zh, en } = DEMO_TRAININGS.find(({ id }) => id === training) ?? { zh: '', en: '' }
  await page.locator('.row', { hasText: new RegExp(`${zh}|${en}`) }).click()
  await page.locator('dl').waitFor()
}

/** Once. */
async function litWithAPhoto({ database, objects, clock }: PhoneDistrict): Promise<void> {
  const rider = demoRider('guli')
  if ((await database.query('SELECT 1 FROM wishes WHERE rider_id = $1 AND fulfilment_photo IS NOT NULL', [rider])).length > 0) return
  const taken = await dusk()
  await lightWish({ database, objects, nowMs: Date.now() + clock.offsetMs }, { rider, taken, words: '手套放在站里了，报手机尾号领。' })
}

const register: Show = async (district, phone, language) => {
  await scan(district, phone, 'register')
  const { page } = phone
  await page.locator('.consent input').check()
  await page.locator('#name').fill(NEWCOMER[language])
  await page.locator('#phone').fill('139 9999 0000')
  await page.locator('input[name=platform]').first().check()
}

const typeWish = async ({ page }: PhonePages, text: string): Promise<void> => {
  await page.locator('#wish').fill(text)
  await page.locator('button.main').click()
}

/** By name: every page, and every way in which it is closed. */
export const PHONE_SCENES: Readonly<Record<string, Show>> = {
  'register': (district, phone) => scan(district, phone, 'register'),
  'register-filled': register,
  'register-done': async (district, phone, language) => {
    await register(district, phone, language)
    await phone.page.locator('button.main').click()
    await phone.page.locator('.told.good').waitFor()
  },
  'wish': (district, phone) => scan(district, phone, 'wish'),
  'wish-personal': async (district, phone, language) => {
    await scan(district, phone, 'wish')
    await typeWish(phone, WITH_A_PHONE[language])
    await phone.page.locator('mark').waitFor()
  },
  'wish-done': async (district, phone) => {
    await scan(district, phone, 'wish')
    await typeWish(phone, '想要一副防滑手套')
    await phone.page.locator('.told.good').waitFor()
  },
  'my-points': (district, phone) => scan(district, phone, 'my_points'),
  'my-wishes': async (district, phone) => {
    await scan(district, phone, 'my_wishes')
    await phone.page.locator('.card, main p').first().waitFor()
  },
  'my-wishes-photo': async (district, phone) => {
    await litWithAPhoto(district)
    await scan(district, phone, 'my_wishes', 'guli')
    await phone.page.getByRole('button', { name: /照片|photo/ }).first().click()
    await phone.page.locator('img.photo').waitFor()
    await phone.page.locator('img.photo').evaluate((image: HTMLImageElement) => image.decode())
  },
  'my-trainings': (district, phone) => trainings(district, phone),
  'training-sign-up': async (district, phone) => {
    await trainings(district, phone)
    await choose(phone, 'aid-sunday')
  },
  'training-cancel': async (district, phone) => {
    await trainings(district, phone)
    await phone.page.locator('.card button.quiet').first().click()
    await phone.page.locator('.told').waitFor()
  },
  'training-offered': (district, phone) => trainings(district, phone, 'guli'),
  'training-waiting': (district, phone) => trainings(district, phone, 'ouyang'),
  'calendar-in-wechat': async (district, { page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.49' }))
    await page.goto(`${district.url}/phone/?calendar=${demoTrainingId('trauma')}`)
    await page.locator('.steps').waitFor()
  },
  'calendar': async (district, { page }) => {
    await page.goto(`${district.url}/phone/?calendar=${demoTrainingId('trauma')}`)
    await page.locator('a.main').waitFor()
  },
  'no-code': async (district, { page }) => {
    await page.goto(`${district.url}/phone/`)
    await page.locator('.told.bad').waitFor()
  },
  'code-used': async (district, { page }) => {
    await district.endSession()
    const { code, shown } = await district.handOver('register', null)
    await district.phone().ask('open', { code })
    await page.goto(shown.url ?? '')
    await page.locator('.told.bad').waitFor()
  },
  'no-network': async (district, phone, language) => {
    await register(district, phone, language)
    await phone.context.setOffline(true)
    await phone.page.locator('button.main').click()
    await phone.page.locator('.missing:not(:empty)').waitFor()
  },
}
