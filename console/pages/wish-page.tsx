// One wish: what hangs on the wall, who holds it, and everything that happened to it, line by line.

import type { ReactNode } from 'react'
import { wishDoor } from '../../contract/console/wishes.ts'
import { hrefOf } from '../app/route.ts'
import { useDoor } from '../app/session.tsx'
import { Chip, Loading, PageHead, RefusalSaid } from '../parts/said.tsx'
import { WishPhoto } from '../parts/wish-photo.tsx'
import { useWords } from '../text/language.tsx'
import { useTell } from '../text/tell.ts'
import { wishWords } from '../text/wish-words.ts'

export function WishPage({ wish: id }: { wish: string }): ReactNode {
  const said = useWords(wishWords)
  const { frame, of, time } = useTell()
  const { answer, error, again } = useDoor(wishDoor, { wish: id })
  if (answer === null) return error === null ? <Loading /> : <RefusalSaid error={error} again={again} />
  const { wish, history, news } = answer
  const facts: readonly (readonly [string, string | null])[] = [
    [said.category, said.categories[wish.category]], [said.station, wish.station === null ? said.phone : of(wish.station)], [said.posted, time(wish.postedAtMs)],
    [said.who, answer.who ?? said.anonymous], [said.reach, said.reaches[answer.reach]], [said.by, wish.by.length === 0 ? frame.nothing : wish.by.map(of).join(', ')],
    [said.until, time(wish.untilMs)],
    [said.staffWords, answer.staffWords], [said.fulfilment, answer.fulfilment?.words ?? null],
  ]
  return (
    <>
      <PageHead title={said.categories[wish.category]}>
        <Chip tone={wish.state === 'open' ? 'warm' : 'plain'}>{said.states[wish.state]}</Chip>
        {answer.notYet && <Chip tone="bad">{said.notYet}</Chip>}
      </PageHead>
      {error !== null && <RefusalSaid error={error} again={again} />}
      <p className="wish-text" dir="auto">{wish.text ?? said.notShown}</p>
      <dl className="facts">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
        )}
        {answer.meeting !== null && (
          <div>
            <dt>{said.meeting}</dt>
            <dd>
              <a href={hrefOf('meetings')}>{answer.meeting.title}</a>
            </dd>
          </div>
        )}
      </dl>
      {typeof answer.fulfilment?.photo === 'string' && (
        <>
          <h2>{said.photoOf}</h2>
          <WishPhoto key={answer.fulfilment.photo} wish={id} />
        </>
      )}
      <h2 id="wish-history">{said.history}</h2>
      <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="wish-history">
        <table>
          <thead>
            <tr>
              {[said.when, said.what, said.round, said.person, said.words].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {history.map((line) => (
              <tr key={line.line}>
                <td data-heading={said.when}>{time(line.atMs)}</td>
                <td data-heading={said.what}>
                  {said.acts[line.act]} {line.flag !== null && <Chip tone="bad">{said.flags[line.flag]}</Chip>}
                </td>
                <td data-heading={said.round}>{said.claimRound(line.claim)}</td>
                <td data-heading={said.person}>{line.partner !== null ? of(line.partner) : (line.account ?? (line.station === null ? frame.nothing : of(line.station)))}</td>
                <td data-heading={said.words} dir="auto">{line.words ?? frame.nothing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {news.length > 0 && (
        <>
          <h2>{said.told}</h2>
          <ul className="cards">
            {news.map((one) => (
              <li key={`${one.atMs} ${one.what} ${one.claim}`} className="card">
                <p className="card-head">
                  {said.news[one.what]} {!one.took && said.late}
                  <Chip tone={one.seenAtMs === null ? 'warm' : 'good'}>{one.seenAtMs === null ? said.unseen : said.seenBy}</Chip>
                </p>
                <p className="hint">
                  {said.claimRound(one.claim)} · {time(one.atMs)}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
