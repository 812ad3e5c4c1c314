import { expect, test } from 'vitest'
import { refuseOldServer, ServerTooOldError } from '../../../central/store/server-version.ts'

test.each([
  [140_019, '14.19'],
  [149_999, '14.9999'],
  [90_624, '9.6.24'],
])('%i is refused by its name', (number, name) => {
  expect(() => refuseOldServer(number)).toThrow(new ServerTooOldError(`the database server is PostgreSQL ${name}; central needs PostgreSQL 15 or newer`))
})

test.each([150_000, 150_014, 180_001])('%i is taken', (number) => {
  expect(() => refuseOldServer(number)).not.toThrow()
})
