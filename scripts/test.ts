// `npm test`: types, lint, then every test on real parts, in one run that ends with `N passed, N failed`. Only the Electron
// tests may not run, where there is no Electron to be had: then the line before the last says so. Types, lint and build count one each.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { findElectron } from './start/electron-binary.ts'
import { bringMachineNeeds } from './test/machine-needs.ts'
import { makeScratchGround } from './test/scratch-ground.ts'

const root = join(import.meta.dirname, '..')
const artifacts = join(root, 'tests', '.artifacts')
const ground = makeScratchGround()
process.on('exit', () => ground.remove())
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
/** Tests start hundreds of Node processes on the same modules: what one has compiled, the next one finds. */
const compiled = join(ground.folder, 'compiled')
const env = { ...process.env, TMPDIR: ground.folder, BOAI_TEST_RUN_FOLDER: ground.folder, NODE_COMPILE_CACHE: compiled, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` }
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const vitestReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int(), numTodoTests: z.int(), success: z.boolean() })

interface Count {
  passed: number
  failed: number
}

function runCommand(name: string, command: string, args: readonly string[]): Count {
  say(`\n── ${name} ──`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env })
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Of these much is waiting (disks, processes, timers, pages): as many files at once as there are cores, or more. Electron has one screen. */
const FILES_AT_ONCE: Readonly<Record<string, number>> = { unit: 2, pg: 3, browser: 2 }

/** With those of its kind that need a process for themselves: `unit` and `unit-alone`. */
function runProject(project: string): Count {
  say(`\n── ${project} ──`)
  const report = join(artifacts, `${project}.json`)
  rmSync(report, { force: true })
  const atOnce = FILES_AT_ONCE[project] ?? 1
  const { status } = spawnSync('vitest', ['run', '--project', `${project}*`, `--maxWorkers=${atOnce}`, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { cwd: root, stdio: 'inherit', env })
  const counts = vitestReport.parse(JSON.parse(readFileSync(report, 'utf8')))
  // A skipped test is not a passed one, and a run that failed around its tests did fail.
  const failed = counts.numFailedTests + counts.numPendingTests + counts.numTodoTests
  return { passed: counts.numPassedTests, failed: status === 0 ? failed : Math.max(1, failed) }
}

/** How many Electron tests there are, without running them. */
function countTests(project: string): number {
  const { stdout } = spawnSync('vitest', ['list', '--project', project, '--json'], { cwd: root, encoding: 'utf8', env })
  return z.array(z.unknown()).parse(JSON.parse(stdout.slice(stdout.indexOf('[')))).length
}

mkdirSync(artifacts, { recursive: true })
const electron = await findElectron(say)
try {
  bringMachineNeeds({ window: electron.found, say })
} catch (error) {
  process.stderr.write(`npm test: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

const counts = [
  runCommand('types', process.execPath, [join(root, 'scripts/types.ts')]),
  runCommand('lint', 'oxlint', ['--type-aware', '--deny-warnings']),
  runCommand('build', process.execPath, [join(root, 'scripts/build.ts')]),
  ...['unit', 'pg', 'browser'].map(runProject),
  ...(electron.found ? [runProject('electron')] : []),
]
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
say('')
if (!electron.found) say(`no Electron: ${electron.why}\nnot run: electron (${countTests('electron')})`)
say(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
