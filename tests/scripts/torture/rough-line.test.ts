// The torture's bad line does what it counts: each fault seen from the asker's side and from the side of what was asked.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { drawFrom } from '../../../scripts/torture/draw.ts'
import { LINE_FAULTS, openRoughLine, type RoughLine } from '../../../scripts/torture/rough-line.ts'

const ANSWER = 'answered '.repeat(200)

interface Setting {
  line: RoughLine
  /** Whole requests that reached the far side. */
  arrived: string[]
  counts: Record<string, number>
  answers: number[]
}

async function openSetting(seed = 'a'): Promise<Setting> {
  const arrived: string[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('error', () => undefined)
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      arrived.push(`${request.method} ${request.url} ${String(request.headers['x-mark'])} ${Buffer.concat(parts).toString()}`)
      response.end(ANSWER)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const counts: Record<string, number> = {}
  const answers: number[] = []
  const line = await openRoughLine({
    centrals: () => [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
    draw: drawFrom(seed),
    count: (fault) => {
      counts[fault] = (counts[fault] ?? 0) + 1
    },
    onAnswer: (_asked, answered) => answers.push(answered.status),
  })
  onTestFinished(async () => {
    await line.close()
    server.closeAllConnections()
    server.close()
  })
  return { line, arrived, counts, answers }
}

/** The answer, or null where there is no whole one. */
async function ask(line: RoughLine, body: string): Promise<string | null> {
  try {
    const answer = await fetch(new URL('/v1/push', line.url), { method: 'POST', body, headers: { 'x-mark': 'kept' } })
    return await answer.text()
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

test('a smooth line brings request and answer whole, with their headers', async () => {
  const { line, arrived, counts, answers } = await openSetting()
  expect([await ask(line, 'one'), arrived, counts, answers]).toEqual([ANSWER, ['POST /v1/push kept one'], {}, [200]])
})

test('cut off, nothing arrives; cut one way, the request does and its answer does not', async () => {
  const { line, arrived, counts, answers } = await openSetting()
  line.cut = 'cut_off'
  expect(await ask(line, 'one')).toBeNull()
  expect(arrived).toEqual([])
  line.cut = 'one_way'
  expect(await ask(line, 'two')).toBeNull()
  expect([arrived, counts['one_way'], answers]).toEqual([['POST /v1/push kept two'], 1, [200]])
  line.cut = 'open'
  expect(await ask(line, 'three')).toBe(ANSWER)
})

test('on a rough line every fault happens, each asker gets the whole answer or none, and what is lost on the way back was done', async () => {
  const { line, arrived, counts, answers } = await openSetting('rough')
  line.roughness = 1
  const asked = 80
  const heard = await Promise.all(Array.from({ length: asked }, (_, index) => ask(line, `n${index}.`)))
  expect(heard.filter((answer) => answer !== null && answer !== ANSWER)).toEqual([])
  const of = (fault: string): number => counts[fault] ?? 0
  expect(LINE_FAULTS.filter((fault) => fault !== 'cut_off' && fault !== 'one_way' && of(fault) === 0)).toEqual([])
  const lost = of('dropped') + of('request_cut') + of('answer_cut') + of('answer_lost')
  expect(heard.filter((answer) => answer === null)).toHaveLength(lost)
  const first = new Set(arrived)
  expect(first.size).toBe(asked - of('dropped') - of('request_cut'))
  expect(answers.length).toBeGreaterThanOrEqual(first.size + of('doubled'))
})
