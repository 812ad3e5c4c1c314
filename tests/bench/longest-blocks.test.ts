import { expect, test } from 'vitest'
import { longestBlocks } from '../../bench/longest-blocks.ts'

test('the longest block is that of all rounds, not the middle one', () => {
  const rounds = [{ longestBlockMs: 13.04, longestBlockCpuMs: 9 }, { longestBlockMs: 61.26, longestBlockCpuMs: 11 }, { longestBlockMs: 12, longestBlockCpuMs: 10.5 }]
  expect(longestBlocks(rounds)).toEqual({ longest_block_ms: 61.3, median_longest_block_ms: 13, longest_block_cpu_ms: 11, median_longest_block_cpu_ms: 10.5 })
})
