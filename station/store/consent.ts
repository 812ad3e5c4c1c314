// The text that people agree to when they register, as central last told it.

import type { Reader, Writer } from './database.ts'
import type { MirrorRow } from '../../contract/sync/sync-protocol.ts'

/** null: central has not told any. */
export function consentText(reader: Reader): MirrorRow<'consent'> | null {
  const row = reader.get<{ version: number; zh: string; en: string }>('SELECT version, text_zh AS zh, text_en AS en FROM consent')
  return row === undefined ? null : { version: row.version, text: { zh: row.zh, en: row.en } }
}

export function keepConsent(writer: Writer, { version, text }: MirrorRow<'consent'>): void {
  writer.run('INSERT OR REPLACE INTO consent (one, version, text_zh, text_en) VALUES (1, ?, ?, ?)', version, text.zh, text.en)
}
