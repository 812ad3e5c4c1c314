// Passkeys at central's doors: a challenge counts once, for whom it was made, for a few minutes; what is no answer is refused; who
// is invited again begins with none. That a genuine device signs in is tested with one, in a browser.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inviteAgainDoor } from '../../../contract/console/accounts.ts'
import { addPasskeyDoor, newPasskeyOptionsDoor, passkeyOptionsDoor, passkeysDoor, removePasskeyDoor } from '../../../contract/console/passkeys.ts'
import { digitsNow } from '../../../central/console/six-digits.ts'
import { ENGINES, startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { type OfficePerson, PASSWORD, startTestOffice, tableQuestion, type TestOffice } from '../../support/office.ts'

const FORGED = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' } } as const

describe.each(ENGINES)('on %s', (engine) => {
  let databases: TestDatabases
  let office: TestOffice
  let staff: OfficePerson

  beforeAll(async () => {
    databases = await startDatabases(engine)
    office = await startTestOffice(databases)
    staff = await office.person('district_staff')
  }, 60_000)

  afterAll(async () => {
    await office.close()
    await databases.stop()
  }, 60_000)

  const keep = (account: string): Promise<unknown> =>
    office.database.query(
      `INSERT INTO office_passkeys (passkey_id, account_id, credential_id, public_key, counter, transports, name, made_at_ms) VALUES ($1, $2, $3, $4, 0, '{}', '电脑', $5)`,
      [randomUUID(), account, randomUUID(), new Uint8Array(77), office.clock.nowMs],
    )

  test('a question for a passkey says nothing of who has one, and asks that the device verifies its person', async () => {
    const options = (await office.post(passkeyOptionsDoor.name, {})).body as { answer: Record<string, unknown> }
    expect({ ...options.answer, challenge: typeof options.answer['challenge'] }).toEqual({ challenge: 'string', rpId: 'localhost', timeout: 300_000, userVerification: 'required' })
    const own = await staff.ask(newPasskeyOptionsDoor, {})
    expect(own).toMatchObject({ ok: true, answer: { rp: { id: 'localhost' }, user: { name: staff.signInName }, authenticatorSelection: { residentKey: 'required', userVerification: 'required' } } })
  })

  test('what no device has signed is refused with one word, and soon not heard any more', async () => {
    const said = async (response: unknown): Promise<unknown> => (await office.post('passkey-sign-in', { response })).body
    expect(await said(FORGED)).toEqual({ ok: false, error: 'passkey_refused' })
    await keep(staff.account)
    const [known] = await office.database.query<{ id: string }>('SELECT credential_id AS id FROM office_passkeys')
    expect(await said({ ...FORGED, id: known?.id, rawId: known?.id })).toEqual({ ok: false, error: 'passkey_refused' })
    expect(await said({ id: 'x' })).toEqual({ ok: false, error: 'bad_request' })
    expect(await staff.ask(addPasskeyDoor, { id: randomUUID(), name: '假的', response: FORGED })).toEqual({ ok: false, error: 'passkey_refused' })
    for (let tries = 1; tries <= 28; tries += 1) await said(FORGED)
    expect(await said(FORGED)).toEqual({ ok: false, error: 'too_many_tries' })
    office.clock.nowMs += 61_000
  })

  test('nobody touches another’s; ten are enough; and an invitation begins anew', async () => {
    const other = await office.person('read_only')
    const [mine] = await office.database.query<{ id: string }>('SELECT passkey_id AS id FROM office_passkeys WHERE account_id = $1', [staff.account])
    expect(await other.ask(passkeysDoor, tableQuestion('made'))).toMatchObject({ ok: true, answer: { rows: [] } })
    expect(await other.ask(removePasskeyDoor, { passkey: mine?.id ?? '' })).toEqual({ ok: false, error: 'unknown_passkey' })
    for (let keys = 1; keys <= 10; keys += 1) await keep(other.account)
    expect(await other.ask(newPasskeyOptionsDoor, {})).toEqual({ ok: false, error: 'too_large' })
    const again = await staff.ask(inviteAgainDoor, { account: other.account })
    const code = again.ok ? (again.answer.link.split('/').at(-1) ?? '') : ''
    const { secret } = ((await office.post('open-invitation', { code })).body as { answer: { secret: string } }).answer
    expect((await office.post('accept-invitation', { code, password: PASSWORD, sixDigits: digitsNow(secret, office.clock.nowMs) })).status).toBe(200)
    expect(await office.database.query('SELECT 1 FROM office_passkeys WHERE account_id = $1', [other.account])).toEqual([])
    expect(await staff.ask(removePasskeyDoor, { passkey: mine?.id ?? '' })).toEqual({ ok: true, answer: {} })
  })
})
