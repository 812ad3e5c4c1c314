// The menu of the office agrees with central: a page is shown to exactly those whom its door lets in.

import { expect, test } from 'vitest'
import { DOOR_ROLES } from '../../central/console/door-roles.ts'
import { readRoute, hrefOf } from '../../console/app/route.ts'
import { PAGES } from '../../console/pages/page-list.ts'

test('a page is for the roles of its door', () => {
  expect(PAGES.map(({ path, roles }) => ({ path, roles }))).toEqual(PAGES.map(({ path, door }) => ({ path, roles: DOOR_ROLES[door] })))
})

test('every page has an address of its own', () => {
  const paths = PAGES.map(({ path }) => path)
  expect(new Set(paths).size).toBe(paths.length)
})

test('an address is read as it was written, and nonsense is kept as it is', () => {
  expect(readRoute(hrefOf('riders', 'a/b 骑'))).toEqual(['riders', 'a/b 骑'])
  expect(readRoute('#/%E0%A4%A')).toEqual(['%E0%A4%A'])
  expect(readRoute('')).toEqual([])
})
