// Puts what waits together into groups, so that what costs much once is paid once a group: while one group is under way the
// next one gathers. Bounded in number, in bytes and in time; two things with the same key are never under way at once. A group
// that fails for a reason of its own is tried again one by one, so that a bad one costs nobody else. Knows no push.

export interface GroupQueueOptions<Item> {
  groupsAtOnce: number
  itemsMax: number
  /** Of the items' weights in one group; a heavier single item goes alone. */
  weightMax: number
  waitingMax: number
  /** Of all items that wait or are under way. */
  bytesMax: number
  /** Whoever waits longer is sent away when a group is put together. */
  waitMsMax: number
  keyOf(item: Item): string
  weightOf(item: Item): number
  bytesOf(item: Item): number
  /** Everybody may come again a little later: it would be no better one by one. */
  isPassing(error: unknown): boolean
}

export interface GroupQueue<Item, Result> {
  /** null: there is no room, or it took too long. */
  take(item: Item, ways: GroupWays<Item, Result>): Promise<Result | null>
}

export interface GroupWays<Item, Result> {
  nowMs(): number
  /** One result an item, in their order. Does all of it or throws. */
  run(items: readonly Item[]): Promise<Result[]>
}

interface Waiting<Item, Result> {
  item: Item
  ways: GroupWays<Item, Result>
  sinceMs: number
  resolve(result: Result | null): void
  reject(error: unknown): void
}

export function createGroupQueue<Item, Result>(options: GroupQueueOptions<Item>): GroupQueue<Item, Result> {
  let waiting: Waiting<Item, Result>[] = []
  const keysUnderWay = new Set<string>()
  let groupsUnderWay = 0
  let bytes = 0

  function begin(): void {
    while (groupsUnderWay < options.groupsAtOnce && waiting.length > 0) {
      sendLateAway()
      const group = nextGroup()
      if (group.length === 0) return
      groupsUnderWay += 1
      for (const { item } of group) keysUnderWay.add(options.keyOf(item))
      runGroup(group).then(() => leave(group), (error: unknown) => {
        for (const { reject } of group) reject(error)
        leave(group)
      })
    }
  }

  function sendLateAway(): void {
    // Each is looked at once: the clock goes on meanwhile, and whoever leaves the queue leaves it with an answer.
    const inTime: Waiting<Item, Result>[] = []
    for (const one of waiting) {
      if (one.ways.nowMs() - one.sinceMs <= options.waitMsMax) inTime.push(one)
      else {
        bytes -= options.bytesOf(one.item)
        one.resolve(null)
      }
    }
    waiting = inTime
  }

  /** The longest waiting first, each key once. */
  function nextGroup(): Waiting<Item, Result>[] {
    const group: Waiting<Item, Result>[] = []
    const rest: Waiting<Item, Result>[] = []
    const keys = new Set(keysUnderWay)
    let weight = 0
    for (const one of waiting) {
      const key = options.keyOf(one.item)
      const heavier = weight + options.weightOf(one.item)
      if (keys.has(key) || group.length >= options.itemsMax || (group.length > 0 && heavier > options.weightMax)) rest.push(one)
      else {
        group.push(one)
        weight = heavier
      }
      // What came later under the same key stays behind what came before.
      keys.add(key)
    }
    waiting = rest
    return group
  }

  async function runGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      await settle(group)
    } catch (error) {
      if (group.length === 1 || options.isPassing(error)) for (const { reject } of group) reject(error)
      else for (const one of group) await settle([one]).catch(one.reject)
    }
  }

  async function settle(group: readonly Waiting<Item, Result>[]): Promise<void> {
    const [first] = group
    if (first === undefined) return
    const results = await first.ways.run(group.map(({ item }) => item))
    if (results.length !== group.length) throw new Error('every item of a group gets its result')
    results.forEach((result, index) => group[index]?.resolve(result))
  }

  function leave(group: readonly Waiting<Item, Result>[]): void {
    groupsUnderWay -= 1
    for (const { item } of group) {
      keysUnderWay.delete(options.keyOf(item))
      bytes -= options.bytesOf(item)
    }
    begin()
  }

  return {
    take(item, ways) {
      const more = options.bytesOf(item)
      if (waiting.length >= options.waitingMax || bytes + more > options.bytesMax) return Promise.resolve(null)
      bytes += more
      return new Promise<Result | null>((resolve, reject) => {
        waiting.push({ item, ways, sinceMs: ways.nowMs(), resolve, reject })
        begin()
      })
    },
  }
}
