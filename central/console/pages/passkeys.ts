// One's own passkeys: listed, added, removed. Nobody sees or touches another's; inviting somebody again removes his.

import { addPasskeyDoor, newPasskeyOptionsDoor, type PasskeyRow, passkeysDoor, removePasskeyDoor } from '../../../contract/console/passkeys.ts'
import { onlyRow } from '../../store/database.ts'
import { servesTable } from '../keyset-table.ts'
import { acts, answered, refuse, type ServedDoor } from '../office-moment.ts'
import { addPasskey, newPasskeyOptions, removePasskey } from '../passkeys.ts'

export const PASSKEY_DOORS: readonly ServedDoor[] = [
  servesTable(passkeysDoor, {
    from: 'office_passkeys',
    id: { sql: 'office_passkeys.passkey_id', type: 'uuid' },
    sorts: { made: { sql: 'office_passkeys.made_at_ms', type: 'bigint' } },
    columns: `passkey_id AS id, name, made_at_ms AS "madeAtMs", used_at_ms AS "usedAtMs"`,
    where: ({ who }, _question, bind) => [`office_passkeys.account_id = ${bind(who.account)}`],
    rows: (raws: readonly PasskeyRow[]) => [...raws],
  }),

  acts(newPasskeyOptionsDoor, async ({ sql, who, nowMs, centralUrl }) => {
    const { signInName } = onlyRow(await sql.query<{ signInName: string }>('SELECT sign_in_name AS "signInName" FROM office_accounts WHERE account_id = $1', [who.account]))
    const options = await newPasskeyOptions(sql, centralUrl, { account: who.account, name: who.name, signInName }, nowMs)
    return options === null ? refuse('too_large') : answered({ ...options })
  }),

  acts(addPasskeyDoor, async ({ sql, who, nowMs, centralUrl, note }, { id, name, response }) => {
    if (!(await addPasskey(sql, centralUrl, { id, account: who.account, name, response }, nowMs))) return refuse('passkey_refused')
    await note({ act: 'passkey_added', kind: 'passkey', row: id })
    return answered({})
  }),

  acts(removePasskeyDoor, async ({ sql, who, note }, { passkey }) => {
    if (!(await removePasskey(sql, who.account, passkey))) return refuse('unknown_passkey')
    await note({ act: 'passkey_removed', kind: 'passkey', row: passkey })
    return answered({})
  }),
]
