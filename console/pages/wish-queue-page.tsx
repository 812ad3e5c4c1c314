// Moderation: each waiting text with what may say who somebody is marked in it; one touch hides all of that. Approved, asked back
// with a question, or refused with a reason.

import { type ReactNode, useState } from 'react'
import { WISH_TEXT_MAX } from '../../contract/kiosk/wish-view.ts'
import { reviewWishDoor, type WaitingText, wishQueueDoor } from '../../contract/console/wishes.ts'
import { countCharacters } from '../../domain/count-characters.ts'
import { useDoor } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Chip, Loading, PageHead, RefusalSaid } from '../parts/said.tsx'
import { TextBox } from '../parts/text-box.tsx'
import { useWords } from '../text/language.tsx'
import { useTell } from '../text/tell.ts'
import { wishWords } from '../text/wish-words.ts'
import { HEADS, type OfficePage } from './office-page.ts'

const WORDS_MAX = 200

function WishQueuePage(): ReactNode {
  const said = useWords(wishWords)
  const { answer, error, again } = useDoor(wishQueueDoor, {})
  return (
    <>
      <PageHead title={said.queue} />
      <p className="lead">{said.queueLead}</p>
      {error !== null && <RefusalSaid error={error} again={again} />}
      {answer === null && error === null && <Loading />}
      {answer !== null && answer.texts.length === 0 && <p className="empty">{said.queueEmpty}</p>}
      {answer !== null && answer.awaited > 0 && <p className="hint">{said.awaited(answer.awaited)}</p>}
      <ul className="cards">
        {answer?.texts.map((text) => (
          <li key={`${text.wish} ${text.version}`} className="card">
            <Waiting text={text} onDone={again} />
          </li>
        ))}
      </ul>
      {answer?.isMore === true && <p className="hint">{said.more}</p>}
    </>
  )
}

function Waiting({ text: waiting, onDone }: { text: WaitingText; onDone: () => void }): ReactNode {
  const said = useWords(wishWords)
  const { of, ago } = useTell()
  const [published, setPublished] = useState(waiting.text)
  const [asking, setAsking] = useState<'ask_back' | 'refuse' | null>(null)
  const { wish, version } = waiting
  const done = (): void => {
    setAsking(null)
    onDone()
  }
  return (
    <>
      <p className="card-head">
        {said.categories[waiting.category]}
        {[...new Set(waiting.personal.map(({ kind }) => kind))].map((kind) => (
          <Chip key={kind} tone="bad">
            {said.personal[kind]}
          </Chip>
        ))}
      </p>
      <Marked text={waiting} />
      <p className="hint">
        {said.shownAs[waiting.shown]} · {waiting.station === null ? said.phone : of(waiting.station)} · {ago(waiting.writtenAtMs)}
      </p>
      {waiting.before !== null && (
        <p className="hint" dir="auto">
          {said.before}: {waiting.before}
        </p>
      )}
      {waiting.isClaimed && <p className="hint">{said.isClaimed}</p>}
      {waiting.personal.length === 0 ? (
        <p className="hint">{said.nothingFound}</p>
      ) : (
        <button type="button" className="button" onClick={() => setPublished(waiting.proposal)}>
          {said.hide}
        </button>
      )}
      <ActForm door={reviewWishDoor} asked={() => ({ wish, version, verdict: 'approve' as const, text: published })} submit={said.approve} onDone={done}>
        <TextBox label={`${said.published} (${countCharacters(published)})`} value={published} required maxLength={WISH_TEXT_MAX} onChange={(event) => setPublished(event.target.value)} />
      </ActForm>
      <span className="row-acts">
        <button type="button" className="button" onClick={() => setAsking('ask_back')}>
          {said.askBack}
        </button>
        <button type="button" className="button" onClick={() => setAsking('refuse')}>
          {said.refuse}
        </button>
      </span>
      {asking !== null && <Words verdict={asking} of={waiting} onDone={done} onClose={() => setAsking(null)} />}
    </>
  )
}

function Words({ verdict, of, onDone, onClose }: { verdict: 'ask_back' | 'refuse'; of: WaitingText; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(wishWords)
  const [typed, setTyped] = useState('')
  return (
    <Dialog title={verdict === 'refuse' ? said.refuse : said.askBack} onClose={onClose}>
      <p className="wish-text" dir="auto">{of.text}</p>
      <ActForm door={reviewWishDoor} asked={() => (typed.trim() === '' ? null : { wish: of.wish, version: of.version, verdict, words: typed })} submit={said.send} onDone={onDone} onCancel={onClose}>
        <TextBox label={said.question} value={typed} required maxLength={WORDS_MAX} onChange={(event) => setTyped(event.target.value)} />
      </ActForm>
    </Dialog>
  )
}

/** As text, piece by piece: nothing of it is ever markup. */
function Marked({ text: { text, personal } }: { text: WaitingText }): ReactNode {
  const said = useWords(wishWords)
  const pieces: ReactNode[] = []
  let at = 0
  for (const { kind, start, end } of personal) {
    pieces.push(text.slice(at, start), <mark key={start} title={said.personal[kind]}>{text.slice(start, end)}</mark>)
    at = end
  }
  return (
    <p className="wish-text" dir="auto">
      {pieces}
      {text.slice(at)}
    </p>
  )
}

const title = { zh: { title: wishWords.zh.queue }, en: { title: wishWords.en.queue } }
export const wishQueuePage: OfficePage = { path: 'wish-queue', title, group: 'today', door: 'wish-queue', roles: HEADS, Show: WishQueuePage }
