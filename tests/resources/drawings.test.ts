// Drawings are shown under a content policy that allows no style and no script, on a ground that the card paints. These are
// the rules that keep them one family: one canvas, presentation attributes only, small, and no protected emblem.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const RESOURCES = join(import.meta.dirname, '../../resources')
const DRAWING_BYTES_MAX = 3072

interface Drawing {
  name: string
  svg: string
}

function readDrawings(folder: string): Drawing[] {
  const names = readdirSync(join(RESOURCES, folder)).filter((name) => name.endsWith('.svg'))
  return names.toSorted().map((name) => ({ name, svg: readFileSync(join(RESOURCES, folder, name), 'utf8') }))
}

function namesWhere(drawings: readonly Drawing[], isOdd: (svg: string) => boolean): string[] {
  return drawings.filter(({ svg }) => isOdd(svg)).map(({ name }) => name)
}

function elementsOf(svg: string): string[] {
  return [...svg.matchAll(/<([a-zA-Z]+)/g)].map((match) => match[1] ?? '')
}

const goods = readDrawings('items')
const icons = readDrawings('icons')
const everything = [...goods, ...icons]

test('every drawing of goods is on the same canvas and small', () => {
  expect(namesWhere(goods, (svg) => !svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 160">'))).toEqual([])
  expect(namesWhere(goods, (svg) => Buffer.byteLength(svg) > DRAWING_BYTES_MAX)).toEqual([])
})

test('a drawing is shapes with presentation attributes, nothing else', () => {
  const shapes = new Set(['svg', 'g', 'path', 'rect', 'circle', 'ellipse'])
  expect(namesWhere(everything, (svg) => elementsOf(svg).some((element) => !shapes.has(element)))).toEqual([])
  expect(namesWhere(everything, (svg) => /\s(style|class|id|href|on\w+|filter|font-\w+)=|url\(|NaN|undefined/.test(svg))).toEqual([])
})

test('goods have no ground of their own: the card paints it', () => {
  expect(namesWhere(goods, (svg) => /<rect[^>]*width="(240|100%)"/.test(svg))).toEqual([])
})

test('a brand mark takes the colour of its surroundings and bears a white heart', () => {
  const marks = icons.filter(({ name }) => name.endsWith('-heart.svg'))
  const fills = marks.map(({ name, svg }) => [name, ...[...svg.matchAll(/fill="([^"]+)"/g)].map((match) => match[1])])
  expect(fills).toEqual([
    ['helmet-heart.svg', 'currentColor', '#FFFFFF'],
    ['house-heart.svg', 'currentColor', '#FFFFFF'],
  ])
})

test('the app icon is a PNG of 512 by 512 beside its drawing', () => {
  const png = readFileSync(join(RESOURCES, 'icons/app.png'))
  expect({ signature: png.subarray(1, 4).toString('latin1'), width: png.readUInt32BE(16), height: png.readUInt32BE(20) }).toEqual({
    signature: 'PNG',
    width: 512,
    height: 512,
  })
  expect(icons.map(({ name }) => name)).toContain('app.svg')
})
