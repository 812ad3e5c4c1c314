import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findPersonal, isIdentityNumber, redactPersonal } from '../../domain/find-personal.ts'

/** Each as kind and the words that were found. */
function found(text: string): string[] {
  return findPersonal(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)
}

test.each([
  ['请打13812345678找我', ['phone 13812345678']],
  ['138 1234 5678', ['phone 138 1234 5678']],
  ['138-1234-5678，晚上打', ['phone 138-1234-5678']],
  ['电话１３８１２３４５６７８', ['phone １３８１２３４５６７８']],
  ['一三八一二三四五六七八', ['phone 一三八一二三四五六七八']],
  ['幺三八，1234，五六七八', ['phone 幺三八，1234，五六七八']],
  ['+86 13812345678', ['phone +86 13812345678']],
  ['座机0991-2345678', ['phone 0991-2345678']],
  ['电话：2345678', ['phone 2345678']],
  ['身份证11010519491231002X', ['id_number 11010519491231002X']],
  ['110105 19491231 002x 是我的', ['id_number 110105 19491231 002x']],
  ['我的车新A12345被锁', ['plate 新A12345']],
  ['新A·D12345 绿牌', ['plate 新A·D12345']],
  ['新ａ１２３４５', ['plate 新ａ１２３４５']],
  ['电动车牌号 乌A123456', ['plate 乌A123456']],
  ['乌鲁木齐123456停在门口', ['plate 乌鲁木齐123456']],
  ['加微信 rider_2020', ['account rider_2020']],
  ['vx：abc12345', ['account abc12345']],
  ['QQ 12345678', ['account 12345678']],
  ['发到 zhang.san@example.com', ['account zhang.san@example.com']],
  ['感谢张师傅帮忙', ['name 张']],
  ['欧阳女士想要', ['name 欧阳']],
  ['我叫张伟强，想要手套', ['name 张伟强']],
  ['我叫李梅想要手套', ['name 李梅']],
  ['肉孜艾力·买买提想要一个靠垫', ['name 肉孜艾力·买买提']],
  ['我姓王', ['name 王']],
  ['مېنىڭ ئىسمىم ئادىل', ['name ئادىل']],
  ['幸福路12号', ['address 幸福路12号']],
  ['住在锦绣小区3号楼2单元501', ['address 锦绣小区3号楼2单元501']],
  ['阳光花园5栋1201室', ['address 阳光花园5栋1201室']],
])('is pointed out: %s', (text, spans) => {
  expect(found(text)).toEqual(spans.map((span) => expect.stringContaining(span.split(' ').slice(1).join(' ')) as string))
  expect(found(text).map((span) => span.split(' ')[0])).toEqual(spans.map((span) => span.split(' ')[0]))
})

test.each([
  '想要一双冬天的手套', '中午12点到14点能有个地方热饭', '希望驿站3号前把微波炉修好', '门口的灯坏了三天了', '想给孩子买一本一年级的课外书', '想要一个20000毫安的充电宝', '一百块以内的靠垫就行',
  '小区门口能不能给骑手登记一次就放行', '想在二楼休息室放两张躺椅', '希望有个师傅教我修电动车', '想学会做心肺复苏', '请给站里配一个打气筒，预算150元', '2026年11月28日之前', '晚上10点以后进不了门',
  'پەلەي كېرەك', 'I wish for warm gloves', '想和老婆一起看一场电影', '高温天能不能多放几箱水', '何时能有热水', '外卖柜放在一号门和二号门都行', '保安大哥能不能友善一点', '老师傅教教我',
])('is left alone: %s', (text) => {
  expect(found(text)).toEqual([])
})

test('an identity number is one by its day of birth and its check digit', () => {
  expect(['11010519491231002x', '110105194912310021', '11010519491331002x', '123'].map(isIdentityNumber)).toEqual([true, false, false, false])
})

test('what is hidden is hidden whole, and the rest stays', () => {
  expect(redactPersonal('我叫张伟强，电话138 1234 5678，住锦绣小区3号楼2单元501，想要手套')).toBe('我叫＊＊＊，电话＊＊＊，住＊＊＊，想要手套')
})

test('a text that was hidden has nothing left to find, and spans are in order and apart, whatever it says', () => {
  const piece = fc.oneof(fc.constantFrom('138 1234 5678', '新A12345', '张师傅', '我叫王小明', '3号楼2单元', '微信abc12345', '，', ' ', '手套'), fc.string({ maxLength: 6 }))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('；')), (text) => {
      const spans = findPersonal(text)
      expect(spans.every(({ start, end }, index) => start < end && end <= text.length && start >= (spans[index - 1]?.end ?? 0))).toBe(true)
      for (const { kind, start, end } of spans) if (kind === 'phone') expect(redactPersonal(text)).not.toContain(text.slice(start, end))
    }),
    { numRuns: 500 },
  )
})

test('a text as long as may come is searched in no time', () => {
  const texts = ['1'.repeat(4_000), '1 '.repeat(2_000), '三'.repeat(4_000), '张'.repeat(4_000), '路'.repeat(4_000), '微信'.repeat(2_000), 'a@'.repeat(2_000), '3号'.repeat(2_000)]
  const beganMs = performance.now()
  for (const text of texts) findPersonal(text)
  expect(performance.now() - beganMs).toBeLessThan(2_000)
})
