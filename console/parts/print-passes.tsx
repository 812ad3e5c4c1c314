// Cards to print, as a PDF.

import { type ReactNode, useState } from 'react'
import { PASSES_MAX, passesDoor } from '../../contract/console/passes.ts'
import type { Refusal } from '../app/ask-door.ts'
import { downloadFile } from '../app/download-file.ts'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'
import { RefusalSaid } from './said.tsx'

export function PrintPasses({ riders, label }: { riders: readonly string[]; label: string }): ReactNode {
  const frame = useWords(frameWords)
  const [isPrinting, setPrinting] = useState(false)
  const [error, setError] = useState<Refusal | null>(null)
  const print = async (): Promise<void> => {
    setPrinting(true)
    setError(await downloadFile(passesDoor, { riders: riders.slice(0, PASSES_MAX) }, 'passes.pdf'))
    setPrinting(false)
  }
  return (
    <>
      <button type="button" className="button" aria-disabled={isPrinting} onClick={() => (isPrinting ? undefined : void print())}>
        {isPrinting ? frame.exporting : label}
      </button>
      {error !== null && <RefusalSaid error={error} />}
    </>
  )
}
