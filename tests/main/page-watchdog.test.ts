import { expect, test } from 'vitest'
import { createHeartbeat } from '../../main/page-watchdog.ts'

test('a page that leaves four questions without an answer is hung', () => {
  const heartbeat = createHeartbeat()
  expect(Array.from({ length: 5 }, () => heartbeat.ping())).toEqual(['alive', 'alive', 'alive', 'alive', 'hung'])
})

test('one answer, however late, and the counting begins anew', () => {
  const heartbeat = createHeartbeat()
  heartbeat.ping()
  heartbeat.ping()
  heartbeat.ping()
  heartbeat.pong()
  expect(Array.from({ length: 5 }, () => heartbeat.ping())).toEqual(['alive', 'alive', 'alive', 'alive', 'hung'])
})
