// The import table of ARCHITECTURE.md as a test: which folder may know which, and the one place for each native or heavy part.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { parse } from '@babel/parser'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const FOLDERS = ['domain', 'contract', 'station', 'main', 'preload', 'renderer', 'central', 'console', 'phone', 'scripts', 'bench', 'tests'] as const
type Folder = (typeof FOLDERS)[number]

/** Which of our folders a folder may import, and which packages; `node:` stands for Node itself. */
const MAY_IMPORT: Record<Folder, { ours: readonly Folder[]; packages: readonly string[] | 'any' }> = {
  domain: { ours: [], packages: [] },
  contract: { ours: ['domain'], packages: ['zod'] },
  station: { ours: ['domain', 'contract'], packages: ['node:', 'better-sqlite3', 'node-hid', 'pino', 'sirv', 'uuid', 'ws', 'zod'] },
  main: { ours: ['contract'], packages: ['node:', 'electron', 'zod'] },
  preload: { ours: ['domain', 'contract'], packages: ['electron'] },
  renderer: { ours: ['domain', 'contract'], packages: ['qrcode', 'react', 'react-dom', 'zod', '@fontsource-variable/noto-sans-sc'] },
  central: { ours: ['domain', 'contract'], packages: ['node:', '@electric-sql/pglite', '@simplewebauthn/server', 'aws4fetch', 'fastify', 'fflate', 'otplib', 'pdfkit', 'pg', 'pino', 'prom-client', 'qrcode', 'sharp', 'subset-font', 'uuid', 'zod'] },
  console: { ours: ['domain', 'contract'], packages: ['@simplewebauthn/browser', 'qr', 'react', 'react-dom', 'zod'] },
  // Types only: a phone on a bad network fetches no library.
  phone: { ours: ['domain', 'contract'], packages: [] },
  scripts: { ours: FOLDERS, packages: 'any' },
  bench: { ours: FOLDERS, packages: 'any' },
  tests: { ours: FOLDERS, packages: 'any' },
}

/** Parts that one place hides from the rest of its folder. */
const ONLY_IN: Record<string, string> = {
  'better-sqlite3': 'station/store/',
  'node-hid': 'station/scanner/hid-scanner.ts',
  ws: 'station/screen/',
  pg: 'central/store/',
  '@electric-sql/pglite': 'central/store/',
  'prom-client': 'central/ops/metrics.ts',
  otplib: 'central/console/six-digits.ts',
  fflate: 'central/console/export/',
  '@simplewebauthn/server': 'central/console/passkeys.ts',
  '@simplewebauthn/browser': 'console/app/passkeys.ts',
  pdfkit: 'central/console/passes/pdf-sheet.ts',
  'subset-font': 'central/console/passes/sheet-fonts.ts',
  sharp: 'central/media/read-photo.ts',
  aws4fetch: 'central/media/s3-store.ts',
}

const NEVER_IMPORTED: readonly Folder[] = ['scripts', 'bench', 'tests']

interface Import {
  from: string
  to: string
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(join(root, path)).isDirectory()) return name.startsWith('.') ? [] : sourceFiles(path)
    return /\.tsx?$/.test(name) ? [path] : []
  })
}

function importsOf(file: string): Import[] {
  const { program } = parse(readFileSync(join(root, file), 'utf8'), { sourceType: 'module', plugins: ['typescript', 'jsx'] })
  const found: Import[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const child of node) visit(child)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const { type, source } = node as { type?: unknown; source?: { value?: unknown } | null }
    const importing = type === 'ImportDeclaration' || type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration' || type === 'ImportExpression'
    if (importing && typeof source?.value === 'string') found.push({ from: file, to: source.value })
    const { callee, arguments: given } = node as { callee?: { type?: unknown }; arguments?: { value?: unknown }[] }
    if (callee?.type === 'Import' && typeof given?.[0]?.value === 'string') found.push({ from: file, to: given[0].value })
    const { argument } = node as { argument?: { value?: unknown } }
    if (type === 'TSImportType' && typeof argument?.value === 'string') found.push({ from: file, to: argument.value })
    for (const [key, child] of Object.entries(node)) if (key !== 'loc' && !key.endsWith('Comments')) visit(child)
  }
  visit(program.body)
  return found
}

function folderOf(path: string): Folder | undefined {
  return FOLDERS.find((folder) => path.startsWith(`${folder}/`))
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node:'
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}

/** What is wrong with one import, or null. */
function faultOf({ from, to }: Import): string | null {
  const folder = folderOf(from)
  if (folder === undefined) return `${from} lies in no known folder`
  const rule = MAY_IMPORT[folder]
  if (to.startsWith('.')) {
    const target = relative(root, resolve(root, dirname(from), to))
    const targetFolder = folderOf(target)
    // Data and pictures are nobody's code.
    if (targetFolder === undefined) return target.startsWith('resources/') || folder === 'scripts' || folder === 'tests' || folder === 'bench' ? null : `${from} imports ${target}`
    if (targetFolder === folder) return null
    if (NEVER_IMPORTED.includes(targetFolder) && !NEVER_IMPORTED.includes(folder)) return `${from} imports ${target}`
    return rule.ours.includes(targetFolder) ? null : `${from} imports ${target}`
  }
  const name = packageOf(to)
  const home = ONLY_IN[name]
  if (home !== undefined && !NEVER_IMPORTED.includes(folder) && !from.startsWith(home)) return `${from} imports ${name}, which only ${home} may`
  return rule.packages === 'any' || rule.packages.includes(name) ? null : `${from} imports ${name}`
}

const everyImport = FOLDERS.flatMap(sourceFiles).flatMap(importsOf)

test('every import stays within the table', () => {
  expect(everyImport.map(faultOf).filter((fault) => fault !== null)).toEqual([])
})

test('the table is really looked at: each folder has files, and a wrong import of each kind is found', () => {
  expect(FOLDERS.filter((folder) => !everyImport.some(({ from }) => folderOf(from) === folder))).toEqual([])
  const wrong: Import[] = [
    { from: 'domain/lots.ts', to: 'node:fs' },
    { from: 'domain/lots.ts', to: '../contract/pass/crockford.ts' },
    { from: 'contract/pass/crockford.ts', to: '../../station/compose.ts' },
    { from: 'station/compose.ts', to: '../central/app.ts' },
    { from: 'central/app.ts', to: '../station/compose.ts' },
    { from: 'station/desk/desk.ts', to: 'better-sqlite3' },
    { from: 'station/compose.ts', to: 'electron' },
    { from: 'main/main.ts', to: '../station/compose.ts' },
    { from: 'renderer/main.tsx', to: '../station/compose.ts' },
    { from: 'renderer/main.tsx', to: 'node:fs' },
    { from: 'central/app.ts', to: 'pg' },
    { from: 'central/app.ts', to: 'otplib' },
    { from: 'console/main.tsx', to: '../central/app.ts' },
    { from: 'console/main.tsx', to: '../renderer/main.tsx' },
    { from: 'console/main.tsx', to: 'node:fs' },
    { from: 'station/compose.ts', to: '../tests/support/counter.ts' },
  ]
  expect(wrong.filter((one) => faultOf(one) === null)).toEqual([])
})

/** Bytes that are hashed, or compared, are the text they give: a decoder that drops a leading mark says something else. */
test('no decoder of text drops a byte-order mark', () => {
  const made = FOLDERS.filter((folder) => folder !== 'tests').flatMap(sourceFiles).flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/new TextDecoder\([^)]*\)/g)].map(([text]) => ({ file, text })))
  expect({ some: made.length > 3, dropping: made.filter(({ text }) => !text.includes('ignoreBOM: true')) }).toEqual({ some: true, dropping: [] })
})

/** Parts of central's store that run no SQL: all that its rules may run of it. */
const STORE_WITHOUT_SQL = ['all-ended.ts', 'change-scopes.ts', 'database-errors.ts', 'district-account.ts', 'mirror-changes.ts'].map((name) => join('central/store', name))
const SQL_TYPES = ['Queryable', 'Database', 'SqlValue']

/** How one source of central/sync reaches round the door `CentralStore`; empty where it does not. */
function waysRoundTheStore(file: string, source: string): string[] {
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript'] })
  return program.body.flatMap((node) => {
    if (node.type !== 'ImportDeclaration') return []
    const target = relative(root, resolve(root, dirname(file), node.source.value))
    if (!node.source.value.startsWith('.') || !target.startsWith('central/store/') || STORE_WITHOUT_SQL.includes(target)) return []
    return node.specifiers.flatMap((specifier) => {
      const name = specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier' ? specifier.imported.name : '*'
      const isType = node.importKind === 'type' || (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type')
      return isType && !SQL_TYPES.includes(name) && name !== '*' ? [] : [`${file} imports ${name} of ${target}`]
    })
  })
}

test("central's rules reach its rows only through the store's door, so they run over any store", () => {
  const files = sourceFiles('central/sync')
  expect(files.flatMap((file) => waysRoundTheStore(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
  const wrong = [
    "import type { Queryable } from '../store/database.ts'",
    "import { lockStation } from '../store/stations.ts'",
    "import { type StationRow, findStation } from '../store/stations.ts'",
    "import * as ledger from '../store/ledger.ts'",
  ]
  expect(wrong.filter((source) => waysRoundTheStore('central/sync/push.ts', source).length === 0)).toEqual([])
})

test('node-hid is loaded lazily: no import of it runs when the module is loaded', () => {
  const file = 'station/scanner/hid-scanner.ts'
  const { program } = parse(readFileSync(join(root, file), 'utf8'), { sourceType: 'module', plugins: ['typescript'] })
  const eager = program.body.filter((node) => node.type === 'ImportDeclaration' && node.importKind !== 'type' && node.source.value === 'node-hid')
  expect(eager).toEqual([])
})

test('time, chance and the network stay out of the domain and the contract', () => {
  const forbidden = /\b(Date\.now|new Date\(|Math\.random|setTimeout|setInterval|fetch\()/
  const found = ['domain', 'contract'].flatMap(sourceFiles).filter((file) => forbidden.test(readFileSync(join(root, file), 'utf8')))
  expect(found).toEqual([])
})

test('no file has grown past what one reads in one sitting', () => {
  const long = FOLDERS.flatMap(sourceFiles).filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 400)
  expect(long).toEqual([])
})
