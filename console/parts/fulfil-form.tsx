// A wish is lit: with a word, a photo, or both. The photo is on its way as soon as it is chosen.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { fulfilWishDoor } from '../../contract/console/claims.ts'
import { PHOTO_TYPES } from '../../contract/console/photos.ts'
import type { Refusal } from '../app/ask-door.ts'
import { sendPhoto } from '../app/send-photo.ts'
import { useSession } from '../app/session.tsx'
import { useWords } from '../text/language.tsx'
import { wishWords } from '../text/wish-words.ts'
import { ActForm } from './act-form.tsx'
import { Field } from './field.tsx'
import { RefusalSaid } from './said.tsx'

const WORDS_MAX = 200

type Photo = { is: 'none' } | { is: 'sending'; url: string; share: number } | { is: 'sent'; url: string; photo: string } | { is: 'refused'; error: Refusal }

export function FulfilForm({ held, onDone, onClose }: { held: { wish: string; claim: number }; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(wishWords)
  const [typed, setTyped] = useState('')
  const { photo, choose } = usePhoto(held)
  const asked = () => {
    const words = typed.trim() === '' ? null : typed
    const sent = photo.is === 'sent' ? photo.photo : null
    return photo.is === 'sending' || (words === null && sent === null) ? null : { ...held, words, photo: sent }
  }
  return (
    <ActForm door={fulfilWishDoor} asked={asked} submit={said.fulfil} onDone={onDone} onCancel={onClose}>
      <Field label={said.fulfilPhoto} hint={said.fulfilPhotoHint} type="file" accept={PHOTO_TYPES.join(',')} onChange={(event) => choose(event.target.files?.[0] ?? null)} />
      {photo.is === 'refused' && <RefusalSaid error={photo.error} />}
      {(photo.is === 'sending' || photo.is === 'sent') && (
        <figure className="wish-photo" data-small>
          <img src={photo.url} alt={said.photoOf} />
          <figcaption role="status">{photo.is === 'sent' ? said.photoSent : said.photoSending}</figcaption>
          {photo.is === 'sending' && <progress value={photo.share} aria-label={said.photoSending} />}
        </figure>
      )}
      <Field label={said.fulfilWords} value={typed} required={photo.is === 'none' || photo.is === 'refused'} maxLength={WORDS_MAX} onChange={(event) => setTyped(event.target.value)} />
    </ActForm>
  )
}

function usePhoto({ wish, claim }: { wish: string; claim: number }): { photo: Photo; choose: (file: File | null) => void } {
  const { ask } = useSession()
  const [photo, setPhoto] = useState<Photo>({ is: 'none' })
  const ending = useRef<(() => void) | null>(null)
  useEffect(() => () => ending.current?.(), [])

  const choose = (file: File | null): void => {
    ending.current?.()
    ending.current = null
    if (file === null) return setPhoto({ is: 'none' })
    const stop = new AbortController()
    const url = URL.createObjectURL(file)
    ending.current = () => {
      stop.abort()
      URL.revokeObjectURL(url)
    }
    setPhoto({ is: 'sending', url, share: 0 })
    const told = (share: number): void => {
      if (!stop.signal.aborted) setPhoto({ is: 'sending', url, share })
    }
    void sendPhoto(ask, file, { upload: crypto.randomUUID(), wish, claim }, told, stop.signal).then((outcome) => {
      if (stop.signal.aborted) return
      setPhoto(outcome.ok ? { is: 'sent', url, photo: outcome.answer } : { is: 'refused', error: outcome.error })
    })
  }
  return { photo, choose }
}
