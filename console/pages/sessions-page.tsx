// Where somebody is signed in, and ending it.

import { type ReactNode, useState } from 'react'
import { endSessionDoor, type SessionRow, sessionsDoor } from '../../contract/console/session.ts'
import { useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Chip, PageHead } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { sessionWords } from '../text/account-words.ts'
import { MyPasskeys } from '../parts/my-passkeys.tsx'
import { useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { EVERYBODY, type OfficePage } from './office-page.ts'

function columnsOf(said: TextOf<typeof sessionWords>, { frame, time, ago }: Tell, end: (session: string) => void): Column<SessionRow>[] {
  return [
    { id: 'name', heading: said.name, out: 'name', show: ({ name }) => name },
    { id: 'role', heading: said.role, out: { key: 'role', words: frame.role }, show: ({ role }) => frame.role[role] },
    { id: 'browser', heading: said.browser, out: 'browser', show: ({ browser }) => browser },
    { id: 'began', heading: said.began, kind: 'time', out: 'beganAtMs', show: ({ beganAtMs }) => time(beganAtMs) },
    { id: 'seen', heading: said.seen, sort: 'seen', out: 'seenAtMs', show: ({ seenAtMs }) => ago(seenAtMs) },
    { id: 'state', heading: said.state, out: { key: 'state', words: said.states }, show: ({ state, isThis }) => <Chip tone={state === 'open' ? 'good' : 'plain'}>{isThis ? said.this : said.states[state]}</Chip> },
    {
      id: 'acts', heading: said.acts,
      show: ({ id, state, isThis }) =>
        state === 'open' && !isThis ? (
          <button type="button" className="button" onClick={() => end(id)}>
            {said.end}
          </button>
        ) : null,
    },
  ]
}

function SessionsPage(): ReactNode {
  const said = useWords(sessionWords)
  const tell = useTell()
  const isStaff = useWho().role === 'district_staff'
  const table = useTable(sessionsDoor, { descending: true })
  const [ending, setEnding] = useState<string | null>(null)
  return (
    <>
      <PageHead title={said.title} />
      <TableOf
        door={sessionsDoor} table={table} label={said.title} rowKey={({ id }) => id}
        {...(isStaff ? { searchLabel: said.search, filters: [{ id: 'whose', label: said.whose, choices: [{ value: 'mine', label: said.mine }] }] } : {})}
        columns={columnsOf(said, tell, setEnding)}
      />
      <MyPasskeys />
      {ending !== null && (
        <Dialog title={said.endSure} onClose={() => setEnding(null)}>
          <p>{said.endLead}</p>
          <ActForm
            door={endSessionDoor} asked={() => ({ session: ending })} submit={said.end} onCancel={() => setEnding(null)}
            onDone={() => {
              setEnding(null)
              table.again()
            }}
          />
        </Dialog>
      )}
    </>
  )
}

export const sessionsPage: OfficePage = { path: 'sessions', title: sessionWords, group: 'office', door: 'sessions', roles: EVERYBODY, Show: SessionsPage }
