// WeChat's browser on Android is Chromium of 2020 on many phones, and iPhones of that year have Safari 14. Syntax is the build's
// business (vite.phone.config); here the built files are searched for what no build can bring: newer CSS and newer calls.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from '@babel/parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildParts } from '../../scripts/build.ts'

interface Newer {
  /** And since when both have it. */
  feature: string
  found: RegExp
  sample: string
}

const NEWER_CSS: readonly Newer[] = [
  { feature: ':has() (105, 15.4)', found: /:has\(/, sample: 'a:has(b){}' },
  { feature: 'dvh, svh, lvh (108, 15.4)', found: /\d[dsl]v[hwib]\b/, sample: 'a{height:100dvh}' },
  { feature: 'gap in a flex box (84, 14.1)', found: /display:\s*(inline-)?flex[^}]*[^-]gap:|[^-]gap:[^}]*display:\s*(inline-)?flex/, sample: 'a{display:flex;gap:1px}' },
  { feature: 'inset (87, 14.1)', found: /[;{]\s*inset(-block|-inline)?:/, sample: 'a{inset:0}' },
  { feature: 'margin-inline and padding-inline in one (87, 14.1)', found: /[;{]\s*(margin|padding)-(inline|block):/, sample: 'a{margin-inline:1px}' },
  { feature: 'aspect-ratio (88, 15)', found: /aspect-ratio:/, sample: 'a{aspect-ratio:1}' },
  { feature: ':is() and :where() (88, 14)', found: /:where\(|:is\(/, sample: 'a:is(b){}' },
  { feature: ':focus-visible (86, 15.4)', found: /:focus-visible/, sample: 'a:focus-visible{}' },
  { feature: 'accent-color (93, 15.4)', found: /accent-color:/, sample: 'a{accent-color:red}' },
  { feature: '@layer (99, 15.4)', found: /@layer/, sample: '@layer a{}' },
  { feature: '@container (105, 16)', found: /@container/, sample: '@container (width>1px){}' },
  { feature: 'color-mix, oklch (111, 15.4)', found: /color-mix\(|oklch\(|oklab\(/, sample: 'a{color:color-mix(in srgb,red,blue)}' },
  { feature: 'nesting (112, 16.5)', found: /\{[^{}]*&[^{}]*\{/, sample: 'a{&:hover{}}' },
  { feature: 'ranges in media queries (104, 16.4)', found: /@media[^{]*[<>]/, sample: '@media (width>1px){}' },
  { feature: 'text-wrap: balance (114, 17.5)', found: /text-wrap:/, sample: 'a{text-wrap:balance}' },
]

/** Calls by their name, wherever they are called; a property of ours with such a name would be named otherwise. */
const NEWER_CALLS = [
  'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with', 'structuredClone', 'hasOwn', 'groupBy', 'replaceChildren', 'randomUUID', 'any', 'timeout',
  'withResolvers', 'isWellFormed', 'toWellFormed', 'allSettled', 'checkVisibility', 'requestIdleCallback', 'showPicker', 'showModal', 'fromAsync', 'cause',
] as const
const NEWER_NAMES = ['Segmenter', 'WeakRef', 'AggregateError', 'ListFormat', 'ResizeObserver', 'BroadcastChannel', 'ClipboardItem', 'VisualViewport', 'CompressionStream', 'Temporal'] as const

let css = ''
let js = ''
const built = mkdtempSync(join(tmpdir(), 'boai-phone-'))

beforeAll(async () => {
  await buildParts(['phone'], built)
  const folder = join(built, 'phone', 'assets')
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.css')) css += readFileSync(join(folder, name), 'utf8')
    if (name.endsWith('.js')) js += readFileSync(join(folder, name), 'utf8')
  }
}, 60_000)

afterAll(() => rmSync(built, { recursive: true, force: true }))

function newerIn(script: string): string[] {
  const found: string[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const { type, callee, name } = node as { type?: string; callee?: { type?: string; name?: string; property?: { name?: string } }; name?: string }
    if (type === 'CallExpression' || type === 'OptionalCallExpression') {
      const called = callee?.type === 'Identifier' ? callee.name : callee?.property?.name
      if (NEWER_CALLS.some((one) => one === called)) found.push(`${called ?? ''}()`)
    }
    if (type === 'Identifier' && NEWER_NAMES.some((one) => one === name)) found.push(name ?? '')
    if (type === 'PrivateName' || type === 'ClassProperty' || type === 'StaticBlock' || type === 'ClassPrivateProperty') found.push(type)
    if (type === 'RegExpLiteral') {
      const { pattern, flags } = node as { pattern?: string; flags?: string }
      if (/\(\?<[=!]/.test(pattern ?? '')) found.push('looking behind')
      if (/[vd]/.test(flags ?? '')) found.push(`/${flags ?? ''}`)
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'loc') visit(child)
  }
  visit(parse(script, { sourceType: 'module' }).program.body)
  return found
}

test('the built styles use nothing newer than Chrome 86 and Safari 14', () => {
  expect(css.length).toBeGreaterThan(1_000)
  expect(NEWER_CSS.filter(({ found }) => found.test(css)).map(({ feature }) => feature)).toEqual([])
})

test('the built script calls nothing newer than Chrome 86 and Safari 14', () => {
  expect(js.length).toBeGreaterThan(5_000)
  expect(newerIn(js)).toEqual([])
})

test('each of them would be found', () => {
  expect(NEWER_CSS.filter(({ found, sample }) => !found.test(sample)).map(({ feature }) => feature)).toEqual([])
  expect(NEWER_CALLS.filter((name) => !newerIn(`x.${name}()`).includes(`${name}()`))).toEqual([])
  expect(NEWER_NAMES.filter((name) => newerIn(`new ${name}()`).length === 0)).toEqual([])
  expect([newerIn('class A { #b = 1 }'), newerIn('structuredClone(x)'), newerIn('/(?<=a)b/v')]).toEqual([['ClassPrivateProperty', 'PrivateName'], ['structuredClone()'], ['looking behind', '/v']])
})
