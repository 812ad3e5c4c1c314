// The door: name, password and six digits, asked together and refused together.

import { type ReactNode, useState } from 'react'
import { signInDoor, type WhoIsSignedIn } from '../../contract/console/session.ts'
import { canUsePasskeys, signInByPasskey } from '../app/passkeys.ts'
import { useSession } from '../app/session.tsx'
import { ActForm, useActing } from '../parts/act-form.tsx'
import { Field } from '../parts/field.tsx'
import { BrandLine, LanguageButton } from '../parts/frame.tsx'
import { RefusalSaid } from '../parts/said.tsx'
import { useWords } from '../text/language.tsx'
import { signInWords } from '../text/sign-in-words.ts'

function PasskeySignIn(): ReactNode {
  const said = useWords(signInWords)
  const { begin } = useSession()
  const { act, error, isActing } = useActing<WhoIsSignedIn>()
  return (
    <div className="act-form">
      <button type="button" className="button" aria-disabled={isActing} onClick={() => act(signInByPasskey, begin)}>
        {said.passkey}
      </button>
      {error !== null && <RefusalSaid error={error} />}
    </div>
  )
}

export function SignInPage(): ReactNode {
  const said = useWords(signInWords)
  const { begin, hasEnded } = useSession()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  return (
    <main className="door">
      <BrandLine />
      <h1>{said.title}</h1>
      {hasEnded && (
        <p className="said" data-tone="warm" role="status">
          {said.ended}
        </p>
      )}
      <ActForm door={signInDoor} asked={() => ({ name, password, code })} submit={said.signIn} onDone={begin}>
        <Field label={said.name} value={name} required autoComplete="username" autoCapitalize="none" spellCheck={false} onChange={(event) => setName(event.target.value)} />
        <Field label={said.password} type="password" value={password} required autoComplete="current-password" onChange={(event) => setPassword(event.target.value)} />
        <Field label={said.code} hint={said.codeHint} value={code} required inputMode="numeric" autoComplete="one-time-code" maxLength={12} onChange={(event) => setCode(event.target.value)} />
      </ActForm>
      {canUsePasskeys() && <PasskeySignIn />}
      <LanguageButton />
    </main>
  )
}
