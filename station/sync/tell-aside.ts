// Central may have been set back to a time before a file was kept aside, and that file had told everything: it says who it is once
// more, and what central has less of is told again, in that file's own life and chain, with the words that people typed. The file is only read.

import type { HelloAnswer } from '../../contract/sync/hello.ts'
import { PUSH_BYTES_MAX, PUSH_EVENTS_MAX } from '../../contract/sync/sync-protocol.ts'
import type { StationClock } from '../station-clock.ts'
import type { AsideFile } from '../store/aside-files.ts'
import { eventsAfter, lastSeq } from '../store/outbox.ts'
import type { CentralAnswer, CentralClient } from './central-client.ts'
import { agrees, helloOf, type HelloSettings, type SpeakingFile } from './hello.ts'
import { NoAnswer } from './no-answer.ts'
import { pushWordsAside } from './push-words.ts'

export interface Telling {
  central: CentralClient
  clock: StationClock
  hello: HelloSettings
  /** Throws NoAnswer where there is none. */
  bodyOf: <Body>(answer: CentralAnswer<Body>) => Body
  isStopped: () => boolean
  onProblem: (problem: string) => void
}

const PAGES_MAX = 200

export async function tellAside(file: AsideFile, telling: Telling): Promise<void> {
  const { central, bodyOf, isStopped, onProblem } = telling
  const { incarnation } = file.identity
  const speaking: SpeakingFile = { database: { read: file.read }, identity: file.identity, clock: telling.clock }
  let sent = knownAtCentral(speaking, await greet(speaking, telling))
  for (let page = 0; page < PAGES_MAX && !isStopped(); page += 1) {
    const events = eventsAfter(file.read, sent, { countMax: PUSH_EVENTS_MAX, bytesMax: PUSH_BYTES_MAX })
    const last = events.at(-1)
    if (last === undefined) break
    const answer = bodyOf(await central.push(central.pack([central.prepare(incarnation, events)])))
    const reached = answer.result === 'applied' ? Math.min(answer.lastSeq, last.seq) : answer.result === 'quarantined' ? last.seq : sent
    if (reached <= sent) {
      onProblem(`the file ${incarnation} that is kept aside does not get past event ${sent} at central`)
      break
    }
    sent = reached
  }
  await pushWordsAside(file.read, incarnation, sent, telling)
}

/** Central waits for this file too where it recovers, and counts only a hello in its present history. */
async function greet(speaking: SpeakingFile, { central, hello, bodyOf }: Telling): Promise<HelloAnswer> {
  const word = helloOf(speaking, hello)
  const say = async (said: typeof word): Promise<HelloAnswer> => {
    const answer = await central.hello(said)
    if (answer.kind === 'unknown_central') throw new NoAnswer('an unknown central', null)
    return bodyOf(answer)
  }
  const answer = await say(word)
  if (!answer.recovering || word.cursor?.history === answer.history) return answer
  return say({ ...word, acknowledgedSeq: 0, cursor: { history: answer.history, number: 0 } })
}

/** Up to there it surely holds the very events of this file. In another past nothing is sure: then all of it is told, to be kept. */
function knownAtCentral(speaking: SpeakingFile, said: HelloAnswer): number {
  const hashAgrees = agrees(speaking, said)
  const isBeyond = said.lastSeq > lastSeq(speaking.database.read)
  // Of one that it does not believe any more central compares nothing in a hello.
  return hashAgrees === false || (isBeyond && (said.state === 'quarantined' || said.state === 'banned')) ? 0 : said.lastSeq
}
