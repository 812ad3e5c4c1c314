import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { allEnded, endingAll } from '../../../central/store/all-ended.ts'

const refused = (code: string): Error => Object.assign(new Error(code), { code })

test('what the others follow from is thrown, and not before all have ended', async () => {
  const ended: string[] = []
  const end = async (name: string, ms: number, error?: Error): Promise<void> => {
    await pause(ms)
    ended.push(name)
    if (error !== undefined) throw error
  }
  await expect(allEnded([end('late', 30, refused('25P02')), end('cause', 5, refused('23505')), end('fine', 10), end('after', 1, refused('25P02'))])).rejects.toThrow('23505')
  expect(ended).toEqual(['after', 'cause', 'fine', 'late'])
  await expect(allEnded([end('one', 1, refused('25P02'))])).rejects.toThrow('25P02')
  await expect(allEnded([end('two', 2).then(() => 2), end('three', 1).then(() => 'three')])).resolves.toEqual([2, 'three'])
})

test('what is asked while answers come in: it is ended with the work, and its failure is told and not what followed from it', async () => {
  const ended: string[] = []
  const end = async (name: string, ms: number, error?: Error): Promise<string> => {
    await pause(ms)
    ended.push(name)
    if (error !== undefined) throw error
    return name
  }
  const working = endingAll(async (ask) => {
    void ask(end('cause', 5, refused('23505')))
    void ask(end('late', 30))
    await ask(end('follows', 15, refused('25P02')))
    ended.push('never')
  })
  await expect(working).rejects.toThrow('23505')
  expect(ended).toEqual(['cause', 'follows', 'late'])

  ended.length = 0
  await expect(endingAll(async (ask) => {
    void ask(end('written', 10))
    return ask(end('answer', 1))
  })).resolves.toBe('answer')
  expect(ended).toEqual(['answer', 'written'])
  // What the work itself throws, where nothing failed that it asked.
  await expect(endingAll(async (ask) => {
    void ask(end('written', 1))
    throw new Error('of its own')
  })).rejects.toThrow('of its own')
})
