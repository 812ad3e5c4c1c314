// A volunteer proves with a PIN that the card is hers. Wrong PINs are counted in the file, so that pulling the plug does
// not start the count anew. The hash is slow on purpose and computed off the event loop.

import { scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import { afterWrongPin, mayTryPin, type PinAttempts, PIN_PATTERN, WRONG_BEFORE_LOCK } from '../../domain/staff-pin.ts'
import type { Reader } from '../store/database.ts'
import { staffRow } from '../store/mirror.ts'
import { mayRecord } from '../store/fence.ts'
import type { Counter } from './act.ts'
import { recordFact } from './effects.ts'

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt)

export async function signIn(counter: Counter, input: { staff: string; pin: string }): Promise<{ ok: true } | { ok: false; refusal: Refusal }> {
  const staff = staffRow(counter.database.read, input.staff)
  if (staff === null || !staff.active) return { ok: false, refusal: { code: 'session_ended' } }
  const nowMs = counter.clock.wallMs()
  const attempts = pinAttempts(counter.database.read, input.staff)
  if (!mayTryPin(attempts, nowMs)) return { ok: false, refusal: { code: 'pin_locked', untilMs: attempts.lockedUntilMs } }
  // The attempt is counted before it is judged: killing the process between the two must not make it free.
  const counted = afterWrongPin(attempts, nowMs)
  saveAttempts(counter, input.staff, counted)
  if (!PIN_PATTERN.test(input.pin) || !(await isPin(input.pin, staff.pinHash))) {
    if (counted.lockedUntilMs > nowMs) return { ok: false, refusal: { code: 'pin_locked', untilMs: counted.lockedUntilMs } }
    return { ok: false, refusal: { code: 'pin_wrong', triesLeft: triesLeft(counted) } }
  }
  counter.database.write((writer) => {
    writer.run('DELETE FROM pin_attempts WHERE staff = ?', input.staff)
    if (mayRecord(writer)) recordFact(writer, counter, 'staff.signed_in/1', () => ({ staff: input.staff }))
  })
  return { ok: true }
}

export function pinAttempts(reader: Reader, staff: string): PinAttempts {
  return (
    reader.get<PinAttempts>('SELECT wrong, locked_until_ms AS lockedUntilMs FROM pin_attempts WHERE staff = ?', staff) ?? { wrong: 0, lockedUntilMs: 0 }
  )
}

export function triesLeft(attempts: PinAttempts): number {
  return WRONG_BEFORE_LOCK - (attempts.wrong % WRONG_BEFORE_LOCK)
}

function saveAttempts(counter: Counter, staff: string, attempts: PinAttempts): void {
  counter.database.write((writer) =>
    writer.run(
      'INSERT INTO pin_attempts (staff, wrong, locked_until_ms) VALUES (?, ?, ?) ON CONFLICT (staff) DO UPDATE SET wrong = excluded.wrong, locked_until_ms = excluded.locked_until_ms',
      staff, attempts.wrong, attempts.lockedUntilMs,
    ),
  )
}

/** `pinHash` is `salt:hash` in hex (contract/sync, staff row). */
async function isPin(pin: string, pinHash: string): Promise<boolean> {
  const [salt, hash] = pinHash.split(':').map((hex) => Buffer.from(hex, 'hex'))
  if (salt === undefined || hash === undefined || hash.length !== 32) return false
  return timingSafeEqual(await scryptAsync(pin, salt, 32, { N: 16_384, r: 8, p: 1 }), hash)
}
