// Accounts: inviting a colleague, inviting again, closing.

import { type ReactNode, useState } from 'react'
import { ACCOUNT_STATES, type AccountRow, accountsDoor, closeAccountDoor, inviteAgainDoor, inviteDoor } from '../../contract/console/accounts.ts'
import { OFFICE_ROLES, type OfficeRole } from '../../contract/console/console-door.ts'
import { readSignInName, type WhoIsSignedIn } from '../../contract/console/session.ts'
import { stationsDoor } from '../../contract/console/stations.ts'
import { useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Choose, Field } from '../parts/field.tsx'
import { InvitationLink } from '../parts/invitation-link.tsx'
import { Chip, PageHead, type Tone } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { type Table, useTable } from '../parts/use-table.ts'
import { accountWords } from '../text/account-words.ts'
import { frameWords } from '../text/frame-words.ts'
import { useOf, useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { DISTRICT_READING, type OfficePage } from './office-page.ts'

const TONES: Record<string, Tone> = { active: 'good', invited: 'warm', closed: 'plain' }
type Asking = { kind: 'invite' } | { kind: 'again' | 'close'; account: AccountRow } | { kind: 'link'; link: string }

function columnsOf(said: TextOf<typeof accountWords>, { frame, of, ago }: Tell, who: WhoIsSignedIn, ask: ((asking: Asking) => void) | null): Column<AccountRow>[] {
  return [
    { id: 'signInName', heading: said.signInName, sort: 'signInName', out: 'signInName', show: ({ signInName }) => signInName },
    { id: 'name', heading: said.name, out: 'name', show: ({ name }) => name },
    { id: 'role', heading: said.role, out: { key: 'role', words: frame.role }, show: ({ role }) => frame.role[role] },
    { id: 'of', heading: said.of, show: ({ station, partner }) => of(station ?? partner ?? who.district.name) },
    { id: 'state', heading: said.state, out: { key: 'state', words: said.states }, show: ({ state }) => <Chip tone={TONES[state] ?? 'plain'}>{said.states[state]}</Chip> },
    { id: 'seen', heading: said.seen, sort: 'made', out: 'seenAtMs', show: ({ seenAtMs }) => ago(seenAtMs) },
    ...(ask !== null
      ? [
          {
            id: 'acts', heading: said.acts,
            show: (account: AccountRow) =>
              account.state === 'closed' || account.id === who.account ? null : (
                <span className="row-acts">
                  <button type="button" className="button" onClick={() => ask({ kind: 'again', account })}>
                    {said.again}
                  </button>
                  <button type="button" className="button" onClick={() => ask({ kind: 'close', account })}>
                    {said.close}
                  </button>
                </span>
              ),
          },
        ]
      : []),
  ]
}

function AccountsPage(): ReactNode {
  const said = useWords(accountWords)
  const tell = useTell()
  const who = useWho()
  const table = useTable(accountsDoor)
  const [asking, setAsking] = useState<Asking | null>(null)
  const mayAct = who.role === 'district_staff'
  return (
    <>
      <PageHead title={said.title}>
        {mayAct && (
          <button type="button" className="button" data-kind="primary" onClick={() => setAsking({ kind: 'invite' })}>
            {said.invite}
          </button>
        )}
      </PageHead>
      <TableOf
        door={accountsDoor} table={table} label={said.title} searchLabel={said.search} rowKey={({ id }) => id}
        filters={[
          { id: 'role', label: said.role, choices: OFFICE_ROLES.map((value) => ({ value, label: tell.frame.role[value] })) },
          { id: 'state', label: said.state, choices: ACCOUNT_STATES.map((value) => ({ value, label: said.states[value] })) },
        ]}
        columns={columnsOf(said, tell, who, mayAct ? setAsking : null)}
      />
      <Question asking={asking} table={table} setAsking={setAsking} />
    </>
  )
}

function Question({ asking, table, setAsking }: { asking: Asking | null; table: Table<AccountRow>; setAsking: (asking: Asking | null) => void }): ReactNode {
  const said = useWords(accountWords)
  const close = (): void => setAsking(null)
  const showLink = ({ link }: { link: string }): void => {
    table.again()
    setAsking({ kind: 'link', link })
  }
  switch (asking?.kind) {
    case undefined:
      return null
    case 'invite':
      return <Invite onDone={showLink} onClose={close} />
    case 'link':
      return (
        <Dialog title={said.link} onClose={close}>
          <InvitationLink link={asking.link} lead={said.linkLead} onClose={close} />
        </Dialog>
      )
    case 'again':
      return (
        <Dialog title={said.againSure(asking.account.name)} onClose={close}>
          <p>{said.againLead}</p>
          <ActForm door={inviteAgainDoor} asked={() => ({ account: asking.account.id })} submit={said.again} onDone={showLink} onCancel={close} />
        </Dialog>
      )
    case 'close':
      return (
        <Dialog title={said.closeSure(asking.account.name)} onClose={close}>
          <p>{said.closeLead}</p>
          <ActForm
            door={closeAccountDoor} asked={() => ({ account: asking.account.id })} submit={said.close} onCancel={close}
            onDone={() => {
              close()
              table.again()
            }}
          />
        </Dialog>
      )
  }
}

function Invite({ onDone, onClose }: { onDone: (made: { link: string }) => void; onClose: () => void }): ReactNode {
  const said = useWords(accountWords)
  const frame = useWords(frameWords)
  const of = useOf()
  const stations = useTable(stationsDoor).answer?.rows ?? []
  const [id] = useState(() => crypto.randomUUID())
  const [name, setName] = useState('')
  const [signInName, setSignInName] = useState('')
  const [role, setRole] = useState<OfficeRole>('station_head')
  const [station, setStation] = useState<string | null>(null)
  const needsStation = role === 'station_head' || role === 'volunteer'
  // Whoever is of a partner is invited on the partner's own page.
  const roles = OFFICE_ROLES.filter((one) => one !== 'partner')
  return (
    <Dialog title={said.invite} onClose={onClose}>
      <ActForm
        door={inviteDoor} submit={said.makeLink} onDone={onDone} onCancel={onClose}
        asked={() => ({ id, name, signInName: readSignInName(signInName), role, station: needsStation ? (station ?? stations[0]?.id ?? null) : null, partner: null })}
      >
        <Field label={said.name} hint={said.nameHint} value={name} required maxLength={40} onChange={(event) => setName(event.target.value)} />
        <Field label={said.signInName} hint={said.signInNameHint} value={signInName} required minLength={2} maxLength={40} autoCapitalize="none" spellCheck={false} onChange={(event) => setSignInName(event.target.value)} />
        <Choose label={said.role} value={role} choices={roles.map((value) => ({ value, label: frame.role[value] }))} onChange={(event) => setRole(OFFICE_ROLES.find((one) => one === event.target.value) ?? role)} />
        {needsStation && <Choose label={said.station} value={station ?? stations[0]?.id ?? ''} choices={stations.map((one) => ({ value: one.id, label: `${one.number} · ${of(one.name)}` }))} onChange={(event) => setStation(event.target.value)} />}
      </ActForm>
    </Dialog>
  )
}

export const accountsPage: OfficePage = { path: 'accounts', title: accountWords, group: 'office', door: 'accounts', roles: DISTRICT_READING, Show: AccountsPage }
