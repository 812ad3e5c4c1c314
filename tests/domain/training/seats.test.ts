import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookAnswered, bookBlockReceived, bookBlockReturned, bookCancelled, bookRequested, bookSeated, bookSeen } from '../../../domain/training/book-signups.ts'
import { lendBlock, planLending, settleSeats, writeOffBlocks } from '../../../domain/training/settle-seats.ts'
import { freeAtCentral, seatsInUse, surplusSeats, takenSeats, type TrainingBook, waitingList } from '../../../domain/training/training-book.ts'
import { anyStep, begin, emptyBook, HOLDERS, HOUR_MS, NOW_MS, type Step, take, terms } from './random-book.ts'

const [HOST, OTHER] = HOLDERS as [(typeof HOLDERS)[number], (typeof HOLDERS)[number]]
const asked = (id: string): { id: string; rider: string; revision: number } => ({ id: `ask-${id}`, rider: id, revision: 1 })

function request(book: TrainingBook, rider: string, nowMs = NOW_MS): TrainingBook {
  return settleSeats(bookRequested(book, { ...asked(rider), isInvited: true }, nowMs, true).book, nowMs, true)
}

const cancel = (book: TrainingBook, rider: string, nowMs = NOW_MS): TrainingBook => settleSeats(bookCancelled(book, asked(rider)).book, nowMs, true)
const answer = (book: TrainingBook, rider: string, accept: boolean, nowMs = NOW_MS): TrainingBook => settleSeats(bookAnswered(book, { ...asked(rider), accept }, nowMs, true).book, nowMs, true)

function lent(book: TrainingBook, holder = HOST): TrainingBook {
  const block = planLending(book, holder, `block-of-${holder.station}`, { seatsMax: 20 }, NOW_MS)
  if (block === null) throw new Error('nothing is lent')
  return lendBlock(book, block)
}

const standings = (book: TrainingBook): Record<string, string> => Object.fromEntries([...book.signups].map(([rider, { standing, seat }]) => [rider, seat === null ? standing : `${standing} ${seat}`]))

test('whatever happens in whatever order: one rider a place, one place a rider, no more places taken than there are, and a list in its order', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
      let run = begin()
      let most = run.book.terms.capacity
      for (const step of steps) {
        const before = new Map(run.book.signups)
        run = take(run, step)
        most = Math.max(most, run.book.terms.capacity)
        expectSound(run.book, most)
        // Nobody loses a place but by his own word, or because he was there.
        if (step.step !== 'cancel') {
          for (const [rider, { standing }] of before) if (standing === 'seated') expect(['seated', 'attended']).toContain(run.book.signups.get(rider)?.standing)
        }
        if (run.mayGive && run.nowMs < terms.closesAtMs && waitingList(run.book).length > 0) expect(freeAtCentral(run.book)).toEqual([])
      }
    }),
    { numRuns: 2_000 },
  )
})

function expectSound(book: TrainingBook, capacityMost: number): void {
  const taken = takenSeats(book)
  expect(seatsInUse(book).length).toBeLessThanOrEqual(capacityMost)
  expect(new Set(taken.map(({ rider }) => rider)).size).toBe(taken.length)
  for (const { rider, seat, offeredTo, block } of seatsInUse(book)) {
    if (rider !== null) expect({ seat: book.signups.get(rider)?.seat, offeredTo }).toEqual({ seat, offeredTo: null })
    if (offeredTo !== null) expect({ standing: book.signups.get(offeredTo)?.standing, seat: book.signups.get(offeredTo)?.seat, block }).toEqual({ standing: 'offered', seat, block: null })
  }
  for (const { standing, seat, rider } of book.signups.values()) {
    if (standing === 'seated') expect(book.seats.get(seat ?? 0)?.rider).toBe(rider)
    if (standing === 'offered') expect(book.seats.get(seat ?? 0)?.offeredTo).toBe(rider)
    if (standing === 'waiting') expect(seat).toBeNull()
  }
  const numbers = waitingList(book).map(({ number }) => number)
  expect(new Set(numbers).size).toBe(numbers.length)
}

test('the random run does reach offers, lapses, displaced riders, lent, recalled and retired places', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 30, maxLength: 60 }), (steps) => {
      let run = begin()
      for (const step of steps) {
        run = take(run, step)
        for (const { standing, note } of run.book.signups.values()) seen.add(standing).add(`${note}`)
        for (const { block, retired } of run.book.seats.values()) seen.add(block === null ? 'central' : 'lent').add(retired ? 'retired' : 'in use')
        for (const { recalled } of run.book.blocks.values()) if (recalled) seen.add('recalled')
      }
    }),
    { numRuns: 500, seed: 7 },
  )
  expect([...seen].toSorted()).toEqual(
    ['attended', 'cancelled', 'central', 'declined', 'in use', 'lent', 'null', 'offered', 'place_lost', 'recalled', 'refused', 'retired', 'seated', 'seated_twice', 'waiting'],
  )
})

test('requests are seated in the order of the commits, and whoever comes when all is taken waits in that order', () => {
  const book = ['a', 'b', 'c'].reduce((before, rider) => request(before, rider), emptyBook(2))
  expect([standings(book), waitingList(book).map(({ rider, number }) => [rider, number])]).toEqual([{ a: 'seated 1', b: 'seated 2', c: 'waiting' }, [['c', 3]]])
})

test('a place that somebody gives up is offered to the head of the list, with a time to answer; declined or over, to the next', () => {
  const full = ['a', 'b', 'c', 'd', 'e'].reduce((before, rider) => request(before, rider), emptyBook(2))
  const offered = cancel(full, 'a')
  expect([standings(offered), offered.signups.get('c')?.offerEndsAtMs]).toEqual([{ a: 'cancelled', b: 'seated 2', c: 'offered 1', d: 'waiting', e: 'waiting' }, NOW_MS + 12 * HOUR_MS])
  expect(standings(answer(offered, 'c', true))).toMatchObject({ c: 'seated 1', d: 'waiting' })
  const declined = answer(offered, 'c', false)
  expect(standings(declined)).toMatchObject({ c: 'declined', d: 'offered 1' })
  expect(standings(settleSeats(declined, NOW_MS + 12 * HOUR_MS, true))).toMatchObject({ d: 'declined', e: 'offered 1' })
})

test('an offer never stands beyond the closing time, and after it nobody is offered anything', () => {
  const full = ['a', 'b', 'c', 'd'].reduce((before, rider) => request(before, rider), emptyBook(2))
  const late = cancel(full, 'a', terms.closesAtMs - HOUR_MS)
  expect(late.signups.get('c')?.offerEndsAtMs).toBe(terms.closesAtMs)
  expect(standings(settleSeats(late, terms.closesAtMs, true))).toMatchObject({ c: 'declined', d: 'waiting' })
})

test('a yes that comes too late gets a place that nobody else wants, else a no', () => {
  const full = ['a', 'b', 'c'].reduce((before, rider) => request(before, rider), emptyBook(2))
  const lapsed = settleSeats(cancel(full, 'a'), NOW_MS + 13 * HOUR_MS, true)
  expect(bookAnswered(lapsed, { ...asked('c'), accept: true }, NOW_MS + 14 * HOUR_MS, true).refusal).toBeNull()
  const taken = request(lapsed, 'd', NOW_MS + 13 * HOUR_MS)
  expect(bookAnswered(taken, { ...asked('c'), accept: true }, NOW_MS + 14 * HOUR_MS, true).refusal).toBe('offer_over')
})

test('half of what is free is lent to the host, at most so many, and nothing while somebody waits', () => {
  const plan = (book: TrainingBook): readonly number[] | undefined => planLending(book, HOST, 'b', { seatsMax: 4 }, NOW_MS)?.seats
  const one = emptyBook(1)
  expect([plan(emptyBook(7)), plan(emptyBook(20)), plan(one), plan(request(request(one, 'a'), 'b'))]).toEqual([[5, 6, 7], [17, 18, 19, 20], undefined, undefined])
  expect([planLending(lent(emptyBook(7)), HOST, 'c', { seatsMax: 4 }, NOW_MS), planLending(emptyBook(7), HOST, 'c', { seatsMax: 4 }, terms.blocksBackAtMs)]).toEqual([null, null])
})

test('a lent place is never given by central, is recalled while somebody waits, and once given back seats whoever asked lately', () => {
  let book = lent(emptyBook(4))
  book = ['a', 'b', 'c', 'd', 'e'].reduce((before, rider) => request(before, rider), book)
  expect([standings(book), [...book.blocks.values()].map(({ recalled }) => recalled)]).toEqual([{ a: 'seated 1', b: 'seated 2', c: 'waiting', d: 'waiting', e: 'waiting' }, [true]])
  const returned = bookBlockReturned(book, { ...HOST, seats: [3, 4] })
  expect([returned.flag, standings(settleSeats(returned.book, NOW_MS + HOUR_MS, true))]).toEqual([null, { a: 'seated 1', b: 'seated 2', c: 'seated 3', d: 'seated 4', e: 'waiting' }])
  expect(standings(settleSeats(returned.book, NOW_MS + 13 * HOUR_MS, true))).toMatchObject({ c: 'offered 3', d: 'offered 4' })
})

test('a place that comes back with somebody on it is central’s: a restored central has forgotten that he gave it up, and hears it later', () => {
  const seated = bookSeated(lent(emptyBook(4)), { ...asked('a'), seat: 3, holder: HOST }, NOW_MS, true).book
  const returned = bookBlockReturned(['b', 'c', 'd'].reduce((before, rider) => request(before, rider), seated), { ...HOST, seats: [3, 4] })
  const settled = settleSeats(returned.book, NOW_MS, true)
  expect([returned.flag, standings(settled), seatsInUse(settled).map(({ block }) => block)]).toEqual(['seat_not_held', { a: 'seated 3', b: 'seated 1', c: 'seated 2', d: 'seated 4' }, [null, null, null, null]])
  const asking = request(settled, 'e')
  expect(standings(cancel(asking, 'a'))).toMatchObject({ a: 'cancelled', e: 'offered 3' })
  // Of another's place its word moves nothing.
  expect(bookBlockReturned(seated, { ...OTHER, seats: [3] })).toEqual({ book: seated, flag: 'seat_not_held' })
})

test('whoever is seated at a station leaves the list and what he was offered; the second place of a rider is free again and flagged', () => {
  const book = ['a', 'b', 'c'].reduce((before, rider) => request(before, rider), lent(emptyBook(4)))
  const seated = bookSeated(book, { ...asked('c'), id: 'here', seat: 4, holder: HOST }, NOW_MS, true)
  expect([seated.flag, standings(seated.book)]).toEqual([null, { a: 'seated 1', b: 'seated 2', c: 'seated 4' }])
  const twice = bookSeated(seated.book, { ...asked('a'), id: 'again', seat: 3, holder: HOST }, NOW_MS, true)
  expect([twice.flag, standings(twice.book)['a'], twice.book.seats.get(3)?.rider, twice.book.signups.get('a')?.note]).toEqual(['seated_twice', 'seated 1', null, 'seated_twice'])
})

test('a place that is another’s, taken or unknown is nobody’s by a station’s word: who was promised it gets another or comes first', () => {
  const book = request(lent(emptyBook(2)), 'a')
  for (const seat of [1, 2, 9]) {
    const claimed = bookSeated(book, { ...asked('z'), seat, holder: OTHER }, NOW_MS, true)
    expect([claimed.flag, claimed.book.signups.get('z')]).toMatchObject(['seat_not_held', { standing: 'waiting', note: 'place_lost' }])
  }
  const waiting = request(book, 'b')
  const first = bookSeated(waiting, { ...asked('z'), seat: 1, holder: OTHER }, NOW_MS, true)
  expect(waitingList(first.book).map(({ rider }) => rider)).toEqual(['z', 'b'])
  expect(standings(bookSeated(emptyBook(2), { ...asked('z'), seat: 2, holder: OTHER }, NOW_MS, true).book)).toEqual({ z: 'seated 1' })
})

test('a refused request is told until it is seen', () => {
  const refused = bookRequested(emptyBook(2), { ...asked('a'), isInvited: false }, NOW_MS, true)
  expect([refused.refusal, refused.book.signups.get('a')]).toMatchObject(['not_invited', { standing: 'refused', note: 'refused' }])
  expect(bookSeen(refused.book, { rider: 'a', revision: 1 }).book.signups.get('a')).toMatchObject({ standing: 'refused', refusal: 'not_invited', note: null })
})

test('what is meant for an earlier sign-up does not touch a later one', () => {
  const again = bookRequested(cancel(request(emptyBook(2), 'a'), 'a'), { id: 'second', rider: 'a', revision: 1, isInvited: true }, NOW_MS, true).book
  expect([bookCancelled(again, asked('a')).refusal, standings(again)]).toEqual(['not_signed_up', { a: 'seated 1' }])
})

test('a smaller capacity takes nobody’s place: free ones go, the surplus is shown until cancellations bring it down', () => {
  const book = ['a', 'b', 'c', 'd'].reduce((before, rider) => request(before, rider), emptyBook(6))
  const smaller = settleSeats({ ...book, terms: { ...book.terms, capacity: 3 } }, NOW_MS, true)
  expect([seatsInUse(smaller).length, surplusSeats(smaller), takenSeats(smaller).length]).toEqual([4, 1, 4])
  const fewer = cancel(smaller, 'a')
  expect([seatsInUse(fewer).length, surplusSeats(fewer), standings(request(fewer, 'e'))]).toEqual([3, 0, { a: 'cancelled', b: 'seated 2', c: 'seated 3', d: 'seated 4', e: 'waiting' }])
})

test('while central recovers nobody is seated or offered a place; a block that the backup forgot is lent once more, and who sits there comes first', () => {
  const waiting = settleSeats(bookRequested(emptyBook(2), { ...asked('a'), isInvited: true }, NOW_MS, false).book, NOW_MS, false)
  expect(standings(waiting)).toEqual({ a: 'waiting' })
  const before = request(emptyBook(2), 'a')
  const block = { id: 'forgotten', ...HOST, seats: [1, 2] }
  expect(bookBlockReceived(before, block, false).flag).toBe('block_unknown')
  const relent = bookBlockReceived(before, block, true)
  expect([relent.flag, standings(relent.book), relent.book.seats.get(1)?.block]).toEqual([null, { a: 'waiting' }, 'forgotten'])
})

test('a written-off file keeps nobody from his place, and a sign-up that it tells later finds its place given anew', () => {
  const seated = bookSeated(lent(emptyBook(2)), { ...asked('a'), seat: 2, holder: HOST }, NOW_MS, true).book
  const off = settleSeats(writeOffBlocks(seated, HOST), NOW_MS, true)
  expect([standings(off), off.seats.get(2)?.block]).toEqual([{ a: 'seated 2' }, null])
  const full = ['b', 'c'].reduce((before, rider) => request(before, rider), off)
  const late = bookSeated(full, { ...asked('d'), seat: 2, holder: HOST }, NOW_MS, true)
  expect([late.flag, waitingList(late.book).map(({ rider }) => rider)]).toEqual(['seat_not_held', ['d', 'c']])
})

test('the steps of a random run are what they say', () => {
  const step: Step = { step: 'request', rider: 1 }
  expect(standings(take(begin(), step).book)).toEqual({ 1: 'seated 1' })
})
