// People who came while nothing could be recorded: a number a day, no event, until there is room for one (acts/tell-counted).

import type { Reader, Writer } from './database.ts'

export interface CountedDay {
  day: number
  people: number
}

export function countedPeople(reader: Reader, daysMax: number): CountedDay[] {
  return reader.all<CountedDay>('SELECT day, people FROM uncounted_checkins WHERE people > 0 ORDER BY day LIMIT ?', daysMax)
}

export function countPeople(writer: Writer, { day, people }: CountedDay): void {
  writer.run('INSERT INTO uncounted_checkins (day, people) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET people = people + excluded.people', day, people)
}

/** They were told. */
export function takeCounted(writer: Writer, { day, people }: CountedDay): void {
  writer.run('UPDATE uncounted_checkins SET people = people - ? WHERE day = ?', people, day)
  writer.run('DELETE FROM uncounted_checkins WHERE people <= 0')
}
