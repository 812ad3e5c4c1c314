// A table as a file: all of its rows as they are searched, filtered and sorted, not only the page that is shown.

import { type ReactNode, useState } from 'react'
import { consoleDoorPath, type TableQuestion } from '../../contract/console/console-door.ts'
import { EXPORT_FORMATS, type ExportColumn, exportDoor, type ExportFormat } from '../../contract/console/export.ts'
import { type Refusal, refusalOf } from '../app/ask-door.ts'
import { frameWords } from '../text/frame-words.ts'
import { type Language, useLanguage, useWords } from '../text/language.tsx'
import { RefusalSaid } from './said.tsx'

interface Exported {
  table: string
  columns: ExportColumn[]
  wanted: Pick<TableQuestion, 'search' | 'sort' | 'descending' | 'filters'>
}

export function ExportButtons(exported: Exported): ReactNode {
  const frame = useWords(frameWords)
  const { language } = useLanguage()
  const [writing, setWriting] = useState<ExportFormat | null>(null)
  const [error, setError] = useState<Refusal | null>(null)
  const write = async (format: ExportFormat): Promise<void> => {
    setWriting(format)
    setError(await download(exported, format, language))
    setWriting(null)
  }
  return (
    <div className="export" role="group" aria-label={frame.exportAll}>
      {EXPORT_FORMATS.map((format) => (
        <button key={format} type="button" className="button" aria-disabled={writing !== null} onClick={() => (writing === null ? void write(format) : undefined)}>
          {writing === format ? frame.exporting : frame.exportAs[format]}
        </button>
      ))}
      {error !== null && <RefusalSaid error={error} />}
    </div>
  )
}

/** null: it is with the browser's downloads. */
async function download({ table, columns, wanted }: Exported, format: ExportFormat, language: Language): Promise<Refusal | null> {
  const asked = { table, columns, format, language, ...wanted }
  const response = await fetch(consoleDoorPath(exportDoor.name), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) }).catch(() => null)
  if (response === null) return 'offline'
  if (!response.ok) return refusalOf(await response.json().catch(() => null))
  const file = await response.blob().catch(() => null)
  if (file === null) return 'offline'
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name ?? `${table}.${format}`
  link.click()
  URL.revokeObjectURL(address)
  return null
}
