// One's own passkeys: which devices sign in by themselves.

import { type ReactNode, useState } from 'react'
import { type PasskeyRow, passkeysDoor, removePasskeyDoor } from '../../contract/console/passkeys.ts'
import { addThisDevice, canUsePasskeys, whyNoPasskeys } from '../app/passkeys.ts'
import { useSession } from '../app/session.tsx'
import { sessionWords } from '../text/account-words.ts'
import { useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { ActForm, useActing } from './act-form.tsx'
import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'
import { RefusalSaid } from './said.tsx'
import { type Column, TableOf } from './table.tsx'
import { useTable } from './use-table.ts'

function columnsOf(said: TextOf<typeof sessionWords>, { time, ago }: Tell, remove: (passkey: PasskeyRow) => void): Column<PasskeyRow>[] {
  return [
    { id: 'name', heading: said.passkey, show: ({ name }) => name },
    { id: 'made', heading: said.made, kind: 'time', sort: 'made', show: ({ madeAtMs }) => time(madeAtMs) },
    { id: 'used', heading: said.used, show: ({ usedAtMs }) => ago(usedAtMs) },
    {
      id: 'acts', heading: said.acts,
      show: (passkey) => (
        <button type="button" className="button" onClick={() => remove(passkey)}>
          {said.remove}
        </button>
      ),
    },
  ]
}

export function MyPasskeys(): ReactNode {
  const said = useWords(sessionWords)
  const tell = useTell()
  const table = useTable(passkeysDoor)
  const [asking, setAsking] = useState<'add' | PasskeyRow | null>(null)
  const close = (): void => setAsking(null)
  const done = (): void => {
    close()
    table.again()
  }
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{said.passkeys}</h2>
      <p className="lead">{said.passkeysLead}</p>
      <TableOf door={passkeysDoor} table={table} label={said.passkeys} rowKey={({ id }) => id} columns={columnsOf(said, tell, setAsking)}>
        {canUsePasskeys() ? (
          <button type="button" className="button" onClick={() => setAsking('add')}>
            {said.addPasskey}
          </button>
        ) : (
          <NoPasskeys />
        )}
      </TableOf>
      {asking === 'add' && <AddPasskey onDone={done} onClose={close} />}
      {asking !== null && asking !== 'add' && (
        <Dialog title={said.removeSure(asking.name)} onClose={close}>
          <p>{said.removeLead}</p>
          <ActForm door={removePasskeyDoor} asked={() => ({ passkey: asking.id })} submit={said.remove} onDone={done} onCancel={close} />
        </Dialog>
      )}
    </section>
  )
}

function NoPasskeys(): ReactNode {
  const said = useWords(sessionWords)
  const { why, here } = whyNoPasskeys()
  return (
    <p className="said" data-tone="warm">
      {said.noPasskeys[why]} {here !== null && <a href={here}>{said.passkeysHere(here)}</a>}
    </p>
  )
}

function AddPasskey({ onDone, onClose }: { onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(sessionWords)
  const { frame } = useTell()
  const { ask } = useSession()
  const { act, error, isActing } = useActing<unknown>()
  const [id] = useState(() => crypto.randomUUID())
  const [name, setName] = useState('')
  return (
    <Dialog title={said.addPasskey} onClose={onClose}>
      <form
        className="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          act(() => addThisDevice(ask, { id, name }), onDone)
        }}
      >
        <Field label={said.passkeyName} hint={said.passkeyHint} value={name} required maxLength={40} onChange={(event) => setName(event.target.value)} />
        {error !== null && <RefusalSaid error={error} />}
        <div className="form-acts">
          <button type="button" className="button" onClick={onClose}>
            {frame.cancel}
          </button>
          <button type="submit" className="button" data-kind="primary" aria-disabled={isActing}>
            {said.addSubmit}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
