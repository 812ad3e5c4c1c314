import { expect, test } from 'vitest'
import { isKeyLetThrough, type PressedKey } from '../../main/input-guard.ts'

const plain: PressedKey = { code: 'KeyA', control: false, alt: false, meta: false, shift: false }
const refused = (keys: readonly Partial<PressedKey>[]): unknown[] => keys.filter((key) => isKeyLetThrough({ ...plain, ...key }))

test('what people type and what scanners send reaches the page', () => {
  const codes = ['KeyA', 'Digit7', 'Numpad7', 'Space', 'Enter', 'Tab', 'Backspace', 'Escape', 'ArrowLeft', 'ShiftLeft', 'Semicolon']
  expect(codes.filter((code) => !isKeyLetThrough({ ...plain, code }))).toEqual([])
  expect(isKeyLetThrough({ ...plain, shift: true })).toBe(true)
})

test('Alt+F4, every function key and every launcher key end at the window', () => {
  const functionKeys = Array.from({ length: 24 }, (_, index) => ({ code: `F${index + 1}` }))
  const launchers = ['BrowserHome', 'LaunchMail', 'MediaSelect', 'ContextMenu', 'AltLeft', 'MetaLeft', 'Power', 'PrintScreen'].map((code) => ({ code }))
  expect(refused([{ code: 'F4', alt: true }, { code: 'Tab', alt: true }, { code: 'Space', alt: true }, ...functionKeys, ...launchers])).toEqual([])
})

test('Meta and Ctrl combinations end at the window', () => {
  expect(refused([{ meta: true }, { code: 'Tab', control: true }, { code: 'F5', control: true }, { code: 'Delete', control: true, alt: true }, { code: 'Equal', control: true }, { code: 'Digit0', control: true }])).toEqual([])
})

test('the Ctrl keys that spell a control character reach the page, which refuses the whole scan for them', () => {
  const spelling = [{ code: 'KeyO' }, { code: 'BracketLeft' }, { code: 'Digit2', shift: true }, { code: 'ControlLeft' }]
  expect(spelling.map((key) => isKeyLetThrough({ ...plain, ...key, control: true }))).toEqual([true, true, true, true])
})
