// Partners and their people. Whoever is of a partner sees his own.

import { type ReactNode, useState } from 'react'
import { inviteDoor } from '../../contract/console/accounts.ts'
import { addPartnerDoor, changePartnerDoor, closePartnerDoor, PARTNER_KINDS, PARTNER_STATES, type PartnerRow, partnersDoor } from '../../contract/console/partners.ts'
import { readSignInName } from '../../contract/console/session.ts'
import { useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Choose, Field } from '../parts/field.tsx'
import { InvitationLink } from '../parts/invitation-link.tsx'
import { Chip, PageHead } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { partnerWords } from '../text/goods-words.ts'
import { useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { EVERYBODY, type OfficePage } from './office-page.ts'

type Doing = { what: 'add' } | { what: 'change' | 'close' | 'invite'; partner: PartnerRow } | { what: 'link'; link: string }

function columnsOf(said: TextOf<typeof partnerWords>, { of, time }: Tell, begin: ((doing: Doing) => void) | null): Column<PartnerRow>[] {
  return [
    { id: 'name', heading: said.name, out: 'name', show: ({ name }) => of(name) },
    { id: 'kind', heading: said.kind, out: { key: 'kind', words: said.kinds }, show: ({ kind }) => said.kinds[kind] },
    { id: 'accounts', heading: said.accounts, kind: 'number', out: 'accounts', show: ({ accounts }) => accounts },
    { id: 'made', heading: said.made, kind: 'time', sort: 'made', out: 'madeAtMs', show: ({ madeAtMs }) => time(madeAtMs) },
    { id: 'state', heading: said.state, out: { key: 'state', words: said.states }, show: ({ state }) => <Chip tone={state === 'active' ? 'good' : 'plain'}>{said.states[state]}</Chip> },
    ...(begin === null
      ? []
      : [
          {
            id: 'acts', heading: said.acts,
            show: (partner: PartnerRow) =>
              partner.state === 'closed' ? null : (
                <span className="row-acts">
                  {(['invite', 'change', 'close'] as const).map((what) => (
                    <button key={what} type="button" className="button" onClick={() => begin({ what, partner })}>
                      {said[what]}
                    </button>
                  ))}
                </span>
              ),
          },
        ]),
  ]
}

function PartnersPage(): ReactNode {
  const said = useWords(partnerWords)
  const tell = useTell()
  const mayAct = useWho().role === 'district_staff'
  const table = useTable(partnersDoor)
  const [doing, setDoing] = useState<Doing | null>(null)
  const close = (): void => setDoing(null)
  const done = (): void => {
    close()
    table.again()
  }
  return (
    <>
      <PageHead title={said.title}>
        {mayAct && (
          <button type="button" className="button" data-kind="primary" onClick={() => setDoing({ what: 'add' })}>
            {said.add}
          </button>
        )}
      </PageHead>
      <TableOf
        door={partnersDoor} table={table} label={said.title} searchLabel={said.search} rowKey={({ id }) => id} columns={columnsOf(said, tell, mayAct ? setDoing : null)}
        filters={[
          { id: 'kind', label: said.kind, choices: PARTNER_KINDS.map((value) => ({ value, label: said.kinds[value] })) },
          { id: 'state', label: said.state, choices: PARTNER_STATES.map((value) => ({ value, label: said.states[value] })) },
        ]}
      />
      {doing?.what === 'add' && <EditPartner partner={null} onDone={done} onClose={close} />}
      {doing?.what === 'change' && <EditPartner partner={doing.partner} onDone={done} onClose={close} />}
      {doing?.what === 'invite' && (
        <InviteMember
          partner={doing.partner.id} onClose={close}
          onDone={({ link }) => {
            table.again()
            setDoing({ what: 'link', link })
          }}
        />
      )}
      {doing?.what === 'link' && (
        <Dialog title={said.linkTitle} onClose={close}>
          <InvitationLink link={doing.link} lead={said.linkLead} onClose={close} />
        </Dialog>
      )}
      {doing?.what === 'close' && (
        <Dialog title={said.closeSure(tell.of(doing.partner.name))} onClose={close}>
          <p>{said.closeLead}</p>
          <ActForm door={closePartnerDoor} asked={() => ({ partner: doing.partner.id })} submit={said.close} onDone={done} onCancel={close} />
        </Dialog>
      )}
    </>
  )
}

function EditPartner({ partner, onDone, onClose }: { partner: PartnerRow | null; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(partnerWords)
  const [id] = useState(() => crypto.randomUUID())
  const [zh, setZh] = useState(partner?.name.zh ?? '')
  const [en, setEn] = useState(partner?.name.en ?? '')
  const [kind, setKind] = useState<PartnerRow['kind']>(partner?.kind ?? 'unit')
  const fields = (
    <>
      <Field label={said.nameZh} value={zh} required maxLength={60} onChange={(event) => setZh(event.target.value)} />
      <Field label={said.nameEn} value={en} maxLength={60} onChange={(event) => setEn(event.target.value)} />
      <Choose label={said.kind} value={kind} choices={PARTNER_KINDS.map((value) => ({ value, label: said.kinds[value] }))} onChange={(event) => setKind(PARTNER_KINDS.find((one) => one === event.target.value) ?? kind)} />
    </>
  )
  return (
    <Dialog title={partner === null ? said.add : said.change} onClose={onClose}>
      {partner === null ? (
        <ActForm door={addPartnerDoor} asked={() => ({ id, name: { zh, en }, kind })} submit={said.save} onDone={onDone} onCancel={onClose}>
          {fields}
        </ActForm>
      ) : (
        <ActForm door={changePartnerDoor} asked={() => ({ partner: partner.id, name: { zh, en }, kind })} submit={said.save} onDone={onDone} onCancel={onClose}>
          {fields}
        </ActForm>
      )}
    </Dialog>
  )
}

function InviteMember({ partner, onDone, onClose }: { partner: string; onDone: (made: { link: string }) => void; onClose: () => void }): ReactNode {
  const said = useWords(partnerWords)
  const [id] = useState(() => crypto.randomUUID())
  const [name, setName] = useState('')
  const [signInName, setSignInName] = useState('')
  return (
    <Dialog title={said.invite} onClose={onClose}>
      <ActForm door={inviteDoor} submit={said.makeLink} onDone={onDone} onCancel={onClose} asked={() => ({ id, name, signInName: readSignInName(signInName), role: 'partner' as const, station: null, partner })}>
        <Field label={said.personName} value={name} required maxLength={40} onChange={(event) => setName(event.target.value)} />
        <Field label={said.signInName} value={signInName} required minLength={2} maxLength={40} autoCapitalize="none" spellCheck={false} onChange={(event) => setSignInName(event.target.value)} />
      </ActForm>
    </Dialog>
  )
}

export const partnersPage: OfficePage = { path: 'partners', title: partnerWords, group: 'people', door: 'partners', roles: EVERYBODY, Show: PartnersPage }
