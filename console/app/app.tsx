// The whole office: who has not signed in sees the door, everybody else the frame with the page that the address names.

import type { ReactNode } from 'react'
import { InvitationPage } from '../pages/invitation-page.tsx'
import { PAGES } from '../pages/page-list.ts'
import { SignInPage } from '../pages/sign-in-page.tsx'
import { Frame } from '../parts/frame.tsx'
import { Loading, PageHead } from '../parts/said.tsx'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'
import { useRoute } from './route.ts'
import { useSession } from './session.tsx'

export function App(): ReactNode {
  const route = useRoute()
  const { who } = useSession()
  const frame = useWords(frameWords)
  const [path = '', ...rest] = route
  if (path === 'invitation') return <InvitationPage code={rest[0] ?? ''} />
  if (who === undefined) return <Loading />
  if (who === null) return <SignInPage />
  const seen = PAGES.filter(({ roles }) => roles.includes(who.role))
  const page = path === '' ? seen[0] : PAGES.find((one) => one.path === path)
  const isForHim = page !== undefined && seen.includes(page)
  return (
    <Frame pages={seen} path={page?.path ?? ''}>
      {isForHim ? (
        <page.Show key={route.join('/')} rest={rest} />
      ) : (
        <>
          <PageHead title={page === undefined ? frame.notHere : frame.notForYou} />
          <p>{frame.notHereNext}</p>
        </>
      )}
    </Frame>
  )
}
