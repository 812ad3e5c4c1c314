// The door: name, password and six digits, asked together and refused together.

import { type ReactNode, useState } from 'react'
import { signInDoor } from '../../contract/console/session.ts'
import { useSession } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Field } from '../parts/field.tsx'
import { BrandLine, LanguageButton } from '../parts/frame.tsx'
import { useWords } from '../text/language.tsx'
import { signInWords } from '../text/sign-in-words.ts'

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
      <LanguageButton />
    </main>
  )
}
