// What a file that was written off tells late is paid for twice: the books balance, and the programme has lost what nobody took.

import type { Posting } from '../../../central/store/ledger.ts'
import type { PlantedBug } from '../world/planted-bug.ts'
import { storeWith } from './store-with.ts'

export function lateFactPaidTwice(): PlantedBug {
  return {
    name: 'late-fact-paid-twice',
    wrapStore: (store) =>
      storeWith(store, (transaction) => ({
        writePostings: (postings, redeemed) => transaction.writePostings(postings.flatMap(twiceFromDiscrepancy), redeemed),
      })),
  }
}

const SECOND_LINE = 100

function twiceFromDiscrepancy(posting: Posting): Posting[] {
  return posting.transfer.from.kind === 'discrepancy' ? [posting, { ...posting, line: posting.line + SECOND_LINE }] : [posting]
}
