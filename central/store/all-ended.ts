// Several questions or writes of one transaction, asked for at once: a connection takes them in this order, and what the next
// one says is put together while the database still works on the one before. All have ended before anybody goes on, whatever
// became of them: a statement that came late would stand outside of the transaction.

import { sqlStateOf } from './database-errors.ts'

/** What a statement says that came after the one that failed. */
const AFTER_A_FAILURE = '25P02'

/** The answers, in the order of the questions. Throws the failure that the others follow from. */
export async function allEnded<Answers extends readonly unknown[] | []>(asked: { readonly [Place in keyof Answers]: Promise<Answers[Place]> }): Promise<Answers> {
  const ended = await Promise.allSettled(asked)
  const failures = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  if (failures.length > 0) throw failures.find((failure) => sqlStateOf(failure) !== AFTER_A_FAILURE) ?? failures[0]
  return ended.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as Answers
}

/** Takes what one transaction is asked, and gives it back as it is: whoever wants the answer waits for it, and nobody has to. */
export type Ask = <Answer>(asked: Promise<Answer>) => Promise<Answer>

/** Like `allEnded`, where more is asked while answers come in: ends when the work and all that it has asked have, and throws the failure that the others follow from. */
export async function endingAll<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result> {
  const asked: Promise<unknown>[] = []
  const working = work((one) => {
    // Told below, whoever waits for it or not.
    one.catch(() => undefined)
    asked.push(one)
    return one
  })
  await Promise.allSettled([working])
  await allEnded(asked)
  return working
}
