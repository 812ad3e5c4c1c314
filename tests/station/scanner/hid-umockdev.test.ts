// The real node-hid reads a scanner that umockdev fakes below it: enumeration, opening, native reads, closing.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readRecording, recordedPass } from '../../fixtures/scanner/recording.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/scanner/', import.meta.url))
const missing = 'umockdev-run is not installed: apt-get install umockdev'

/** Far enough apart that each read finds one report, as the kernel's hidraw guarantees, and well within a code's expiry. */
const reportGapMs = 90
/** From the start of umockdev-run: a busy machine needs a while until the scanner is open. */
const firstReportMs = 2_500

test('the real node-hid finds a HID-POS scanner and reads a pass in three reports and an EAN-13', { timeout: 30_000 }, async () => {
  const lines = await runUnderUmockdev(['pass-in-three-reports', 'ean13', 'gbk-text'], 3)
  expect(lines).toEqual([
    { kind: 'connected', product: 'HID POS scanner' },
    { text: recordedPass, source: 'hid', aimId: ']Q1' },
    { text: '6901234567892', source: 'hid', aimId: ']E0' },
    { text: '博爱小站欢迎你', source: 'hid', aimId: ']Q1' },
    { counts: { codes: 3, malformedReports: 0, expiredPartials: 0, droppedPartials: 0 } },
  ])
})

async function runUnderUmockdev(recordings: readonly string[], expectedCount: number): Promise<unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), 'boai-umockdev-'))
  const script = join(folder, 'reports.script')
  writeFileSync(script, writeScript(recordings))
  try {
    const devices = ['-d', join(fixtures, 'mock-scanner.umockdev'), '-i', `/dev/hidraw0=${join(fixtures, 'mock-scanner.ioctl')}`]
    const program = [process.execPath, join(fixtures, 'print-scans.ts'), String(expectedCount)]
    const { code, stdout, stderr } = await run('umockdev-run', [...devices, '-s', `/dev/hidraw0=${script}`, '--', ...program])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** umockdev's script: `r`, the wait before it, and the bytes with everything up to the space bar escaped as ^ and a letter. */
function writeScript(recordings: readonly string[]): Buffer {
  const lines: Buffer[] = []
  for (const event of recordings.flatMap((name) => readRecording(name))) {
    if (event.report === 'unplug') throw new Error('umockdev-run cannot unplug')
    const escaped = Array.from(event.report).flatMap((byte) => (byte <= 32 ? [0x5e, byte + 64] : byte === 0x5e ? [0x5e, 0x60] : [byte]))
    lines.push(Buffer.from(`r ${lines.length === 0 ? firstReportMs : reportGapMs} `), Buffer.from(escaped), Buffer.from('\n'))
  }
  return Buffer.concat(lines)
}

async function run(command: string, args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? new Error(missing) : error))
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
