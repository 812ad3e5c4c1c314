// An invitation becomes an account: a password of one's own and an authenticator. The code in the address is forgotten as soon as
// it has been used.

import { type ReactNode, useState } from 'react'
import { acceptInvitationDoor, openInvitationDoor } from '../../contract/console/session.ts'
import { useDoor, useSession } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Field } from '../parts/field.tsx'
import { BrandLine, LanguageButton } from '../parts/frame.tsx'
import { Loading, RefusalSaid } from '../parts/said.tsx'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'
import { signInWords } from '../text/sign-in-words.ts'

export function InvitationPage({ code }: { code: string }): ReactNode {
  const said = useWords(signInWords).invitation
  const frame = useWords(frameWords)
  const { begin } = useSession()
  const { answer, error, again } = useDoor(openInvitationDoor, { code })
  const [password, setPassword] = useState('')
  const [sixDigits, setSixDigits] = useState('')
  return (
    <main className="door">
      <BrandLine />
      {answer === null && error === null && <Loading />}
      {error !== null && <RefusalSaid error={error} again={again} />}
      {answer !== null && (
        <>
          <h1>{said.title(answer.name)}</h1>
          <p>{said.lead}</p>
          <dl className="facts">
            <dt>{said.signInName}</dt>
            <dd>{answer.signInName}</dd>
            <dt>{said.role}</dt>
            <dd>{frame.role[answer.role]}</dd>
          </dl>
          <ActForm
            door={acceptInvitationDoor}
            asked={() => ({ code, password, sixDigits })}
            submit={said.accept}
            onDone={(who) => {
              history.replaceState(null, '', '#/')
              window.dispatchEvent(new HashChangeEvent('hashchange'))
              begin(who)
            }}
          >
            <input type="hidden" autoComplete="username" value={answer.signInName} readOnly />
            <Field label={said.password} hint={said.passwordHint} type="password" value={password} required minLength={12} autoComplete="new-password" onChange={(event) => setPassword(event.target.value)} />
            <figure className="qr">
              <figcaption>
                {said.scan}
                <span className="hint">{said.scanHint}</span>
              </figcaption>
              <img src={`data:image/svg+xml;base64,${btoa(answer.qrSvg)}`} alt={said.qrAlt} width="200" height="200" />
              <p className="hint">
                {said.type}: <code>{answer.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
              </p>
            </figure>
            <Field label={said.code} value={sixDigits} required inputMode="numeric" autoComplete="one-time-code" maxLength={12} onChange={(event) => setSixDigits(event.target.value)} />
          </ActForm>
        </>
      )}
      <LanguageButton />
    </main>
  )
}
