// A partner's claims: until when, with whom, what the rider said meanwhile; extend, give back, light.

import { type ReactNode, useState } from 'react'
import { extendClaimDoor, giveBackClaimDoor, LEASE_ENDS_SOON_MS, type MyClaim, myClaimsDoor, seeWishDoor } from '../../contract/console/claims.ts'
import { useDoor } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { FulfilForm } from '../parts/fulfil-form.tsx'
import { Chip, Loading, PageHead, RefusalSaid, type Tone } from '../parts/said.tsx'
import { WishPhotoToShow } from '../parts/wish-photo.tsx'
import { useWords } from '../text/language.tsx'
import { useTell } from '../text/tell.ts'
import { useTimes } from '../text/times.ts'
import { wishWords } from '../text/wish-words.ts'
import { type OfficePage, PARTNERS } from './office-page.ts'

const TONES: Record<MyClaim['state'], Tone> = { holding: 'warm', fulfilled: 'good', confirmed: 'good', over: 'plain' }
const REASON_MAX = 200
const HOUR_MS = 3_600_000
type Asking = { what: 'extend' | 'give_back' | 'fulfil'; claim: MyClaim }

function MyClaimsPage(): ReactNode {
  const said = useWords(wishWords)
  const { answer, error, again } = useDoor(myClaimsDoor, {})
  const [asking, setAsking] = useState<Asking | null>(null)
  const done = (): void => {
    setAsking(null)
    again()
  }
  return (
    <>
      <PageHead title={said.myClaims} />
      {error !== null && <RefusalSaid error={error} again={again} />}
      {answer === null && error === null && <Loading />}
      {answer !== null && answer.claims.length === 0 && <p className="empty">{said.myClaimsEmpty}</p>}
      <ul className="cards">
        {answer?.claims.map((claim) => (
          <li key={`${claim.wish} ${claim.claim}`} className="card">
            <ClaimCard claim={claim} ask={(what) => setAsking({ what, claim })} onSeen={again} />
          </li>
        ))}
      </ul>
      {asking !== null && <Question {...asking} onDone={done} onClose={() => setAsking(null)} />}
    </>
  )
}

function ClaimCard({ claim, ask, onSeen }: { claim: MyClaim; ask: (what: Asking['what']) => void; onSeen: () => void }): ReactNode {
  const said = useWords(wishWords)
  const { of, time } = useTell()
  const { msUntil } = useTimes()
  const isHolding = claim.state === 'holding'
  const leftMs = msUntil(claim.untilMs)
  return (
    <>
      <p className="card-head">
        {said.categories[claim.category]}
        <Chip tone={TONES[claim.state]}>{said.claimStates[claim.state]}</Chip>
        {claim.notYet && isHolding && <Chip tone="bad">{said.notYet}</Chip>}
      </p>
      <p className="wish-text" dir="auto">{claim.text ?? said.waitsReview}</p>
      <p className="hint">
        {said.reaches[claim.reach]} · {claim.station === null ? said.phone : of(claim.station)}
      </p>
      <p className="hint">
        {said.endsAt} {time(claim.untilMs)} · {said.members}: {claim.members.map(of).join(', ')}
      </p>
      {isHolding && leftMs < LEASE_ENDS_SOON_MS && (
        <p className="said" data-tone="warm">
          <strong>{said.endsSoon(Math.max(0, Math.floor(leftMs / HOUR_MS)))}</strong> {said.endsSoonNext}
        </p>
      )}
      {claim.fulfilment !== null && claim.fulfilment.words !== null && (
        <p dir="auto">
          {said.fulfilment}: {claim.fulfilment.words}
        </p>
      )}
      {claim.fulfilment?.hasPhoto === true && <WishPhotoToShow wish={claim.wish} />}
      {claim.news.map((news) => (
        <p key={`${news.atMs} ${news.what}`} className="said" data-tone="warm">
          {said.news[news.what]} {!news.took && said.late}
        </p>
      ))}
      {(claim.isFrozen || claim.news.length > 0) && claim.state !== 'over' && (
        <ActForm door={seeWishDoor} tone="plain" asked={() => ({ wish: claim.wish, claim: claim.claim })} submit={said.see} onDone={onSeen}>
          {claim.isFrozen && <p className="hint">{said.changedLead}</p>}
        </ActForm>
      )}
      {isHolding && !claim.isFrozen && (
        <span className="row-acts">
          <button type="button" className="button" data-kind="primary" onClick={() => ask('fulfil')}>
            {said.fulfil}
          </button>
          {claim.extensionsLeft > 0 && (
            <button type="button" className="button" onClick={() => ask('extend')}>
              {said.extend}
            </button>
          )}
          <button type="button" className="button" onClick={() => ask('give_back')}>
            {said.giveBack}
          </button>
        </span>
      )}
    </>
  )
}

function Question({ what, claim, onDone, onClose }: Asking & { onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(wishWords)
  const [typed, setTyped] = useState('')
  const held = { wish: claim.wish, claim: claim.claim }
  switch (what) {
    case 'give_back':
      return (
        <Dialog title={said.giveBackSure} onClose={onClose}>
          <p>{said.giveBackLead}</p>
          <ActForm door={giveBackClaimDoor} asked={() => held} submit={said.giveBack} onDone={onDone} onCancel={onClose} />
        </Dialog>
      )
    case 'extend':
      return (
        <Dialog title={said.extend} onClose={onClose}>
          <ActForm door={extendClaimDoor} asked={() => (typed.trim() === '' ? null : { ...held, reason: typed })} submit={said.extend} onDone={onDone} onCancel={onClose}>
            <Field label={said.reason} hint={said.extensionsLeft(claim.extensionsLeft)} value={typed} required maxLength={REASON_MAX} onChange={(event) => setTyped(event.target.value)} />
          </ActForm>
        </Dialog>
      )
    case 'fulfil':
      return (
        <Dialog title={said.fulfil} onClose={onClose}>
          <FulfilForm held={held} onDone={onDone} onClose={onClose} />
        </Dialog>
      )
  }
}

const title = { zh: { title: wishWords.zh.myClaims }, en: { title: wishWords.en.myClaims } }
export const myClaimsPage: OfficePage = { path: 'claims', title, group: 'today', door: 'my-claims', roles: PARTNERS, Show: MyClaimsPage }
