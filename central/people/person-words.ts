// What is kept of a person's name and phone: under his own key, findable by a keyed hash, shown masked. The one place where a
// name becomes a row, and a row a name.

import { z } from 'zod'
import { maskName } from '../../domain/mask-name.ts'
import type { PersonRow } from '../store/people.ts'
import { keepUnder, readUnder } from '../words/person-key.ts'

/** The same for the same words, and for nobody who lacks the key, which lies outside the database. */
export type PeopleIndex = (words: string) => Uint8Array

export interface PersonWords {
  name: string
  /** null: never asked for. */
  phone: string | null
}

const person = z.strictObject({ name: z.string(), phone: z.string().nullable() })
/** Of what is kept under the person's key, beside the words of events. */
const PERSON_REF = 'person'
const SALT_BYTES = 32

export function personRow(
  of: { rider: string; site: string; personKey: Uint8Array; index: PeopleIndex },
  words: PersonWords,
  /** Where only the end of a phone is known. */
  phoneTail: string = words.phone?.slice(-4) ?? '',
): PersonRow {
  return {
    rider: of.rider,
    maskedName: maskName(words.name),
    phoneTail,
    site: of.site,
    person: keepUnder(of.personKey, PERSON_REF, { salt: new Uint8Array(SALT_BYTES), text: JSON.stringify(words) }),
    nameIndex: nameIndex(of.index, words.name),
    phoneIndex: words.phone === null ? null : of.index(`phone\n${words.phone}`),
  }
}

/** Both ends trimmed, composed: as somebody would look for it. */
export function nameIndex(index: PeopleIndex, name: string): Uint8Array {
  return index(`name\n${name.trim().normalize('NFC')}`)
}

export function readPerson(personKey: Uint8Array, kept: Uint8Array): PersonWords {
  return person.parse(JSON.parse(readUnder(personKey, PERSON_REF, kept).text))
}
