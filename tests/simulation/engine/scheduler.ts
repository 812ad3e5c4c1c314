// Simulated time. One queue of what is to happen, one thing at a time, in the order of its time and, at the same time, of its
// booking. After each thing all promises that it resolved run to their end before the next begins, so that the same seed is
// the same run. What it drives may wait for promises and for this scheduler, and for nothing else.

export interface Scheduler {
  nowMs(): number
  /** Returns how to cancel it. */
  at(atMs: number, run: () => void | Promise<void>): () => void
  after(delayMs: number, run: () => void | Promise<void>): () => void
  /** Runs what is due up to then, and then it is then. */
  runUntil(endMs: number): Promise<void>
  /** Nothing more happens. */
  stop(): void
  /** Things that have happened. */
  steps(): number
}

interface Booked {
  atMs: number
  order: number
  run: (() => void | Promise<void>) | null
}

/** Far more than a day of a busy district has; a loop that never ends is found here. */
const STEPS_AT_ONE_MOMENT_MAX = 100_000

/** `afterStep`: looks at what a step has left, when all of it has run to its end. */
export function createScheduler(startMs: number, afterStep: () => Promise<void> = () => Promise.resolve()): Scheduler {
  const heap: Booked[] = []
  let nowMs = startMs
  let orders = 0
  let steps = 0
  let isStopped = false

  const at = (atMs: number, run: () => void | Promise<void>): (() => void) => {
    if (!Number.isFinite(atMs)) throw new RangeError('nothing happens at no time')
    const booked: Booked = { atMs: Math.max(nowMs, Math.ceil(atMs)), order: orders, run }
    orders += 1
    push(heap, booked)
    return () => {
      booked.run = null
    }
  }
  return {
    nowMs: () => nowMs,
    at,
    after: (delayMs, run) => at(nowMs + delayMs, run),
    stop() {
      isStopped = true
    },
    steps: () => steps,
    async runUntil(endMs) {
      let atThisMoment = 0
      for (let next = heap[0]; next !== undefined && next.atMs <= endMs && !isStopped; next = heap[0]) {
        pop(heap)
        if (next.run === null) continue
        atThisMoment = next.atMs === nowMs ? atThisMoment + 1 : 0
        if (atThisMoment > STEPS_AT_ONE_MOMENT_MAX) throw new Error(`time stands still at ${nowMs}`)
        nowMs = next.atMs
        steps += 1
        await next.run()
        await quiescence(steps)
        await afterStep()
      }
      nowMs = Math.max(nowMs, endMs)
    },
  }
}

/** A turn of the event loop costs as much as a small step. */
const STEPS_A_TURN = 8

/**
 * Every promise that can go on has gone on: a tick comes after all of them. Between ticks no turn of the loop begins, so every few
 * steps one does: there a rejection that nobody has handled ends the run, and a signal is heard.
 */
function quiescence(step: number): Promise<void> {
  return new Promise((resolve) => (step % STEPS_A_TURN === 0 ? setImmediate(resolve) : process.nextTick(resolve)))
}

function isBefore(left: Booked, right: Booked): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order)
}

function push(heap: Booked[], booked: Booked): void {
  let index = heap.length
  heap.push(booked)
  while (index > 0) {
    const above = (index - 1) >> 1
    const parent = heap[above]
    if (parent === undefined || isBefore(parent, booked)) break
    heap[index] = parent
    index = above
  }
  heap[index] = booked
}

function pop(heap: Booked[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  let index = 0
  for (;;) {
    const left = heap[index * 2 + 1]
    const right = heap[index * 2 + 2]
    const child = left !== undefined && (right === undefined || isBefore(left, right)) ? left : right
    if (child === undefined || isBefore(last, child)) break
    heap[index] = child
    index = child === left ? index * 2 + 1 : index * 2 + 2
  }
  heap[index] = last
}
