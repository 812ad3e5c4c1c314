// How often what happened: faults that were done, and what sometimes happens. A run in which something never happened proves
// nothing about it.

export class Counts {
  readonly #counts = new Map<string, number>()

  add(name: string, more: number = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + more)
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  toObject(): Record<string, number> {
    return Object.fromEntries([...this.#counts].toSorted(([left], [right]) => (left < right ? -1 : 1)))
  }
}
