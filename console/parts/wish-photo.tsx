// The photo with which a wish was lit.

import { type ReactNode, useEffect, useState } from 'react'
import type { Refusal } from '../app/ask-door.ts'
import { askPhoto } from '../app/ask-photo.ts'
import { useWords } from '../text/language.tsx'
import { wishWords } from '../text/wish-words.ts'
import { Loading, RefusalSaid } from './said.tsx'

export function WishPhoto({ wish }: { wish: string }): ReactNode {
  const [turn, setTurn] = useState(0)
  return <Photo key={`${turn} ${wish}`} wish={wish} again={() => setTurn(turn + 1)} />
}

function Photo({ wish, again }: { wish: string; again: () => void }): ReactNode {
  const said = useWords(wishWords)
  const [url, setUrl] = useState<string | null>(null)
  const [error, setError] = useState<Refusal | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    let release = (): void => undefined
    void askPhoto(wish, stop.signal).then((outcome) => {
      if (stop.signal.aborted) {
        if (outcome.ok) outcome.answer.release()
        return
      }
      if (!outcome.ok) return setError(outcome.error)
      release = outcome.answer.release
      setUrl(outcome.answer.url)
    })
    return () => {
      stop.abort()
      release()
    }
  }, [wish])
  if (error !== null) return <RefusalSaid error={error} again={error === 'photo_gone' ? undefined : again} />
  if (url === null) return <Loading />
  return (
    <figure className="wish-photo">
      <img src={url} alt={said.photoOf} />
    </figure>
  )
}

/** Fetched when somebody wants to see it. */
export function WishPhotoToShow({ wish }: { wish: string }): ReactNode {
  const said = useWords(wishWords)
  const [isShown, setShown] = useState(false)
  if (isShown) return <WishPhoto wish={wish} />
  return (
    <button type="button" className="button" onClick={() => setShown(true)}>
      {said.seePhoto}
    </button>
  )
}
