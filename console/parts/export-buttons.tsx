// A table as a file: all of its rows as they are searched, filtered and sorted, not only the page that is shown.

import { type ReactNode, useState } from 'react'
import type { TableQuestion } from '../../contract/console/console-door.ts'
import { EXPORT_FORMATS, type ExportColumn, exportDoor, type ExportFormat } from '../../contract/console/export.ts'
import type { Refusal } from '../app/ask-door.ts'
import { downloadFile } from '../app/download-file.ts'
import { frameWords } from '../text/frame-words.ts'
import { useLanguage, useWords } from '../text/language.tsx'
import { RefusalSaid } from './said.tsx'

interface Exported {
  table: string
  columns: ExportColumn[]
  wanted: Pick<TableQuestion, 'search' | 'sort' | 'descending' | 'filters'>
}

export function ExportButtons({ table, columns, wanted }: Exported): ReactNode {
  const frame = useWords(frameWords)
  const { language } = useLanguage()
  const [writing, setWriting] = useState<ExportFormat | null>(null)
  const [error, setError] = useState<Refusal | null>(null)
  const write = async (format: ExportFormat): Promise<void> => {
    setWriting(format)
    setError(await downloadFile(exportDoor, { table, columns, format, language, ...wanted }, `${table}.${format}`))
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
