// One rider: who it is, where the points lie, which cards there are, and every line of the ledger.

import { type ReactNode, useState } from 'react'
import { type CardRow, eraseRiderDoor, reissueCardDoor, revokeCardDoor, riderDoor, type EntryRow, riderEntriesDoor, riderNameDoor } from '../../contract/console/riders.ts'
import { useDoor, useSession, useWho } from '../app/session.tsx'
import { ActForm, useActing } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { PostWishFor } from '../parts/post-wish-for.tsx'
import { PrintPasses } from '../parts/print-passes.tsx'
import { Chip, Loading, PageHead, RefusalSaid, type Tone } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { useWords } from '../text/language.tsx'
import { correctionWords } from '../text/rule-words.ts'
import { riderWords } from '../text/rider-words.ts'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { showDay } from '../text/times.ts'
import { certificateWords } from '../text/training-words.ts'
import { wishWords } from '../text/wish-words.ts'
import { Certificates } from './certificates-page.tsx'
import { ProposeCorrection } from './corrections-page.tsx'
import { HEADS } from './office-page.ts'

const CARD_TONES: Record<string, Tone> = { good: 'good', expired: 'warm', revoked: 'plain' }

export function RiderPage({ rider }: { rider: string }): ReactNode {
  const said = useWords(riderWords)
  const corrections = useWords(correctionWords)
  const wishes = useWords(wishWords)
  const certificates = useWords(certificateWords)
  const { frame, of, time } = useTell()
  const { role } = useWho()
  const { answer, error, again } = useDoor(riderDoor, { rider })
  const [asking, setAsking] = useState<{ revoke: number } | 'reissue' | 'correct' | 'wish' | 'erase' | null>(null)
  const [wasPosted, setPosted] = useState(false)
  const mayAct = HEADS.includes(role)
  if (answer === null) return error === null ? <Loading /> : <RefusalSaid error={error} again={again} />
  const { rider: shown, cards } = answer
  const done = (): void => {
    setAsking(null)
    again()
  }
  return (
    <>
      <PageHead title={shown.maskedName}>
        <Chip tone={shown.standing === 'active' ? 'good' : 'warm'}>{said.standings[shown.standing]}</Chip>
        {mayAct && <WholeName rider={rider} />}
      </PageHead>
      {error !== null && <RefusalSaid error={error} again={again} />}
      <dl className="facts">
        <dt>{said.phone}</dt>
        <dd>…{shown.phoneTail}</dd>
        <dt>{said.platform}</dt>
        <dd>{said.platforms[shown.platform] ?? shown.platform}</dd>
        <dt>{said.site}</dt>
        <dd>{shown.site}</dd>
        <dt>{said.home}</dt>
        <dd>{of(shown.home)}</dd>
        <dt>{said.points}</dt>
        <dd>
          <strong>{frame.points(shown.points)}</strong>
        </dd>
      </dl>
      {answer.hideBalance && <p className="hint">{said.hidden}</p>}

      {mayAct && (
        <button type="button" className="button" onClick={() => setAsking('correct')}>
          {corrections.propose}
        </button>
      )}

      <h2>{said.where}</h2>
      <dl className="facts">
        <dt>{said.atCentral}</dt>
        <dd>{frame.points(answer.atCentral)}</dd>
        {answer.atStations.map(({ station, points }) => (
          <div key={station.zh}>
            <dt>{of(station)}</dt>
            <dd>{frame.points(points)}</dd>
          </div>
        ))}
      </dl>

      <h2>{said.cards}</h2>
      <ul className="cards">
        {cards.map((card) => (
          <li key={card.card} className="card">
            <p className="card-head">
              {said.card(card.card)}
              <Chip tone={CARD_TONES[card.state] ?? 'plain'}>{said.cardState[card.state]}</Chip>
            </p>
            <p className="hint">
              {said.issued} {showDay(card.issueDay)}
              {card.revokedAtMs !== null && ` · ${said.revoked} ${time(card.revokedAtMs)}`}
            </p>
            {card.unheard !== null && <StillTaken {...card.unheard} />}
            {mayAct && card.state !== 'revoked' && (
              <button type="button" className="button" onClick={() => setAsking({ revoke: card.card })}>
                {said.revoke}
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayAct && (
        <div className="row-acts">
          <button type="button" className="button" onClick={() => setAsking('reissue')}>
            {said.reissue}
          </button>
          <PrintPasses riders={[rider]} label={said.print} />
          <button type="button" className="button" onClick={() => {
              setPosted(false)
              setAsking('wish')
            }}>
            {wishes.postFor}
          </button>
          {role === 'district_staff' && (
            <button type="button" className="button" onClick={() => setAsking('erase')}>
              {said.erase}
            </button>
          )}
        </div>
      )}

      <div role="status">
        {wasPosted && (
          <p className="said" data-tone="good">
            {wishes.postedDone}
          </p>
        )}
      </div>

      {typeof asking === 'object' && asking !== null && (
        <Dialog title={said.revokeSure(asking.revoke)} onClose={() => setAsking(null)}>
          <p>{said.revokeLead}</p>
          <ActForm door={revokeCardDoor} asked={() => ({ rider, card: asking.revoke })} submit={said.revoke} onDone={done} onCancel={() => setAsking(null)} />
        </Dialog>
      )}
      {asking === 'reissue' && (
        <Dialog title={said.reissueSure} onClose={() => setAsking(null)}>
          <p>{said.reissueLead}</p>
          <ActForm door={reissueCardDoor} asked={() => ({ rider, after: cards[0]?.card ?? 0 })} submit={said.reissue} onDone={done} onCancel={() => setAsking(null)} />
        </Dialog>
      )}

      {asking === 'erase' && (
        <Dialog title={said.eraseSure} onClose={() => setAsking(null)}>
          <p>{said.eraseLead}</p>
          <ActForm door={eraseRiderDoor} asked={() => ({ rider })} submit={said.erase} onDone={done} onCancel={() => setAsking(null)} />
        </Dialog>
      )}
      {asking === 'wish' && (
        <PostWishFor
          rider={rider} onClose={() => setAsking(null)}
          onDone={() => {
            done()
            setPosted(true)
          }}
        />
      )}
      {asking === 'correct' && <ProposeCorrection rider={rider} onDone={done} onClose={() => setAsking(null)} />}

      <h2>{certificates.title}</h2>
      <Certificates rider={rider} />
      <h2>{said.entries}</h2>
      <Ledger rider={rider} />
    </>
  )
}

/** A revoked card works at a station that is cut off until it hears of it: where that may be. */
function StillTaken({ stations, longest }: NonNullable<CardRow['unheard']>): ReactNode {
  const said = useWords(riderWords)
  const { of, time, ago } = useTell()
  if (longest === null) return <p className="hint">{said.heardEverywhere}</p>
  return (
    <p className="said" data-tone="warm">
      {said.unheard(stations, of(longest.name), time(longest.heardAtMs), ago(longest.heardAtMs))}
    </p>
  )
}

function WholeName({ rider }: { rider: string }): ReactNode {
  const said = useWords(riderWords)
  const { ask } = useSession()
  const { act, error } = useActing<{ fullName: string }>()
  const [fullName, setFullName] = useState<string | null>(null)
  if (fullName !== null) return <strong className="whole-name">{fullName}</strong>
  return (
    <>
      <button type="button" className="button" title={said.showNameHint} onClick={() => act(() => ask(riderNameDoor, { rider }), (answer) => setFullName(answer.fullName))}>
        {said.showName}
      </button>
      {error !== null && <RefusalSaid error={error} />}
    </>
  )
}

function columnsOf(said: TextOf<typeof riderWords>, { frame, of, time }: Tell): Column<EntryRow>[] {
  return [
    { id: 'when', heading: said.when, kind: 'time', sort: 'booked', out: 'atMs', show: ({ atMs }) => time(atMs) },
    { id: 'reason', heading: said.reason, out: { key: 'reason', words: said.reasons }, show: ({ reason }) => said.reasons[reason] },
    { id: 'what', heading: said.what, out: 'what', show: ({ what, units }) => (what === null ? (units > 0 ? frame.units(units) : frame.nothing) : of(what)) },
    { id: 'place', heading: said.place, out: 'station', show: ({ station }) => (station === null ? said.atCentral : of(station)) },
    { id: 'amount', heading: said.amount, kind: 'number', out: 'points', show: ({ points }) => <span data-sign={points < 0 ? 'minus' : 'plus'}>{points > 0 ? `+${points}` : `−${-points}`}</span> },
  ]
}

function Ledger({ rider }: { rider: string }): ReactNode {
  const said = useWords(riderWords)
  const tell = useTell()
  const table = useTable(riderEntriesDoor, { descending: true, filters: { rider } })
  return (
    <TableOf
      door={riderEntriesDoor} table={table} label={said.entries} rowKey={({ id }) => id}
      columns={columnsOf(said, tell)}
    />
  )
}
