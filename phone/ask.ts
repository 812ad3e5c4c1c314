// Asks central: one door, one answer. The session's cookie goes along by itself. What can not be reached is one more refusal.

import type { AnswerOf, AskedOf, PHONE_DOORS, PhoneRefusal } from '../contract/phone/phone-doors.ts'

type Doors = (typeof PHONE_DOORS)[number]
type Named<Name extends Doors['name']> = Extract<Doors, { name: Name }>

export type Failure = PhoneRefusal | 'no_network'
export type Asked<Answer> = { ok: true; answer: Answer } | { ok: false; error: Failure }

const ANSWER_MS_MAX = 15_000

export async function ask<Name extends Doors['name']>(name: Name, asked: AskedOf<Named<Name>>): Promise<Asked<AnswerOf<Named<Name>>>> {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), ANSWER_MS_MAX)
  try {
    const response = await fetch(`/phone/v1/${name}`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked), credentials: 'same-origin', signal: ending.signal,
    })
    const answer = (await response.json()) as Asked<AnswerOf<Named<Name>>> | { error: string }
    // Whatever stands before central answers in its own shape.
    return 'ok' in answer ? answer : { ok: false, error: 'busy' }
  } catch {
    // No network, no answer in time, or none that is ours: for who holds the phone it is the same.
    return { ok: false, error: 'no_network' }
  } finally {
    clearTimeout(timer)
  }
}
