// What facts about people leave in this station's own tables. Their names and words leave nothing here that can be read.

import type { Effects } from './effects.ts'

export const PERSON_EFFECTS: Pick<Effects, 'rider.registered/1'> = {
  'rider.registered/1': (writer, event, { request, rider }) => {
    writer.run('INSERT INTO registrations (seq, request, rider) VALUES (?, ?, ?)', event.seq, request, rider)
  },
}
