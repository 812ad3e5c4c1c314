// Certificates to print, as a PDF: so many at once as central draws.

import { type ReactNode, useState } from 'react'
import { CERTIFICATES_MAX, certificateSheetDoor } from '../../contract/console/certificates.ts'
import type { Refusal } from '../app/ask-door.ts'
import { downloadFile } from '../app/download-file.ts'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'
import { trainingWords } from '../text/training-words.ts'
import { RefusalSaid } from './said.tsx'

export function PrintCertificates({ certificates, label, name }: { certificates: readonly string[]; label: string; name?: string }): ReactNode {
  const frame = useWords(frameWords)
  const [isPrinting, setPrinting] = useState(false)
  const [error, setError] = useState<Refusal | null>(null)
  const print = async (): Promise<void> => {
    setPrinting(true)
    setError(await downloadFile(certificateSheetDoor, { certificates: [...certificates] }, 'certificates.pdf'))
    setPrinting(false)
  }
  return (
    <>
      <button type="button" className="button" aria-label={name} aria-disabled={isPrinting} onClick={() => (isPrinting ? undefined : void print())}>
        {isPrinting ? frame.exporting : label}
      </button>
      {error !== null && <RefusalSaid error={error} />}
    </>
  )
}

/** However many there are: a button for each file. */
export function PrintAllCertificates({ certificates }: { certificates: readonly string[] }): ReactNode {
  const said = useWords(trainingWords)
  if (certificates.length <= CERTIFICATES_MAX) return <PrintCertificates certificates={certificates} label={said.printAll} />
  const files = Array.from({ length: Math.ceil(certificates.length / CERTIFICATES_MAX) }, (_, file) => certificates.slice(file * CERTIFICATES_MAX, (file + 1) * CERTIFICATES_MAX))
  return files.map((file, index) => (
    <PrintCertificates key={file[0]} certificates={file} label={said.printSome(index * CERTIFICATES_MAX + 1, index * CERTIFICATES_MAX + file.length)} />
  ))
}
