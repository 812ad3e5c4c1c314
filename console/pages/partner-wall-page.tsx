// For partners: what waits for somebody, first what came back. Reached from the card's QR code too, then with that one wish.

import { type ReactNode, useState } from 'react'
import { claimWishDoor, joinClaimDoor, type PartnerWallRow, partnerWallDoor, wallWishDoor } from '../../contract/console/claims.ts'
import { goTo, hrefOf } from '../app/route.ts'
import { useDoor } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Chip, Loading, PageHead, RefusalSaid } from '../parts/said.tsx'
import { useWords } from '../text/language.tsx'
import { useTell } from '../text/tell.ts'
import { wishWords } from '../text/wish-words.ts'
import { type OfficePage, PARTNERS } from './office-page.ts'

function PartnerWallPage({ rest }: { rest: readonly string[] }): ReactNode {
  const [wish] = rest
  return wish === undefined ? <WholeWall /> : <OneWish wish={wish} />
}

function WholeWall(): ReactNode {
  const said = useWords(wishWords)
  const { answer, error, again } = useDoor(partnerWallDoor, {})
  return (
    <>
      <PageHead title={said.wall} />
      <p className="lead">{said.wallLead}</p>
      {error !== null && <RefusalSaid error={error} again={again} />}
      {answer === null && error === null && <Loading />}
      {answer !== null && answer.wishes.length === 0 && <p className="empty">{said.wallEmpty}</p>}
      {answer !== null && <Cards wishes={answer.wishes} />}
      {answer?.isMore === true && <p className="hint">{said.more}</p>}
    </>
  )
}

function OneWish({ wish }: { wish: string }): ReactNode {
  const said = useWords(wishWords)
  const { answer, error, again } = useDoor(wallWishDoor, { wish })
  if (answer === null) return error === null ? <Loading /> : <RefusalSaid error={error} again={again} />
  return (
    <>
      <PageHead title={answer.wish === null ? said.goneTitle : said.wall} />
      {answer.wish === null ? <p>{said.goneLead}</p> : <Cards wishes={[answer.wish]} />}
      <p>
        <a className="button" href={hrefOf('wall')}>
          {said.seeWall}
        </a>
      </p>
    </>
  )
}

function Cards({ wishes }: { wishes: readonly PartnerWallRow[] }): ReactNode {
  const said = useWords(wishWords)
  const { of, time, ago } = useTell()
  const [asking, setAsking] = useState<PartnerWallRow | null>(null)
  return (
    <>
      <ul className="cards">
        {wishes.map((wish) => (
          <li key={wish.wish} className="card">
            <p className="card-head">
              {said.categories[wish.category]}
              {wish.again && wish.state === 'open' && <Chip tone="bad">{said.again}</Chip>}
              {wish.state === 'claimed' && <Chip tone="plain">{wish.mine ? said.mine : said.held}</Chip>}
            </p>
            <p className="wish-text" dir="auto">{wish.text}</p>
            <p className="hint">
              {wish.who ?? said.anonymous} · {wish.station === null ? said.phone : of(wish.station)} · {ago(wish.postedAtMs)}
            </p>
            {wish.state === 'claimed' && (
              <p className="hint">
                {said.by}: {wish.by.map(of).join(', ')} · {said.until} {time(wish.untilMs)}
              </p>
            )}
            {!wish.mine && (
              <button type="button" className="button" data-kind={wish.state === 'open' ? 'primary' : undefined} onClick={() => setAsking(wish)}>
                {wish.state === 'open' ? said.claim : said.join}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asking !== null && <Sure wish={asking} onClose={() => setAsking(null)} />}
    </>
  )
}

function Sure({ wish, onClose }: { wish: PartnerWallRow; onClose: () => void }): ReactNode {
  const said = useWords(wishWords)
  const claimed = (): void => goTo('claims')
  return (
    <Dialog title={said.claimSure} onClose={onClose}>
      <p className="wish-text" dir="auto">{wish.text}</p>
      <p>{said.claimLead}</p>
      {wish.claim === null ? (
        <ActForm door={claimWishDoor} asked={() => ({ wish: wish.wish })} submit={said.claim} onDone={claimed} onCancel={onClose} />
      ) : (
        <ActForm door={joinClaimDoor} asked={() => ({ wish: wish.wish, claim: wish.claim ?? 0 })} submit={said.join} onDone={claimed} onCancel={onClose} />
      )}
    </Dialog>
  )
}

const title = { zh: { title: wishWords.zh.wall }, en: { title: wishWords.en.wall } }
export const partnerWallPage: OfficePage = { path: 'wall', title, group: 'today', door: 'partner-wall', roles: PARTNERS, Show: PartnerWallPage }
