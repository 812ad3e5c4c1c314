// A one-time link to hand over: shown once, copied by one button.

import { type ReactNode, useState } from 'react'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'

export function InvitationLink({ link, lead, onClose }: { link: string; lead: string; onClose: () => void }): ReactNode {
  const frame = useWords(frameWords)
  const [isCopied, setCopied] = useState(false)
  return (
    <>
      <p>{lead}</p>
      <p>
        <code className="link">{link}</code>
      </p>
      <div className="form-acts">
        <button type="button" className="button" onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true), () => setCopied(false))}>
          {isCopied ? frame.copied : frame.copy}
        </button>
        <button type="button" className="button" data-kind="primary" onClick={onClose}>
          {frame.close}
        </button>
      </div>
    </>
  )
}
