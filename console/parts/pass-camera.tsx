// A camera that reads codes: opened by a touch, closed by another one, by leaving the page, and by itself when nobody has come for
// a while. Pictures stay in the phone; what is read goes to whoever asked for it.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { openCodeReader } from '../app/read-code.ts'
import { attendanceWords } from '../text/attendance-words.ts'
import { useWords } from '../text/language.tsx'

const LOOK_EVERY_MS = 150
const IDLE_MS_MAX = 5 * 60_000

type State = 'off' | 'opening' | 'on' | 'no_camera' | 'not_allowed'

export function PassCamera({ onCode }: { onCode: (text: string) => void }): ReactNode {
  const said = useWords(attendanceWords)
  const [state, setState] = useState<State>('off')
  const video = useRef<HTMLVideoElement>(null)
  const told = useRef(onCode)
  useEffect(() => {
    told.current = onCode
  }, [onCode])
  const isWanted = state === 'opening' || state === 'on'

  useEffect(() => {
    const shown = video.current
    if (!isWanted || shown === null) return
    const stop = new AbortController()
    void look(shown, stop.signal, { opened: () => setState('on'), code: (text) => told.current(text), ended: setState })
    return () => stop.abort()
  }, [isWanted])

  return (
    <div className="camera">
      <video ref={video} muted playsInline hidden={!isWanted} aria-label={said.camera} />
      {(state === 'no_camera' || state === 'not_allowed') && (
        <p className="said" data-tone="warm" role="alert">
          {state === 'no_camera' ? said.noCamera : said.cameraNotAllowed}
        </p>
      )}
      <button type="button" className="button" data-kind={isWanted ? undefined : 'primary'} onClick={() => setState(isWanted ? 'off' : 'opening')}>
        {isWanted ? said.closeCamera : said.openCamera}
      </button>
    </div>
  )
}

async function look(video: HTMLVideoElement, stop: AbortSignal, tell: { opened: () => void; code: (text: string) => void; ended: (state: State) => void }): Promise<void> {
  // Over plain HTTP, and inside some apps, there is none.
  if ((navigator as Partial<Navigator>).mediaDevices?.getUserMedia === undefined) return tell.ended('no_camera')
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false })
  } catch (error) {
    return tell.ended(error instanceof DOMException && error.name === 'NotAllowedError' ? 'not_allowed' : 'no_camera')
  }
  const close = (): void => {
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
  stop.addEventListener('abort', close)
  if (stop.aborted) return close()
  video.srcObject = stream
  await video.play()
  const read = await openCodeReader()
  tell.opened()
  let heardMs = performance.now()
  while (!isOver(stop)) {
    const text = video.readyState >= video.HAVE_CURRENT_DATA ? await read(video) : null
    if (text !== null && !isOver(stop)) {
      heardMs = performance.now()
      tell.code(text)
    }
    if (performance.now() - heardMs > IDLE_MS_MAX || document.hidden) return tell.ended('off')
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** Asked anew each time: it changes while one waits. */
function isOver(stop: AbortSignal): boolean {
  return stop.aborted
}
