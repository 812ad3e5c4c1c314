import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerAppRequest, type AppFiles, findAppFile, isAppPage, isLoadable, listAppFiles, SECURITY_HEADERS } from '../../main/app-protocol.ts'

let dir: string
let files: AppFiles

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'boai-app-'))
  mkdirSync(join(dir, 'renderer', 'items'), { recursive: true })
  writeFileSync(join(dir, 'secret.txt'), 'secret')
  writeFileSync(join(dir, 'renderer', 'index.html'), '<!doctype html>')
  writeFileSync(join(dir, 'renderer', 'items', '毛巾.svg'), '<svg/>')
  symlinkSync(join(dir, 'secret.txt'), join(dir, 'renderer', 'link.txt'))
  files = listAppFiles(join(dir, 'renderer'))
})
afterAll(() => rmSync(dir, { recursive: true }))

test('the screen’s own files are served by their paths, the start page at /', () => {
  const paths = ['app://kiosk/', 'app://kiosk/index.html', 'app://kiosk/items/%E6%AF%9B%E5%B7%BE.svg', 'app://kiosk/?a=1#b']
  const [index, picture] = [join(dir, 'renderer', 'index.html'), join(dir, 'renderer', 'items', '毛巾.svg')]
  expect(paths.map((url) => findAppFile(files, url))).toEqual([index, index, picture, index])
})

test('no path climbs out of the screen’s folder, by dots, escapes, backslashes, links or other hosts', () => {
  const urls = [
    'app://kiosk/../secret.txt',
    'app://kiosk/%2e%2e/secret.txt',
    'app://kiosk/%2e%2e%2fsecret.txt',
    'app://kiosk/..%5csecret.txt',
    'app://kiosk/items/../../secret.txt',
    'app://kiosk//etc/passwd',
    'app://kiosk/link.txt',
    'app://kiosk/items',
    'app://kiosk/%',
    'app://kiosk/index.html%00.svg',
    'app://other/index.html',
    'app://kiosk:81/index.html',
    'app://user@kiosk/index.html',
    'file:///etc/passwd',
    'https://kiosk/index.html',
    'not a url',
  ]
  expect(urls.filter((url) => findAppFile(files, url) !== null)).toEqual([])
})

test('every response, also a refusal, carries the policy, which allows nothing unsafe', async () => {
  const requests = [
    { url: 'app://kiosk/', method: 'GET' },
    { url: 'app://kiosk/none', method: 'GET' },
    { url: 'app://kiosk/', method: 'POST' },
  ]
  const answers = await Promise.all(requests.map((request) => answerAppRequest(files, request)))
  expect(answers.map(({ status, headers }) => [status, headers.get('content-security-policy'), headers.get('x-content-type-options')])).toEqual(
    [200, 404, 404].map((status) => [status, SECURITY_HEADERS['content-security-policy'], 'nosniff']),
  )
  expect(SECURITY_HEADERS['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
})

test('only the kiosk’s own page is listened to', () => {
  expect(['app://kiosk/', 'app://kiosk/index.html', 'app://other/', 'file:///x', 'https://kiosk/', 'about:blank', '', undefined].map(isAppPage)).toEqual([true, true, false, false, false, false, false, false])
})

test('nothing outside of the app is loaded, whatever a page names', () => {
  const urls = ['app://kiosk/items/a.svg', 'data:image/png;base64,AA', 'blob:app://kiosk/1', 'https://example.com/', 'http://127.0.0.1:80/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'blob:https://example.com/1', 'devtools://devtools/']
  expect(urls.filter(isLoadable)).toEqual(urls.slice(0, 3))
})
