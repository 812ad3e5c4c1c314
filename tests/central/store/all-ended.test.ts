import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { allEnded } from '../../../central/store/all-ended.ts'

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
