import { expect, test } from 'vitest'
import { wordsOf } from '../../../renderer/parts/whole-words.tsx'

test('a saying is cut between words, and a sign stays with the word before it', () => {
  expect(wordsOf('没翻出来，返回再进一次。').join('|')).toMatch(/，\|返回\|/)
  expect(wordsOf('密码不对，还能试 3 次')).toContain('3 次')
  expect(wordsOf('2026年10月22日')).toEqual(['2026年', '10月22日'])
  expect(wordsOf('这台机器还不认识你，先歇歇。')).toContain('认识')
})

test('nothing of it is lost', () => {
  for (const text of ['认得你以后，这里会有每一笔。', '还差 374 分', '“换”之后才扣分', '', '！']) expect(wordsOf(text).join('')).toBe(text)
})
