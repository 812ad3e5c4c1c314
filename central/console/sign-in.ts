// Signing in and accepting an invitation: everything is asked at once and refused with one word, whatever was wrong. What was
// guessed is counted by the address (in this process) and by the name (in the database).

import { toString as toQrCode } from 'qrcode'
import type { AnswerOf, AskedOf, OfficeRefusal } from '../../contract/console/console-door.ts'
import { type acceptInvitationDoor, type openInvitationDoor, readSignInName, type signInDoor } from '../../contract/console/session.ts'
import type { OfficeBox } from '../keys/office-box.ts'
import type { Database, Queryable } from '../store/database.ts'
import { TryLimit } from '../sync/try-limit.ts'
import {
  type AccountRow, findAccount, findAccountToSignIn, findInvited, hashInvitation, lockAccount, readInvitationCode, setSecrets, takeInvitation, useStep,
} from './accounts.ts'
import { writeOfficeAct } from './office-acts.ts'
import { passkeyOptions, removePasskeysOf, takePasskey } from './passkeys.ts'
import { hashPassword, isPassword, judgePassword } from './passwords.ts'
import { beginSession, endSessionsOf } from './sessions.ts'
import { forgetFailures, mustRest, noteFailure } from './sign-in-tries.ts'
import { stepOfDigits, totpSecret, totpUri } from './six-digits.ts'

/** Each hash takes 19 MiB: more at once would be a way to exhaust the machine. */
const HASHES_AT_ONCE_MAX = 4
const ADDRESS_TRIES = { fromOneMax: 30, overallMax: 300, windowMs: 60_000 }

export interface SignInParts {
  database: Database
  box: OfficeBox
  nowMs(): number
  newId(): string
  newToken(): string
}

export interface Visitor {
  address: string
  browser: string
}

export type SignInResult = { ok: true; token: string } | { ok: false; error: OfficeRefusal }

export interface SignIn {
  signIn(asked: AskedOf<typeof signInDoor>, visitor: Visitor): Promise<SignInResult>
  /** Options for a browser that has a passkey of this host. */
  passkeyOptions(origin: string, visitor: Visitor): Promise<{ ok: true; answer: object } | { ok: false; error: OfficeRefusal }>
  signInByPasskey(origin: string, response: { id: string }, visitor: Visitor): Promise<SignInResult>
  openInvitation(asked: AskedOf<typeof openInvitationDoor>, visitor: Visitor): Promise<{ ok: true; answer: AnswerOf<typeof openInvitationDoor> } | { ok: false; error: OfficeRefusal }>
  acceptInvitation(asked: AskedOf<typeof acceptInvitationDoor>, visitor: Visitor): Promise<SignInResult>
}

export function createSignIn(parts: SignInParts): SignIn {
  const { database, box, newId, newToken } = parts
  const tries = new TryLimit(ADDRESS_TRIES)
  let hashing = 0

  /** null: too many at once. */
  async function whileHashing<Result>(work: () => Promise<Result>): Promise<Result | null> {
    if (hashing >= HASHES_AT_ONCE_MAX) return null
    hashing += 1
    try {
      return await work()
    } finally {
      hashing -= 1
    }
  }

  async function begin(transaction: Queryable, account: Pick<AccountRow, 'id' | 'district'>, visitor: Visitor, nowMs: number): Promise<string> {
    const token = newToken()
    const session = { id: newId(), account: account.id, token, browser: visitor.browser }
    await beginSession(transaction, session, nowMs)
    await writeOfficeAct(transaction, newId(), { district: account.district, account: account.id }, { act: 'signed_in', kind: 'session', row: session.id }, nowMs)
    return token
  }

  async function signIn({ name, password, code }: AskedOf<typeof signInDoor>, visitor: Visitor): Promise<SignInResult> {
    const nowMs = parts.nowMs()
    const signInName = readSignInName(name)
    const left = tries.left(visitor.address, nowMs)
    if (left === 'used_up' || (await mustRest(database, signInName, nowMs))) return { ok: false, error: 'too_many_tries' }
    const account = await findAccountToSignIn(database, signInName)
    const isRight = await whileHashing(() => isPassword(password, account?.passwordHash ?? null))
    if (isRight === null) return { ok: false, error: 'busy' }
    const step = account === null || account.totpBox === null ? null : stepOfDigits(code, box.open(account.id, account.totpBox), account.totpStepUsed, nowMs)
    const token = await database.transaction('write', async (transaction) => {
      if (account !== null && isRight && step !== null && (await useStep(transaction, account.id, step))) {
        await forgetFailures(transaction, signInName)
        return begin(transaction, account, visitor, nowMs)
      }
      await noteFailure(transaction, signInName, nowMs)
      if (account !== null) await writeOfficeAct(transaction, newId(), { district: account.district, account: account.id }, { act: 'sign_in_failed', kind: 'account', row: account.id }, nowMs)
      return null
    })
    if (token !== null) return { ok: true, token }
    tries.fail(visitor.address, nowMs)
    return { ok: false, error: left === 'crowded' ? 'too_many_tries' : 'wrong_sign_in' }
  }

  /** The same secret each time the invitation is opened, and none anybody else could know. */
  const secretOf = (code: string): string => totpSecret(box.derive(`totp of ${hashInvitation(code)}`))

  async function invited(typed: string, visitor: Visitor, nowMs: number): Promise<{ code: string; account: AccountRow } | OfficeRefusal> {
    const left = tries.left(visitor.address, nowMs)
    if (left === 'used_up') return 'too_many_tries'
    const code = readInvitationCode(typed)
    const account = code === null ? null : await findInvited(database, code, nowMs)
    if (code !== null && account !== null) return { code, account }
    tries.fail(visitor.address, nowMs)
    return left === 'crowded' ? 'too_many_tries' : 'unknown_invitation'
  }

  return {
    signIn,

    async passkeyOptions(origin, visitor) {
      const nowMs = parts.nowMs()
      if (tries.left(visitor.address, nowMs) === 'used_up') return { ok: false, error: 'too_many_tries' }
      return { ok: true, answer: await database.transaction('write', (transaction) => passkeyOptions(transaction, origin, nowMs)) }
    },

    async signInByPasskey(origin, response, visitor) {
      const nowMs = parts.nowMs()
      if (tries.left(visitor.address, nowMs) === 'used_up') return { ok: false, error: 'too_many_tries' }
      const token = await database.transaction('write', async (transaction) => {
        const account = await takePasskey(transaction, origin, response, nowMs)
        const found = account === null ? null : await findAccount(transaction, account)
        return found === null ? null : begin(transaction, found, visitor, nowMs)
      })
      if (token !== null) return { ok: true, token }
      tries.fail(visitor.address, nowMs)
      return { ok: false, error: 'passkey_refused' }
    },

    async openInvitation(asked, visitor) {
      const found = await invited(asked.code, visitor, parts.nowMs())
      if (typeof found === 'string') return { ok: false, error: found }
      const { code, account: { name, signInName, role } } = found
      const secret = secretOf(code)
      const qrSvg = await toQrCode(totpUri(signInName, secret), { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
      return { ok: true, answer: { name, signInName, role, secret, qrSvg } }
    },

    async acceptInvitation(asked, visitor) {
      const nowMs = parts.nowMs()
      const found = await invited(asked.code, visitor, nowMs)
      if (typeof found === 'string') return { ok: false, error: found }
      const { code, account } = found
      const weak = judgePassword(asked.password, account.signInName)
      if (weak !== null) return { ok: false, error: weak }
      const secret = secretOf(code)
      const step = stepOfDigits(asked.sixDigits, secret, 0, nowMs)
      if (step === null) {
        tries.fail(visitor.address, nowMs)
        return { ok: false, error: 'wrong_code' }
      }
      const passwordHash = await whileHashing(() => hashPassword(asked.password))
      if (passwordHash === null) return { ok: false, error: 'busy' }
      const token = await database.transaction('write', async (transaction) => {
        const locked = await lockAccount(transaction, account.district, account.id)
        if (locked === null || locked.state === 'closed' || !(await takeInvitation(transaction, code))) return null
        await setSecrets(transaction, account.id, { passwordHash, totpBox: box.seal(account.id, secret), step })
        await endSessionsOf(transaction, account.id, 'invited_again', nowMs)
        await removePasskeysOf(transaction, account.id)
        await forgetFailures(transaction, account.signInName)
        await writeOfficeAct(transaction, newId(), { district: account.district, account: account.id }, { act: 'invitation_accepted', kind: 'account', row: account.id }, nowMs)
        return begin(transaction, account, visitor, nowMs)
      })
      return token === null ? { ok: false, error: 'unknown_invitation' } : { ok: true, token }
    },
  }
}
