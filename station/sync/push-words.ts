// Brings what people typed to central, once central has the events that name it: of the file at work what central does not hold
// yet, of a file that is kept aside all of it, because that one is only read and central may have forgotten.

import { BOXES_A_REQUEST_MAX, type SealedBox, type WordsAnswer, WORDS_REQUEST_BYTES_MAX } from '../../contract/sync/sealed-words.ts'
import type { Reader, StationDatabase } from '../store/database.ts'
import { boxesAside, boxesToSend, noteBoxAnswers } from '../store/sealed-words.ts'
import type { CentralAnswer, CentralClient } from './central-client.ts'
import { NoAnswer } from './no-answer.ts'

export interface PushingWords {
  central: Pick<CentralClient, 'pushWords'>
  /** Throws NoAnswer where there is none. */
  bodyOf: <Body>(answer: CentralAnswer<Body>) => Body
  isStopped: () => boolean
}

const PAGES_MAX = 200
/** The rest is what stands around the boxes. */
const LIMITS = { countMax: BOXES_A_REQUEST_MAX, bytesMax: WORDS_REQUEST_BYTES_MAX - 4_096 }

/** `againToo`: also those that central has refused and may take now. */
export async function pushWords(database: StationDatabase, incarnation: string, pushing: PushingWords, againToo: boolean): Promise<number> {
  let pushed = 0
  for (let page = 0; page < PAGES_MAX && !pushing.isStopped(); page += 1) {
    const boxes = boxesToSend(database.read, { ...LIMITS, againToo: againToo && page === 0 })
    if (boxes.length === 0) break
    const answers = await push(incarnation, boxes, pushing)
    database.write((writer) => noteBoxAnswers(writer, answers))
    pushed += boxes.length
  }
  return pushed
}

/** `sentSeq`: central has the file's events up to there. */
export async function pushWordsAside(reader: Reader, incarnation: string, sentSeq: number, pushing: PushingWords): Promise<void> {
  let after = ''
  for (let page = 0; page < PAGES_MAX && !pushing.isStopped(); page += 1) {
    const boxes = boxesAside(reader, { ...LIMITS, after, sentSeq })
    const last = boxes.at(-1)
    if (last === undefined) return
    await push(incarnation, boxes, pushing)
    after = last.ref
  }
}

async function push(incarnation: string, boxes: readonly SealedBox[], { central, bodyOf }: PushingWords): Promise<WordsAnswer['boxes']> {
  const { boxes: answers } = bodyOf(await central.pushWords({ incarnation, boxes: [...boxes] }))
  const answered = new Set(answers.map(({ ref }) => ref))
  // One that is left out would be asked for without end.
  if (!boxes.every(({ ref }) => answered.has(ref))) throw new NoAnswer('central does not say what became of every box', null)
  return answers
}
