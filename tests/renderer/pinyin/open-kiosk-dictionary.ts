// The dictionary that the kiosk ships, opened once for a test file.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Dictionary, openDictionary } from '../../../renderer/pinyin/dictionary.ts'

export function openKioskDictionary(): Dictionary {
  return openDictionary(gunzipSync(readFileSync(join(import.meta.dirname, '../../../resources/pinyin/dictionary.bin.gz'))))
}
