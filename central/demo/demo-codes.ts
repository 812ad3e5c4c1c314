// What the demo's tray can scan: the demo people's passes as central issued them, passes that must be refused, other people's
// codes, and goods. The first four are the ones that `npm start` shows: three riders and a volunteer.

import type { Queryable } from '../store/database.ts'
import { decodePass, encodePass, type PassBody } from '../../contract/pass/pass-code.ts'
import type { PassSigner } from '../passes.ts'
import { EXPIRED_RIDER, UNKNOWN_RIDER } from './demo-cards.ts'
import { DEMO, DEMO_RIDERS } from './demo-data.ts'

export interface DemoCode {
  handle: string
  label: { zh: string; en: string }
  kind: 'rider' | 'staff' | 'bad' | 'item'
  text: string
}

const KEY_NOBODY_HOLDS = 99

export async function readDemoCodes(queryable: Queryable, signPass: PassSigner): Promise<DemoCode[]> {
  const passOf = await passReader(queryable, signPass)
  const rider = (handle: string, en: string): DemoCode => {
    const { id, name } = demoRider(handle)
    return { handle, label: { zh: name, en }, kind: 'rider', text: passOf(id).text }
  }
  const staff = (handle: string, en: string, role: string): DemoCode => {
    const person = DEMO.staff.find((candidate) => candidate.demo === handle)
    if (person === undefined) throw new Error(`the demo has no staff ${handle}`)
    return { handle, label: { zh: `${person.name}（${role}）`, en }, kind: 'staff', text: passOf(person.id).text }
  }
  const zhang = passOf(demoRider('zhang').id)
  return [
    rider('zhang', 'Zhang Weiqiang, 126 points'),
    rider('li', 'Li Na, 640 points'),
    rider('rouzi', 'Rouzi Aili, 15 points'),
    staff('wang', 'Wang Xiulan, volunteer', '志愿者'),
    staff('hu', 'Hu Jianping, station head', '站长'),
    rider('suspended', 'Liu Zhiyuan, suspended'),
    rider('guli', 'Guli Nuer, hides her balance'),
    rider('ouyang', 'Ouyang Jianguo, two-sign surname'),
    rider('chen', 'Chen Yan, a rare sign'),
    { handle: 'visitor', label: { zh: '外站骑手（本站没有资料）', en: 'Rider from another station' }, kind: 'rider', text: passOf(UNKNOWN_RIDER.id).text },
    rider('lost-card', 'Wang Haiyan, new card'),
    bad('revoked', '已挂失的卡', 'Lost card, revoked', passOf(demoRider('lost-card').id, 1).text),
    bad('expired', '过期的卡', 'Expired card', passOf(EXPIRED_RIDER.id).text),
    bad('forged', '伪造的卡', 'Forged card', withForgedSignature(zhang.text)),
    bad('unknown-key', '别处签发的卡', 'Signed by a key nobody knows', withKeyNobodyHolds(zhang)),
    bad('damaged', '磨损的卡', 'Worn card', `${zhang.text.slice(0, 60)}${zhang.text[60] === '7' ? '8' : '7'}${zhang.text.slice(61)}`),
    bad('payment', '微信付款码', 'WeChat payment code', '134567890123456789'),
    bad('url', '网址', 'A web address', 'https://example.com/menu?table=12'),
    ...goods(),
  ]
}

function bad(handle: string, zh: string, en: string, text: string): DemoCode {
  return { handle, label: { zh, en }, kind: 'bad', text }
}

interface IssuedPass {
  body: PassBody
  text: string
}

async function passReader(queryable: Queryable, signPass: PassSigner): Promise<(holder: string, card?: number) => IssuedPass> {
  const cards = await queryable.query<PassBody>(
    `SELECT holder_kind AS holder, holder_id AS "holderId", card, issue_day AS "issueDay", key_id AS "keyId" FROM cards ORDER BY holder_id, card`,
  )
  return (holder, card) => {
    const body = cards.findLast((candidate) => candidate.holderId === holder && (card === undefined || candidate.card === card))
    if (body === undefined) throw new Error('the database holds no card for a demo person: it was not seeded with this demo')
    return { body, text: signPass(body) }
  }
}

function demoRider(handle: string): { id: string; name: string } {
  const rider = DEMO_RIDERS.find((candidate) => candidate.demo === handle)
  if (rider === undefined) throw new Error(`the demo has no rider ${handle}`)
  return rider
}

/** Whole in every other way: only the signature is wrong, as from somebody who can print but not sign. */
function withForgedSignature(text: string): string {
  const decoded = decodePass(text)
  if (!decoded.ok) throw new Error('our own pass cannot be read')
  const signature = decoded.pass.signature.slice()
  signature[0] = (signature[0] ?? 0) ^ 1
  return encodePass(decoded.pass.body, signature)
}

function withKeyNobodyHolds({ body, text }: IssuedPass): string {
  const decoded = decodePass(text)
  if (!decoded.ok) throw new Error('our own pass cannot be read')
  return encodePass({ ...body, keyId: KEY_NOBODY_HOLDS }, decoded.pass.signature)
}

function goods(): DemoCode[] {
  return [
    good('soap', 'soap-two-bars', '6990000100012'),
    good('soap-carton', 'soap-two-bars', '6990000109008', 12),
    good('noodles', 'instant-noodles', '6990000160016'),
    good('noodles-carton', 'instant-noodles', '6990000169002', 12),
    good('towel-label', 'towel', 'HW-00009'),
    good('shampoo-upc', 'shampoo', '000000710138'),
    good('plasters-short', 'plasters', '69901225'),
    good('drink-carton', 'electrolyte-drink', '6990000179001', 15),
    { handle: 'unknown-item', label: { zh: '目录里没有的商品', en: 'Goods not in the catalogue' }, kind: 'item', text: '6901234567892' },
  ]
}

function good(handle: string, id: string, code: string, carton?: number): DemoCode {
  const item = DEMO.items.find((candidate) => candidate.id === id)
  if (item === undefined || !item.barcodes.some((barcode) => barcode.code === code)) throw new Error(`the demo has no ${code} for ${id}`)
  const label = carton === undefined ? { zh: item.zh, en: item.en } : { zh: `${item.zh}（整箱 ${carton} 件）`, en: `${item.en}, carton of ${carton}` }
  return { handle, label, kind: 'item', text: code }
}
