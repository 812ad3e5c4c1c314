// What central has parked because it could not read it is booked by a newer central without anybody's doing. Here it is heard of by
// sending such events once more: a repeat is a success, and its answer says what became of each.

import { PUSH_BYTES_MAX, PUSH_EVENTS_MAX } from '../../contract/sync/sync-protocol.ts'
import type { Counter } from '../acts/act.ts'
import type { Reader } from '../store/database.ts'
import { eventsAfter } from '../store/outbox.ts'
import { applySettled } from './apply-answers.ts'
import type { CentralAnswer, CentralClient } from './central-client.ts'

export interface AskingAboutParked {
  counter: Counter
  central: Pick<CentralClient, 'prepare' | 'pack' | 'push'>
  /** Throws NoAnswer where there is none. */
  bodyOf: <Body>(answer: CentralAnswer<Body>) => Body
  isStopped: () => boolean
  /** Absent: as many as the contract allows. */
  batchEventsMax?: number
}

/** Many parked ones stand behind one another mostly; of those that are strewn about the first ones are asked for. */
const REQUESTS_MAX = 8

/** Whether central has made up its mind about any. Asks nothing where nothing is parked, or where those events are gone already. */
export async function askAboutParked({ counter, central, bodyOf, isStopped, batchEventsMax = PUSH_EVENTS_MAX }: AskingAboutParked): Promise<boolean> {
  const { read } = counter.database
  let isNew = false
  let after = 0
  for (let request = 0; request < REQUESTS_MAX && !isStopped(); request += 1) {
    const parked = parkedAfter(read, after)
    if (parked === null) break
    const events = eventsAfter(read, parked - 1, { countMax: batchEventsMax, bytesMax: PUSH_BYTES_MAX })
    const [first] = events
    const last = events.at(-1)
    if (first === undefined || last === undefined) break
    after = last.seq
    if (first.seq !== parked) continue
    const said = bodyOf(await central.push(central.pack([central.prepare(counter.identity.incarnation, events)]), () => undefined))
    // It has less than it had, or believes the file no more: that is heard of elsewhere.
    if (said.result !== 'applied') break
    if (applySettled(counter, said.outcomes)) isNew = true
  }
  return isNew
}

function parkedAfter(read: Reader, seq: number): number | null {
  return read.get<{ seq: number }>("SELECT seq FROM outcomes WHERE outcome = 'parked' AND seq > ? AND seq <= (SELECT acknowledged_seq FROM sync_state) ORDER BY seq LIMIT 1", seq)?.seq ?? null
}
